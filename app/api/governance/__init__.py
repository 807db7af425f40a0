"""What is decided about versions."""
