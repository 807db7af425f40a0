// Who sees a model.
// relation this -> value, one
RETURN CASE WHEN this.isPrivate THEN 'PRIVATE' ELSE 'PUBLIC' END AS value
