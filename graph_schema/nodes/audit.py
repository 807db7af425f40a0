"""What describes, what happened, and what the registry needs to keep its own rules."""

from graph_schema.elements import Node, Type, optional, required
from graph_schema.nodes.shared import ID, SUBJECT

TAG = Node(
    "Tag",
    "A key and a value on any entity",
    (
        SUBJECT,
        required("key", Type.STRING, "unique on its subject"),
        required("value", Type.STRING, "may be empty"),
    ),
    key=("subjectId", "key"),
    indexes=(("key", "value"),),
)

LINK = Node(
    "Link",
    "A page about an entity: monitoring, incident, runbook, paper ...",
    (
        SUBJECT,
        required("kind", Type.STRING, "monitoring, incident, runbook, paper, validation report ..."),
        required("url", Type.STRING, "where it leads; unique on its subject"),
        optional("title", Type.STRING, "for people"),
    ),
    key=("subjectId", "url"),
)

EXTERNAL_REFERENCE = Node(
    "ExternalReference",
    "The name of an entity in another system",
    (
        SUBJECT,
        required("system", Type.STRING, "mlflow, huggingface, wandb, jira ..."),
        required("externalId", Type.STRING, "its id there"),
        optional("url", Type.STRING, "where it can be seen"),
    ),
    key=("system", "externalId"),
    indexes=(("subjectId",),),
)

AUDIT_EVENT = Node(
    "AuditEvent",
    "One change of one entity, written in the change's own transaction",
    (
        ID,
        SUBJECT,
        required("subjectType", Type.STRING, "label of the subject"),
        required("at", Type.DATETIME, "instant of the change, taken after its lock"),
        required("actorId", Type.STRING, "id of the actor"),
        required("action", Type.STRING, "what was done: modelVersion.register ..."),
        optional("reason", Type.STRING, "why, in the actor's words"),
        optional("requestId", Type.STRING, "the request that asked for it"),
        required("body", Type.STRING, "canonical JSON (RFC 8785) of the whole event"),
        required("digest", Type.STRING, "sha256:... of the UTF-8 bytes of body"),
        optional("pending", Type.BOOLEAN, "true until the event is sealed, absent afterwards"),
    ),
    labels=("Entity",),
    indexes=(
        ("subjectId", "at", "id"),
        ("actorId", "at", "id"),
        ("action", "at", "id"),
        ("at", "id"),
        ("pending",),
    ),
)

IDEMPOTENCY_KEY = Node(
    "IdempotencyKey",
    "Remembers for 30 days what a repeated request must answer",
    (
        required("actorId", Type.STRING, "keys are per actor"),
        required("operation", Type.STRING, "name of the mutation"),
        required("key", Type.STRING, "what the client sent"),
        required("inputDigest", Type.STRING, "sha256:... of the canonical input"),
        required("resultId", Type.STRING, "id of the object that the first request changed"),
        required("createdAt", Type.DATETIME, "when it was first used"),
    ),
    key=("actorId", "operation", "key"),
    indexes=(("createdAt",),),
)

LOCK = Node(
    "Lock",
    "A named lock for guards that read more than they lock",
    (
        required("name", Type.STRING, "lineage or governance"),
        required("epoch", Type.INTEGER, "raised by every change that an earlier decision may depend on"),
    ),
    key=("name",),
)

MIGRATION = Node(
    "Migration",
    "The ledger of the schema: one node for each migration that was applied",
    (
        required("number", Type.INTEGER, "its place in the order"),
        required("name", Type.STRING, "what it does"),
        required("digest", Type.STRING, "sha256:... of its statements"),
        required("appliedAt", Type.DATETIME, "when"),
    ),
    key=("number",),
)

NODES = (TAG, LINK, EXTERNAL_REFERENCE, AUDIT_EVENT, IDEMPOTENCY_KEY, LOCK, MIGRATION)
