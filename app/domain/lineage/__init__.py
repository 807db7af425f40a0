"""What versions come from: data, runs, code, other versions."""
