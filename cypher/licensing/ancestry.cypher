// What some assets came from, as licenses carry: what declares them, the edges on the way as bare ids, and what waives.
// part
UNWIND $starts AS origin
MATCH (start:Entity {id: origin})
MATCH path = (start)-[:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON*0..]->(node)
WHERE all(edge IN relationships(path) WHERE carries(edge) AND visible(endNode(edge)))
WITH start, node, min(length(path)) AS depth
ORDER BY depth, node.id
WITH start, collect(node) AS found
WITH start, found[..$budget + 1] AS reached, size(found) - $budget - 1 AS omitted
CALL (reached) {
  UNWIND reached AS source
  MATCH (source)-[edge:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON]->(target)
  WHERE carries(edge) AND visible(target)
  RETURN collect([edge.id, source.id, target.id]) AS edges
}
CALL (start, reached) {
  UNWIND reached AS asset
  MATCH (waiver:LicenseWaiver {assetId: asset.id})
  WHERE inForce(waiver) AND disclosed(waiver)
    AND (waiver.waivedForId IS NULL OR waiver.waivedForId IN [start.id, start.modelId, start.datasetId])
  RETURN collect([waiver.assetId, waiver.waivedForId, waiver.kinds, [name IN $ofWaivers | waiver[name]]]) AS waivers
}
WITH start, edges, waivers, omitted,
  [node IN reached WHERE node:ModelVersion OR node:DatasetVersion OR node:Application OR node:UnknownAsset |
    [node.id, node.licenseDeclared, node.licenseSpdx]] AS assets
RETURN collect({id: start.id, versionOf: [start.modelId, start.datasetId], assets: assets, edges: edges, waivers: waivers,
    omitted: CASE WHEN omitted > 0 THEN omitted ELSE 0 END}) AS ancestries,
  $asOf + duration({milliseconds: $settles}) < datetime.realtime() AS asOfSettled
