"""Who admits versions to environments: what policies ask for, requests, decisions, and when these hold."""
