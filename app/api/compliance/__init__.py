"""Reports over GraphQL: evidence of a version, an application or an environment."""
