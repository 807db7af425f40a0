// Jobs by namespace and name.
// read
UNWIND $given.jobsByName AS k
MATCH (x:Job {namespace: k.namespace, name: k.name})
RETURN k.ref AS ref, x
