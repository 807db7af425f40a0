"""Who admits versions to environments: requests, what was decided on them, and who decides in somebody's place."""

from graph_schema.elements import FREE_TEXT, Type, optional, required
from graph_schema.nodes.shared import INTERVAL, entity

APPROVAL_REQUEST = entity(
    "ApprovalRequest",
    "A request to admit a version to an environment, until it is withdrawn",
    required("versionId", Type.STRING, "id of the version"),
    required("environmentId", Type.STRING, "id of the environment"),
    optional("note", Type.STRING, "what who decides should know", FREE_TEXT),
    optional("endReason", Type.STRING, "why it was withdrawn", FREE_TEXT),
    *INTERVAL,
    unique=(("openKey",),),
    indexes=(
        ("versionId", "validFrom", "id"),
        ("environmentId", "validFrom", "id"),
        ("open", "validFrom", "id"),
        ("validFrom", "id"),
    ),
)

APPROVAL = entity(
    "Approval",
    "What somebody decided on a request, until it is taken back or decided anew",
    required("requestId", Type.STRING, "id of the request"),
    required("versionId", Type.STRING, "id of the version of the request"),
    required("environmentId", Type.STRING, "id of the environment of the request"),
    required("decision", Type.STRING, "APPROVED or REJECTED"),
    required("approverId", Type.STRING, "id of the actor that decided"),
    optional("onBehalfOfId", Type.STRING, "id of the actor in whose place that was done"),
    optional("teamIds", Type.STRINGS, "ids of the teams that whose decision it is belonged to then"),
    optional("roles", Type.STRINGS, "the roles that they had there then"),
    optional("comment", Type.STRING, "what they said about it", FREE_TEXT),
    optional("conditions", Type.STRING, "what has to be kept to", FREE_TEXT),
    optional("expiresAt", Type.DATETIME, "first instant at which it counts no longer; absent when it does not end"),
    required("ancestryDigest", Type.STRING, "sha256:... of the version and its whole ancestry, which it is bound to"),
    optional("evaluationIds", Type.STRINGS, "ids of the evaluations that stood then, which it is bound to"),
    optional("endReason", Type.STRING, "why it was taken back", FREE_TEXT),
    *INTERVAL,
    unique=(("openKey",),),
    indexes=(
        ("requestId", "validFrom", "id"),
        ("versionId", "validFrom", "id"),
    ),
)

DELEGATION = entity(
    "Delegation",
    "That somebody decides on requests in somebody's place, from when to when",
    required("delegatorId", Type.STRING, "id of the actor in whose place it is done"),
    required("delegateId", Type.STRING, "id of the actor that decides"),
    optional("environmentId", Type.STRING, "id of the environment that it is for; absent when it is for all"),
    optional("reason", Type.STRING, "why", FREE_TEXT),
    optional("endReason", Type.STRING, "why it was ended before its time", FREE_TEXT),
    required("validFrom", Type.DATETIME, "first instant at which it holds"),
    required("validTo", Type.DATETIME, "first instant at which it holds no longer"),
    indexes=(("delegatorId", "validFrom", "id"), ("delegateId", "validFrom", "id"), ("validFrom", "id")),
)

NODES = (APPROVAL_REQUEST, APPROVAL, DELEGATION)
