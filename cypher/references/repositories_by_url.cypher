// Repositories by their normalized URL.
// read
UNWIND $given.repositoriesByUrl AS k
MATCH (x:CodeRepository {url: k.url})
RETURN k.ref AS ref, x
