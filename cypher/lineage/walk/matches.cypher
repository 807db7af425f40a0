// Whether a node is reported: it is of the types asked for, and its properties match. A missing one is a null.
// part
($types IS NULL OR any(label IN labels(node) WHERE label IN $types))
AND all(filter IN $filters WHERE any(
  value IN CASE
    WHEN filter.property <> 'classifications' THEN [told(node, filter.property)]
    WHEN size(coalesce(node.classifications, [])) > 0 THEN node.classifications
    ELSE [null] END
  WHERE all(test IN filter.tests WHERE CASE test.operator
    WHEN 'eq' THEN value = test.operand
    WHEN 'ne' THEN value IS NULL OR value <> test.operand
    WHEN 'in' THEN value IN test.operand
    WHEN 'contains' THEN value CONTAINS test.operand
    WHEN 'startsWith' THEN value STARTS WITH test.operand
    WHEN 'isNull' THEN (value IS NULL) = test.operand
  END)))
