// Versions of datasets by digest: two at most for each, to see whether it is ambiguous.
// read
UNWIND $given.datasetVersionsByDigest AS k
CALL (k) {
  MATCH (x:DatasetVersion {digest: k.digest})
  WHERE $given.hidden[coalesce(x.scope, '')] IS NULL
  RETURN x LIMIT 2
}
RETURN k.ref AS ref, x
