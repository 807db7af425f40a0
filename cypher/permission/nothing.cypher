// Change nothing.
// write
RETURN 'unchanged' AS outcome, datetime.realtime() AS at, null AS id, [] AS changes
