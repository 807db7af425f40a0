"""A made-up registry of any size, always the same for the same size: a file for the import."""
