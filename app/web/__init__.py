"""HTTP around GraphQL: who may pass, what a browser sees, what a machine asks."""
