"""What is decided about versions: policies and what they are held against, findings, recalls."""
