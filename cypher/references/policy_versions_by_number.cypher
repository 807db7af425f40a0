// Versions of policies by their policy and number.
// read
UNWIND $given.policyVersionsByNumber AS k
MATCH (policy:Policy {name: k.policy})
MATCH (x:PolicyVersion {policyId: policy.id, number: k.number})
RETURN k.ref AS ref, x
