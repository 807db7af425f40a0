// The status of a deployment: the one it had before, until the instant has come from which it has another.
// property
CASE
  WHEN node.validTo <= datetime.statement() THEN node.status
  WHEN node.activeFrom <= datetime.statement() THEN 'ACTIVE'
  ELSE 'ROLLING_OUT' END
