"""Stubs: lines for what is named by others only."""

from collections.abc import Callable
from typing import Any

from app.domain.resolution import Key
from app.transfer.lines.entity import EntityLine
from app.transfer.lines.parsing import implied

Fields = dict[str, Any]

# How what has a key of a kind is made. An id, a commit and an environment say too little for a stub.
STUBS: dict[str, Callable[[Fields], Fields]] = {
    "models_by_name": lambda key: {"type": "RegisteredModel", "name": key["name"]},
    "model_versions_by_number": lambda key: {"type": "ModelVersion", **key},
    "datasets_by_name": lambda key: {"type": "Dataset", "name": key["name"]},
    "dataset_versions_by_key": lambda key: {"type": "DatasetVersion", **key},
    "applications_by_name": lambda key: {"type": "Application", "name": key["name"]},
    "assets_by_name": lambda key: {"type": "UnknownAsset", "name": key["name"]},
    "actors_by_name": lambda key: {"type": "User", "name": key["name"]},
    "entities_by_external": lambda key: {
        "type": "UnknownAsset",
        "name": f"{key['system']}:{key['externalId']}",
        "references": ({"system": key["system"], "externalId": key["externalId"]},),
    },
}


def stub_of(key: Key, label: str | None = None) -> EntityLine | None:
    """The line of a stub with this key, None when the key says too little. `label` is what alone may stand there."""
    made = STUBS.get(key.kind)
    if made is None:
        return None
    said = {**made(dict(key.fields)), "isStub": True}
    if label == "Run" and said["type"] == "UnknownAsset":
        said = {"type": label, "references": said["references"], "isStub": True}
    return implied(said)
