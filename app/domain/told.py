"""Properties that are told otherwise than they are kept.

A file `<word>/<Label>.<property>.cypher` that declares `// property` is an expression over `node`. It stands for that
property wherever somebody reads or filters by it; what decides a write reads what is kept.
"""

import re
from collections.abc import Mapping
from functools import cache

from app.database.queries import Query, all_queries

NODE = re.compile(r"\bnode\b")


def told(variable: str, name: str, label: str) -> str:
    """The value of one property of a node of this label."""
    query = _files().get((label, name))
    return f"({_of(query, variable)})" if query else f"{variable}.{name}"


def told_by_name(variable: str, name: str, label: str | None) -> str:
    """The value of the property whose name stands in `name`. Without a label the node says of which it is."""
    ways = (
        f"WHEN {name} = '{known}'{'' if label else f' AND {variable}:{of}'} THEN {_of(query, variable)}"
        for (of, known), query in _files().items()
        if label in (None, of)
    )
    cases = " ".join(ways)
    return f"CASE {cases} ELSE {variable}[{name}] END" if cases else f"{variable}[{name}]"


def _of(query: Query, variable: str) -> str:
    return NODE.sub(variable, query.body)


@cache
def _files() -> Mapping[tuple[str, str], Query]:
    """The properties that have a file, by (label, property)."""
    found = [each for each in all_queries() if each.declared("property")]
    return {tuple(q.name.rpartition("/")[2].split(".")): q for q in found}  # type: ignore[misc]  # always two parts
