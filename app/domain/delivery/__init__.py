"""Where versions run, and what stands on them."""
