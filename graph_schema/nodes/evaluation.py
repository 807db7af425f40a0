"""What was measured: evaluations with their metrics, and the series that runs log."""

from graph_schema.elements import FREE_TEXT, Node, Type, optional, required
from graph_schema.nodes.shared import RECORDED_AT, SUBJECT, entity

EVALUATION = entity(
    "Evaluation",
    "One measurement session of a version, on a dataset version and a slice of it",
    required("versionId", Type.STRING, "id of the version that was measured"),
    optional("onId", Type.STRING, "id of the dataset version it was measured on"),
    optional("slice", Type.STRING, "part of that dataset; absent for the whole"),
    required("context", Type.STRING, "OFFLINE, SHADOW, ONLINE or VALIDATION"),
    optional("deploymentId", Type.STRING, "id of the deployment that was measured"),
    required("evaluatedAt", Type.DATETIME, "when it was measured; the latest counts"),
    optional("periodFrom", Type.DATETIME, "first instant of the traffic that was measured"),
    optional("periodTo", Type.DATETIME, "first instant it speaks of no longer"),
    optional("evaluatorId", Type.STRING, "id of the actor that measured"),
    optional("retractionReason", Type.STRING, "why it was retracted, at archivedAt", FREE_TEXT),
    indexes=(("versionId", "evaluatedAt", "id"), ("onId",)),
)

METRIC = Node(
    "Metric",
    "One figure of an evaluation; it repeats what identifies the evaluation, so that one index finds the latest",
    (
        SUBJECT,
        required("name", Type.STRING, "auc, f1, latency_p99 ..."),
        required("value", Type.FLOAT, "the figure; NaN and infinity are values"),
        optional("low", Type.FLOAT, "lower end of its confidence interval"),
        optional("high", Type.FLOAT, "upper end of its confidence interval"),
        optional("sampleSize", Type.INTEGER, "number of samples"),
        optional("unit", Type.STRING, "unit of the value"),
        required("versionId", Type.STRING, "id of the version that was measured"),
        optional("onId", Type.STRING, "id of the dataset version it was measured on"),
        optional("slice", Type.STRING, "part of that dataset"),
        required("context", Type.STRING, "as in its evaluation"),
        required("evaluatedAt", Type.DATETIME, "as in its evaluation"),
    ),
    key=("subjectId", "name"),
    indexes=(("versionId", "name", "evaluatedAt"), ("name", "versionId")),
)

METRIC_SERIES = Node(
    "MetricSeries",
    "What a run logged under one name: the last value, the bounds, and at most 1,000 points",
    (
        SUBJECT,
        required("name", Type.STRING, "loss, accuracy ..."),
        required("last", Type.FLOAT, "value at the highest step"),
        optional("min", Type.FLOAT, "smallest value that is a number"),
        optional("max", Type.FLOAT, "largest value that is a number"),
        required("steps", Type.INTEGERS, "steps of the stored points, ascending"),
        required("times", Type.STRINGS, "instants of the stored points, RFC 3339, empty where unknown"),
        required("values", Type.FLOATS, "values of the stored points"),
        required("loggedPoints", Type.INTEGER, "points that were logged, thinned ones included"),
        RECORDED_AT,
    ),
    key=("subjectId", "name"),
    indexes=(("name", "last"),),
)

PARAMETER = Node(
    "Parameter",
    "One parameter of a run or a version",
    (
        SUBJECT,
        required("name", Type.STRING, "a dictionary is flattened with dots: optimizer.lr"),
        required("value", Type.JSON, "the value, with its type; null is one, too"),
        optional("text", Type.STRING, "the same as text, when it is a string", FREE_TEXT),
        optional("number", Type.FLOAT, "the same as a number, when it is one"),
    ),
    key=("subjectId", "name"),
    indexes=(("name", "number"), ("name", "text")),
)

NODES = (EVALUATION, METRIC, METRIC_SERIES, PARAMETER)
