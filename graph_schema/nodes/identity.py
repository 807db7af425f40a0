"""Who acts and owns."""

from graph_schema.elements import Type, optional, required
from graph_schema.nodes.shared import entity

NAME = required("name", Type.STRING, "unique among users, teams and service accounts")
DISPLAY_NAME = optional("displayName", Type.STRING, "for people")

USER = entity(
    "User",
    "A person",
    NAME,
    DISPLAY_NAME,
    optional("email", Type.STRING, "where to reach the person"),
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
