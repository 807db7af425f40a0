// The parameters of a run.
// relation id -> value, list
MATCH (parameter:Parameter {subjectId: parent} WHERE parameter.name IS NOT NULL)
WHERE $names IS NULL OR parameter.name IN $names
RETURN {name: parameter.name, value: parameter.value, source: 'RUN'} AS value
ORDER BY parameter.name
