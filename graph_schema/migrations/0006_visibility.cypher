// What is private.
CREATE CONSTRAINT tombstone_id IF NOT EXISTS FOR (x:Tombstone) REQUIRE (x.id) IS UNIQUE;
CREATE INDEX registered_model_by_is_private IF NOT EXISTS FOR (x:RegisteredModel) ON (x.isPrivate);
CREATE INDEX dataset_by_is_private IF NOT EXISTS FOR (x:Dataset) ON (x.isPrivate);
CREATE INDEX tombstone_by_is_private IF NOT EXISTS FOR (x:Tombstone) ON (x.isPrivate);
CREATE INDEX run_by_scope IF NOT EXISTS FOR (x:Run) ON (x.scope);
