// Who may do what.
CREATE CONSTRAINT grant_id IF NOT EXISTS FOR (x:Grant) REQUIRE (x.id) IS UNIQUE;
CREATE INDEX grant_by_holder_id_valid_from_id IF NOT EXISTS FOR (x:Grant) ON (x.holderId, x.validFrom, x.id);
CREATE INDEX grant_by_open_valid_from_id IF NOT EXISTS FOR (x:Grant) ON (x.open, x.validFrom, x.id);
CREATE INDEX grant_by_scope_id IF NOT EXISTS FOR (x:Grant) ON (x.scopeId);
