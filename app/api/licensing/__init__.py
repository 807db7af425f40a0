"""Obligations of licenses over GraphQL, and what waives them."""
