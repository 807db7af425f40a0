"""Who acts and owns."""

from graph_schema.elements import PERSONAL, Type, optional, required
from graph_schema.nodes.shared import entity

NAME = required("name", Type.STRING, "unique among users, teams and service accounts", PERSONAL)
DISPLAY_NAME = optional("displayName", Type.STRING, "for people", PERSONAL)

USER = entity(
    "User",
    "A person",
    NAME,
    DISPLAY_NAME,
    optional("email", Type.STRING, "where to reach the person", PERSONAL),
    labels=("Actor",),
    indexes=(("name", "id"),),
)
TEAM = entity(
    "Team", "People who own and decide together", NAME, DISPLAY_NAME, labels=("Actor",), indexes=(("name", "id"),)
)
SERVICE_ACCOUNT = entity(
    "ServiceAccount", "A program that acts", NAME, DISPLAY_NAME, labels=("Actor",), indexes=(("name", "id"),)
)

NODES = (USER, TEAM, SERVICE_ACCOUNT)
