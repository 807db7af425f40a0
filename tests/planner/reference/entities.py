"""What every entity carries, who acts, what happened, and look-ups that lead to any kind of node."""

from collections.abc import Callable, Iterable
from typing import Any

import orjson

from tests.planner.graph import Edge, Graph, Node
from tests.planner.reference.fields import Arguments, Refused, answers, by_id, distinct
from tests.planner.reference.filters import chosen
from tests.planner.reference.mentions import external as external_ids
from tests.planner.reference.pages import by, connection, latest

LARGEST_LIST = 100


@answers("Query.node")
def node(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    return graph.by_id.get(arguments["id"])


@answers("Query.nodes")
def nodes(graph: Graph, root: None, arguments: Arguments) -> list[Node | None]:
    if len(arguments["ids"]) > LARGEST_LIST:
        raise Refused("A list may have 100 items at most.", "ids")
    return [graph.by_id.get(id_) for id_ in arguments["ids"]]


@answers("Query.external")
def external(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    return next((graph.by_id[id_] for id_ in external_ids(graph, arguments)), None)


@answers("Query.byDigest")
def by_digest(graph: Graph, root: None, arguments: Arguments) -> list[Node]:
    digest = arguments["digest"]
    versions = [v for v in graph.of("ModelVersion") if v["artifactDigest"] == digest]
    holders = [graph.by_id[f["subjectId"]] for f in graph.of("ArtifactFile") if f["digest"] == digest]
    return by_id(distinct([*versions, *holders, *(v for v in graph.of("DatasetVersion") if v["digest"] == digest)]))


def described(graph: Graph, label: str, entity: Node) -> list[Node]:
    return [node for node in graph.of(label) if node["subjectId"] == entity["id"]]


@answers("Entity.createdBy")
def created_by(graph: Graph, entity: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(entity["createdById"])


@answers("Entity.tags")
def tags(graph: Graph, entity: Node, arguments: Arguments) -> list[Node]:
    return sorted(described(graph, "Tag", entity), key=lambda tag: str(tag["key"]))


@answers("Entity.links")
def links(graph: Graph, entity: Node, arguments: Arguments) -> list[Node]:
    return sorted(described(graph, "Link", entity), key=lambda link: str(link["url"]))


@answers("Entity.references")
def references(graph: Graph, entity: Node, arguments: Arguments) -> list[Node]:
    found = described(graph, "ExternalReference", entity)
    return sorted(found, key=lambda reference: (reference["system"], reference["externalId"]))


@answers("Entity.history")
def history(graph: Graph, entity: Node, arguments: Arguments) -> Any:
    return connection("Entity.history", described(graph, "AuditEvent", entity), latest(AT="at"), arguments)


@answers("Query.auditEvents")
def audit_events(graph: Graph, root: None, arguments: Arguments) -> Any:
    found = chosen(graph, "AuditEventFilter", arguments.get("where"), graph.of("AuditEvent"))
    if (arguments.get("orderBy") or {}).get("by") == "SEQUENCE":
        sealed = [event for event in found if event["sequence"] is not None]
        return connection("Query.auditEvents", sealed, by(SEQUENCE="sequence"), arguments)
    return connection("Query.auditEvents", found, latest(AT="at"), arguments)


@answers("Query.auditHead")
def audit_head(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    size = arguments.get("size")
    heads = sorted(graph.of("AuditHead"), key=lambda head: int(head["size"]))
    return next((head for head in reversed(heads) if size in (None, head["size"])), None)


@answers("Query.sealKeys")
def seal_keys(graph: Graph, root: None, arguments: Arguments) -> list[Node]:
    return sorted(graph.of("SealKey"), key=lambda key: int(key["number"]))


@answers("AuditEvent.actor")
def actor_of(graph: Graph, event: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(event["actorId"])


@answers("AuditEvent.subject")
def subject(graph: Graph, event: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(event["subjectId"])


def shown(event: Node, value: Any, place: str) -> tuple[Any, bool]:
    """A value of an event with its text, and whether that has been erased."""
    if not isinstance(value, dict) or set(value) != {"sealed"}:
        return value, False
    texts = dict(zip(event["places"] or (), event["texts"] or (), strict=True))
    return (orjson.loads(texts[place])[1], False) if place in texts else (None, True)


@answers("AuditEvent.changes")
def changes(graph: Graph, event: Node, arguments: Arguments) -> Any:
    told = []
    for i, each in enumerate(orjson.loads(event["body"])["changes"]):
        sides = {side: shown(event, each[side], f"/changes/{i}/{side}") for side in ("before", "after")}
        values = {side: value for side, (value, _) in sides.items()}
        told.append({"field": each["field"], **values, "isErased": any(erased for _, erased in sides.values())})
    return told


@answers("AuditEvent.reason")
def reason(graph: Graph, event: Node, arguments: Arguments) -> Any:
    return shown(event, orjson.loads(event["body"])["reason"], "/reason")[0]


@answers("AuditEvent.isReasonErased")
def is_reason_erased(graph: Graph, event: Node, arguments: Arguments) -> bool:
    return shown(event, orjson.loads(event["body"])["reason"], "/reason")[1]


@answers("AuditEvent.client")
def client(graph: Graph, event: Node, arguments: Arguments) -> Any:
    return shown(event, orjson.loads(event["body"])["client"], "/client")[0]


@answers("AuditEvent.outcome")
def outcome(graph: Graph, event: Node, arguments: Arguments) -> str:
    return str(event["outcome"] or "DONE")


@answers("Query.actor")
def actor(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    return next((node for node in graph.of("Actor") if node["name"] == arguments["name"]), None)


@answers("Query.actors")
def actors(graph: Graph, root: None, arguments: Arguments) -> Any:
    found = chosen(graph, "ActorFilter", arguments.get("where"), graph.of("Actor"))
    return connection("Query.actors", found, by(NAME="name"), arguments)


def tied(graph: Graph, edges: Iterable[Edge], arguments: Arguments, end: Callable[[Edge], str]) -> list[Node]:
    """What some relationships lead to that hold at an instant, or now."""
    return distinct(graph.by_id[end(edge)] for edge in edges if edge.holds(arguments.get("asOf")))


@answers("Actor.teams")
def teams(graph: Graph, member: Node, arguments: Arguments) -> list[Node]:
    edges = (edge for edge in graph.edges if edge.type == "MEMBER_OF" and edge.source == member["id"])
    found = tied(graph, edges, arguments, lambda edge: edge.target)
    return sorted(found, key=lambda team: (team["name"], team["id"]))


@answers("Team.members")
def members(graph: Graph, team: Node, arguments: Arguments) -> Any:
    edges = (edge for edge in graph.edges if edge.type == "MEMBER_OF" and edge.target == team["id"])
    found = tied(graph, edges, arguments, lambda edge: edge.source)
    return connection("Team.members", found, by(NAME="name"), arguments)


@answers("Actor.owns")
def owns(graph: Graph, actor: Node, arguments: Arguments) -> Any:
    edges = (edge for edge in graph.edges if edge.type == "OWNS" and edge.source == actor["id"])
    found = tied(graph, edges, arguments, lambda edge: edge.target)
    return connection("Actor.owns", found, by(CREATED_AT="createdAt"), arguments)


@answers("Owned.owner")
def owner(graph: Graph, owned: Node, arguments: Arguments) -> Node | None:
    return next((actor for _, actor in graph.into(owned, "OWNS", at=arguments.get("asOf"))), None)
