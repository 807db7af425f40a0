"""What licenses oblige to, where in the lineage that comes from, and what was waived. It is no legal advice."""
