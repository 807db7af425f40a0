"""What a policy sees: the one declaration of a snapshot, for the checker of expressions, its reader and its readers."""

from app.domain.governance.expressions.schema import Field, Kind, Message, nullable, one, several

STRING, INT, DOUBLE, BOOL, TIMESTAMP = Kind.STRING, Kind.INT, Kind.DOUBLE, Kind.BOOL, Kind.TIMESTAMP

LICENSE = (
    nullable("license", STRING, "its license as an SPDX expression; null when none is known, or none was recognized"),
    nullable("declaredLicense", STRING, "its license in the words in which it was declared"),
)
ANCESTOR = (
    one("id", STRING, "its id"),
    one("label", STRING, "what it is called: churn/7, customers@2026-10 ..."),
    *LICENSE,
    several("classifications", STRING, "PII, confidential ...: of data alone"),
    one("createdAt", TIMESTAMP, "when it came into being"),
    one("isStub", BOOL, "whether it is known by name only, and so nothing of what it came from"),
    one("depth", INT, "the least number of edges between it and the version"),
    several("roles", STRING, "in which roles runs of this ancestry used it: train, validation, base ..."),
)

ANY_ANCESTOR = Message(
    "Ancestor",
    "Anything that the version came from, or needs when it runs",
    (one("type", STRING, "ModelVersion, DatasetVersion, Run, Commit, Application or UnknownAsset"), *ANCESTOR),
)
MODEL = Message(
    "Model",
    "A version that it came from, or needs",
    (
        *ANCESTOR,
        one("model", STRING, "the name of its model"),
        one("number", INT, "its number"),
        one("state", STRING, "ACTIVE, DEPRECATED, RETIRED or ARCHIVED"),
        several("deployedIn", STRING, "names of the environments in which it is active"),
        several("admittedTo", STRING, "names of the environments that a promotion let it into, no emergency"),
        several("derivations", STRING, "how the version itself was made of it: FINE_TUNE, MERGE ...; empty unless so"),
        several("dependencies", STRING, "what the version itself needs it as: base, tokenizer ...; empty unless so"),
    ),
)
DATASET = Message(
    "Dataset",
    "A snapshot of data that it came from",
    (
        *ANCESTOR,
        one("dataset", STRING, "the name of its dataset"),
        one("version", STRING, "its name within the dataset"),
        one("isPinned", BOOL, "whether it is known exactly: by a revision or a digest"),
        one("isErased", BOOL, "whether the content was erased at its place"),
    ),
)
RUN = Message(
    "Run",
    "An execution that it came from",
    (
        *ANCESTOR,
        one("status", STRING, "SUCCEEDED, FAILED ..."),
        nullable("isCommitClean", BOOL, "whether the work tree had no change beside its commit; null when nobody said"),
        several("commits", STRING, "ids of the commits that it ran"),
        one("isOwn", BOOL, "whether the version itself is what it made"),
    ),
)
COMMIT = Message(
    "Commit",
    "A revision of code that it came from",
    (
        *ANCESTOR,
        one("repository", STRING, "the address of its repository"),
        one("sha", STRING, "its whole hash"),
        nullable("isClean", BOOL, "false when a run used it with changes beside it, null when one did not say"),
    ),
)
APPLICATION = Message(
    "Application", "A product whose output it came from", (*ANCESTOR, one("name", STRING, "its name"))
)
UNKNOWN = Message("Unknown", "Something that nobody described yet", (*ANCESTOR, one("name", STRING, "its name")))

