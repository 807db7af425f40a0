// Deployments that were let in without approvals, or those that were not.
// predicate
(node.emergencyUntil IS NOT NULL) = $value
