"""Random small graphs that obey the model: every kind of node, nulls, ties, figures that are no numbers, intervals that
are open and closed, Unicode, and cycles in the lineage. A seed always makes the same graph."""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from random import Random
from typing import Any

from app.domain.vocabulary import LicenseObligationKind, TrafficRole
from graph_schema.model import MODEL
from tests.planner.graph import Edge, Graph, Node
from tests.planner.values import INSTANTS, NAMES, random_properties, random_value

Made = dict[str, list[dict[str, Any]]]

HOW_MANY: Mapping[str, tuple[int, int]] = {
    "User": (2, 3),
    "Team": (1, 2),
    "ServiceAccount": (1, 1),
    "RegisteredModel": (2, 4),
    "ModelVersion": (4, 8),
    "Dataset": (2, 3),
    "DatasetVersion": (3, 5),
    "Job": (1, 2),
    "Run": (3, 6),
    "CodeRepository": (1, 3),
    "Commit": (2, 4),
    "Evaluation": (3, 7),
    "Environment": (2, 3),
    "Endpoint": (2, 3),
    "Application": (1, 3),
    "UnknownAsset": (1, 2),
    "Policy": (2, 3),
    "PolicyVersion": (3, 6),
    "FormerName": (1, 2),
    "AuditEvent": (3, 6),
    "AuditHead": (1, 3),
    "SealKey": (1, 2),
}
SCOPES = ("RegisteredModel", "Dataset")
BELONGING = (
    ("ModelVersion", "modelId"),
    ("DatasetVersion", "datasetId"),
    ("Alias", "modelId"),
    ("Evaluation", "versionId"),
    ("Deployment", "versionId"),
    ("ApprovalRequest", "versionId"),
    ("Approval", "versionId"),
    ("PromotionDecision", "versionId"),
    ("Observation", "deploymentId"),
    ("VersionLifecycle", "subjectId"),
    ("ArtifactFile", "subjectId"),
)
OWNED = ("RegisteredModel", "Dataset", "Application", "Finding")
ACTORS = ("User", "Team", "ServiceAccount")


def random_graph(seed: int) -> Graph:
    """The graph of a seed."""
    return Maker(Random(seed)).graph()


