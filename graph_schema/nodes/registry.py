"""Models, their immutable versions, and what moves around them: aliases and life."""

from graph_schema.elements import FREE_TEXT, Node, Type, optional, required
from graph_schema.nodes.shared import ID, INTERVAL, IS_PRIVATE, LICENSE, RECORDED_AT, RETENTION, SCOPE, SUBJECT, entity

REGISTERED_MODEL = entity(
    "RegisteredModel",
    "A name under which versions are published",
    required("name", Type.STRING, "exact and case-sensitive; may hold a namespace, team/model"),
    optional("description", Type.STRING, "what it is, for people", FREE_TEXT),
    optional("task", Type.STRING, "what it is for: classification, text-generation ..."),
    required("kind", Type.STRING, "TRAINED, VENDOR, HOSTED_API, RULES or ENSEMBLE"),
    optional("intendedUse", Type.STRING, "what it was made for", FREE_TEXT),
    optional("outOfScopeUse", Type.STRING, "what it must not be used for", FREE_TEXT),
    optional("limitations", Type.STRING, "where it is known to fail", FREE_TEXT),
    optional("riskTier", Type.STRING, "the organization's own classification"),
    optional("nextReviewOn", Type.DATE, "day on which somebody has to look at it again"),
    optional("protectedAliases", Type.STRINGS, "aliases that only who may move protected ones moves"),
    required("lastNumber", Type.INTEGER, "highest version number given so far"),
    IS_PRIVATE,
    *RETENTION,
    key=("name",),
    indexes=(("createdAt", "id"), ("name", "id"), ("isPrivate",)),
)

FORMER_NAME = Node(
    "FormerName",
    "A name that a model had before; it still finds the model until another takes it",
    (
        required("name", Type.STRING, "the former name"),
        SUBJECT,
        RECORDED_AT,
    ),
    key=("name",),
    indexes=(("subjectId",),),
)

MODEL_VERSION = entity(
    "ModelVersion",
    "One immutable published version of a model",
    required("modelId", Type.STRING, "id of its model; look-ups anchor on it"),
    required("number", Type.INTEGER, "1, 2, 3 ... within the model, never reused"),
    optional("displayVersion", Type.STRING, "the version in the publisher's own words: 2.1.0-rc1", FREE_TEXT),
    optional("description", Type.STRING, "what is special about this version", FREE_TEXT),
    optional("artifactUri", Type.STRING, "where the artifact lies", FREE_TEXT),
    optional("artifactDigest", Type.STRING, "digest of the artifact, or of its canonical manifest"),
    optional("artifactSizeBytes", Type.INTEGER, "bytes of all its files"),
    optional("artifactFileCount", Type.INTEGER, "number of files in the manifest"),
    optional("artifactIsVerified", Type.BOOLEAN, "whether the digest was recomputed from the manifest"),
    optional("artifactSignatureBundleUri", Type.STRING, "where the signature of the artifact lies", FREE_TEXT),
    optional("framework", Type.STRING, "pytorch, sklearn, xgboost ..."),
    optional("frameworkVersion", Type.STRING, "version of the framework"),
    optional("flavor", Type.STRING, "how a loader opens it: python_function, transformers ..."),
    optional("format", Type.STRING, "safetensors, gguf, onnx, pickle ..."),
    *LICENSE,
    optional("signatureInputs", Type.JSON, "fields that go in"),
    optional("signatureOutputs", Type.JSON, "fields that come out"),
    optional("signatureParams", Type.JSON, "parameters of inference"),
    optional("signatureOriginal", Type.JSON, "the signature as the framework wrote it"),
    optional("signatureExample", Type.JSON, "an example input"),
    optional("weightsParameterCount", Type.INTEGER, "number of weights"),
    optional("weightsActiveParameterCount", Type.INTEGER, "weights that one token touches"),
    optional("weightsDtype", Type.STRING, "bf16, int8 ..."),
    optional("weightsQuantization", Type.STRING, "gptq, awq, q4_k_m ..."),
    optional("weightsBitsPerWeight", Type.FLOAT, "mean bits of one weight"),
    optional("weightsContextLength", Type.INTEGER, "tokens"),
    optional("weightsTokenizerDigest", Type.STRING, "digest of the tokenizer"),
    optional("weightsChatTemplateDigest", Type.STRING, "digest of the chat template"),
    *RETENTION,
    key=("modelId", "number"),
    indexes=(("createdAt", "id"), ("number", "id"), ("artifactDigest",), ("modelId", "createdAt", "id")),
)

ARTIFACT_FILE = Node(
    "ArtifactFile",
    "One file of an artifact's manifest",
    (
        ID,
        SUBJECT,
        required("path", Type.STRING, "path inside the artifact, with forward slashes"),
        required("digest", Type.STRING, "algorithm:value"),
        optional("sizeBytes", Type.INTEGER, "bytes"),
        optional("mediaType", Type.STRING, "MIME type"),
        optional("role", Type.STRING, "weights, tokenizer, config, adapter, code ..."),
        SCOPE,
    ),
    labels=("Entity",),
    key=("subjectId", "path"),
    indexes=(("digest",),),
)

ALIAS = Node(
    "Alias",
    "A movable name for one version, during one interval",
    (
        ID,
        required("modelId", Type.STRING, "id of the model in which the name is unique"),
        required("versionId", Type.STRING, "id of the version it stood for"),
        required("name", Type.STRING, "champion, candidate ..."),
        optional("setById", Type.STRING, "id of the actor that set it"),
        RECORDED_AT,
        SCOPE,
        *INTERVAL,
    ),
    labels=("Entity",),
    unique=(("openKey",),),
    indexes=(("modelId", "name"), ("versionId",)),
)

VERSION_LIFECYCLE = Node(
    "VersionLifecycle",
    "The state of a version's life, during one interval",
    (
        ID,
        SUBJECT,
        required("state", Type.STRING, "ACTIVE, DEPRECATED, RETIRED or ARCHIVED"),
        optional("reason", Type.STRING, "why", FREE_TEXT),
        optional("successorId", Type.STRING, "id of the version to use instead"),
        optional("retireOn", Type.DATE, "day on which it will be retired"),
        optional("setById", Type.STRING, "id of the actor that set it"),
        RECORDED_AT,
        SCOPE,
        *INTERVAL,
    ),
    labels=("Entity",),
    unique=(("openKey",),),
    indexes=(("subjectId",),),
)

TOMBSTONE = Node(
    "Tombstone",
    "What is left of a private model or dataset that was deleted, so that what belonged to it stays private",
    (ID, IS_PRIVATE, RECORDED_AT),
    key=("id",),
    indexes=(("isPrivate",),),
)

NODES = (REGISTERED_MODEL, FORMER_NAME, MODEL_VERSION, ARTIFACT_FILE, ALIAS, VERSION_LIFECYCLE, TOMBSTONE)
