"""The kinds of nodes, by the word of their domain."""
