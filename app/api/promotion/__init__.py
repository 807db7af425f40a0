"""Whether versions are let into environments, and why."""
