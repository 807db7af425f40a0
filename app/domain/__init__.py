"""What the registry means: its rules and its writes. No GraphQL, no HTTP."""
