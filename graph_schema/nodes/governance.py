"""What is decided about versions: what is recalled, and where a recall stops."""

from graph_schema.elements import FREE_TEXT, Type, optional, required
from graph_schema.nodes.shared import FACT, entity

FINDING = entity(
    "Finding",
    "Something that somebody has to know of versions, deployments, data or applications, until it is closed",
    required("kind", Type.STRING, "INCIDENT, VALIDATION_FINDING, LIMITATION or EXCEPTION"),
    required("severity", Type.STRING, "LOW, MEDIUM, HIGH or CRITICAL"),
    required("title", Type.STRING, "what it is, in a line", FREE_TEXT),
    optional("description", Type.STRING, "what there is to say about it", FREE_TEXT),
    optional("dueOn", Type.DATE, "day by which it has to be closed"),
    optional("resolution", Type.STRING, "why it was closed", FREE_TEXT),
    *FACT,
    indexes=(("open", "validFrom", "id"), ("validFrom", "id")),
)

RECALL = entity(
    "Recall",
    "That something must not be used anymore, nor whatever came from it",
    required("reason", Type.STRING, "why it was recalled", FREE_TEXT),
    required("severity", Type.STRING, "LOW, MEDIUM, HIGH or CRITICAL"),
    optional("findingId", Type.STRING, "id of the finding that led to it"),
    optional("endReason", Type.STRING, "why it was lifted", FREE_TEXT),
    *FACT,
    indexes=(("open", "validFrom", "id"), ("validFrom", "id"), ("findingId",)),
)

MITIGATION = entity(
    "Mitigation",
    "That a recall stops at something, and does not reach what came from that by this way alone",
    required("recallId", Type.STRING, "id of the recall"),
    optional("onId", Type.STRING, "id of the node where it stops"),
    optional("edgeId", Type.STRING, "id of the lineage edge where it stops, when it is no node"),
    optional("edgeIds", Type.STRINGS, "that edge, and those that stood or fell with it at the time"),
    required("reason", Type.STRING, "why it may be used nevertheless", FREE_TEXT),
    optional("expiresAt", Type.DATETIME, "first instant at which it stops nothing any longer"),
    optional("endReason", Type.STRING, "why it was ended", FREE_TEXT),
    optional("scopes", Type.STRINGS, "ids of the models and datasets that it tells of: who sees these sees it"),
    *FACT,
    indexes=(("recallId", "validFrom", "id"),),
)

NODES = (FINDING, RECALL, MITIGATION)
