"""Lines that do not fit together are left out, each with the reason."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from itertools import islice

from app.database.connection import Connection
from app.database.queries import query
from app.domain.given import given
from app.domain.governance.expressions.process import checked
from app.domain.governance.rules import check, evaluable, kept
from app.errors import InvalidInput
from app.transfer.entities import Entities
from app.transfer.lines.policies import PolicyVersionLine
from app.transfer.planned import found as known
from app.transfer.possible import RULES
from app.transfer.said import Said, judged, new
from app.transfer.standing import Properties, standing

DELEGATIONS = query("transfer/delegations")
NAMED = ("requestId", "decisionId", "restoresId")  # what has to fit


async def check_coherence(connection: Connection, entities: Entities) -> None:
    """Leave out what does not fit, and then what named that, and so on."""
    entities.leave_out({id: reason async for id, reason in wrong_rules(entities)})
    graph, delegated = await named(connection, entities)
    while reasons := dict(misfits(Said(entities, graph, delegated))):
        entities.leave_out(reasons)


async def wrong_rules(entities: Entities) -> AsyncIterator[tuple[str, str]]:
    """The ids of versions of policies whose expressions have something wrong with them, each with what that is.

    All are checked at once; where something is wrong, alone, so that an expression is not blamed for another.
    """
    lines = {each.id: each.entry.line for each in new(entities, ("PolicyVersion",))}
    rules = {id: line.rules for id, line in lines.items() if isinstance(line, PolicyVersionLine) and line.rules}
    if not rules:
        return
    found = iter(await checked(evaluable(kept([each for some in rules.values() for each in some]))))
    suspects = [id for id, some in rules.items() if any(list(islice(found, len(some))))]
    for id in suspects:
        try:
            await check(rules[id], "rules")
        except InvalidInput as error:
            yield id, f"{'.'.join(map(str, error.path))}: {error.message}"


async def named(connection: Connection, entities: Entities) -> tuple[Mapping[str, Properties], Sequence[Properties]]:
    """What the graph says of those that the file names, by their ids, and what they delegated."""
    ids, people = set[str](), set[str]()
    for planned in judged(entities):
        own = planned.properties(entities.directory)
        ids |= {own[name] for name in NAMED if name in own}
        ids.update(known(planned.entry.line.presupposes(), entities.directory))
        people |= {own[name] for name in ("onBehalfOfId",) if name in own}
    graph = {id: each.properties for id, each in (await standing(connection, ids)).items()}
    delegated = await connection.ask(DELEGATIONS, given({"ids": sorted(people)}))
    return graph, delegated["delegations"]


def misfits(said: Said) -> Iterator[tuple[str, str]]:
    """The ids of what does not fit, each with the first reason."""
    for planned in judged(said.entities):
        reason = next(RULES[planned.label](said.of(planned.id), said), None)
        if reason is not None:
            yield planned.id, reason
