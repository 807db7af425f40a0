// The status of a deployment. What is kept was decided, and holds from its instant on: until then what takes over is on its way, and what it replaces is active.
// property
CASE
  WHEN node.validTo <= datetime.statement() THEN node.status
  WHEN node.activeFrom <= datetime.statement() THEN 'ACTIVE'
  ELSE 'ROLLING_OUT' END
