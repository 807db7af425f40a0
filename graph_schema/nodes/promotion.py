"""Whether versions were let into environments, and why."""

from graph_schema.elements import FREE_TEXT, Type, optional, required
from graph_schema.nodes.shared import entity

PROMOTION_DECISION = entity(
    "PromotionDecision",
    "What was decided when a version was to be promoted to an environment, with all that it was decided by",
    required("versionId", Type.STRING, "id of the version"),
    required("environmentId", Type.STRING, "id of the environment"),
    required("isAllowed", Type.BOOLEAN, "whether it was let in"),
    required("isEmergency", Type.BOOLEAN, "whether missing approvals were passed over"),
    optional("emergencyReason", Type.STRING, "why they were", FREE_TEXT),
    optional("emergencyExpiresAt", Type.DATETIME, "by when the approvals have to be there"),
    optional("deploymentId", Type.STRING, "id of the deployment that was made; absent when it was not let in"),
    required("snapshotDigest", Type.STRING, "sha256:... of all that the policies could see"),
    required("ancestryDigest", Type.STRING, "sha256:... of the version and its whole ancestry"),
    required("recordDigest", Type.STRING, "sha256:... of the record, which the audit log holds in its place"),
    required("record", Type.JSON, "what came of each rule, approval and recall, with the ways in the graph"),
    indexes=(("versionId", "createdAt", "id"), ("environmentId", "createdAt", "id"), ("createdAt", "id")),
)

NODES = (PROMOTION_DECISION,)
