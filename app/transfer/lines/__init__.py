"""What a line may say: one frozen class for each kind of entity, one for all edges."""
