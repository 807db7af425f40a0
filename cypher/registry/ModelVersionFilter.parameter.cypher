// Versions by a parameter of theirs or of the run that made them.
// predicate
EXISTS {
  MATCH (node)-[made:GENERATED_BY*0..1]->(holder)
  WHERE all(edge IN made WHERE edge.validTo IS NULL)
  MATCH (parameter:Parameter {subjectId: holder.id, name: $value.name})
  WHERE ($value.gte IS NULL OR parameter.number >= $value.gte)
    AND ($value.lte IS NULL OR parameter.number <= $value.lte)
    AND ($value.eq IS NULL OR parameter.text = $value.eq OR parameter.number = $value.eq
      OR (parameter.text IS NULL AND parameter.value = toStringOrNull($value.eq)))
    AND ($value.in IS NULL OR parameter.text IN $value.in OR parameter.number IN $value.in
      OR (parameter.text IS NULL AND any(item IN $value.in WHERE parameter.value = toStringOrNull(item))))
}
