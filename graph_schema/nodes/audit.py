"""What describes, what happened and is sealed, and what the registry needs to keep its own rules."""

from graph_schema.elements import FREE_TEXT, Node, Type, optional, required
from graph_schema.nodes.shared import ID, SUBJECT

TAG = Node(
    "Tag",
    "A key and a value on any entity",
    (
        SUBJECT,
        required("key", Type.STRING, "unique on its subject"),
        required("value", Type.STRING, "may be empty", FREE_TEXT),
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
        required("url", Type.STRING, "where it leads; unique on its subject", FREE_TEXT),
        optional("title", Type.STRING, "for people", FREE_TEXT),
    ),
    key=("subjectId", "url"),
)

EXTERNAL_REFERENCE = Node(
    "ExternalReference",
    "The name of an entity in another system",
    (
        SUBJECT,
        required("system", Type.STRING, "mlflow, huggingface, wandb, jira ..."),
        required("externalId", Type.STRING, "its id there", FREE_TEXT),
        optional("url", Type.STRING, "where it can be seen", FREE_TEXT),
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
        optional("outcome", Type.STRING, "DENIED, when it was attempted and refused; absent when it was done"),
        optional("reason", Type.STRING, "why, in events of format 1; since then it is among the texts", FREE_TEXT),
        optional("requestId", Type.STRING, "the request that asked for it"),
        required("body", Type.STRING, "canonical JSON (RFC 8785) of the event, with digests in place of its texts"),
        required("digest", Type.STRING, "sha256:... of the UTF-8 bytes of body"),
        optional("places", Type.STRINGS, "where in body each of the texts belongs: JSON pointers (RFC 6901)"),
        optional("texts", Type.STRINGS, "free and personal text, each as JSON of its salt and itself", FREE_TEXT),
        optional("scopes", Type.STRINGS, "ids of the models and datasets that it speaks of; absent when of none"),
        optional("pending", Type.BOOLEAN, "true until the event is sealed, absent afterwards"),
        optional("sequence", Type.INTEGER, "1, 2, 3 ...: its place in the sealed log, without gaps"),
        optional("sealedAt", Type.DATETIME, "when it was given its place"),
    ),
    labels=("Entity",),
    unique=(("sequence",),),
    indexes=(
        ("subjectId", "at", "id"),
        ("actorId", "at", "id"),
        ("action", "at", "id"),
        ("at", "id"),
        ("pending", "at", "id"),
    ),
)

AUDIT_LOG = Node(
    "AuditLog",
    "The sealed log as a whole: how far it has come, and which server process seals",
    (
        required("name", Type.STRING, "audit: there is one"),
        required("origin", Type.STRING, "the name of the log in its signed heads, unique in the world"),
        required("size", Type.INTEGER, "number of sealed events"),
        required("headDigest", Type.STRING, "sha256:... of the last head, empty before the first"),
        required("verifier", Type.STRING, "the public key in force, as in its SealKey"),
        required("fromSize", Type.INTEGER, "that key signs heads of more events than this"),
        required("fence", Type.INTEGER, "raised with every take-over: who holds an older one is refused"),
        optional("holder", Type.STRING, "id of the process that seals"),
        optional("leaseUntil", Type.DATETIME, "until when nobody else may take over"),
    ),
    key=("name",),
)

AUDIT_TILE = Node(
    "AuditTile",
    "Up to 256 hashes of the Merkle tree (RFC 9162) over the sealed events, as C2SP's tlog-tiles have them",
    (
        required("level", Type.INTEGER, "0: of leaves; above: each the hash of a whole tile of the level below"),
        required("index", Type.INTEGER, "its place within the level, from 0"),
        required("hashes", Type.STRING, "the hashes one after the other, 32 bytes each, in base64"),
    ),
    key=("level", "index"),
)

AUDIT_HEAD = Node(
    "AuditHead",
    "A signed head of the Merkle tree over the sealed events, one for each batch",
    (
        required("size", Type.INTEGER, "number of events that it stands for"),
        required("at", Type.DATETIME, "when it was signed"),
        required("note", Type.STRING, "the head with its signature, a checkpoint after C2SP's tlog-checkpoint"),
    ),
    key=("size",),
)

SEAL_KEY = Node(
    "SealKey",
    "A public key that heads are signed with, during one interval",
    (
        required("number", Type.INTEGER, "1, 2, 3 ...: each but the first is introduced by the one before"),
        required("verifier", Type.STRING, "the key with its name, after C2SP's signed-note"),
        required("fromSize", Type.INTEGER, "it signs heads of more events than this"),
        required("validFrom", Type.DATETIME, "since when it is in force"),
        optional("validTo", Type.DATETIME, "when another took its place; absent while it is in force"),
        optional("introduction", Type.STRING, "what the key before it signed about it"),
    ),
    key=("number",),
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

NODES = (
    *(TAG, LINK, EXTERNAL_REFERENCE),
    *(AUDIT_EVENT, AUDIT_LOG, AUDIT_TILE, AUDIT_HEAD, SEAL_KEY),
    *(IDEMPOTENCY_KEY, LOCK, MIGRATION),
)
