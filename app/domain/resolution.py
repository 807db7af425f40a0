"""Finds what the references of a command stand for, all of them in one read.

Each file of `cypher/references` finds one kind of key. They are put together into one statement that is always the
same, so that the database plans it once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from app.database.connection import Connection
from app.database.queries import Query, query
from app.domain.code import normalized_repository
from app.domain.command import OneOf
from app.domain.given import given
from app.domain.permission.sight import WHOLE, Sight
from app.domain.references import (
    ActorRef,
    ApplicationRef,
    ApprovalRef,
    ApprovalRequestRef,
    CommitKey,
    DatasetRef,
    DatasetVersionRef,
    DelegationRef,
    DeploymentRef,
    EndpointRef,
    EntityRef,
    EnvironmentRef,
    EvaluationRef,
    FindingRef,
    LineageRef,
    MitigationRef,
    ModelRef,
    ModelVersionRef,
    PolicyRef,
    RecallRef,
    ReportRef,
    RunRef,
)
from app.errors import InvalidInput, NotFound, PathItem
from graph_schema.model import MODEL

KINDS: dict[str, Query] = {
    kind: query(f"references/{kind}")
    for kind in (
        "ids",
        "models_by_name",
        "model_versions_by_number",
        "model_versions_by_alias",
        "model_versions_by_digest",
        "datasets_by_name",
        "dataset_versions_by_key",
        "dataset_versions_by_digest",
        "entities_by_external",
        "actors_by_name",
        "applications_by_name",
        "environments_by_name",
        "policies_by_name",
        "policy_versions_by_number",
        "endpoints_by_name",
        "assets_by_name",
        "jobs_by_name",
        "repositories_by_url",
        "commits_by_sha",
    )
}
ACTORS = ("User", "Team", "ServiceAccount")
ASSETS = ("ModelVersion", "DatasetVersion", "Application", "UnknownAsset")
TYPES: dict[type[OneOf], tuple[str, ...]] = {
    ModelRef: ("RegisteredModel",),
    ModelVersionRef: ("ModelVersion",),
    DatasetRef: ("Dataset",),
    DatasetVersionRef: ("DatasetVersion",),
    RunRef: ("Run",),
    ActorRef: ACTORS,
    EnvironmentRef: ("Environment",),
    PolicyRef: ("Policy",),
    ApplicationRef: ("Application",),
    EndpointRef: ("Endpoint",),
    DeploymentRef: ("Deployment",),
    EvaluationRef: ("Evaluation",),
    FindingRef: ("Finding",),
    RecallRef: ("Recall",),
    MitigationRef: ("Mitigation",),
    ApprovalRequestRef: ("ApprovalRequest",),
    ApprovalRef: ("Approval",),
    DelegationRef: ("Delegation",),
    LineageRef: (*ASSETS, "Run", "Commit", "Evaluation", "Deployment"),
    ReportRef: ("ModelVersion", "Application", "Environment"),
    EntityRef: tuple(node.label for node in MODEL.nodes if "Entity" in node.labels and node.label != "AuditEvent"),
}
SIMPLE: dict[tuple[type[OneOf], str], tuple[str, str]] = {
    (ModelRef, "name"): ("models_by_name", "name"),
    (ModelVersionRef, "digest"): ("model_versions_by_digest", "digest"),
    (DatasetRef, "name"): ("datasets_by_name", "name"),
    (DatasetVersionRef, "digest"): ("dataset_versions_by_digest", "digest"),
    (ActorRef, "name"): ("actors_by_name", "name"),
    (EnvironmentRef, "name"): ("environments_by_name", "name"),
    (PolicyRef, "name"): ("policies_by_name", "name"),
    (ApplicationRef, "name"): ("applications_by_name", "name"),
    (LineageRef, "application"): ("applications_by_name", "name"),
    (LineageRef, "asset"): ("assets_by_name", "name"),
    (EntityRef, "model"): ("models_by_name", "name"),
    (EntityRef, "dataset"): ("datasets_by_name", "name"),
    (EntityRef, "application"): ("applications_by_name", "name"),
    (EntityRef, "environment"): ("environments_by_name", "name"),
    (EntityRef, "policy"): ("policies_by_name", "name"),
    (EntityRef, "actor"): ("actors_by_name", "name"),
}
NESTED = {
    "number": "model_versions_by_number",
    "alias": "model_versions_by_alias",
    "version": "dataset_versions_by_key",
    "endpoint": "endpoints_by_name",
    "external": "entities_by_external",
}
FOUND = """
RETURN collect({
  ref: ref, id: x.id, scopes: coalesce(x.scopes, [x.scope]), name: x.name, isStub: x.isStub, labels: labels(x),
  digest: x.digest, archivedAt: x.archivedAt, modelId: x.modelId, datasetId: x.datasetId,
  wholes: [(x)-[:PART_OF*1..32]->(whole:Run) | whole.id],
  used: CASE WHEN x:Run AND x.isStub THEN [(x)-[used:USED WHERE used.validTo IS NULL]->(target) |
    [used.role, target.id, coalesce(used.via, x.id)]] ELSE [] END,
  properties: CASE WHEN ref IN $given.compared THEN properties(x) END
}) AS found"""


def parameter(kind: str) -> str:
    """The name of the list that a kind's file reads."""
    first, *rest = kind.split("_")
    return first + "".join(word.title() for word in rest)


TEXT = "CYPHER 5\nCALL () {\n" + "\nUNION ALL\n".join(each.body for each in KINDS.values()) + "\n}" + FOUND


