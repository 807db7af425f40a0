// What is known by name only.
// read
UNWIND $given.assetsByName AS k
MATCH (x:UnknownAsset {name: k.name})
RETURN k.ref AS ref, x