class Maker:
    """Makes one graph. `made` holds the properties of the nodes by label."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.made: Made = {}
        self.edges: list[Edge] = []

    def graph(self) -> Graph:
        for label, (least, most) in HOW_MANY.items():
            rule = RULES.get(label, unruled)
            for _ in range(self.rng.randint(least, most)):
                self.add(label, **rule(self))
        self.facts()
        self.describe()
        self.tie()
        self.belong()
        nodes = [
            Node((label, *MODEL.by_label[label].labels), {k: v for k, v in one.items() if v is not None})
            for label, all_ in self.made.items()
            for one in all_
        ]
        self.rng.shuffle(nodes)
        return Graph(tuple(nodes), tuple(self.edges))

    def add(self, label: str, **properties: Any) -> dict[str, Any]:
        """One more node; properties that are given are kept, others are random, and natural keys stay unique."""
        node = {**random_properties(self.rng, label), **properties}
        if "id" in node:
            node["id"] = f"{self.rng.getrandbits(40):010x}-{label[:4].lower()}"
        if "createdById" in node:
            node["createdById"] = self.rng.choice([None, "nobody", *self.ids(*ACTORS)]) if "User" in self.made else None
        key = MODEL.by_label[label].key
        known = {tuple(other.get(k) for k in key) for other in self.made.get(label, ())}
        if not key or tuple(node.get(k) for k in key) not in known:
            self.made.setdefault(label, []).append(node)
        return node

    def one(self, *labels: str) -> dict[str, Any]:
        return self.rng.choice([node for label in labels for node in self.made[label]])

    def ids(self, *labels: str) -> list[str]:
        return [node["id"] for label in labels for node in self.made.get(label, ())]

    def intervals(self, *, always: bool = False) -> Iterable[tuple[Any, Any]]:
        """Intervals one after the other; the last may be open."""
        cuts = sorted(self.rng.sample(INSTANTS, self.rng.randint(1, 4)))
        if always or self.rng.random() < 0.7:
            yield from zip(cuts, [*cuts[1:], None], strict=True)
        else:
            yield from pairwise(cuts)

    def facts(self) -> None:
        """Aliases, lives and deployments, each during intervals."""
        for model in self.made["RegisteredModel"]:
            versions = [v for v in self.made["ModelVersion"] if v["modelId"] == model["id"]]
            for name in self.rng.sample(["champion", "candidate", NAMES[0]], 2) if versions else ():
                for start, end in self.intervals():
                    version = self.rng.choice(versions)["id"]
                    key = f"{model['id']}/{name}"
                    self.fact("Alias", (start, end), key, modelId=model["id"], versionId=version, name=name)
        for version in self.made["ModelVersion"]:
            for start, end in self.intervals(always=True):
                self.fact("VersionLifecycle", (start, end), version["id"], subjectId=version["id"])
        for endpoint in self.made["Endpoint"]:
            for start, end in (*self.intervals(), *self.intervals()):
                self.deployment(endpoint, (start, end))
            self.stray(endpoint)
        self.waivers()
        self.approvals()
        for environment in self.made["Environment"]:
            for start, end in (*self.intervals(), *self.intervals()):
                self.attachment(environment, (start, end))
        for number in range(self.rng.randint(1, 3)):
            for start, end in self.intervals():
                self.fact("Finding", (start, end), f"finding {number} {start}")
            self.recall(f"recall {number}")

    def recall(self, key: str) -> None:
        """A recall, and where it stops."""
        for start, end in self.intervals():
            finding = self.rng.choice([None, *self.ids("Finding")])
            recall = self.fact("Recall", (start, end), f"{key} {start}", findingId=finding)
            for place in ("onId", "edgeId"):
                on = self.rng.choice(self.ids("ModelVersion", "DatasetVersion", "Run")) if place == "onId" else None
                places = {"recallId": recall["id"], "onId": on, "edgeId": None, "edgeIds": None}
                for begin, last in self.intervals():
                    self.fact("Mitigation", (begin, last), f"{recall['id']} {place} {begin}", **places)

    def deployment(self, endpoint: dict[str, Any], interval: tuple[Any, Any]) -> None:
        version = self.one("ModelVersion")["id"]
        key = f"{endpoint['id']}/{self.rng.getrandbits(24):x}"
        places = {"endpointId": endpoint["id"], "environmentId": endpoint["environmentId"], "versionId": version}
        places["restoresId"] = self.rng.choice([None, None, *self.ids("Deployment")])
        deployment = self.fact("Deployment", interval, key, **places)
        self.edge("AT", deployment["id"], endpoint["id"])
        self.edge("SERVES", deployment["id"], version, validTo=None)
        for start, end in self.intervals():
            seen = self.rng.choice([version, version, None, self.one("ModelVersion")["id"]])
            key = deployment["id"]
            self.fact(
                "Observation", (start, end), key, deploymentId=key, **{**places, "versionId": seen, "restoresId": None}
            )

    def stray(self, endpoint: dict[str, Any]) -> None:
        """What runs somewhere, although nothing is placed there in its part."""
        role = self.rng.choice(list(TrafficRole)).value
        where = {"endpointId": endpoint["id"], "environmentId": endpoint["environmentId"], "role": role}
        for start, end in self.intervals():
            key, version = f"{endpoint['id']}/{role}", self.one("ModelVersion")["id"]
            self.fact("Observation", (start, end), key, deploymentId=None, versionId=version, **where)

    def waivers(self) -> None:
        """What waives obligations of some licenses, during intervals."""
        licensed = ("ModelVersion", "DatasetVersion", "Application")
        for asset in self.ids(*licensed):
            for start, end in self.intervals():
                self.add(
                    "LicenseWaiver",
                    assetId=asset,
                    kinds=self.rng.sample(list(LicenseObligationKind.__members__), 2),
                    waivedForId=self.rng.choice([None, *self.ids(*licensed, *SCOPES)]),
                    revokedById=self.rng.choice([None, *self.ids(*ACTORS)]),
                    open=True if end is None else None,
                    validFrom=start,
                    validTo=end,
                )

    def attachment(self, environment: dict[str, Any], interval: tuple[Any, Any]) -> None:
        version = self.one("PolicyVersion")
        key = f"{environment['id']}/{self.rng.getrandbits(24):x}"
        by = self.rng.choice([None, *self.ids(*ACTORS)])
        ends = {"policyId": version["policyId"], "policyVersionId": version["id"], "environmentId": environment["id"]}
        self.fact("PolicyAttachment", interval, key, **ends, attachedById=by)

    def approvals(self) -> None:
        """Requests to admit versions, decisions on them, delegations, and what promotions were decided."""
        for start, end in (*self.intervals(always=True), *self.intervals()):
            places = {"versionId": self.one("ModelVersion")["id"], "environmentId": self.one("Environment")["id"]}
            request = self.fact("ApprovalRequest", (start, end), f"request {self.rng.getrandbits(24):x}", **places)
            placed = self.rng.choice([None, *self.made.get("Deployment", ())])
            decision = self.add("PromotionDecision", **places, deploymentId=placed and placed["id"])
            if placed is not None:
                placed["decisionId"] = decision["id"]
            for begin, last in self.intervals():
                who = {name: self.rng.choice([None, *self.ids(*ACTORS)]) for name in ("approverId", "onBehalfOfId")}
                key = f"{request['id']}/{begin}"
                self.fact("Approval", (begin, last), key, requestId=request["id"], **places, **who)
        for begin, last in self.intervals():
            who = {name: self.rng.choice(self.ids(*ACTORS)) for name in ("delegatorId", "delegateId")}
            where = self.rng.choice([None, *self.ids("Environment")])
            end = last or INSTANTS[-1]
            self.add("Delegation", **who, environmentId=where, validFrom=begin, validTo=end)

    def fact(self, label: str, interval: tuple[Any, Any], key: str, **properties: Any) -> dict[str, Any]:
        start, end = interval
        is_open = {"open": True, "openKey": key} if end is None else {"open": None, "openKey": None}
        others = (
            {"setById": self.rng.choice([None, *self.ids(*ACTORS)])} if label in ("Alias", "VersionLifecycle") else {}
        )
        if label == "Observation":
            others["reporterId"] = self.rng.choice([None, *self.ids(*ACTORS)])
        if label == "VersionLifecycle":
            others["successorId"] = self.rng.choice([None, None, *self.ids("ModelVersion")])
        return self.add(label, **{**others, **properties, **is_open, "validFrom": start, "validTo": end})

    def describe(self) -> None:
        """What hangs on other nodes by their id."""
        entities = [node["id"] for label, all_ in self.made.items() for node in all_ if "revision" in node]
        for label, size, subjects in (
            ("Tag", 14, entities),
            ("Link", 8, entities),
            ("ExternalReference", 10, [*entities, *3 * self.ids("ModelVersion", "DatasetVersion")]),
            ("Parameter", 14, self.ids("Run", "ModelVersion")),
            ("ArtifactFile", 8, self.ids("ModelVersion")),
            ("MetricSeries", 7, self.ids("Run")),
        ):
            for _ in range(size):
                self.add(label, subjectId=self.rng.choice(subjects))
        for evaluation in self.made["Evaluation"]:
            evaluation["deploymentId"] = self.rng.choice([None, *self.ids("Deployment")])
            same = {k: evaluation.get(k) for k in ("versionId", "onId", "slice", "context", "evaluatedAt")}
            for _ in range(self.rng.randint(0, 3)):
                self.add("Metric", subjectId=evaluation["id"], **same)
        for event in self.made["AuditEvent"]:
            event["subjectId"] = self.rng.choice([*entities, "deleted"])
            event["actorId"] = self.rng.choice([*self.ids(*ACTORS), "erased"])

    def tie(self) -> None:
        """Relationships: those that repeat a property, and lineage at random, cycles among it."""
        for label, property_, type_, is_outgoing in BY_PROPERTY:
            for node in self.made.get(label, ()):
                if node.get(property_) is not None:
                    ends = (node["id"], node[property_]) if is_outgoing else (node[property_], node["id"])
                    self.edge(type_, *ends)
        for relationship in MODEL.relationships:
            if relationship.type in AT_RANDOM:
                sources = self.ids(*relationship.sources)
                for _ in range(AT_RANDOM[relationship.type] if sources else 0):
                    source = self.rng.choice(sources)
                    self.edge(relationship.type, source, self.rng.choice(self.ids(*relationship.targets)))
        for owned in self.ids(*OWNED):
            for start, end in self.intervals():
                self.edge("OWNS", self.rng.choice(self.ids(*ACTORS)), owned, validFrom=start, validTo=end)
        for type_, label in (("PART_OF", "Run"), ("FORK_OF", "CodeRepository"), ("PROMOTES_TO", "Environment")):
            ids = self.ids(label)
            for later, earlier in zip(ids[1:], ids, strict=False):
                if self.rng.random() < 0.6:
                    self.edge(type_, later, earlier)

    def belong(self) -> None:
        """What belongs to a model or a dataset says so, as it does when it is written."""
        scopes = {node["id"]: node["id"] for label in SCOPES for node in self.made[label]}
        for label, property_ in BELONGING:
            for node in self.made.get(label, ()):
                scopes[node["id"]] = node["scope"] = scopes.get(node[property_])
        for label in SCOPES:
            for node in self.made[label]:
                node["scope"] = node["id"]
        self.belong_by_edge(scopes)
        for edge in self.edges:
            if edge.type == "GENERATED_BY":
                scopes.setdefault(edge.target, scopes.get(edge.source))
        for run in self.made["Run"]:
            run["scope"] = scopes.get(run["id"])
        for waiver in self.made.get("LicenseWaiver", ()):
            sides = [scopes.get(waiver["waivedForId"]), scopes.get(waiver["assetId"])]
            waiver["scopes"] = [scope for scope in sides if scope]
            waiver["scope"] = next(iter(waiver["scopes"]), None)
        of_both = ("LicenseWaiver", "Mitigation")
        both = {node["id"]: node["scopes"] for label in of_both for node in self.made.get(label, ())}
        for event in self.made["AuditEvent"]:
            own = both.get(event["subjectId"], [scopes.get(event["subjectId"])])
            told = {*own, self.rng.choice([None, *self.ids(*SCOPES)])} - {None}
            event["scopes"] = sorted(told) or None

    def belong_by_edge(self, scopes: dict[str, Any]) -> None:
        """Findings and recalls belong to what they are about, mitigations to that and to where they are."""
        for label, type_ in (("Finding", "ABOUT"), ("Recall", "RECALLS")):
            for fact in self.made.get(label, ()):
                about = [
                    scopes.get(edge.target) for edge in self.edges if (edge.type, edge.source) == (type_, fact["id"])
                ]
                scopes[fact["id"]] = fact["scope"] = next(filter(None, about), None)
        for fact in self.made.get("Mitigation", ()):
            fact["scopes"] = [scope for id in (fact["onId"], fact["recallId"]) if (scope := scopes.get(id))]
            scopes[fact["id"]] = fact["scope"] = next(iter(fact["scopes"]), None)

    def edge(self, type_: str, source: str, target: str, **given: Any) -> None:
        relationship = next(r for r in MODEL.relationships if r.type == type_)
        values = {
            p.name: random_value(self.rng, type_, p)
            for p in relationship.properties
            if p.required or self.rng.random() < (0.25 if p.name == "validTo" else 0.6)
        }
        if "id" in values:
            values["id"] = f"edge-{self.rng.getrandbits(40):010x}"
        properties = {name: value for name, value in {**values, **given}.items() if value is not None}
        self.edges.append(Edge(type_, source, target, properties))


AT_RANDOM = {
    "USED": 12,
    "GENERATED_BY": 8,
    "DERIVED_FROM": 9,
    "DEPENDS_ON": 7,
    "JUDGED_BY": 4,
    "MEMBER_OF": 5,
    "ABOUT": 8,
    "RECALLS": 6,
    "ADDRESSED_TO": 4,
}
BY_PROPERTY = (
    ("ModelVersion", "modelId", "HAS_VERSION", False),
    ("DatasetVersion", "datasetId", "HAS_VERSION", False),
    ("Run", "jobId", "OF_JOB", True),
    ("Commit", "repositoryId", "IN_REPOSITORY", True),
    ("Endpoint", "environmentId", "IN", True),
    ("Evaluation", "versionId", "EVALUATED", True),
    ("Evaluation", "onId", "ON", True),
    ("Mitigation", "recallId", "MITIGATES", True),
    ("ApprovalRequest", "versionId", "FOR", True),
    ("ApprovalRequest", "environmentId", "TO", True),
    ("PromotionDecision", "versionId", "FOR", True),
    ("PromotionDecision", "environmentId", "TO", True),
    ("Approval", "requestId", "DECIDES", True),
)


def unruled(maker: Maker) -> dict[str, Any]:
    return {}


def policy_version(maker: Maker) -> dict[str, Any]:
    policy = maker.one("Policy")["id"]
    drafted = [version.get("draftOf") for version in maker.made.get("PolicyVersion", ())]
    draft_of = maker.rng.choice([None, policy]) if policy not in drafted else None
    return {"policyId": policy, "draftOf": draft_of, "publishedById": maker.rng.choice([None, *maker.ids(*ACTORS)])}


RULES: Mapping[str, Callable[[Maker], dict[str, Any]]] = {
    "RegisteredModel": lambda maker: {"name": _unused(maker)},
    "FormerName": lambda maker: {"name": _unused(maker), "subjectId": maker.one("RegisteredModel")["id"]},
    "User": lambda maker: {"name": _unused(maker)},
    "Team": lambda maker: {"name": _unused(maker)},
    "ServiceAccount": lambda maker: {"name": _unused(maker)},
    "ModelVersion": lambda maker: {"modelId": maker.one("RegisteredModel")["id"]},
    "DatasetVersion": lambda maker: {"datasetId": maker.one("Dataset")["id"]},
    "Run": lambda maker: {"jobId": maker.rng.choice([None, *maker.ids("Job")])},
    "Commit": lambda maker: {
        "repositoryId": maker.one("CodeRepository")["id"],
        "authorId": maker.rng.choice([None, *maker.ids(*ACTORS)]),
    },
    "Evaluation": lambda maker: {
        "versionId": maker.one("ModelVersion")["id"],
        "onId": maker.rng.choice([None, *maker.ids("DatasetVersion")]),
        "evaluatorId": maker.rng.choice([None, *maker.ids(*ACTORS)]),
    },
    "PolicyVersion": policy_version,
    "AuditEvent": lambda maker: {
        "sequence": maker.rng.choice([None, 1, 1]) and len(maker.made.get("AuditEvent", [])) + 1
    },
    "Endpoint": lambda maker: {"environmentId": maker.one("Environment")["id"]},
}


def _unused(maker: Maker) -> str:
    """A name that no model, former name or actor has: these are unique among several kinds of nodes."""
    taken = {node.get("name") for nodes in maker.made.values() for node in nodes}
    return maker.rng.choice([name for name in NAMES if name not in taken])
