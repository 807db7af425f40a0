// Commits by repository and hash.
// read
UNWIND $given.commitsBySha AS k
MATCH (repository:CodeRepository {url: k.url})
MATCH (x:Commit {repositoryId: repository.id, sha: k.sha})
RETURN k.ref AS ref, x
