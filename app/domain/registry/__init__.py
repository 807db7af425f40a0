"""Models, their versions, and what moves around them."""
