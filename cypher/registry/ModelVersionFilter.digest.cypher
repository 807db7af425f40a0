// Versions with a digest.
// predicate
node.artifactDigest = $value
