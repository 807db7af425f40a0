// The delegations that some actors gave.
// offline
UNWIND $given.ids AS id
MATCH (d:Delegation {delegatorId: id} WHERE d.validFrom IS NOT NULL AND d.id IS NOT NULL)
RETURN collect(d {.delegatorId, .delegateId, .environmentId, .validFrom, .validTo}) AS delegations
