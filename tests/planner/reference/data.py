"""What versions come from: datasets, runs, jobs, code; and lineage one step away."""

from typing import Any

import orjson

from tests.planner.graph import Graph, Node
from tests.planner.reference.fields import Arguments, answers, by_id, distinct, facet
from tests.planner.reference.filters import chosen
from tests.planner.reference.mentions import external
from tests.planner.reference.pages import by, connection, latest


@answers("LineageNode.label")
def label(graph: Graph, node: Node, arguments: Arguments) -> str:
    match node.type:
        case "ModelVersion":
            return f"{graph.by_id[node['modelId']]['name']}/{node['number']}"
        case "DatasetVersion":
            return f"{graph.by_id[node['datasetId']]['name']}@{node['version']}"
        case "Run":
            job = graph.by_id.get(node["jobId"])
            name = node["name"] if node["name"] is not None else job["name"] if job else "run"
            return f"{name} {node['id'][-8:]}"
        case "Commit":
            return f"{graph.by_id[node['repositoryId']]['url']}@{node['sha'][:12]}"
        case "Deployment":
            endpoint = graph.by_id[node["endpointId"]]
            return f"{label(graph, graph.by_id[node['versionId']], {})} at {endpoint['name']}"
        case "Evaluation":
            return f"evaluation of {label(graph, graph.by_id[node['versionId']], {})}"
    return str(node["name"])


@answers("LineageNode.parents")
def parents(graph: Graph, node: Node, arguments: Arguments) -> list[dict[str, Any]]:
    found = graph.out(node, "DERIVED_FROM", at=arguments.get("asOf"))
    edges = sorted(found, key=lambda found: str(found[0]["id"]))
    return [
        {
            "edgeId": edge["id"],
            "kind": edge["kind"],
            "source": source,
            "weight": edge["weight"],
            "detail": None if edge["detail"] is None else orjson.loads(edge["detail"]),
            "recordedAt": edge["recordedAt"],
            "closesCycle": bool(edge["closesCycle"]),
        }
        for edge, source in edges
    ]


@answers("LineageNode.dependencies")
def dependencies(graph: Graph, node: Node, arguments: Arguments) -> list[dict[str, Any]]:
    found = graph.out(node, "DEPENDS_ON", at=arguments.get("asOf"))
    edges = sorted(found, key=lambda found: str(found[0]["id"]))
    return [{"edgeId": edge["id"], "kind": edge["kind"], "target": target} for edge, target in edges]


