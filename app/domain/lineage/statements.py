"""The statements that walk lineage, put together from the parts in `cypher/lineage/walk`.

Values are parameters throughout, in one map, as a text is planned anew for every type and size of its parameters. What
changes in a text is the bound of the search, which Neo4j takes as a literal only, whether there is something that must
not be seen, `is_partial`, and whether there are places where a recall stops, `is_stopped`. The bound grows along
BOUNDS, so there are few texts and each is planned once.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from app.database.connection import Connection
from app.database.queries import PARAMETER, query
from app.domain.lineage.scope import ENDLESS, Direction, Scope
from app.domain.permission.sight import seen
from app.domain.told import told_by_name

# A search that is pruned costs what it finds. The bound grows so that a walk which the budget ends early finds little.
BOUNDS = (4, 8, 16, 32, 64, ENDLESS)
LITERAL = "*0..4]"
DIRECTIONS: tuple[Direction, ...] = ("UPSTREAM", "DOWNSTREAM")
PASSES = "passes(edge)"
TOKENS = {
    "holds(edge)": f"({query('lineage/walk/holds').body})",
    "lasts(edge)": f"({query('lineage/walk/lasts').body})",
    "stands(fact)": f"({query('lineage/walk/stands').body})",
    "matches(node)": f"({query('lineage/walk/matches').body})",
    "shown(node)": query("lineage/walk/shown_node").body,
    "told(node, name)": told_by_name("node", "name", None),
    "told(node, filter.property)": told_by_name("node", "filter.property", None),
    "shown(edge)": query("lineage/walk/shown_edge").body,
}


def part(name: str) -> str:
    """The text of one part, with what all parts share written out."""
    return written_out(query(f"lineage/walk/{name}").body)


def written_out(text: str) -> str:
    """A text with what the parts share in the place of its tokens."""
    for token, meaning in TOKENS.items():
        text = text.replace(token, meaning)
    return text


@cache
def reach(direction: Direction, bound: int, ending: str, *, is_partial: bool = False, is_stopped: bool = False) -> str:
    """Everything within `bound` edges of some starts, and what `ending` makes of it."""
    return statement(is_partial, _search(direction, bound), part(ending), is_stopped=is_stopped)


@cache
def walk(direction: Direction, bound: int, *, is_partial: bool = False) -> str:
    """The nodes of the whole levels inside the budget, the edges among them, and where the walk stopped."""
    return statement(
        is_partial,
        _search(direction, bound),
        part("levels"),
        f"CALL (start, last, beyond) {{\n{part(f'frontier_{direction.lower()}')}\n}}",
        f"CALL (start, reported, isFinished) {{\n{part('edges')}\n}}",
        part("answer"),
    )


@cache
def alone(name: str, *, is_partial: bool = False, is_stopped: bool = False) -> str:
    """A part that is a statement of its own."""
    return statement(is_partial, part(name), is_stopped=is_stopped)


def known() -> Iterator[str]:
    """Every text that a question without `maxDepth` can need, to be planned ahead."""
    for direction in DIRECTIONS:
        yield from (walk(direction, bound) for bound in BOUNDS)
        yield reach(direction, ENDLESS, "counts")
    yield from (reach("UPSTREAM", ENDLESS, ending) for ending in ("ancestries", "ways", "recalled"))
    yield from (reach("DOWNSTREAM", ENDLESS, ending) for ending in ("impact", "ids"))
    yield from (alone(name) for name in ("shortest", "shortest_each", "found", "asserted"))


def given(connection: Connection, scope: Scope, **values: Any) -> dict[str, Any]:
    """The parameters of a statement. What was so at an instant is settled once every write of that time has ended."""
    settles = round(connection.write_timeout * 1000)
    return {"given": {**scope.parameters, **values, "settles": settles}}


async def withheld(connection: Connection, direction: Direction, starts: Sequence[str], scope: Scope) -> frozenset[str]:
    """The starts whose walk comes to something that must not be seen, however far away.

    Neither depth nor filters have a say in it: they would tell where that is, and what.
    """
    if not scope.sight.is_partial:
        return frozenset()
    text = alone(f"withheld_{direction.lower()}", is_partial=True)
    whole = Scope(as_of=scope.as_of, sight=scope.sight)
    row = await connection.read("lineage/walk/withheld", text, given(connection, whole, starts=sorted(set(starts))))
    return frozenset(row["withheld"])


def bound_for(max_depth: int | None) -> int:
    """The least bound that sees one level more than the depth that was asked for."""
    return next(bound for bound in BOUNDS if bound > (max_depth or ENDLESS - 1))


def _search(direction: Direction, bound: int) -> str:
    literal = "*0..]" if bound == ENDLESS else f"*0..{bound}]"
    return part(direction.lower()).replace(LITERAL, literal)


def statement(is_partial: bool, *parts: str, is_stopped: bool = False) -> str:
    """Parts put together as they are sent."""
    passes = query("lineage/walk/passes").body if is_stopped else "true"
    text = "\n".join(("CYPHER 5", *parts)).replace(PASSES, passes)
    return seen(PARAMETER.sub(r"$given.\1", text), is_partial=is_partial)
