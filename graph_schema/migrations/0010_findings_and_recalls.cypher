// What was found, what was recalled, and where a recall stops.
CREATE INDEX finding_by_open_valid_from_id IF NOT EXISTS FOR (x:Finding) ON (x.open, x.validFrom, x.id);
CREATE INDEX finding_by_valid_from_id IF NOT EXISTS FOR (x:Finding) ON (x.validFrom, x.id);
CREATE INDEX recall_by_open_valid_from_id IF NOT EXISTS FOR (x:Recall) ON (x.open, x.validFrom, x.id);
CREATE INDEX recall_by_valid_from_id IF NOT EXISTS FOR (x:Recall) ON (x.validFrom, x.id);
CREATE INDEX recall_by_finding_id IF NOT EXISTS FOR (x:Recall) ON (x.findingId);
CREATE INDEX mitigation_by_recall_id_valid_from_id IF NOT EXISTS FOR (x:Mitigation) ON (x.recallId, x.validFrom, x.id);
