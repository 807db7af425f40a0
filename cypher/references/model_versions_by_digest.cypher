// Versions by the digest of their artifact: two at most for each, to see whether it is ambiguous.
// read
UNWIND $given.modelVersionsByDigest AS k
CALL (k) {
  MATCH (x:ModelVersion {artifactDigest: k.digest})
  WHERE $given.hidden[coalesce(x.scope, '')] IS NULL
  RETURN x LIMIT 2
}
RETURN k.ref AS ref, x
