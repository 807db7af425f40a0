// Policies from before say that they ask for no approvals.
MATCH (version:PolicyVersion) WHERE version.approvals IS NULL SET version.approvals = '[]';
