"""Policies, their versions, and where they hold."""

from datetime import datetime
from typing import Any

import orjson

from tests.planner.graph import Graph, Node
from tests.planner.reference.fields import Arguments, answers, by_id, current
from tests.planner.reference.pages import by, connection, latest


def versions_of(graph: Graph, policy: Node) -> list[Node]:
    return [version for version in graph.of("PolicyVersion") if version["policyId"] == policy["id"]]


def was_published(version: Node, moment: datetime) -> bool:
    published, retired = version["publishedAt"], version["retiredAt"]
    return published is not None and published <= moment and (retired is None or moment < retired)


@answers("Query.policy")
def policy(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    return next((node for node in graph.of("Policy") if node["name"] == arguments["name"]), None)


@answers("Query.policies")
def policies(graph: Graph, root: None, arguments: Arguments) -> Any:
    return connection("Query.policies", list(graph.of("Policy")), by(NAME="name"), arguments)


@answers("Policy.draft")
def draft(graph: Graph, policy: Node, arguments: Arguments) -> Node | None:
    return next((version for version in graph.of("PolicyVersion") if version["draftOf"] == policy["id"]), None)


@answers("Policy.published")
def published(graph: Graph, policy: Node, arguments: Arguments) -> Node | None:
    moment = arguments.get("asOf")
    found = [
        version
        for version in versions_of(graph, policy)
        if (version["state"] == "PUBLISHED" if moment is None else was_published(version, moment))
    ]
    return max(found, key=lambda version: version["number"], default=None)


@answers("Policy.versions")
def versions(graph: Graph, policy: Node, arguments: Arguments) -> Any:
    return connection("Policy.versions", versions_of(graph, policy), latest(NUMBER="number"), arguments)


@answers("PolicyVersion.rules")
def rules(graph: Graph, version: Node, arguments: Arguments) -> Any:
    return orjson.loads(version["rules"])


@answers("PolicyVersion.policy")
def policy_of(graph: Graph, version: Node, arguments: Arguments) -> Node:
    return graph.by_id[version["policyId"]]


@answers("PolicyVersion.publishedBy")
def published_by(graph: Graph, version: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(version["publishedById"])


@answers("PolicyVersion.attachments")
def attachments(graph: Graph, version: Node, arguments: Arguments) -> list[Node]:
    held = current(graph.of("PolicyAttachment"), arguments.get("asOf"))
    return by_id(each for each in held if each["policyVersionId"] == version["id"])


@answers("PolicyAttachment.policyVersion")
def version_attached(graph: Graph, attachment: Node, arguments: Arguments) -> Node:
    return graph.by_id[attachment["policyVersionId"]]


@answers("PolicyAttachment.environment")
def environment_attached(graph: Graph, attachment: Node, arguments: Arguments) -> Node:
    return graph.by_id[attachment["environmentId"]]


@answers("PolicyAttachment.attachedBy")
def attached_by(graph: Graph, attachment: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(attachment["attachedById"])


@answers("Environment.policies")
def policies_in(graph: Graph, environment: Node, arguments: Arguments) -> list[Node]:
    before, waiting = set[str](), [environment]
    while waiting:
        for _, earlier in graph.into(waiting.pop(), "PROMOTES_TO"):
            if earlier["id"] not in before:
                before.add(earlier["id"])
                waiting.append(earlier)
    held = current(graph.of("PolicyAttachment"), arguments.get("asOf"))
    return by_id(
        each
        for each in held
        if each["environmentId"] == environment["id"] or (each["holdsBeyond"] and each["environmentId"] in before)
    )
