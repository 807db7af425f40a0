"""What GraphQL shows of what happened, and of the proof of it."""
