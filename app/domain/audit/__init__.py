"""What happened: told in the change's own transaction, put in order and sealed right after."""