@answers("Query.dataset")
def dataset(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    return next((node for node in graph.of("Dataset") if node["name"] == arguments["name"]), None)


@answers("Query.datasets")
def datasets(graph: Graph, root: None, arguments: Arguments) -> Any:
    found = chosen(graph, "DatasetFilter", arguments.get("where"), graph.of("Dataset"))
    return connection("Query.datasets", found, by(NAME="name", CREATED_AT="createdAt"), arguments)


@answers("Query.datasetVersion")
def dataset_version(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    kind, value = next(iter(arguments["by"].items()))
    if kind == "version":
        owner = dataset(graph, None, {"name": value["dataset"]})
        found = [v for v in snapshots(graph, owner) if v["version"] == value["version"]]
    elif kind == "digest":
        same = [v for v in graph.of("DatasetVersion") if v["digest"] == value]
        found = sorted(same, key=lambda v: (v["createdAt"], v["id"]), reverse=True)
    else:
        ids = external(graph, value) if kind == "external" else [value]
        found = [v for v in graph.of("DatasetVersion") if v["id"] in ids]
    return found[0] if found else None


def snapshots(graph: Graph, owner: Node | None) -> list[Node]:
    return [v for v in graph.of("DatasetVersion") if owner is not None and v["datasetId"] == owner["id"]]


@answers("Dataset.versions")
def versions(graph: Graph, owner: Node, arguments: Arguments) -> Any:
    found = chosen(graph, "DatasetVersionFilter", arguments.get("where"), snapshots(graph, owner))
    return connection("Dataset.versions", found, by(CREATED_AT="createdAt", ROW_COUNT="rowCount"), arguments)


@answers("Dataset.latestVersion")
def latest_version(graph: Graph, owner: Node, arguments: Arguments) -> Node | None:
    return max(snapshots(graph, owner), key=lambda v: (v["createdAt"], v["id"]), default=None)


@answers("DatasetVersion.dataset")
def dataset_of(graph: Graph, version: Node, arguments: Arguments) -> Node:
    return graph.by_id[version["datasetId"]]


@answers("DatasetVersion.snapshot")
def snapshot(graph: Graph, version: Node, arguments: Arguments) -> Any:
    found = facet(system=version["snapshotSystem"], uri=version["snapshotUri"], revision=version["snapshotRevision"])
    return found and {**found, "isPinned": bool(version["snapshotRevision"] or version["digest"])}


@answers("DatasetVersion.schema")
def schema(graph: Graph, version: Node, arguments: Arguments) -> Any:
    return None if version["schema"] is None else orjson.loads(version["schema"])


@answers("ModelVersion.license", "DatasetVersion.license", "Application.license")
def license_(graph: Graph, node: Node, arguments: Arguments) -> Any:
    return facet(declared=node["licenseDeclared"], spdx=node["licenseSpdx"], url=node["licenseUrl"])


@answers("Query.run")
def run(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    return next((node for node in graph.of("Run") if node["id"] == arguments["id"]), None)


@answers("Query.runs")
def runs(graph: Graph, root: None, arguments: Arguments) -> Any:
    found = chosen(graph, "RunFilter", arguments.get("where"), graph.of("Run"))
    if (arguments.get("orderBy") or {}).get("by") == "STARTED_AT":
        found = [run for run in found if run["startedAt"] is not None]
    return connection("Query.runs", found, latest(CREATED_AT="createdAt", STARTED_AT="startedAt"), arguments)


@answers("Query.job")
def job(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    key = arguments["namespace"], arguments["name"]
    return next((node for node in graph.of("Job") if (node["namespace"], node["name"]) == key), None)


@answers("Job.runs")
def runs_of(graph: Graph, job: Node, arguments: Arguments) -> Any:
    found = [node for node in graph.of("Run") if node["jobId"] == job["id"]]
    return connection("Job.runs", found, latest(CREATED_AT="createdAt"), arguments)


@answers("Run.job")
def job_of(graph: Graph, run: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(run["jobId"])


@answers("Run.parent")
def parent(graph: Graph, run: Node, arguments: Arguments) -> Node | None:
    return next((whole for _, whole in graph.out(run, "PART_OF")), None)


@answers("Run.parts")
def parts(graph: Graph, run: Node, arguments: Arguments) -> list[Node]:
    return by_id(part for _, part in graph.into(run, "PART_OF"))


@answers("Run.inputs")
def inputs(graph: Graph, run: Node, arguments: Arguments) -> list[dict[str, Any]]:
    found = graph.out(run, "USED", at=arguments.get("asOf"))
    used = sorted(found, key=lambda use: (use[0]["role"], use[1]["id"], use[0]["id"]))
    return [{"edgeId": edge["id"], "role": edge["role"], "node": node} for edge, node in used]


@answers("Run.outputs")
def outputs(graph: Graph, run: Node, arguments: Arguments) -> list[Node]:
    return by_id(distinct(node for _, node in graph.into(run, "GENERATED_BY", at=arguments.get("asOf"))))


@answers("Run.commit")
def commit_of(graph: Graph, run: Node, arguments: Arguments) -> Node | None:
    used = graph.out(run, "USED", at=arguments.get("asOf"))
    return next(iter(by_id(node for _, node in used if node.type == "Commit")), None)


@answers("Run.parameters")
def parameters(graph: Graph, run: Node, arguments: Arguments) -> list[dict[str, Any]]:
    found = _named(graph, "Parameter", run, arguments)
    return [{"name": p["name"], "value": orjson.loads(p["value"]), "source": "RUN"} for p in found]


@answers("Run.metrics")
def metrics(graph: Graph, run: Node, arguments: Arguments) -> list[Node]:
    return _named(graph, "MetricSeries", run, arguments)


def _named(graph: Graph, label: str, run: Node, arguments: Arguments) -> list[Node]:
    names = arguments.get("names")
    found = [n for n in graph.of(label) if n["subjectId"] == run["id"] and (names is None or n["name"] in names)]
    return sorted(found, key=lambda node: str(node["name"]))


@answers("Run.runtime")
def runtime(graph: Graph, run: Node, arguments: Arguments) -> Any:
    return facet(
        lockDigest=run["runtimeLockDigest"],
        image=run["runtimeImage"],
        imageDigest=run["runtimeImageDigest"],
        pythonVersion=run["runtimePythonVersion"],
        accelerator=run["runtimeAccelerator"],
        seed=run["runtimeSeed"],
    )


@answers("MetricSeries.points")
def points(graph: Graph, series: Node, arguments: Arguments) -> list[dict[str, Any]]:
    stored = [
        {"step": step, "at": at or None, "value": value}
        for step, at, value in zip(series["steps"], series["times"], series["values"], strict=True)
    ]
    return stored[max(0, len(stored) - max(0, arguments["last"])) :]


@answers("MetricSeries.storedPoints")
def stored_points(graph: Graph, series: Node, arguments: Arguments) -> int:
    return len(series["steps"])


@answers("MetricSeries.isThinned")
def is_thinned(graph: Graph, series: Node, arguments: Arguments) -> bool:
    return bool(series["loggedPoints"] > len(series["steps"]))


@answers("Query.codeRepository")
def code_repository(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    return next((node for node in graph.of("CodeRepository") if node["url"] == arguments["url"]), None)


@answers("CodeRepository.forkOf")
def fork_of(graph: Graph, repository: Node, arguments: Arguments) -> Node | None:
    return next((origin for _, origin in graph.out(repository, "FORK_OF")), None)


@answers("CodeRepository.commits")
def commits(graph: Graph, repository: Node, arguments: Arguments) -> Any:
    found = [node for node in graph.of("Commit") if node["repositoryId"] == repository["id"]]
    return connection("CodeRepository.commits", found, latest(CREATED_AT="createdAt"), arguments)


@answers("Query.commit")
def commit(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    repository = code_repository(graph, None, {"url": arguments["repository"]})
    found = (c for c in graph.of("Commit") if repository and c["repositoryId"] == repository["id"])
    return next((node for node in found if node["sha"] == arguments["sha"]), None)


@answers("Commit.repository")
def repository_of(graph: Graph, commit: Node, arguments: Arguments) -> Node:
    return graph.by_id[commit["repositoryId"]]
