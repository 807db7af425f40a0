"""What was found, what was recalled, and where recalls stop."""

from collections.abc import Iterable
from typing import Any

from tests.planner.graph import Graph, Node
from tests.planner.reference.fields import Arguments, answers, by_id, current, distinct
from tests.planner.reference.filters import chosen
from tests.planner.reference.pages import connection, latest


def held(facts: Iterable[Node], arguments: Arguments) -> list[Node]:
    """All of them, or those that held at an instant."""
    moment = arguments.get("asOf")
    return current(facts, moment) if moment else list(facts)


@answers("Query.findings")
def findings(graph: Graph, root: None, arguments: Arguments) -> Any:
    found = chosen(graph, "FindingFilter", arguments.get("where"), held(graph.of("Finding"), arguments))
    return connection("Query.findings", found, latest(VALID_FROM="validFrom"), arguments)


@answers("LineageNode.findings")
def findings_of(graph: Graph, node: Node, arguments: Arguments) -> Any:
    about = distinct(finding for _, finding in graph.into(node, "ABOUT"))
    found = chosen(graph, "FindingFilter", arguments.get("where"), held(about, arguments))
    return connection("LineageNode.findings", found, latest(VALID_FROM="validFrom"), arguments)


@answers("Finding.about")
def about(graph: Graph, finding: Node, arguments: Arguments) -> list[Node]:
    return by_id(distinct(subject for _, subject in graph.out(finding, "ABOUT")))


@answers("Finding.recalls")
def recalls_of(graph: Graph, finding: Node, arguments: Arguments) -> list[Node]:
    return by_id(recall for recall in graph.of("Recall") if recall["findingId"] == finding["id"])


@answers("Recall.finding")
def finding_of(graph: Graph, recall: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(recall["findingId"])


@answers("Query.recalls")
def recalls(graph: Graph, root: None, arguments: Arguments) -> Any:
    found = chosen(graph, "RecallFilter", arguments.get("where"), held(graph.of("Recall"), arguments))
    return connection("Query.recalls", found, latest(VALID_FROM="validFrom"), arguments)


@answers("Recall.targets")
def targets(graph: Graph, recall: Node, arguments: Arguments) -> list[Node]:
    return by_id(distinct(target for _, target in graph.out(recall, "RECALLS")))


@answers("Recall.mitigations")
def mitigations(graph: Graph, recall: Node, arguments: Arguments) -> Any:
    found = [node for node in graph.of("Mitigation") if node["recallId"] == recall["id"]]
    moment = arguments.get("asOf")
    if moment:
        found = [each for each in current(found, moment) if each["expiresAt"] is None or each["expiresAt"] > moment]
    return connection("Recall.mitigations", found, latest(VALID_FROM="validFrom"), arguments)


@answers("Mitigation.recall")
def recall_of(graph: Graph, mitigation: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(mitigation["recallId"])


@answers("Mitigation.on")
def stopped_at(graph: Graph, mitigation: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(mitigation["onId"])
