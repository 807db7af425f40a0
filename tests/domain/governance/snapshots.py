"""Snapshots made by hand."""

from typing import Any

WHEN = "2026-03-03T14:00:00.000000Z"


def snapshot(**sections: Any) -> dict[str, Any]:
    """A snapshot of a version without ancestors, and what is said beside."""
    datasets = sections.get("datasets", [])
    return {
        "version": version(),
        "environment": {"id": "e", "name": "production", "position": 3, "isProtected": True},
        "at": WHEN,
        "metrics": [],
        "champions": [],
        "findings": [],
        "recalls": [],
        "isRecalled": False,
        "obligations": [],
        "approvals": [],
        "ancestors": [{name: each[name] for name in SHARED} | {"type": "DatasetVersion"} for each in datasets],
        "models": [],
        "datasets": [],
        "runs": [],
        "commits": [],
        "applications": [],
        "unknowns": [],
        "complete": True,
        "ancestryDigest": "sha256:00",
        **sections,
    }


def version() -> dict[str, Any]:
    return {
        "id": "v",
        "label": "churn/7",
        "model": "churn",
        "task": None,
        "riskTier": None,
        "number": 7,
        "license": None,
        "declaredLicense": None,
        "framework": None,
        "format": None,
        "artifactDigest": None,
        "isArtifactVerified": False,
        "state": "ACTIVE",
        "createdAt": WHEN,
        "isStub": False,
        "aliases": [],
        "deployedIn": [],
        "admittedTo": [],
    }


SHARED = ("id", "label", "license", "declaredLicense", "classifications", "createdAt", "isStub", "depth", "roles")


def dataset(id: str, **facts: Any) -> dict[str, Any]:
    """A snapshot of data, one edge away."""
    return {
        "id": id,
        "label": f"customers@{id}",
        "license": "MIT",
        "declaredLicense": "MIT",
        "classifications": [],
        "createdAt": WHEN,
        "isStub": False,
        "depth": 1,
        "roles": ["train"],
        "dataset": "customers",
        "version": id,
        "isPinned": True,
        "isErased": False,
        **facts,
    }