class Key(NamedTuple):
    """What is looked up: one of KINDS, and the fields that its file reads."""

    kind: str
    fields: tuple[tuple[str, str | int], ...]

    @classmethod
    def of(cls, kind: str, **fields: str | int) -> "Key":
        return cls(kind, tuple(fields.items()))

    def __str__(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in self.fields)


@dataclass(frozen=True)
class Mention:
    """A reference at its place in the input. `types` are the kinds of nodes that may stand there.

    `is_compared` says that more is said of the node, which will be compared with all that is known of it.
    """

    key: Key
    types: tuple[str, ...]
    path: tuple[PathItem, ...] = ()
    is_compared: bool = False


@dataclass(frozen=True)
class Known:
    """A node that a reference stands for. `wholes` are the runs that it is a part of, when it is a run.

    `properties` are all of its own, when they were asked for. `used` is what the stub of a run has used, and through
    which run: role, target, via.
    """

    id: str
    label: str
    is_stub: bool = False
    name: str | None = None
    digest: str | None = None
    is_archived: bool = False
    model_id: str | None = None
    dataset_id: str | None = None
    wholes: tuple[str, ...] = ()
    used: tuple[tuple[str, str, str], ...] = ()
    properties: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Resolution:
    """The answers to a set of keys."""

    found: Mapping[Key, tuple[Known, ...]] = field(default_factory=dict)

    def find(self, mention: Mention) -> Known | None:
        """The node, or None when there is none. An ambiguous digest or a node of another type is refused."""
        known = self.found.get(mention.key, ())
        if len(known) > 1:
            raise InvalidInput(f"More than one object has {mention.key}: name one by its id.", path=mention.path)
        if known and known[0].label not in mention.types:
            expected = " or ".join(mention.types)
            raise InvalidInput(f"This is a {known[0].label}; a {expected} is expected here.", path=mention.path)
        return known[0] if known else None

    def require(self, mention: Mention) -> Known:
        """The node, or NotFound with its path."""
        known = self.find(mention)
        if known is None:
            raise NotFound(f"There is no {' or '.join(mention.types)} with {mention.key}.", path=mention.path)
        return known


def in_use(resolution: Resolution, wanted: Mention) -> Known:
    """The node, refused when it was put away."""
    known = resolution.require(wanted)
    if known.is_archived:
        raise InvalidInput("This is archived.", path=wanted.path)
    return known


def mention(reference: OneOf, *path: PathItem) -> Mention:
    """The reference as it is looked up. The path of an error leads to the field that was given."""
    name, value = reference.given
    types = TYPES[type(reference)]
    if name == "id":
        return Mention(Key.of("ids", id=value), types, (*path, "id"))
    if isinstance(value, OneOf):
        return mention(value, *path, camel(name))
    if isinstance(value, CommitKey):
        return Mention(commit_key(value.repository, value.sha), types, (*path, name))
    simple = SIMPLE.get((type(reference), name))
    if simple is not None:
        kind, column = simple
        return Mention(Key.of(kind, **{column: value}), types, (*path, camel(name)))
    return Mention(Key.of(NESTED[name], **value.model_dump(by_alias=True)), types, (*path, name))


def commit_key(repository: str, sha: str) -> Key:
    return Key.of("commits_by_sha", url=normalized_repository(repository), sha=sha.lower())


def origin(reference: OneOf, *path: PathItem) -> Mention:
    """A reference to what something came from: an asset that another system names may be of unknown type yet."""
    own = mention(reference, *path)
    is_open = own.key.kind == "entities_by_external" and own.types[0] in ASSETS
    return replace(own, types=(*own.types, "UnknownAsset")) if is_open else own


async def resolve(connection: Connection, mentions: Iterable[Mention], sight: Sight = WHOLE) -> Resolution:
    """Look all of them up in one read. What must not be seen is not there."""
    wanted = list(mentions)
    keys = list(dict.fromkeys(mention.key for mention in wanted))
    compared = {mention.key for mention in wanted if mention.is_compared}
    lists: dict[str, list[dict[str, Any]]] = {parameter(kind): [] for kind in KINDS}
    for ref, key in enumerate(keys):
        lists[parameter(key.kind)].append({"ref": ref, **dict(key.fields)})
    if not keys:
        return Resolution()
    refs = [ref for ref, key in enumerate(keys) if key in compared]
    row = await connection.read(
        "references/resolve", TEXT, given({**lists, "compared": refs, "hidden": sight.parameter})
    )
    found: dict[Key, tuple[Known, ...]] = {}
    for each in row["found"]:
        if sight.hides(*each["scopes"]):
            continue
        key = keys[each["ref"]]
        found[key] = (*found.get(key, ()), known(each))
    return Resolution(found)


async def is_visible(connection: Connection, id: str, sight: Sight) -> bool:
    """Whether somebody may see what has an id, or nothing has it."""
    if not sight.is_partial:
        return True
    return bool((await resolve(connection, [Mention(Key.of("ids", id=id), ())], sight)).found)


def known(row: Mapping[str, Any]) -> Known:
    return Known(
        id=row["id"],
        label=MODEL.label_of(row["labels"]),
        is_stub=bool(row["isStub"]),
        name=row["name"],
        digest=row["digest"],
        is_archived=row["archivedAt"] is not None,
        model_id=row["modelId"],
        dataset_id=row["datasetId"],
        wholes=tuple(row["wholes"]),
        used=tuple((role, target, via) for role, target, via in row["used"]),
        properties=row["properties"] or {},
    )


def camel(name: str) -> str:
    return parameter(name)
