"""What a decision was made by, as it is shown: the ids of its record are looked up, and what must not be seen is left
out, and told to be there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.api.policies.showing import Shelf, shown_rule, shown_subjects
from app.database.connection import Connection
from app.domain.lineage.paths import looked_up
from app.domain.lineage.records import NEEDED
from app.domain.lineage.scope import Scope
from app.domain.lineage.search import Step
from app.domain.vocabulary import DisregardReason
from app.planner.kinds import Asked

Record = Mapping[str, Any]
LAPSED = "It has lapsed."


async def shelf_of(connection: Connection, records: Sequence[Record], asked: Asked, *more: str) -> Shelf:
    """Everything that some records name, in one statement."""
    properties = sorted({*asked.properties, *NEEDED, "scope"})
    scope = Scope(properties=properties, sight=asked.sight)
    ids = {id for record in records for id in named(record)}
    steps = [Step(*step) for record in records for way in ways(record) for step in way]
    found = await looked_up(connection, {*ids, *more}, steps, scope)
    return Shelf(
        {id: node for id, node in found.nodes.items() if not asked.sight.hides(node["scope"])},
        found.edges,
        is_partial=asked.sight.is_partial,
    )


def named(record: Record) -> Iterator[str]:
    """The ids of all nodes of a record, but for those on its ways."""
    for each in (*record["rules"], *record["blockers"]):
        yield from each.get("subjectIds") or ()
    for recall in record["recalls"]:
        yield recall["recallId"]
    yield from record["rejections"]
    for asked in record["approvals"]:
        yield from asked["approvalIds"]
        for each in asked["disregarded"]:
            yield from (each["approvalId"], *each["nodeIds"])
    if record["requestId"]:
        yield record["requestId"]


def ways(record: Record) -> Iterator[Sequence[Sequence[str]]]:
    for each in (*record["rules"], *record["blockers"]):
        yield each.get("way") or ()


def shown_review(record: Record, shelf: Shelf) -> dict[str, Any]:
    """A record as it is shown."""
    shelf.missed.clear()
    shown = {
        **{name: record[name] for name in ("allowed", "complete")},
        "ancestors": None if shelf.is_partial else record["ancestors"],
        "blockers": [shown_blocker(each, shelf) for each in record["blockers"]],
        "nextSteps": list(dict.fromkeys(each["fix"] for each in record["blockers"] if each["fix"])),
        "rules": [shown_rule(each, shelf) for each in record["rules"]],
        "approvals": [shown_approvals(each, shelf) for each in record["approvals"]],
        "request": shelf.node(record["requestId"]),
    }
    return {**shown, "andHidden": bool(shelf.missed)}


def shown_blocker(blocker: Record, shelf: Shelf) -> dict[str, Any]:
    """What is in the way. Of a recall who may not see the whole way to it hears that there is one."""
    said = {name: blocker.get(name) for name in ("kind", "message", "fix", "policy", "number", "rule")}
    about = shown_subjects({"subjectIds": (), "way": (), **blocker}, shelf)
    recall = shelf.node(blocker.get("recallId"))
    is_seen = not blocker.get("way") or about["path"] is not None
    return {
        **said,
        "recall": recall if is_seen else None,
        "approval": shelf.node(blocker.get("approvalId")),
        "subjects": about["subjects"],
        "path": about["path"],
    }


def shown_approvals(asked: Record, shelf: Shelf) -> dict[str, Any]:
    disregarded = [found for each in asked["disregarded"] if (found := shown_disregarded(each, shelf)) is not None]
    return {**asked, "approvals": shelf.some(asked["approvalIds"]), "disregarded": disregarded}


def shown_disregarded(each: Record, shelf: Shelf) -> Record | None:
    """An approval that does not count. Who may not see everything hears why, and neither of what nor of how much."""
    approval = shelf.node(each["approvalId"])
    if approval is None:
        return None
    if not shelf.is_partial:
        return {**each, "approval": approval, "nodes": shelf.some(each["nodeIds"])}
    message = LAPSED if each["reason"] == DisregardReason.LAPSED else each["message"]
    return {**each, "approval": approval, "nodes": [], "message": message}
