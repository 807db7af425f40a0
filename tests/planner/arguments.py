"""Random arguments: values drawn from the graph and unknown ones, filters of a bounded number of shapes, pages.

The shape of a filter decides the text of a statement, so shapes come from a small numbered catalog: the database plans
each once, while values are always new.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import timedelta
from random import Random
from typing import Any

import orjson
from graphql import GraphQLEnumType, GraphQLInputObjectType, get_named_type

from tests.planner.graph import Graph, Node
from tests.planner.values import DAYS, DIGESTS, FIGURES, INSTANTS, JSON_VALUES, KEYS, NAMED, NAMES, POOLS, WORDS

SHAPES = 6
OFTEN = {"orderBy": 0.75, "where": 0.6, "asOf": 0.6, "direction": 0.8}
LOGIC = ("and", "or", "not")
TEXTS: Mapping[str, Iterable[str]] = {
    "alias": ("champion", "candidate", NAMES[0]),
    "deployedIn": NAMES,
    "endpoint": NAMED["Endpoint"],
    "environment": NAMES,
    "job": NAMED["Job"],
    "key": KEYS,
    "location": POOLS["location"],
    "model": NAMES,
    "name": (*NAMES, *NAMED["Run"]),
    "owner": NAMES,
    "riskClass": WORDS,
    "slice": POOLS["slice"],
}


class Arguments:
    """Makes arguments of fields over one graph. Filters and orders that are `lacking` are made first."""

    def __init__(self, rng: Random, graph: Graph, lacking: Collection[str] = ()) -> None:
        self.rng = rng
        self.graph = graph
        self.lacking = lacking
        self.ids = [*graph.by_id, "unknown", ""]

    def of(self, coordinate: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Values for a field's arguments, those of its page aside."""
        if coordinate in LOOKUPS and self.rng.random() < 0.9:
            found = list(LOOKUPS[coordinate](self.graph))
            values = dict(self.rng.choice(found)) if found else {}
        else:
            values = {}
        for name, argument in arguments.items():
            if name in values or name in ("first", "last", "after", "before"):
                continue
            is_required = str(argument.type).endswith("!") and name != "last"
            if is_required or self.rng.random() < OFTEN.get(name, 0.45):
                values[name] = self.value(argument.type, name)
        return values | self.order(coordinate)

    def order(self, coordinate: str) -> dict[str, Any]:
        """An order of the field that is lacking yet. Metrics, which need a name, are left to chance."""
        start = f"{coordinate} ordered by "
        orders = [each.removeprefix(start).split() for each in self.lacking if each.startswith(start)]
        plain = [(by, direction) for by, direction in orders if by != "METRIC"]
        if not plain:
            return {}
        by, direction = self.rng.choice(plain)
        return {"orderBy": {"by": Enum(by), "direction": Enum(direction)}}

    def value(self, type_: Any, name: str) -> Any:
        """A value of an input type."""
        text = str(type_).removesuffix("!")
        if text.startswith("["):
            return [self.value(type_item(type_), name) for _ in range(self.rng.choice([0, 1, 2, 3]))]
        named = get_named_type(type_)
        if isinstance(named, GraphQLEnumType):
            return Enum(self.rng.choice(list(named.values)))
        if isinstance(named, GraphQLInputObjectType):
            return self.object(named) if not named.is_one_of else self.reference(named, name)
        return self.scalar(named.name, name)

    def object(self, type_: GraphQLInputObjectType) -> dict[str, Any]:
        if type_.name.endswith("Filter") and type_.name != "MetricFilter":
            return self.numbered(type_)
        given = {
            name: field
            for name, field in type_.fields.items()
            if str(field.type).endswith("!") or self.rng.random() < OFTEN.get(name, 0.4)
        }
        if type_.name.endswith("VersionOrder") and self.rng.random() < 0.97:
            given |= {name: field for name, field in type_.fields.items() if name == "metric"}
        return {name: self.value(field.type, name) for name, field in given.items()}

    def numbered(self, type_: GraphQLInputObjectType) -> dict[str, Any]:
        """A filter of one of the shapes of the catalog: one for each field, and some that are random."""
        plain = [name for name in type_.fields if name not in LOGIC]
        wanted = [
            n for n, name in enumerate(plain) if {f"{type_.name}.{name}", f"EntityFilter.{name}"} & set(self.lacking)
        ]
        number = self.rng.choice(wanted or range(len(plain) + SHAPES))
        shape = Random(f"{type_.name}{number}")
        if number >= len(plain):
            return self.filter(type_, shape, depth=2)
        return {plain[number]: self.operand(type_.fields[plain[number]].type, plain[number], shape)}

    def filter(self, type_: GraphQLInputObjectType, shape: Random, depth: int) -> dict[str, Any]:
        """A filter of the shape that `shape` decides: its values alone are new."""
        plain = [name for name in type_.fields if name not in LOGIC]
        filter_ = {
            name: self.operand(type_.fields[name].type, name, shape)
            for name in shape.sample(plain, shape.choice([1, 1, 1, 2]))
        }
        for name in LOGIC:
            if depth and name in type_.fields and shape.random() < 0.25:
                parts = [self.filter(type_, shape, depth - 1) for _ in range(shape.choice([0, 1, 2]))]
                filter_[name] = parts if name != "not" else self.filter(type_, shape, depth - 1)
        return filter_

    def operand(self, type_: Any, name: str, shape: Random) -> Any:
        named = get_named_type(type_)
        if not isinstance(named, GraphQLInputObjectType) or named.is_one_of:
            return self.value(type_, name)
        required = [field for field, of in named.fields.items() if str(of.type).endswith("!")]
        others = [field for field in named.fields if field not in required]
        size = shape.choice([0, 1, 1, 1, 2] if required else [1, 1, 1, 2])
        chosen = shape.sample(others, min(size, len(others)))
        return {
            field: self.text(field, name)
            if named.name == "StringFilter" and field != "isNull"
            else self.operand(named.fields[field].type, field, shape)
            for field in (*required, *chosen)
        }

    def text(self, operator: str, name: str) -> Any:
        """The operand of an operator on texts."""
        known = [*TEXTS.get(name, WORDS), "no such"]
        if operator == "in":
            return self.rng.sample(known, self.rng.randint(0, 3))
        word = self.rng.choice(known)
        return word[: self.rng.randint(0, 2)] if operator in ("contains", "startsWith") else word

    def reference(self, type_: GraphQLInputObjectType, name: str) -> dict[str, Any]:
        """One of the ways to name a node, mostly one that exists. What filters is never ambiguous: that is an error."""
        known = list(REFERENCES[type_.name.removesuffix("Ref")](self.graph))
        if name != "by":
            digests = [version["digest"] for version in self.graph.of("DatasetVersion")]
            known = [each for each in known if digests.count(each.get("digest", ...)) < 2]
        if known and self.rng.random() < 0.9:
            form = self.rng.choice(sorted({key for each in known for key in each}))
            return dict(self.rng.choice([each for each in known if form in each]))
        return self.rng.choice([{"id": "unknown"}, {"external": {"system": "mlflow", "externalId": "unknown"}}])

    def scalar(self, type_: str, name: str) -> Any:
        match type_:
            case "ID":
                return self.rng.choice(self.ids)
            case "Int" | "Long":
                return self.rng.choice([1, 2, 3, 4, 100])
            case "Date":
                return self.rng.choice(DAYS).isoformat()
            case "Float":
                return self.rng.choice([0.0, 0.5, 3.0, -1e9])
            case "Boolean":
                return self.rng.random() < 0.5
            case "DateTime":
                moment = self.rng.choice(INSTANTS) + timedelta(microseconds=self.rng.choice([-1, 0, 0, 1]))
                return moment.isoformat()
            case "Digest":
                return self.rng.choice([*DIGESTS, f"sha256:{'9' * 64}"])
            case "Double":
                figure = self.rng.choice(FIGURES)
                return (
                    figure
                    if abs(figure) < float("inf")
                    else str(figure).replace("inf", "Infinity").replace("nan", "NaN")
                )
            case "JSON":
                return self.rng.choice([*JSON_VALUES, "true", "3"])
        return self.rng.choice([*TEXTS.get(name, WORDS), *NAMED["Metric"], *NAMED["Parameter"], "no such"])

    def page(self) -> dict[str, Any]:
        """The size of a page, and now and then one that must be refused."""
        size = self.rng.choice([0, 1, 1, 2, 2, 3, 5, 100])
        kind = self.rng.random()
        if kind < 0.25:
            return {}
        if kind < 0.58:
            return {"first": size}
        if kind < 0.93:
            return {"last": size}
        return self.rng.choice(
            [{"first": -1}, {"last": 101}, {"first": 1, "last": 1}, {"after": "garbage"}, {"before": "WyJhIl0"}]
        )


