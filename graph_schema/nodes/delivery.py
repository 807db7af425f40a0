"""Where versions run, and what stands on them."""

from graph_schema.elements import FREE_TEXT, Type, optional, required
from graph_schema.nodes.shared import INTERVAL, LICENSE, entity

ENVIRONMENT = entity(
    "Environment",
    "dev, staging, production ...: ordered",
    required("name", Type.STRING, "exact and case-sensitive"),
    optional("description", Type.STRING, "what it is for", FREE_TEXT),
    required("position", Type.INTEGER, "its place in the order, smallest first"),
    required("isProtected", Type.BOOLEAN, "whether only few may change it"),
    key=("name",),
    indexes=(("position", "id"),),
)

ENDPOINT = entity(
    "Endpoint",
    "The place in an environment and location that serves one answer at a time; the lock point of its deployments",
    required("environmentId", Type.STRING, "id of its environment"),
    required("location", Type.STRING, "region or cluster; empty when there is but one"),
    required("name", Type.STRING, "name of the endpoint or batch job"),
    key=("environmentId", "location", "name"),
    indexes=(("environmentId", "name", "id"),),
)

DEPLOYMENT = entity(
    "Deployment",
    "A version placed at an endpoint, from when to when",
    required("endpointId", Type.STRING, "id of its endpoint"),
    required("environmentId", Type.STRING, "id of the environment of its endpoint"),
    required("versionId", Type.STRING, "id of the version it serves"),
    required("kind", Type.STRING, "ONLINE, BATCH, STREAMING, EDGE or EMBEDDED"),
    required("role", Type.STRING, "PRIMARY, CANARY, CHALLENGER or SHADOW"),
    required("status", Type.STRING, "ACTIVE while open; then SUPERSEDED, STOPPED, FAILED or ROLLED_BACK"),
    required("trafficPercent", Type.FLOAT, "its share of the traffic of its endpoint"),
    required("mirrorPercent", Type.FLOAT, "share of the traffic that is mirrored to it"),
    optional("reason", Type.STRING, "why it was placed", FREE_TEXT),
    optional("endReason", Type.STRING, "why it ended", FREE_TEXT),
    *INTERVAL,
    unique=(("openKey",),),
    indexes=(
        ("endpointId", "open"),
        ("versionId", "validFrom", "id"),
        ("environmentId", "validFrom", "id"),
        ("open", "validFrom", "id"),
        ("validFrom", "id"),
    ),
)

APPLICATION = entity(
    "Application",
    "A product or service that stands on versions",
    required("name", Type.STRING, "exact and case-sensitive"),
    optional("description", Type.STRING, "what it is", FREE_TEXT),
    optional("purpose", Type.STRING, "what it is for", FREE_TEXT),
    optional("riskClass", Type.STRING, "the organization's or the law's classification"),
    optional("isUserFacing", Type.BOOLEAN, "whether people outside use it"),
    *LICENSE,
    key=("name",),
    indexes=(("name", "id"), ("createdAt", "id")),
)

NODES = (ENVIRONMENT, ENDPOINT, DEPLOYMENT, APPLICATION)
