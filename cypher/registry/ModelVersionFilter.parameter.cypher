// Versions by a parameter of theirs or of the run that made them. Values come as JSON text; 3 and 3.0 are one number.
// predicate
EXISTS {
  MATCH (node)-[made:GENERATED_BY*0..1]->(holder)
  WHERE all(edge IN made WHERE edge.validTo IS NULL) AND visible(holder)
  MATCH (parameter:Parameter {subjectId: holder.id, name: $value.name})
  WHERE ($value.gte IS NULL OR parameter.number >= $value.gte)
    AND ($value.lte IS NULL OR parameter.number <= $value.lte)
    AND ($value.eq IS NULL OR parameter.value = $value.eq OR parameter.number = toFloatOrNull($value.eq))
    AND ($value.in IS NULL OR parameter.value IN $value.in
      OR any(item IN $value.in WHERE parameter.number = toFloatOrNull(item)))
}
