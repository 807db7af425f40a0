"""A dry run: policies, drafts among them, held against versions as if these were to be admitted to an environment.

It is asked with the sight of who asks. What that hides is missing from the ancestry, so who may not see everything
learns nothing of it, and is told so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.database.connection import Connection
from app.database.queries import query
from app.domain.given import given
from app.domain.governance.holding import policies_in, policy_version
from app.domain.governance.judgement import Demand, Verdict, judge
from app.domain.governance.rules import PolicyRuleInput, check, digest, kept
from app.domain.governance.snapshot_reading import read_snapshot
from app.domain.lineage.paths import Found, looked_up
from app.domain.lineage.scope import Scope
from app.domain.lineage.search import Step
from app.domain.permission.sight import Sight
from app.domain.references import ModelVersionRef
from app.domain.resolution import Key, Mention, mention, resolve
from app.domain.vocabulary import PolicyMode
from app.errors import InvalidInput

LIVE = query("governance/live_versions")
MOST_VERSIONS = 50


@dataclass(frozen=True)
class Question:
    """What is tried out: rules or a version of a policy, or else the policies that hold there; against a version, or
    else all that is active there; now, or as it was at an instant."""

    environment: str
    version: ModelVersionRef | None = None
    policy: str | None = None
    number: int | None = None
    rules: tuple[PolicyRuleInput, ...] = ()
    as_of: datetime | None = None


@dataclass(frozen=True)
class Tried:
    """What came of it: what was tried, the verdicts, what they name, by id, and how many versions were left out."""

    demands: Sequence[Demand]
    verdicts: Sequence[Verdict]
    nodes: Mapping[str, Mapping[str, Any]]
    edges: Mapping[str, Mapping[str, Any]]
    omitted: int


async def dry_run(connection: Connection, question: Question, properties: Sequence[str], sight: Sight) -> Tried:
    """Try policies out. `properties` are those that are wanted of the nodes."""
    place, versions = await subjects(connection, question, sight)
    demands = await demanded(connection, question, place)
    chosen = versions[:MOST_VERSIONS]
    snapshots = [await read_snapshot(connection, id, place, as_of=question.as_of, sight=sight) for id in chosen]
    verdicts = await judge(demands, snapshots)
    nodes, edges = await named(connection, verdicts, properties, sight)
    return Tried(demands, verdicts, nodes, edges, len(versions) - len(chosen))


async def subjects(connection: Connection, question: Question, sight: Sight) -> tuple[str, list[str]]:
    """The ids of the environment and of the versions."""
    named = Key.of("environments_by_name", name=question.environment)
    environment = Mention(named, ("Environment",), ("environment",))
    version = [mention(question.version, "version")] if question.version else []
    resolution = await resolve(connection, [environment, *version], sight)
    place = resolution.require(environment).id
    if version:
        return place, [resolution.require(each).id for each in version]
    return place, await active_in(connection, place, question.as_of, sight)


async def active_in(connection: Connection, environment_id: str, as_of: datetime | None, sight: Sight) -> list[str]:
    """The ids of the versions that are active in an environment, or were at an instant, the latest placed first."""
    row = await connection.ask(LIVE, given({"environmentId": environment_id, "asOf": as_of}))
    return [each["id"] for each in row["versions"] if not sight.hides(each["scope"])]


async def demanded(connection: Connection, question: Question, environment_id: str) -> list[Demand]:
    """What is demanded."""
    if question.rules and question.policy is not None:
        raise InvalidInput("Either a policy or rules are tried out.", path=("rules",))
    if question.number is not None and question.policy is None:
        raise InvalidInput("A number belongs to a policy.", path=("number",))
    if question.rules:
        await check(question.rules, "rules")
        rules, mode = kept(question.rules), PolicyMode.ENFORCE
        return [Demand(mode, rules, digest=digest("", mode, rules))]
    if question.policy is not None:
        return [await policy_version(connection, question.policy, question.number, "policy")]
    return await policies_in(connection, environment_id, question.as_of)


async def named(connection: Connection, verdicts: Sequence[Verdict], properties: Sequence[str], sight: Sight) -> Found:
    """All nodes and edges that verdicts name, by their ids."""
    ways = list(shown(verdicts))
    steps = (Step(edge["id"], edge["sourceId"], edge["targetId"]) for _, way in ways for edge in way)
    ids = {*(each.snapshot.ancestry.start["id"] for each in verdicts), *(id for id, _ in ways)}
    return await looked_up(connection, ids, steps, Scope(properties=properties, sight=sight))


def shown(verdicts: Iterable[Verdict]) -> Iterable[tuple[str, Sequence[Mapping[str, Any]]]]:
    """What is in the way of all rules, each with the way that leads to it."""
    for verdict in verdicts:
        for policy in verdict.policies:
            for rule in policy.rules:
                yield from rule.ways.items()
