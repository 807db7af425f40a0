"""What versions come from: datasets, runs, code, and what is known by name only."""

from graph_schema.elements import FREE_TEXT, Type, optional, required
from graph_schema.nodes.shared import IS_PRIVATE, LICENSE, RETENTION, entity

DATASET = entity(
    "Dataset",
    "Data under one name",
    required("name", Type.STRING, "exact and case-sensitive"),
    required("kind", Type.STRING, "table, files, text, images, stream ..."),
    optional("description", Type.STRING, "what it holds, for people", FREE_TEXT),
    IS_PRIVATE,
    *RETENTION,
    key=("name",),
    indexes=(("name", "id"), ("createdAt", "id"), ("isPrivate",)),
)

DATASET_VERSION = entity(
    "DatasetVersion",
    "One immutable snapshot of a dataset",
    required("datasetId", Type.STRING, "id of its dataset; look-ups anchor on it"),
    required("version", Type.STRING, "the snapshot's name within the dataset"),
    optional("snapshotSystem", Type.STRING, "dvc, lakefs, delta, iceberg, huggingface, sql ..."),
    optional("snapshotUri", Type.STRING, "where it lies", FREE_TEXT),
    optional("snapshotRevision", Type.STRING, "revision in that system"),
    optional("digest", Type.STRING, "digest of the content; with it or a revision the snapshot is pinned"),
    optional("schema", Type.JSON, "its fields"),
    optional("rowCount", Type.INTEGER, "rows, documents or files"),
    optional("sizeBytes", Type.INTEGER, "bytes"),
    *LICENSE,
    required("classifications", Type.STRINGS, "PII, confidential ...: empty when nothing was said"),
    optional("periodFrom", Type.DATETIME, "first instant that the data speaks of"),
    optional("periodTo", Type.DATETIME, "first instant it speaks of no longer"),
    optional("consentBasis", Type.STRING, "on what ground the data may be used", FREE_TEXT),
    optional("erasedAt", Type.DATETIME, "when the content was erased at its place"),
    *RETENTION,
    key=("datasetId", "version"),
    indexes=(("digest",), ("datasetId", "createdAt", "id"), ("createdAt", "id")),
)

JOB = entity(
    "Job",
    "A step of a pipeline",
    required("namespace", Type.STRING, "where the name is unique"),
    required("name", Type.STRING, "the step's name"),
    key=("namespace", "name"),
)

RUN = entity(
    "Run",
    "One execution, of a job or on its own",
    optional("name", Type.STRING, "for people", FREE_TEXT),
    optional("jobId", Type.STRING, "id of its job"),
    required("status", Type.STRING, "SCHEDULED, RUNNING, SUCCEEDED, FAILED, CANCELLED or UNKNOWN"),
    optional("startedAt", Type.DATETIME, "when it started"),
    optional("endedAt", Type.DATETIME, "when it ended"),
    optional("isCommitClean", Type.BOOLEAN, "whether the work tree had no change beside its commit"),
    optional("runtimeLockDigest", Type.STRING, "digest of the lock file of its packages"),
    optional("runtimeImage", Type.STRING, "container image"),
    optional("runtimeImageDigest", Type.STRING, "digest of that image"),
    optional("runtimePythonVersion", Type.STRING, "version of Python"),
    optional("runtimeAccelerator", Type.STRING, "8x H100 ..."),
    optional("runtimeSeed", Type.INTEGER, "seed of its random numbers"),
    optional("costs", Type.JSON, "what it cost, in the users' own units"),
    indexes=(("createdAt", "id"), ("startedAt", "id"), ("jobId", "createdAt", "id"), ("scope",)),
)

CODE_REPOSITORY = entity(
    "CodeRepository",
    "Where code lives",
    required("url", Type.STRING, "normalized: git@host:org/x.git is https://host/org/x"),
    key=("url",),
)

COMMIT = entity(
    "Commit",
    "One revision of a repository",
    required("repositoryId", Type.STRING, "id of its repository"),
    required("sha", Type.STRING, "the whole hash, lower case"),
    optional("authoredAt", Type.DATETIME, "when it was written"),
    optional("authorId", Type.STRING, "id of the actor that wrote it"),
    optional("message", Type.STRING, "its message", FREE_TEXT),
    key=("repositoryId", "sha"),
    indexes=(("sha",),),
)

UNKNOWN_ASSET = entity(
    "UnknownAsset",
    "Something that lineage names and nobody has described yet: a stub of unknown type, completed by a later write",
    required("name", Type.STRING, "the name by which it was named"),
    key=("name",),
)

NODES = (DATASET, DATASET_VERSION, JOB, RUN, CODE_REPOSITORY, COMMIT, UNKNOWN_ASSET)
