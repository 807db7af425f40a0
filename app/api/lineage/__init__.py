"""Lineage over GraphQL: what can be asked, restricted to what, and what is answered."""
