"""The door to Neo4j."""
