"""Models, their versions, aliases and life."""

from datetime import datetime
from typing import Any

import orjson

from tests.planner.graph import Graph, Node
from tests.planner.reference.evaluations import is_counted
from tests.planner.reference.fields import Arguments, Refused, answers, by_id, current, distinct, facet
from tests.planner.reference.filters import chosen
from tests.planner.reference.mentions import external
from tests.planner.reference.pages import Ordering, SortKey, by, connection, latest
from tests.planner.reference.sorting import figure

USES = ("SERVES", "DEPENDS_ON", "DERIVED_FROM", "USED", "JUDGED_BY")


def version_orders(graph: Graph, arguments: Arguments, *, descending: bool) -> Ordering:
    """By number, or by the latest figure of a name: what is no number has no place among them."""
    asked = arguments.get("orderBy") or {}
    if asked.get("by") == "METRIC" and asked.get("metric") is None:
        raise Refused("An order by METRIC needs `metric`.", "orderBy", "metric")
    metric = figure(graph, asked["metric"]) if asked.get("metric") else _nothing
    keys: dict[str, SortKey] = {"NUMBER": lambda version: version["number"], "METRIC": metric}
    created: dict[str, SortKey] = {"CREATED_AT": lambda version: version["createdAt"]}
    return Ordering({**created, **keys}, True) if descending else Ordering({**keys, **created})


def _nothing(version: Node) -> None:
    return None


def named(graph: Graph, name: str) -> Node | None:
    """The model of a name, or that had it before."""
    for model in graph.of("RegisteredModel"):
        if model["name"] == name:
            return model
    return next((graph.by_id[old["subjectId"]] for old in graph.of("FormerName") if old["name"] == name), None)


def versions_of(graph: Graph, model: Node | None) -> list[Node]:
    return [v for v in graph.of("ModelVersion") if model is not None and v["modelId"] == model["id"]]


def runs_of(graph: Graph, version: Node, at: datetime | None = None) -> list[Node]:
    return [run for _, run in graph.out(version, "GENERATED_BY", at=at)]


