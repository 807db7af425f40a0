// How many parameters runs and versions have, and those that say where their random numbers began.
// read
UNWIND $given.ids AS id
MATCH (parameter:Parameter {subjectId: id} WHERE parameter.name IS NOT NULL)
WITH id, count(parameter) AS count, collect(CASE
  WHEN toLower(parameter.name) CONTAINS 'seed' OR toLower(parameter.name) ENDS WITH 'random_state'
  THEN parameter.name END) AS seeds
RETURN collect({id: id, count: count, seeds: seeds}) AS found
