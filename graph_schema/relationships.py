"""How nodes are tied. Every lineage relationship points from the later thing to what it came from."""

from graph_schema.elements import FREE_TEXT, Property, Relationship, Type, optional, required

EDGE: tuple[Property, ...] = (
    required("id", Type.STRING, "UUIDv7 of the edge; what retractLineage takes"),
    optional("assertedById", Type.STRING, "id of the actor that asserted it"),
    required("recordedAt", Type.DATETIME, "when the registry learned of it"),
    required("validFrom", Type.DATETIME, "first instant at which it holds"),
    optional("validTo", Type.DATETIME, "first instant at which it holds no longer; absent while it holds"),
    optional("retractionReason", Type.STRING, "why it was retracted", FREE_TEXT),
    optional("replacedById", Type.STRING, "id of the edge that took its place when it was retracted"),
    optional("closesCycle", Type.BOOLEAN, "true on an edge of imported history that closed a cycle"),
)
DETAIL = optional("detail", Type.JSON, "what else there is to say")
INTERVAL_EDGE: tuple[Property, ...] = (
    required("validFrom", Type.DATETIME, "first instant at which it holds"),
    optional("validTo", Type.DATETIME, "first instant at which it holds no longer; absent while it holds"),
)

# Any asset may come from any asset: a dataset of a model's scores, a model behind a product's interface.
ASSETS = ("ModelVersion", "DatasetVersion", "Application", "UnknownAsset")

LINEAGE = (
    Relationship(
        "USED",
        ("Run",),
        (*ASSETS, "Commit"),
        "a run read it",
        (
            *EDGE,
            required("role", Type.STRING, "train, validation, test, base, code ..."),
            optional("via", Type.STRING, "id of the part of this run that really used it"),
        ),
        is_lineage=True,
    ),
    Relationship("GENERATED_BY", ASSETS, ("Run",), "a run made it", EDGE, is_lineage=True),
    Relationship(
        "DERIVED_FROM",
        ASSETS,
        ASSETS,
        "it was made from it",
        (
            *EDGE,
            required("kind", Type.STRING, "FINE_TUNE, MERGE, SPLIT ..."),
            optional("weight", Type.FLOAT, "share in a merge"),
            DETAIL,
        ),
        is_lineage=True,
    ),
    Relationship(
        "DEPENDS_ON",
        ASSETS,
        ASSETS,
        "it needs it when it runs",
        (*EDGE, required("kind", Type.STRING, "base, tokenizer, retrieval index, guard model ..."), DETAIL),
        is_lineage=True,
    ),
    Relationship("EVALUATED", ("Evaluation",), ("ModelVersion",), "it was measured", EDGE, is_lineage=True),
    Relationship("ON", ("Evaluation",), ("DatasetVersion",), "it was measured with it", EDGE, is_lineage=True),
    Relationship("JUDGED_BY", ("Evaluation",), ("ModelVersion",), "a model gave the verdict", EDGE, is_lineage=True),
    Relationship("SERVES", ("Deployment",), ("ModelVersion",), "it serves it", EDGE, is_lineage=True),
)

BELONGING = (
    Relationship("HAS_VERSION", ("RegisteredModel",), ("ModelVersion",), "published under this name"),
    Relationship("HAS_VERSION", ("Dataset",), ("DatasetVersion",), "a snapshot of this data"),
    Relationship("HAS_VERSION", ("Policy",), ("PolicyVersion",), "a version of this policy"),
    Relationship("ATTACHES", ("PolicyAttachment",), ("PolicyVersion",), "the version that holds"),
    Relationship("HOLDS_IN", ("PolicyAttachment",), ("Environment",), "where it holds"),
    Relationship("POINTS_TO", ("Alias",), ("ModelVersion",), "the version that the alias stands for"),
    Relationship("OF_JOB", ("Run",), ("Job",), "the step that it executed"),
    Relationship(
        "PART_OF", ("Run",), ("Run",), "composition, not lineage: what a part used is written as used by the whole, too"
    ),
    Relationship("IN_REPOSITORY", ("Commit",), ("CodeRepository",), "where the revision lives"),
    Relationship("FORK_OF", ("CodeRepository",), ("CodeRepository",), "the repository it was forked from"),
    Relationship("PROMOTES_TO", ("Environment",), ("Environment",), "the next environment"),
    Relationship("IN", ("Endpoint",), ("Environment",), "the environment it belongs to"),
    Relationship("AT", ("Deployment",), ("Endpoint",), "where it was placed"),
    Relationship(
        "ABOUT", ("Finding",), (*ASSETS, "Run", "Commit", "Evaluation", "Deployment"), "what somebody has to know it of"
    ),
    Relationship("RECALLS", ("Recall",), (*ASSETS, "Run", "Commit"), "what was recalled"),
    Relationship("FOR", ("ApprovalRequest", "PromotionDecision"), ("ModelVersion",), "the version to be admitted"),
    Relationship("TO", ("ApprovalRequest", "PromotionDecision"), ("Environment",), "where it is to be admitted"),
    Relationship("ADDRESSED_TO", ("ApprovalRequest",), ("User", "Team", "ServiceAccount"), "who is asked"),
    Relationship("DECIDES", ("Approval",), ("ApprovalRequest",), "the request that it decides on"),
    Relationship("MITIGATES", ("Mitigation",), ("Recall",), "the recall that it stops"),
    Relationship("MEMBER_OF", ("User", "Team", "ServiceAccount"), ("Team",), "a member of the team", INTERVAL_EDGE),
    Relationship("GRANTED_TO", ("Grant",), ("User", "Team", "ServiceAccount"), "who may do it"),
    Relationship(
        "OVER", ("Grant",), ("RegisteredModel", "Dataset", "Environment", "Team"), "what it may be done to, if not all"
    ),
    Relationship(
        "OWNS",
        ("User", "Team", "ServiceAccount"),
        ("RegisteredModel", "Dataset", "Application", "Finding"),
        "answers for it",
        INTERVAL_EDGE,
    ),
)

RELATIONSHIPS = (*LINEAGE, *BELONGING)
