"""Where versions run, and what stands on them."""

from graph_schema.elements import FREE_TEXT, Node, Type, optional, required
from graph_schema.nodes.shared import ID, INTERVAL, LICENSE, RECORDED_AT, SCOPE, entity

ENVIRONMENT = entity(
    "Environment",
    "dev, staging, production ...: ordered",
    required("name", Type.STRING, "exact and case-sensitive"),
    optional("description", Type.STRING, "what it is for", FREE_TEXT),
    required("position", Type.INTEGER, "its place in the order, smallest first"),
    required("isProtected", Type.BOOLEAN, "whether only few may change it"),
    optional("locations", Type.STRINGS, "the regions or clusters that it has; any, when absent"),
    optional("reportsWithin", Type.INTEGER, "seconds within which a report of what runs is due; never, when absent"),
    key=("name",),
    indexes=(("position", "id"),),
)

ENDPOINT = entity(
    "Endpoint",
    "The place in an environment and location that serves one answer at a time; the lock point of its deployments",
    required("environmentId", Type.STRING, "id of its environment"),
    required("location", Type.STRING, "region or cluster; empty when there is but one"),
    required("name", Type.STRING, "name of the endpoint or batch job"),
    optional("changesAt", Type.DATETIME, "the last instant at which a deployment begins or ends there"),
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
    required(
        "status",
        Type.STRING,
        "ROLLING_OUT or ACTIVE while open; then SUPERSEDED, STOPPED, FAILED or ROLLED_BACK",
    ),
    optional("activeFrom", Type.DATETIME, "when it took its place; absent while it has not"),
    required("trafficPercent", Type.FLOAT, "its share of the traffic of its endpoint"),
    required("mirrorPercent", Type.FLOAT, "share of the traffic that is mirrored to it"),
    optional("reason", Type.STRING, "why it was placed", FREE_TEXT),
    optional("endReason", Type.STRING, "why it ended", FREE_TEXT),
    optional("replacesIds", Type.STRINGS, "while it rolls out: what it will replace; those of its role, when absent"),
    optional("replacesAll", Type.BOOLEAN, "while it rolls out: true when it will replace all that is open"),
    optional("restoresId", Type.STRING, "id of the earlier deployment whose version it has brought back"),
    optional("decisionId", Type.STRING, "id of the decision that let it in; absent when nobody had to decide"),
    optional("emergencyUntil", Type.DATETIME, "let in without approvals, which have to be there by then"),
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

OBSERVATION = Node(
    "Observation",
    "What was seen to run at an endpoint, as long as it was reported alike",
    (
        ID,
        required("endpointId", Type.STRING, "id of the endpoint"),
        required("environmentId", Type.STRING, "id of the environment of the endpoint"),
        required("role", Type.STRING, "the part that it plays: PRIMARY, CANARY, CHALLENGER or SHADOW"),
        optional("deploymentId", Type.STRING, "id of the deployment that it was seen of; absent when there was none"),
        optional("versionId", Type.STRING, "id of the version that was seen"),
        optional("digest", Type.STRING, "digest of what was seen, when it is that of no version"),
        required("isRunning", Type.BOOLEAN, "whether anything runs"),
        optional("isHealthy", Type.BOOLEAN, "whether it is well; absent when nobody said"),
        optional("url", Type.STRING, "where to look at it", FREE_TEXT),
        optional("lastUsedAt", Type.DATETIME, "when it was used last"),
        optional("reporterId", Type.STRING, "id of the actor that reported it last"),
        required("reportedAt", Type.DATETIME, "when it was reported last"),
        RECORDED_AT,
        SCOPE,
        *INTERVAL,
    ),
    labels=("Entity",),
    unique=(("openKey",),),
    indexes=(("deploymentId", "validFrom"), ("endpointId", "validFrom", "id")),
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

NODES = (ENVIRONMENT, ENDPOINT, DEPLOYMENT, OBSERVATION, APPLICATION)
