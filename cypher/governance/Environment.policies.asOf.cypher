// The policies that held in an environment at an instant: what promotion leads to is as it is now.
// relation this -> node, list
// order ID node.id
MATCH (this)<-[:PROMOTES_TO*0..32]-(place:Environment)
WITH DISTINCT this, place
MATCH (node:PolicyAttachment {environmentId: place.id} WHERE node.validFrom <= $asOf AND node.id IS NOT NULL)
WHERE (node.validTo IS NULL OR node.validTo > $asOf) AND (place = this OR node.holdsBeyond)
