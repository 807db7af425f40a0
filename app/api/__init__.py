"""What GraphQL shows: types, fields, inputs, errors. No Cypher, no driver."""
