"""Random values of properties: from small pools, so that ties are many; with nulls, Unicode, and what is no number."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import EnumMeta
from random import Random
from typing import Any

import orjson

from app.domain import vocabulary
from graph_schema.elements import Property, Type
from graph_schema.model import MODEL

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
INSTANTS = [START + timedelta(days=3 * i, microseconds=i * 111_111) for i in range(8)]
DAYS = [date(2026, 3, 1), date(2024, 2, 29), date(1999, 12, 31)]
NAMES = [
    "churn", "Churn", "team/churn", "größe", "模型", "🦊 fox", "a'b", 'say "hi"', "back\\slash", "é", "e\u0301", "z",
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "$where", "{id}", "ß", "İ", "über/alles", "N A",
]  # fmt: skip
WORDS = ["a", "A", "b", "naïve", "日本", "x y", "", "MIT", "pytorch"]
DIGESTS = [f"sha256:{digit * 64}" for digit in "0af"] + [f"md5:{'1' * 32}"]
FIGURES = [0.0, -0.0, 0.5, 0.5, 0.91, 1e308, -3.25, float("nan"), float("inf"), float("-inf")]
JSON_VALUES: Sequence[Any] = [0.1, 3, 3.0, "adam", "0.1", "", True, None, [1, "x"], {"b": {"c": None}, "a": 1}, "日本"]
FIELD_SPECS = [
    {"name": "x", "type": "int", "shape": [-1, 3], "required": True, "default": 3},
    {"name": None, "type": "tensor", "default": "text"},
    {"type": "float", "default": {"a": [None, "b"]}, "required": False},
]
RULES = [
    {"name": "auc", "expression": "metrics.size() > 0", "message": "größe"},
    {"name": "data", "subjects": "datasets", "message": "m", "fix": "日本"},
]
REQUIREMENTS = [
    {"name": "four eyes", "count": 2, "teams": [], "roles": [], "separateFrom": ["TRAINED"], "maxAgeDays": None},
    {"name": "größe", "count": 1, "teams": ["日本"], "roles": ["APPROVER"], "separateFrom": [], "maxAgeDays": 30},
]
DEMANDS: Mapping[str, Sequence[Any]] = {"rules": RULES, "approvals": REQUIREMENTS}
SPECIFIED = frozenset({"schema", "signatureInputs", "signatureOutputs", "signatureParams"})
# Shown as GraphQL's Int, which has 32 bits; others are Long.
SMALL = frozenset(
    {"number", "position", "revision", "weightsContextLength", "artifactFileCount", "lastNumber", "reportsWithin"}
)
# Shown as GraphQL's Float, which must be finite.
FINITE = frozenset({"trafficPercent", "mirrorPercent", "weightsBitsPerWeight", "weight"})
KEYS = ["k", "stage", "größe", "team/x"]
POOLS: Mapping[str, Sequence[str]] = {
    "name": NAMES,
    "key": KEYS,
    "slice": ["", "eu", "ünder"],
    "role": ["train", "test", "evaluation", "base"],
    "system": ["mlflow", "jira"],
    "sha": ["a" * 40, "0123456789abcdef", "ff" * 20],
    "url": ["https://h/x", "https://h/y", "https://h/ü"],
    "location": ["", "eu-west-1", "us"],
    "namespace": ["default", "étl"],
    "path": ["w/model.bin", "config.json", "ü.txt"],
    "displayName": WORDS,
    "externalId": [word for word in WORDS if word],
    "version": [word for word in WORDS if word],
}
NAMED = {  # names that several nodes may share, in few words
    "Parameter": ["lr", "optimizer", "depth"],
    "Metric": ["auc", "f1"],
    "MetricSeries": ["loss", "acc"],
    "Endpoint": ["api", "batch"],
    "Run": ["nightly", "größe"],
    "Job": ["train", "score"],
}
ENUMS: Mapping[tuple[str, str], EnumMeta] = {
    ("RegisteredModel", "kind"): vocabulary.ModelKind,
    ("VersionLifecycle", "state"): vocabulary.VersionState,
    ("DERIVED_FROM", "kind"): vocabulary.DerivationKind,
    ("Run", "status"): vocabulary.RunStatus,
    ("Evaluation", "context"): vocabulary.EvaluationContext,
    ("Deployment", "kind"): vocabulary.DeploymentKind,
    ("Deployment", "role"): vocabulary.TrafficRole,
    ("Deployment", "status"): vocabulary.DeploymentStatus,
    ("Observation", "role"): vocabulary.TrafficRole,
    ("Finding", "kind"): vocabulary.FindingKind,
    ("Finding", "severity"): vocabulary.Severity,
    ("Recall", "severity"): vocabulary.Severity,
    ("AuditEvent", "outcome"): vocabulary.AuditOutcome,
    ("PolicyVersion", "state"): vocabulary.PolicyState,
    ("PolicyVersion", "mode"): vocabulary.PolicyMode,
    ("Approval", "decision"): vocabulary.ApprovalDecision,
}


def random_properties(rng: Random, label: str) -> dict[str, Any]:
    """Values of a node of this kind. What is not required is absent four times of ten."""
    values = {
        property_.name: random_value(rng, label, property_) if property_.required or rng.random() < 0.6 else None
        for property_ in MODEL.by_label[label].properties
    }
    return {**values, **_consistent(rng, label)}


def random_value(rng: Random, owner: str, property_: Property) -> Any:
    """A value of one property of a node or relationship."""
    name = property_.name
    if (owner, name) in ENUMS:
        return rng.choice(list(ENUMS[owner, name].__members__))
    match property_.type:
        case Type.STRING:
            return rng.choice(_words(owner, name))
        case Type.STRINGS:
            return rng.sample(WORDS, rng.randint(0, 3))
        case Type.INTEGER:
            return rng.randint(1, 6) if name in SMALL else rng.choice([0, 1, 7, 2**31, 2**53 - 1])
        case Type.FLOAT:
            return rng.choice(FIGURES[:5] if name in FINITE else FIGURES)
        case Type.BOOLEAN:
            return rng.random() < 0.5
        case Type.DATETIME:
            return rng.choice(INSTANTS)
        case Type.DATE:
            return rng.choice(DAYS)
        case Type.JSON:
            return _json(rng, name)
        case Type.INTEGERS | Type.FLOATS | Type.DATETIMES:
            return []  # lists that belong together are made by _consistent


def _words(owner: str, name: str) -> Sequence[str]:
    if name == "name":
        return NAMED.get(owner, NAMES)
    return DIGESTS if name.lower().endswith("digest") else POOLS.get(name, WORDS)


def _json(rng: Random, name: str) -> str:
    if name in DEMANDS:
        return orjson.dumps(rng.sample(DEMANDS[name], rng.randint(0, 2))).decode()
    value = rng.sample(FIELD_SPECS, rng.randint(0, 3)) if name in SPECIFIED else rng.choice(JSON_VALUES)
    return orjson.dumps(value).decode()


def _consistent(rng: Random, label: str) -> dict[str, Any]:
    """Properties that belong together."""
    if label == "Parameter":
        value = rng.choice(JSON_VALUES)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return {
            "value": orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode(),
            "text": value if isinstance(value, str) else None,
            "number": float(value) if is_number else None,
        }
    if label == "MetricSeries":
        size = rng.randint(0, 4)
        times = [moment.isoformat().replace("+00:00", "Z") for moment in INSTANTS[:size]]
        return {
            "steps": list(range(size)),
            "times": [rng.choice([time, ""]) for time in times],
            "values": [rng.choice(FIGURES) for _ in range(size)],
            "loggedPoints": size + rng.choice([0, 2**31]),
        }
    if label == "AuditEvent":
        return _event(rng)
    return {}


def _event(rng: Random) -> dict[str, Any]:
    """The body of an event of either format; in the later one with digests for texts, some of which are erased."""
    places, texts = list[str](), list[str]()

    def value(place: str) -> Any:
        if is_first or rng.random() < 0.4:
            return rng.choice(JSON_VALUES)
        if rng.random() < 0.7:
            places.append(place)
            texts.append(orjson.dumps(["salt", rng.choice(JSON_VALUES)]).decode())
        return {"sealed": rng.choice(DIGESTS)}

    def word(place: str) -> Any:
        if is_first or rng.random() < 0.4:
            return rng.choice([None, *WORDS])
        if rng.random() < 0.7:
            places.append(place)
            texts.append(orjson.dumps(["salt", rng.choice(WORDS)]).decode())
        return {"sealed": rng.choice(DIGESTS)}

    is_first = rng.random() < 0.3
    changes = [
        {"field": field, "before": value(f"/changes/{i}/before"), "after": value(f"/changes/{i}/after")}
        for i, field in enumerate("ab")
    ]
    told = {"reason": word("/reason"), "client": word("/client"), "changes": changes}
    return {
        "body": orjson.dumps({"format": 1 if is_first else 2, **told}).decode(),
        "places": places or None,
        "texts": texts or None,
    }