@answers("Query.registeredModel")
def registered_model(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    return named(graph, arguments["name"])


@answers("Query.registeredModels")
def registered_models(graph: Graph, root: None, arguments: Arguments) -> Any:
    models = chosen(graph, "RegisteredModelFilter", arguments.get("where"), graph.of("RegisteredModel"))
    return connection("Query.registeredModels", models, by(NAME="name", CREATED_AT="createdAt"), arguments)


@answers("Query.modelVersion")
def model_version(graph: Graph, root: None, arguments: Arguments) -> Node | None:
    kind, value = next(iter(arguments["by"].items()))
    if kind == "number":
        found = [v for v in versions_of(graph, named(graph, value["model"])) if v["number"] == value["number"]]
    elif kind == "alias":
        model = named(graph, value["model"])
        aliases = current(
            (a for a in graph.of("Alias") if model and a["modelId"] == model["id"]), arguments.get("asOf")
        )
        found = [graph.by_id[alias["versionId"]] for alias in aliases if alias["name"] == value["alias"]]
    elif kind == "digest":
        same = [v for v in graph.of("ModelVersion") if v["artifactDigest"] == value]
        found = sorted(same, key=lambda v: (v["createdAt"], v["id"]), reverse=True)
    else:
        ids = external(graph, value) if kind == "external" else [value]
        found = [v for v in graph.of("ModelVersion") if v["id"] in ids]
    return found[0] if found else None


@answers("Query.modelVersions")
def model_versions(graph: Graph, root: None, arguments: Arguments) -> Any:
    versions = chosen(graph, "ModelVersionFilter", arguments.get("where"), graph.of("ModelVersion"))
    order = arguments.get("orderBy")
    if order and order["by"] == "METRIC":
        name = (order.get("metric") or {}).get("name")
        measured = {m["versionId"] for m in graph.of("Metric") if m["name"] == name and is_counted(graph, m)}
        versions = [version for version in versions if version["id"] in measured]
    orders = version_orders(graph, arguments, descending=True)
    return connection("Query.modelVersions", versions, orders, arguments)


@answers("RegisteredModel.versions")
def versions(graph: Graph, model: Node, arguments: Arguments) -> Any:
    found = chosen(graph, "ModelVersionFilter", arguments.get("where"), versions_of(graph, model))
    return connection("RegisteredModel.versions", found, version_orders(graph, arguments, descending=False), arguments)


@answers("RegisteredModel.visibility", "Dataset.visibility")
def visibility(graph: Graph, node: Node, arguments: Arguments) -> str:
    return "PRIVATE" if node["isPrivate"] else "PUBLIC"


@answers("RegisteredModel.formerNames")
def former_names(graph: Graph, model: Node, arguments: Arguments) -> list[str]:
    return sorted(former["name"] for former in graph.of("FormerName") if former["subjectId"] == model["id"])


@answers("RegisteredModel.latestVersion")
def latest_version(graph: Graph, model: Node, arguments: Arguments) -> Node | None:
    return max(versions_of(graph, model), key=lambda version: int(version["number"]), default=None)


@answers("RegisteredModel.version")
def version(graph: Graph, model: Node, arguments: Arguments) -> Node | None:
    return next((v for v in versions_of(graph, model) if v["number"] == arguments["number"]), None)


@answers("RegisteredModel.alias")
def alias(graph: Graph, model: Node, arguments: Arguments) -> Node | None:
    found = [a for a in graph.of("Alias") if a["modelId"] == model["id"] and a["name"] == arguments["name"]]
    return next(iter(current(found, arguments.get("asOf"))), None)


@answers("RegisteredModel.aliases", "ModelVersion.aliases")
def aliases(graph: Graph, owner: Node, arguments: Arguments) -> list[Node]:
    key = "modelId" if owner.type == "RegisteredModel" else "versionId"
    found = current((a for a in graph.of("Alias") if a[key] == owner["id"]), arguments.get("asOf"))
    return sorted(found, key=lambda alias: (alias["name"], alias["id"]))


@answers("Alias.version")
def aliased(graph: Graph, alias: Node, arguments: Arguments) -> Node:
    return graph.by_id[alias["versionId"]]


@answers("Alias.setBy", "VersionLifecycle.setBy")
def set_by(graph: Graph, fact: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(fact["setById"])


@answers("VersionLifecycle.successor")
def successor(graph: Graph, life: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(life["successorId"])


@answers("ModelVersion.lifecycle")
def lifecycle(graph: Graph, version: Node, arguments: Arguments) -> Node | None:
    lives = (life for life in graph.of("VersionLifecycle") if life["subjectId"] == version["id"])
    return next(iter(current(lives, arguments.get("asOf"))), None)


@answers("ModelVersion.model")
def model(graph: Graph, version: Node, arguments: Arguments) -> Node:
    return graph.by_id[version["modelId"]]


@answers("ModelVersion.uri")
def uri(graph: Graph, version: Node, arguments: Arguments) -> str:
    return f"models:/{graph.by_id[version['modelId']]['name']}/{version['number']}"


@answers("ModelVersion.parameters")
def parameters(graph: Graph, version: Node, arguments: Arguments) -> list[dict[str, Any]]:
    """Of one name: the version's before its runs'."""
    names = arguments.get("names")
    holders = {version["id"]: "VERSION"} | {run["id"]: "RUN" for run in runs_of(graph, version)}
    found = [
        parameter
        for parameter in graph.of("Parameter")
        if parameter["subjectId"] in holders and (names is None or parameter["name"] in names)
    ]
    found.sort(key=lambda p: (p["name"], holders[p["subjectId"]] == "RUN", p["subjectId"]))
    return [{"name": p["name"], "value": orjson.loads(p["value"]), "source": holders[p["subjectId"]]} for p in found]


@answers("ModelVersion.run")
def run(graph: Graph, version: Node, arguments: Arguments) -> Node | None:
    return next(iter(by_id(runs_of(graph, version, arguments.get("asOf")))), None)


@answers("ModelVersion.children")
def children(graph: Graph, version: Node, arguments: Arguments) -> Any:
    found = graph.into(version, "DERIVED_FROM", at=arguments.get("asOf"))
    made = distinct(node for _, node in found if node.type == "ModelVersion")
    return connection("ModelVersion.children", made, by(CREATED_AT="createdAt"), arguments)


@answers("ModelVersion.whereUsed")
def where_used(graph: Graph, version: Node, arguments: Arguments) -> Any:
    users = distinct(node for _, node in graph.into(version, *USES, at=arguments.get("asOf")))
    return connection("ModelVersion.whereUsed", users, by(CREATED_AT="createdAt"), arguments)


@answers("ModelVersion.trainingData")
def training_data(graph: Graph, version: Node, arguments: Arguments) -> list[dict[str, Any]]:
    at = arguments.get("asOf")
    uses = [
        (used["role"], data["id"], used["id"], run, data)
        for run in distinct(runs_of(graph, version, at))
        for used, data in graph.out(run, "USED", at=at)
        if data.type == "DatasetVersion"
    ]
    return [{"role": role, "dataset": data, "via": run} for role, *_, run, data in sorted(uses, key=lambda u: u[:3])]


@answers("ModelVersion.commits")
def commits(graph: Graph, version: Node, arguments: Arguments) -> list[Node]:
    at = arguments.get("asOf")
    used = (node for run in runs_of(graph, version, at) for _, node in graph.out(run, "USED", at=at))
    return by_id(distinct(node for node in used if node.type == "Commit"))


@answers("ModelVersion.deployments")
def deployments(graph: Graph, version: Node, arguments: Arguments) -> Any:
    found = [node for node in graph.of("Deployment") if node["versionId"] == version["id"]]
    if arguments.get("asOf"):
        found = current(found, arguments["asOf"])
    placed = chosen(graph, "DeploymentFilter", arguments.get("where"), found)
    return connection("ModelVersion.deployments", placed, latest(VALID_FROM="validFrom"), arguments)


@answers("ModelVersion.missingEvidence")
def missing_evidence(graph: Graph, version: Node, arguments: Arguments) -> list[str]:
    runs = runs_of(graph, version)
    used = {node.type for run in runs for _, node in graph.out(run, "USED")}
    evidence = {
        "artifact": version["artifactUri"],
        "digest": version["artifactDigest"],
        "license": version["licenseDeclared"],
        "run": runs,
        "trainingData": "DatasetVersion" in used,
        "commit": "Commit" in used,
        "evaluation": [each for _, each in graph.into(version, "EVALUATED") if each["archivedAt"] is None],
    }
    return [name for name, found in evidence.items() if found is None or found is False or found == []]


@answers("ModelVersion.artifact")
def artifact(graph: Graph, version: Node, arguments: Arguments) -> Any:
    found = facet(
        uri=version["artifactUri"],
        digest=version["artifactDigest"],
        isVerified=version["artifactIsVerified"],
        sizeBytes=version["artifactSizeBytes"],
        fileCount=version["artifactFileCount"],
        signatureBundleUri=version["artifactSignatureBundleUri"],
    )
    return found and {**found, "version": version}


@answers("Artifact.files")
def files(graph: Graph, artifact: Any, arguments: Arguments) -> Any:
    found = [file for file in graph.of("ArtifactFile") if file["subjectId"] == artifact["version"]["id"]]
    return connection("Artifact.files", found, by(PATH="path"), arguments)


@answers("ModelVersion.signature")
def signature(graph: Graph, version: Node, arguments: Arguments) -> Any:
    texts = facet(
        inputs=version["signatureInputs"],
        outputs=version["signatureOutputs"],
        params=version["signatureParams"],
        original=version["signatureOriginal"],
        example=version["signatureExample"],
    )
    return texts and {name: None if text is None else orjson.loads(text) for name, text in texts.items()}


@answers("ModelVersion.weights")
def weights(graph: Graph, version: Node, arguments: Arguments) -> Any:
    names = ("ParameterCount", "ActiveParameterCount", "Dtype", "Quantization", "BitsPerWeight", "ContextLength")
    return facet(
        **{name[0].lower() + name[1:]: version[f"weights{name}"] for name in names},
        tokenizerDigest=version["weightsTokenizerDigest"],
        chatTemplateDigest=version["weightsChatTemplateDigest"],
    )
