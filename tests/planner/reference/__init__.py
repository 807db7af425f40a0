"""A naive answer to any document: the printed schema over an exported graph, walked in plain Python.

It is written from the meaning of the fields and shares nothing with the planner, its Cypher or the API's types.
"""
