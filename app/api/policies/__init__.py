"""Policies: rules, where they hold, and what comes of them."""
