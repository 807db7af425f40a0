"""Policies: rules over the whole ancestry of a version, their immutable versions, and where they hold."""

from graph_schema.elements import FREE_TEXT, Node, Type, optional, required
from graph_schema.nodes.shared import ID, INTERVAL, RECORDED_AT, entity

POLICY = entity(
    "Policy",
    "Rules under one name, which what goes to an environment is held against",
    required("name", Type.STRING, "exact and case-sensitive"),
    optional("description", Type.STRING, "what it is for", FREE_TEXT),
    required("lastNumber", Type.INTEGER, "highest version number given so far"),
    key=("name",),
    indexes=(("name", "id"),),
)

POLICY_VERSION = entity(
    "PolicyVersion",
    "One version of a policy, which never changes once it is published",
    required("policyId", Type.STRING, "id of its policy"),
    required("number", Type.INTEGER, "1, 2, 3 ... within the policy"),
    required("state", Type.STRING, "DRAFT, PUBLISHED or RETIRED"),
    required("mode", Type.STRING, "what follows when a rule is not met: ENFORCE denies, WARN tells, AUDIT notes"),
    required("rules", Type.JSON, "its rules, each with a name, expressions in CEL, a message, and what to do"),
    required("approvals", Type.JSON, "whose approvals it asks for, and how many"),
    required("digest", Type.STRING, "sha256:... of the name of its policy, its mode, its rules and its approvals"),
    optional("draftOf", Type.STRING, "id of its policy while it is a draft: a policy has at most one"),
    optional("publishedAt", Type.DATETIME, "since when it never changes; absent while it is a draft"),
    optional("publishedById", Type.STRING, "id of the actor that published it"),
    optional("retiredAt", Type.DATETIME, "since when it is attached nowhere any more; absent unless it is retired"),
    key=("policyId", "number"),
    unique=(("draftOf",),),
)

POLICY_ATTACHMENT = Node(
    "PolicyAttachment",
    "That a version of a policy holds in an environment, during one interval",
    (
        ID,
        required("policyId", Type.STRING, "id of the policy"),
        required("policyVersionId", Type.STRING, "id of the version that holds"),
        required("environmentId", Type.STRING, "id of the environment"),
        required("holdsBeyond", Type.BOOLEAN, "whether it holds in all environments that promotion leads to, too"),
        optional("reason", Type.STRING, "why it was attached", FREE_TEXT),
        optional("attachedById", Type.STRING, "id of the actor that attached it"),
        RECORDED_AT,
        *INTERVAL,
    ),
    labels=("Entity",),
    unique=(("openKey",),),
    indexes=(("environmentId", "validFrom", "id"), ("policyVersionId", "validFrom", "id")),
)

NODES = (POLICY, POLICY_VERSION, POLICY_ATTACHMENT)
