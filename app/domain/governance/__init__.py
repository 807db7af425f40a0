"""What may go where: policies, and what they are held against."""
