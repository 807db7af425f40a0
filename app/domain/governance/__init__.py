"""What is decided about versions, and by what."""
