"""Import and export: the whole registry as lines of JSON, each of which stands for itself."""
