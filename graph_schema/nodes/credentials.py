"""What proves who asks. Of a secret there is the digest alone, and none of these is an entity: no id leads here."""

from graph_schema.elements import FREE_TEXT, PERSONAL, Node, Type, optional, required
from graph_schema.nodes.shared import ID, RECORDED_AT

ACTOR = required("actorId", Type.STRING, "id of the actor that it stands for")
DIGEST = required("digest", Type.STRING, "sha256:... of the secret, which is kept nowhere")
PERMISSIONS = optional(
    "permissions", Type.STRINGS, "what it is limited to; absent when it may do all that its actor may"
)
EXPIRES_AT = required("expiresAt", Type.DATETIME, "first instant at which it is good for nothing")

API_TOKEN = Node(
    "ApiToken",
    "A token by which a program or a person proves who it is",
    (
        ID,
        ACTOR,
        required("name", Type.STRING, "what it is for, in its maker's words", FREE_TEXT),
        required("prefix", Type.STRING, "its first characters, to tell it from others"),
        DIGEST,
        PERMISSIONS,
        EXPIRES_AT,
        optional("lastUsedAt", Type.DATETIME, "when it was last used, give or take a minute"),
        optional("createdById", Type.STRING, "id of the actor that made it"),
        optional("revokedById", Type.STRING, "id of the actor that revoked it"),
        required("validFrom", Type.DATETIME, "when it was made"),
        optional("validTo", Type.DATETIME, "when it was revoked; absent unless it was"),
        optional("open", Type.BOOLEAN, "true until it is revoked, absent afterwards"),
    ),
    key=("digest",),
    unique=(("id",),),
    indexes=(("actorId", "validFrom", "id"),),
)

BROWSER_SESSION = Node(
    "BrowserSession",
    "A browser that is signed in",
    (
        ID,
        ACTOR,
        DIGEST,
        optional("tokenId", Type.STRING, "id of the token that it was begun with, and that ends it when it is revoked"),
        PERMISSIONS,
        optional("teamIds", Type.STRINGS, "ids of the teams that an issuer named when it was begun"),
        required("startedAt", Type.DATETIME, "when it was begun"),
        EXPIRES_AT,
    ),
    key=("digest",),
    indexes=(("expiresAt",),),
)

SIGN_IN_LINK = Node(
    "SignInLink",
    "A link that begins a session, once; it is gone when it was used",
    (ID, ACTOR, DIGEST, RECORDED_AT, EXPIRES_AT),
    key=("digest",),
    indexes=(("expiresAt",),),
)

IDENTITY = Node(
    "Identity",
    "A person as an issuer of tokens knows it",
    (
        required("issuer", Type.STRING, "the issuer, as it names itself"),
        required("subject", Type.STRING, "the person's name there, which never changes", PERSONAL),
        required("actorId", Type.STRING, "id of the user that the person is here"),
        RECORDED_AT,
    ),
    key=("issuer", "subject"),
    indexes=(("actorId",),),
)

NODES = (API_TOKEN, BROWSER_SESSION, SIGN_IN_LINK, IDENTITY)
