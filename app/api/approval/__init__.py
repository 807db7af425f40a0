"""Who admits versions: requests, decisions, delegations."""
