// Where the open lineage of some entities leads, one step.
// offline
UNWIND $given.ids AS id
MATCH (source:Entity {id: id})
  -[r:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES WHERE r.validTo IS NULL AND r.closesCycle IS NULL]
  ->(target:Entity)
RETURN collect(DISTINCT [source.id, type(r), target.id]) AS edges