FIGURE = (
    one("id", STRING, "id of the evaluation that it is a figure of"),
    one("name", STRING, "auc, f1, latency_p99 ..."),
    one("value", DOUBLE, "the figure"),
    nullable("low", DOUBLE, "lower end of its confidence interval"),
    nullable("high", DOUBLE, "upper end of its confidence interval"),
    nullable("sampleSize", INT, "number of samples"),
    nullable("dataset", STRING, "the name of the dataset that it was measured on"),
    nullable("on", STRING, "the snapshot of it: churn-ref@2026-10"),
    nullable("slice", STRING, "the part of that snapshot; null for the whole"),
    one("context", STRING, "OFFLINE, SHADOW, ONLINE or VALIDATION"),
    one("evaluatedAt", TIMESTAMP, "when it was measured"),
    one("isLatest", BOOL, "whether none of that name, dataset, slice and context is younger"),
)
METRIC = Message(
    "Metric",
    "The latest figure of a name, snapshot, slice and context",
    (
        *FIGURE,
        nullable(
            "isOnTrainingData",
            BOOL,
            "whether that snapshot is an ancestor of the version; null when nobody knows",
        ),
    ),
)
CHAMPION = Message(
    "Champion",
    "Another version of the model that has the place now",
    (
        one("id", STRING, "its id"),
        one("label", STRING, "what it is called"),
        one("number", INT, "its number"),
        several("metrics", Message("Figure", "The same of a champion", FIGURE), "its figures"),
    ),
)
FINDING = Message(
    "Finding",
    "Something that somebody has to know, and that is not closed",
    (
        one("id", STRING, "its id"),
        one("kind", STRING, "INCIDENT, VALIDATION_FINDING, LIMITATION or EXCEPTION"),
        one("severity", STRING, "LOW, MEDIUM, HIGH or CRITICAL"),
        one("title", STRING, "what it is, in a line"),
        one("aboutId", STRING, "id of what it is about: the version, an ancestor, or a deployment of the version"),
        one("since", TIMESTAMP, "when it was recorded"),
    ),
)
RECALL = Message(
    "Recall",
    "A recall of something that the version came from, or of itself",
    (
        one("id", STRING, "its id"),
        one("severity", STRING, "LOW, MEDIUM, HIGH or CRITICAL"),
        one("targetId", STRING, "id of what was recalled"),
        one("isMitigated", BOOL, "whether every way from there is stopped"),
    ),
)
VERSION = Message(
    "Version",
    "The version that is judged",
    (
        one("id", STRING, "its id"),
        one("label", STRING, "what it is called"),
        one("model", STRING, "the name of its model"),
        nullable("task", STRING, "what the model is for"),
        nullable("riskTier", STRING, "the organization's own classification of the model"),
        one("number", INT, "its number"),
        *LICENSE,
        nullable("framework", STRING, "pytorch, sklearn ..."),
        nullable("format", STRING, "safetensors, onnx, pickle ..."),
        nullable("artifactDigest", STRING, "digest of its artifact"),
        one("isArtifactVerified", BOOL, "whether that digest was recomputed from the manifest"),
        one("state", STRING, "ACTIVE, DEPRECATED, RETIRED or ARCHIVED"),
        one("createdAt", TIMESTAMP, "when it came into being"),
        one("isStub", BOOL, "whether it is known by name only"),
        several("aliases", STRING, "names that point to it"),
        several("deployedIn", STRING, "names of the environments in which it is active"),
        several("admittedTo", STRING, "names of the environments that a promotion let it into, no emergency"),
    ),
)
OBLIGATION = Message(
    "Obligation",
    "What the license of something asks for that it came from, or its own",
    (
        one("id", STRING, "id of what has the license, or lacks one"),
        one("kind", STRING, "ATTRIBUTION, SHARE_ALIKE, NON_COMMERCIAL, NO_DERIVATIVES, UNKNOWN ..."),
        nullable("license", STRING, "its license as an SPDX expression"),
        one("isWaived", BOOL, "whether a waiver says that it does not hold"),
    ),
)
APPROVAL = Message(
    "Approval",
    "What somebody decided on the request that is open for the version and the environment",
    (
        one("id", STRING, "its id"),
        one("decision", STRING, "APPROVED or REJECTED"),
        one("approver", STRING, "the name of who decided"),
        nullable("onBehalfOf", STRING, "the name of the one in whose place that was"),
        several("teams", STRING, "the teams that whose decision it is belonged to then"),
        several("roles", STRING, "the roles that they had there then"),
        nullable("conditions", STRING, "what has to be kept to"),
        one("at", TIMESTAMP, "when it was decided"),
        one("holds", BOOL, "whether it has not lapsed"),
    ),
)
ENVIRONMENT = Message(
    "Environment",
    "The environment that it would be admitted to",
    (
        one("id", STRING, "its id"),
        one("name", STRING, "its name"),
        one("position", INT, "its place in the order, smallest first"),
        one("isProtected", BOOL, "whether only few may change it"),
    ),
)

SECTIONS: tuple[Field, ...] = (
    one("version", VERSION, "the version that is judged"),
    one("environment", ENVIRONMENT, "the environment that it would be admitted to"),
    one("at", TIMESTAMP, "the instant as of which all this holds"),
    several("metrics", METRIC, "its figures, as far as their evaluations are not archived"),
    several(
        "champions",
        CHAMPION,
        "the other versions of its model that are active primaries in the environment; where there is none, the one "
        "that the alias champion points to",
    ),
    several("findings", FINDING, "open findings about the version, its deployments and its ancestors"),
    several("recalls", RECALL, "the recalls that reach it, those that nothing stops first"),
    one("isRecalled", BOOL, "whether a recall reaches it that nothing stops, known or hidden"),
    several("obligations", OBLIGATION, "what its license and its ancestors' ask for, the worst first"),
    several("approvals", APPROVAL, "what was decided on the request that is open, if one is"),
    several("ancestors", ANY_ANCESTOR, "all that it came from or needs, the nearest first"),
    several("models", MODEL, "the versions among them"),
    several("datasets", DATASET, "the snapshots of data among them"),
    several("runs", RUN, "the executions among them"),
    several("commits", COMMIT, "the revisions of code among them"),
    several("applications", APPLICATION, "the products among them"),
    several("unknowns", UNKNOWN, "what is among them and was never described"),
    one("complete", BOOL, "whether nothing is missing from the ancestry; what decides denies unless it is so"),
    one("ancestryDigest", STRING, "the digest of the version and its whole ancestry"),
)
SNAPSHOT = Message("Snapshot", "What a policy sees of a version in an environment", SECTIONS)
