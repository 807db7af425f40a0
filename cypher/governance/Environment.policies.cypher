// The policies that hold in an environment: those attached to it, and those attached before it that hold beyond.
// relation this -> node, list
// order ID node.id
MATCH (this)<-[:PROMOTES_TO*0..32]-(place:Environment)
WITH DISTINCT this, place
MATCH (node:PolicyAttachment {environmentId: place.id} WHERE node.validFrom IS NOT NULL AND node.id IS NOT NULL)
WHERE node.open AND (place = this OR node.holdsBeyond)
