// A job by its key.
// anchor -> node, one
MATCH (node:Job {namespace: $namespace, name: $name})
