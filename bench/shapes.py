"""Documents whose trees of relations are drawn by lot: there are so many that hardly one comes twice."""

from random import Random

# The relations of each type: how the field is asked, and the type that it leads to.
RELATIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "ModelVersion": (
        ("model", "RegisteredModel"),
        ("run", "Run"),
        ("aliases", "Alias"),
        ("tags", "Tag"),
        ("lifecycle", "VersionLifecycle"),
        ("createdBy", "Actor"),
        ("trainingData", "DataUse"),
        ("commits", "Commit"),
        ("children(first: 3)", "ModelVersionConnection"),
        ("evaluations(first: 3)", "EvaluationConnection"),
        ("deployments(first: 3)", "DeploymentConnection"),
        ("parents", "Derivation"),
    ),
    "RegisteredModel": (("owner", "Actor"), ("aliases", "Alias"), ("latestVersion", "ModelVersion"), ("tags", "Tag")),
    "Run": (("job", "Job"), ("commit", "Commit"), ("createdBy", "Actor"), ("parameters", "Parameter"), ("tags", "Tag")),
    "DataUse": (("dataset", "DatasetVersion"),),
    "DatasetVersion": (("dataset", "Dataset"), ("createdBy", "Actor"), ("tags", "Tag"), ("links", "Link")),
    "Dataset": (("owner", "Actor"), ("latestVersion", "DatasetVersion"), ("tags", "Tag")),
    "Commit": (("repository", "CodeRepository"), ("createdBy", "Actor"), ("tags", "Tag")),
    "Evaluation": (
        ("on", "DatasetVersion"),
        ("metrics", "Metric"),
        ("createdBy", "Actor"),
        ("version", "ModelVersion"),
    ),
    "Deployment": (("environment", "Environment"), ("endpoint", "Endpoint"), ("version", "ModelVersion")),
    "VersionLifecycle": (("setBy", "Actor"),),
    "Alias": (("setBy", "Actor"),),
}
SCALARS = {
    "DataUse": "role",
    "Derivation": "kind",
    "Tag": "key value",
    "Link": "url",
    "Parameter": "name value",
    "Metric": "name value",
}
CONNECTION = "Connection"
DEPTH = 3


def document(random: Random) -> str:
    """A question about one version, by its model and number."""
    root = "modelVersion(by: {number: {model: $model, number: $number}})"
    return f"query ($model: String!, $number: Int!) {{ {root} {{ {selection(random, 'ModelVersion', DEPTH)} }} }}"


def selection(random: Random, type_: str, depth: int) -> str:
    """Some relations of a type, and these with some of theirs."""
    if type_.endswith(CONNECTION):
        return f"nodes {{ {selection(random, type_.removesuffix(CONNECTION), depth)} }}"
    chosen = [each for each in RELATIONS.get(type_, ()) if random.random() < depth / 8 + 0.05] if depth else []
    fields = (f"{field} {{ {selection(random, target, depth - 1)} }}" for field, target in chosen)
    return " ".join((SCALARS.get(type_, "id"), *fields))
