"""The parameters of a statement."""

from collections.abc import Mapping
from typing import Any


def given(parameters: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """All parameters as one map, `$given`.

    Neo4j keeps a plan for each combination of the types and sizes of a statement's parameters: a list that is empty
    here and has two items there would be planned twice, for a second each. It does not look into a map.
    """
    return {"given": parameters}
