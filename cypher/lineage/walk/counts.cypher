// How many nodes a reach has of each kind at each depth, and how many of these are reported.
// part
WITH depth, node
WHERE depth > 0
WITH depth, labels(node) AS labels, count(CASE WHEN matches(node) THEN 1 END) AS count
WITH collect({depth: depth, labels: labels, count: count}) AS counts
RETURN counts, $asOf + duration({milliseconds: $settles}) < datetime.realtime() AS asOfSettled
