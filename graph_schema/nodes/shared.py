"""Properties that many kinds of nodes have in common."""

from graph_schema.elements import FREE_TEXT, Node, Property, Type, optional, required

ID = required("id", Type.STRING, "UUIDv7, made by the server before the write; the only id that is shown")
RECORDED_AT = required("recordedAt", Type.DATETIME, "when the registry learned of it; always the registry's own clock")
SUBJECT = required("subjectId", Type.STRING, "id of the node that it describes")
SCOPE = optional("scope", Type.STRING, "id of the model or dataset that it belongs to: who sees that sees it")
IS_PRIVATE = optional("isPrivate", Type.BOOLEAN, "true while only few may see it, absent while everybody does")

ENTITY: tuple[Property, ...] = (
    ID,
    required(
        "createdAt", Type.DATETIME, "when it came into being; history brought by an import may be older than recordedAt"
    ),
    optional("createdById", Type.STRING, "id of the actor that created it"),
    RECORDED_AT,
    required("revision", Type.INTEGER, "1 at first, one more with every change; compared with expectedRevision"),
    optional("archivedAt", Type.DATETIME, "when it was put away; absent while in use"),
    required("isStub", Type.BOOLEAN, "true while it is known by name only, because something named it as its origin"),
    optional("metadata", Type.JSON, "free metadata of the users, never read by the registry"),
    SCOPE,
)

FACT: tuple[Property, ...] = (
    required("validFrom", Type.DATETIME, "first instant at which the fact holds"),
    optional("validTo", Type.DATETIME, "first instant at which it holds no longer; absent while open"),
    optional("open", Type.BOOLEAN, "true while the interval is open, absent afterwards: absence is not indexed"),
)

# Of which one at most is open.
INTERVAL: tuple[Property, ...] = (
    *FACT,
    optional("openKey", Type.STRING, "present while open, unique: at most one open interval of its kind"),
)

# Of what can be deleted.
RETENTION: tuple[Property, ...] = (
    optional("retainedUntil", Type.DATETIME, "first instant at which it may be deleted; absent while at any"),
    optional("retentionReason", Type.STRING, "why it is kept until then", FREE_TEXT),
)

LICENSE: tuple[Property, ...] = (
    optional("licenseDeclared", Type.STRING, "the license as it was declared, word for word", FREE_TEXT),
    optional("licenseSpdx", Type.STRING, "the same as an SPDX expression, when it could be recognized"),
    optional("licenseUrl", Type.STRING, "where its text stands", FREE_TEXT),
)


def entity(
    label: str,
    meaning: str,
    *properties: Property,
    labels: tuple[str, ...] = (),
    key: tuple[str, ...] = (),
    unique: tuple[tuple[str, ...], ...] = (),
    indexes: tuple[tuple[str, ...], ...] = (),
) -> Node:
    """A node with an id of its own, a history and tags."""
    return Node(
        label,
        meaning,
        (*ENTITY, *properties),
        labels=("Entity", *labels),
        key=key,
        unique=unique,
        indexes=indexes,
    )
