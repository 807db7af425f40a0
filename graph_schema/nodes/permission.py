"""Who may do what. A grant is no entity: it is shown with its holder, and no id leads here but its own."""

from graph_schema.elements import FREE_TEXT, Node, Type, optional, required
from graph_schema.nodes.shared import ID, SCOPE

GRANT = Node(
    "Grant",
    "What somebody may do, over something or over all",
    (
        ID,
        required("holderId", Type.STRING, "id of the user, team or service account that has it"),
        optional("role", Type.STRING, "VIEWER, CONTRIBUTOR, APPROVER, MAINTAINER or ADMIN"),
        optional("permissions", Type.STRINGS, "single permissions, where it is no role"),
        optional("scopeId", Type.STRING, "id of what it is over; absent when that is the whole registry"),
        SCOPE,
        optional("reason", Type.STRING, "why it was given", FREE_TEXT),
        optional("grantedById", Type.STRING, "id of the actor that gave it"),
        optional("revokedById", Type.STRING, "id of the actor that took it back"),
        required("validFrom", Type.DATETIME, "when it was given"),
        optional("validTo", Type.DATETIME, "when it was taken back; absent unless it was"),
        optional("open", Type.BOOLEAN, "true while it holds, absent afterwards"),
    ),
    key=("id",),
    indexes=(("open", "validFrom", "id"), ("holderId", "validFrom", "id"), ("scopeId",)),
)

NODES = (GRANT,)
