"""Measurements, side by side with the alternatives. `make bench` runs them and writes `RESULTS.md`."""
