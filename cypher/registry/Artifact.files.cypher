// The files of a version's artifact.
// relation id -> node, page
// order PATH node.path
MATCH (node:ArtifactFile {subjectId: parent})
