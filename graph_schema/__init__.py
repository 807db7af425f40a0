"""The node model as data; constraints, indexes, migrations."""
