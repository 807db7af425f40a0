// Deployments that are live, or those that are not.
// predicate
coalesce(node.validFrom <= datetime.statement()
  AND (node.validTo IS NULL OR node.validTo > datetime.statement()), false) = $value
