// Recalls of something itself.
// predicate
EXISTS { (node)-[:RECALLS]->(:Entity {id: $value}) }
