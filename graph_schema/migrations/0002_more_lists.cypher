// Events are listed by action and by actor, runs by when they started.
CREATE INDEX audit_event_by_action_at_id IF NOT EXISTS FOR (x:AuditEvent) ON (x.action, x.at, x.id);
CREATE INDEX audit_event_by_actor_id_at_id IF NOT EXISTS FOR (x:AuditEvent) ON (x.actorId, x.at, x.id);
CREATE INDEX run_by_started_at_id IF NOT EXISTS FOR (x:Run) ON (x.startedAt, x.id);
