// A revision by its repository and hash.
// anchor -> node, one
MATCH (repository:CodeRepository {url: $repository})
MATCH (node:Commit {repositoryId: repository.id, sha: $sha})
