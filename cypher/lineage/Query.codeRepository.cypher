// A repository by its normalized address.
// anchor -> node, one
MATCH (node:CodeRepository {url: $url})
