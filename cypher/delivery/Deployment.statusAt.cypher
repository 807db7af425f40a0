// The status of a deployment at an instant; nothing before it was placed.
// relation this -> value, one
RETURN CASE
  WHEN this.validTo <= $asOf THEN this.status
  WHEN this.activeFrom <= $asOf THEN 'ACTIVE'
  WHEN this.validFrom <= $asOf THEN 'ROLLING_OUT'
END AS value
