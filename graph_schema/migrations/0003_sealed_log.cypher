// Events get a place in a sealed log, and those that wait for one are found in their order.
CREATE CONSTRAINT audit_event_sequence IF NOT EXISTS FOR (x:AuditEvent) REQUIRE (x.sequence) IS UNIQUE;
CREATE CONSTRAINT audit_head_size IF NOT EXISTS FOR (x:AuditHead) REQUIRE (x.size) IS UNIQUE;
CREATE CONSTRAINT audit_log_name IF NOT EXISTS FOR (x:AuditLog) REQUIRE (x.name) IS UNIQUE;
CREATE CONSTRAINT audit_tile_level_index IF NOT EXISTS FOR (x:AuditTile) REQUIRE (x.level, x.index) IS UNIQUE;
CREATE CONSTRAINT seal_key_number IF NOT EXISTS FOR (x:SealKey) REQUIRE (x.number) IS UNIQUE;
DROP INDEX `audit_event_by_pending` IF EXISTS;
CREATE INDEX audit_event_by_pending_at_id IF NOT EXISTS FOR (x:AuditEvent) ON (x.pending, x.at, x.id);
