"""The planner: a GraphQL selection becomes few statements, their rows become the answer."""
