"""What was measured."""

from collections.abc import Mapping
from typing import Any

from tests.planner.graph import Edge, Graph, Node
from tests.planner.reference.fields import Arguments, answers, by_id, distinct, facet
from tests.planner.reference.mentions import dataset_version
from tests.planner.reference.pages import connection, latest

MADE_BY = ("USED", "GENERATED_BY", "DERIVED_FROM")


def figures(graph: Graph, version: Node, asked: Mapping[str, Any]) -> list[Node]:
    """The metrics of a name of a version, the latest first; those of the whole data unless a slice is asked for."""
    on = dataset_version(graph, asked.get("on"))
    found = [
        metric
        for metric in graph.of("Metric")
        if metric["versionId"] == version["id"]
        and metric["name"] == asked["name"]
        and (on is None or metric["onId"] == on)
        and (metric["slice"] or "") == (asked.get("slice") or "")
        and asked.get("context") in (None, metric["context"])
        and is_counted(graph, metric)
    ]
    return sorted(found, key=lambda metric: (metric["evaluatedAt"], metric["subjectId"]), reverse=True)


def is_counted(graph: Graph, metric: Node) -> bool:
    """Whether the evaluation of a figure was not retracted."""
    return graph.by_id[metric["subjectId"]]["archivedAt"] is None


@answers("ModelVersion.metric")
def metric(graph: Graph, version: Node, arguments: Arguments) -> Node | None:
    return next(iter(figures(graph, version, arguments)), None)


@answers("ModelVersion.evaluations")
def evaluations(graph: Graph, version: Node, arguments: Arguments) -> Any:
    on = dataset_version(graph, arguments.get("on"))
    found = [
        evaluation
        for evaluation in graph.of("Evaluation")
        if evaluation["versionId"] == version["id"]
        and (on is None or evaluation["onId"] == on)
        and arguments.get("slice") in (None, evaluation["slice"])
    ]
    return connection("ModelVersion.evaluations", found, latest(EVALUATED_AT="evaluatedAt"), arguments)


@answers("Evaluation.version")
def measured(graph: Graph, evaluation: Node, arguments: Arguments) -> Node:
    return graph.by_id[evaluation["versionId"]]


@answers("Evaluation.on")
def data(graph: Graph, evaluation: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(evaluation["onId"])


@answers("Evaluation.deployment")
def deployment(graph: Graph, evaluation: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(evaluation["deploymentId"])


@answers("Evaluation.evaluator")
def evaluator(graph: Graph, evaluation: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(evaluation["evaluatorId"])


@answers("Evaluation.judges")
def judges(graph: Graph, evaluation: Node, arguments: Arguments) -> list[Node]:
    return by_id(distinct(judge for _, judge in graph.out(evaluation, "JUDGED_BY")))


@answers("Evaluation.metrics")
def metrics(graph: Graph, evaluation: Node, arguments: Arguments) -> list[Node]:
    names = arguments.get("names")
    found = [
        metric
        for metric in graph.of("Metric")
        if metric["subjectId"] == evaluation["id"] and (names is None or metric["name"] in names)
    ]
    return sorted(found, key=lambda metric: str(metric["name"]))


@answers("Evaluation.period", "DatasetVersion.period")
def period(graph: Graph, node: Node, arguments: Arguments) -> Any:
    return facet(**{"from": node["periodFrom"], "to": node["periodTo"]})


@answers("Evaluation.isOnTrainingData")
def is_on_training_data(graph: Graph, evaluation: Node, arguments: Arguments) -> bool | None:
    """Whether the data is an ancestor of the version by what made it: testing on it does not count."""
    if evaluation["onId"] not in graph.by_id:
        return None
    first = graph.by_id[evaluation["versionId"]]
    seen: dict[str, Node] = {}
    waiting = [first]
    while waiting:
        for edge, node in graph.out(waiting.pop(), *MADE_BY):
            if counts(edge) and node["id"] not in seen:
                seen[node["id"]] = node
                waiting.append(node)
    if evaluation["onId"] in seen:
        return True
    passed = {first["id"], *seen}
    is_withheld = any(e.source in passed and e.type in MADE_BY and e.holds() and counts(e) for e in graph.withheld)
    return None if is_withheld else False


def counts(edge: Edge) -> bool:
    return edge["role"] not in ("test", "evaluation")


@answers("Metric.evaluation")
def evaluation(graph: Graph, metric: Node, arguments: Arguments) -> Node:
    return graph.by_id[metric["subjectId"]]