class Enum(str):
    """A value of an enum: written without quotes."""

    __slots__ = ()


def type_item(type_: Any) -> Any:
    return type_item(type_.of_type) if str(type_).endswith("!") else type_.of_type


def literal(value: Any) -> str:
    """A value as GraphQL writes it."""
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {literal(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    return value.name if isinstance(value, Placeholder) else orjson.dumps(value).decode()


class Placeholder:
    """A variable at the place of a value."""

    def __init__(self, name: str) -> None:
        self.name = f"${name}"


Lookup = Callable[[Graph], Iterable[Mapping[str, Any]]]


def keys(label: str, *names: str) -> Lookup:
    """A look-up by the properties of these names."""
    return lambda graph: ({name: node[name] for name in names} for node in graph.of(label))


def _externals(graph: Graph, label: str) -> Iterable[Mapping[str, Any]]:
    for reference in graph.of("ExternalReference"):
        if label in (graph.by_id[reference["subjectId"]].type, ""):
            yield {"system": reference["system"], "externalId": reference["externalId"]}


def _model(graph: Graph, id_: str) -> Iterable[str]:
    """The names that find a model."""
    yield graph.by_id[id_]["name"]
    yield from (former["name"] for former in graph.of("FormerName") if former["subjectId"] == id_)


def _versions(graph: Graph) -> Iterable[Mapping[str, Any]]:
    for version in graph.of("ModelVersion"):
        yield {"id": version["id"]}
        for name in _model(graph, version["modelId"]):
            yield {"number": {"model": name, "number": version["number"]}}
    for alias in graph.of("Alias"):
        for name in _model(graph, alias["modelId"]):
            yield {"alias": {"model": name, "alias": alias["name"]}}
    yield from ({"digest": digest} for digest in DIGESTS)
    yield from ({"external": key} for key in _externals(graph, "ModelVersion"))


def _snapshots(graph: Graph) -> Iterable[Mapping[str, Any]]:
    for version in graph.of("DatasetVersion"):
        dataset: Node = graph.by_id[version["datasetId"]]
        yield {"id": version["id"]}
        yield {"version": {"dataset": dataset["name"], "version": version["version"]}}
    yield from ({"digest": digest} for digest in DIGESTS)
    yield from ({"external": key} for key in _externals(graph, "DatasetVersion"))


def _recalled(graph: Graph) -> Iterable[Mapping[str, Any]]:
    for node in graph.nodes:
        if node.type in ("ModelVersion", "DatasetVersion", "Run"):
            yield {"id": node["id"]}
    yield from ({"datasetVersion": each} for each in _snapshots(graph) if "version" in each)


def _actors(graph: Graph) -> Iterable[Mapping[str, Any]]:
    for actor in graph.of("Actor"):
        yield {"id": actor["id"]}
        yield {"name": actor["name"]}
        yield from ({"external": key} for key in _externals(graph, actor.type))


def _entities(graph: Graph) -> Iterable[Mapping[str, Any]]:
    yield {"id": "deleted"}
    for event in graph.of("AuditEvent"):
        yield {"id": event["subjectId"]}
    for key, label in (("dataset", "Dataset"), ("environment", "Environment"), ("actor", "Actor")):
        yield from ({key: node["name"]} for node in graph.of(label))
    for model in graph.of("RegisteredModel"):
        yield from ({"model": name} for name in _model(graph, model["id"]))
    for label in {node.type for node in graph.nodes}:
        yield from ({"external": key} for key in _externals(graph, label))


REFERENCES: Mapping[str, Lookup] = {
    "Actor": _actors,
    "DatasetVersion": _snapshots,
    "Entity": _entities,
    "Lineage": _recalled,
    "ModelVersion": _versions,
}
LOOKUPS: Mapping[str, Lookup] = {
    "Query.registeredModel": lambda graph: (
        {"name": name} for model in graph.of("RegisteredModel") for name in _model(graph, model["id"])
    ),
    "Query.dataset": keys("Dataset", "name"),
    "Query.run": keys("Run", "id"),
    "Query.job": keys("Job", "namespace", "name"),
    "Query.codeRepository": keys("CodeRepository", "url"),
    "Query.commit": lambda graph: (
        {"repository": graph.by_id[c["repositoryId"]]["url"], "sha": c["sha"]} for c in graph.of("Commit")
    ),
    "Query.environment": keys("Environment", "name"),
    "Query.endpoint": lambda graph: (
        {"environment": graph.by_id[e["environmentId"]]["name"], "name": e["name"], "location": e["location"]}
        for e in graph.of("Endpoint")
    ),
    "Query.application": keys("Application", "name"),
    "Query.actor": keys("Actor", "name"),
    "Query.policy": keys("Policy", "name"),
    "Query.external": lambda graph: (
        key for label in {n.type for n in graph.nodes} for key in _externals(graph, label)
    ),
    "RegisteredModel.version": keys("ModelVersion", "number"),
    "RegisteredModel.alias": keys("Alias", "name"),
    "ModelVersion.metric": keys("Metric", "name"),
}
