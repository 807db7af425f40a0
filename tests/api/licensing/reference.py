"""What an asset is obliged to, found by plain search in Python: slow, and simple enough to be believed.

It knows nothing of the registry's tables: what the licenses of the drawings ask for is written down here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.api.lineage.drawing import Drawing, Edge, Node, day

ASSETS = ("ModelVersion", "DatasetVersion", "Application", "UnknownAsset")
CARRIERS = ("USED", "GENERATED_BY", "DERIVED_FROM", "DEPENDS_ON")
ORDER = ["ATTRIBUTION", "SHARE_ALIKE", "USE_RESTRICTIONS", "NON_COMMERCIAL", "NO_DERIVATIVES", "PROPRIETARY", "UNKNOWN"]
# The licenses that drawings declare, with what each asks for. What is not here asks for nobody knows what.
LICENSES: Mapping[str | None, tuple[str, ...]] = {
    "MIT": ("ATTRIBUTION",),
    "public domain": (),
    "CC BY-NC 4.0": ("ATTRIBUTION", "NON_COMMERCIAL"),
    "cc-by-nd-4.0": ("ATTRIBUTION", "NO_DERIVATIVES"),
    "GPL-3.0 or MIT": ("ATTRIBUTION",),
    "GPL-3.0-only": ("ATTRIBUTION", "SHARE_ALIKE"),
    "LLaMA 2": ("ATTRIBUTION", "USE_RESTRICTIONS"),
    "proprietary": ("PROPRIETARY",),
}
UNKNOWN = ("Apple", "LicenseRef-House", None)


@dataclass(frozen=True)
class Answer:
    """Sources are (id, length of the way, id of the waiver)."""

    obligations: Mapping[str, list[tuple[str, int, str | None]]]
    most_restrictive: str | None
    attributions: list[str]
    unknown: list[str]


def answer(drawing: Drawing, start: str, as_of: int | None = None) -> Answer:
    """The obligations of a node."""
    nodes = {node.id: node for node in drawing.nodes}
    found: dict[str, list[tuple[str, int, str | None]]] = {}
    for id, distance in sorted(distances(drawing, start, as_of).items(), key=lambda each: (each[1], each[0])):
        declared = nodes[id].properties.get("licenseDeclared")
        if nodes[id].label in ASSETS and not (id == start and declared is None):
            for kind in LICENSES.get(declared, ("UNKNOWN",)):
                waiver = min(waivers(drawing, nodes[start], id, kind, as_of), default=None)
                found.setdefault(kind, []).append((id, distance, waiver))
    holding = [kind for kind in ORDER if any(waiver is None for *_, waiver in found.get(kind, ()))]
    return Answer(
        {kind: found[kind] for kind in reversed(ORDER) if kind in found},
        holding[-1] if holding else None,
        [id for id, _, waiver in found.get("ATTRIBUTION", ()) if waiver is None],
        [id for id, _, waiver in found.get("UNKNOWN", ()) if waiver is None],
    )


def distances(drawing: Drawing, start: str, as_of: int | None) -> dict[str, int]:
    """How far away everything is that licenses carry from: each round looks at every edge."""
    labels = {node.id: node.label for node in drawing.nodes}
    found, distance = {start: 0}, 0
    while True:
        distance += 1
        ends = {e.target for e in drawing.edges if found.get(e.source) == distance - 1 and carries(e, labels, as_of)}
        if not ends - found.keys():
            return found
        found |= dict.fromkeys(ends - found.keys(), distance)


def carries(edge: Edge, labels: Mapping[str, str], as_of: int | None) -> bool:
    if edge.kind not in CARRIERS or labels[edge.target] == "Commit":
        return False
    if edge.kind == "USED" and edge.properties["role"] in ("test", "evaluation"):
        return False
    return edge.end is None if as_of is None else edge.begin <= as_of and (edge.end is None or as_of < edge.end)


def waivers(drawing: Drawing, start: Node, asset: str, kind: str, as_of: int | None) -> Iterator[str]:
    own = (None, start.id, start.properties.get("modelId"), start.properties.get("datasetId"))
    for node in drawing.nodes:
        said = node.properties
        is_about = node.label == "LicenseWaiver" and said["assetId"] == asset and kind in said["kinds"]
        if is_about and said.get("waivedForId") in own and is_in_force(said, as_of):
            yield node.id


def is_in_force(said: Mapping[str, Any], as_of: int | None) -> bool:
    moment = datetime.now(UTC) if as_of is None else day(as_of)
    ends = [end for end in (said.get("validTo"), said.get("expiresAt")) if end is not None]
    return bool(said["validFrom"] <= moment) and all(moment < end for end in ends)
