"""Who may do what, and over what: grants in the graph, asked in the statement of the write itself."""
