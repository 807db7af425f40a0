"""Expressions in CEL: their types, how they are checked, and how they are evaluated within bounds."""
