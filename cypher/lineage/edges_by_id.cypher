// The edges of `ids` that can be retracted.
// part
CALL (ids) {
  UNWIND ids AS id
  CALL (id) {
    MATCH ()-[edge:USED {id: id}]->() RETURN edge
    UNION ALL MATCH ()-[edge:GENERATED_BY {id: id}]->() RETURN edge
    UNION ALL MATCH ()-[edge:DERIVED_FROM {id: id}]->() RETURN edge
    UNION ALL MATCH ()-[edge:DEPENDS_ON {id: id}]->() RETURN edge
  }
  RETURN collect(edge) AS edges
}
