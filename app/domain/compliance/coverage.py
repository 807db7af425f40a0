"""What a report is about: a version alone, the versions that an application stands on, or those that are active in an
environment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.database.connection import Connection
from app.domain.compliance.report import Question
from app.domain.governance.ancestry import type_of
from app.domain.governance.dry_run import MOST_VERSIONS, active_in
from app.domain.lineage.scope import MAX_LIMIT, Scope, Through
from app.domain.lineage.traversal import lineage
from app.domain.permission.sight import WHOLE, Sight
from app.domain.resolution import mention, resolve

NEEDED = Through(edge_kinds=("DEPENDS_ON",))


@dataclass(frozen=True)
class Coverage:
    """The ids of the subject, of the versions that are covered, and of what else an application needs when it runs."""

    subject_id: str
    subject_type: str
    versions: Sequence[str]
    others: Sequence[str] = ()
    omitted: int = 0
    is_whole: bool = True


async def coverage(connection: Connection, question: Question, sight: Sight) -> Coverage:
    """What is covered. Raises NotFound with the path of what there is not."""
    subject, as_of = mention(question.of, "of"), question.as_of
    known = (await resolve(connection, [subject], sight)).require(subject)
    if known.label == "Application":
        return await stood_on(connection, known.id, as_of, sight)
    if known.label == "Environment":
        return await active(connection, known.id, as_of, sight)
    return Coverage(known.id, known.label, [known.id])


async def active(connection: Connection, id: str, as_of: datetime | None, sight: Sight) -> Coverage:
    """What is active in an environment. It is not all when something that is must not be seen."""
    seen = await active_in(connection, id, as_of, sight)
    whole = await active_in(connection, id, as_of, WHOLE) if sight.is_partial else seen
    return bounded(Coverage(id, "Environment", seen, is_whole=len(seen) == len(whole)))


async def stood_on(connection: Connection, id: str, as_of: datetime | None, sight: Sight) -> Coverage:
    """What an application needs when it runs, and what that needs, to the end; the nearest first."""
    scope = Scope(through=NEEDED, as_of=as_of, limit=MAX_LIMIT, sight=sight)
    walk = (await lineage(connection, [id], "UPSTREAM", scope))[id]
    found = [(type_of(stop["node"]), stop["node"]["id"]) for stop in walk["nodes"]]
    versions = [id for type_, id in found if type_ == "ModelVersion"]
    others = [id for type_, id in found if type_ != "ModelVersion"]
    return bounded(Coverage(id, "Application", versions, others, is_whole=walk["complete"]))


def bounded(found: Coverage) -> Coverage:
    """The same with no more versions than are judged at once."""
    shown = found.versions[:MOST_VERSIONS]
    omitted = len(found.versions) - len(shown)
    return Coverage(found.subject_id, found.subject_type, shown, found.others, omitted, found.is_whole)
