"""The parts of a run. Each measures one thing, and writes it into the book."""
