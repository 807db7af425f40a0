"""Which parts of a change are plain, and which are free or personal text that has to stay erasable.

The model says it of the properties of nodes and edges. An event says more of its subject than these: its tags, who owns
it, what it learned from. What stands here neither way is taken for free text, so that nothing is sealed by mistake.
"""

from collections.abc import Iterable, Mapping

from graph_schema.elements import Nature, Property
from graph_schema.model import MODEL

Natures = Mapping[str, Nature]

# Ids, keys, numbers and words of our own.
PLAIN = frozenset(
    {
        *(
            "about",
            "alias",
            "aliases",
            "dependencies",
            "erased",
            "formerNames",
            "inputs",
            "memberId",
            "metrics",
            "ownerId",
        ),
        *("parents", "promotesTo", "recallId", "redacted", "runId", "targets"),
    }
)
# What is told as the node that it is, or as a list of these, by its label.
NODES = {
    "artifact": "ArtifactFile",
    "attachments": "PolicyAttachment",
    "licenseWaiver": "LicenseWaiver",
    "lifecycle": "VersionLifecycle",
    "link": "Link",
    "observation": "Observation",
    "policy": "PolicyAttachment",
    "reference": "ExternalReference",
    "tag": "Tag",
}
EDGES = frozenset({"edge", "edges"})


def of(properties: Iterable[Property]) -> Natures:
    return {each.name: each.nature for each in properties}


LABELS: Mapping[str, Natures] = {node.label: of(node.properties) for node in MODEL.nodes}
EDGE: Natures = {
    **dict.fromkeys(("type", "sourceId", "targetId", "replacedBy"), Nature.PLAIN),
    **{name: nature for each in MODEL.relationships for name, nature in of(each.properties).items()},
}


def nature(label: str, field: str) -> Nature | Natures:
    """The nature of a field of a subject; those of its parts, when it is a node or an edge itself."""
    if field in PLAIN:
        return Nature.PLAIN
    if field in EDGES:
        return EDGE
    if field in NODES:
        return LABELS[NODES[field]]
    return LABELS[label].get(field, Nature.FREE_TEXT)
