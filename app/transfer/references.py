"""How a line names something else: by its natural key, by its id, or by its name in another system."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self

from pydantic import Field, model_validator

from app.domain.code import normalized_repository
from app.domain.command import Input, optional
from app.domain.references import ExternalKey
from app.domain.resolution import Key
from app.domain.scalars import Id, Line, Name, Uri

# The fields of a reference -> the kind of key that they are, and the names they have there.
FORMS: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {
    ("id",): ("ids", ("id",)),
    ("model",): ("models_by_name", ("name",)),
    ("model", "number"): ("model_versions_by_number", ("model", "number")),
    ("dataset",): ("datasets_by_name", ("name",)),
    ("dataset", "version"): ("dataset_versions_by_key", ("dataset", "version")),
    ("application",): ("applications_by_name", ("name",)),
    ("asset",): ("assets_by_name", ("name",)),
    ("actor",): ("actors_by_name", ("name",)),
    ("environment",): ("environments_by_name", ("name",)),
    ("environment", "location", "endpoint"): ("endpoints_by_name", ("environment", "location", "name")),
    ("namespace", "job"): ("jobs_by_name", ("namespace", "name")),
    ("repository",): ("repositories_by_url", ("url",)),
    ("repository", "sha"): ("commits_by_sha", ("url", "sha")),
}
BY_ID = {"id": "id"}

# How each kind of node is referred to: the fields of the reference, and what they are called in the node's facts.
NATURAL: dict[str, dict[str, str]] = {
    "RegisteredModel": {"model": "name"},
    "ModelVersion": {"model": "owner", "number": "number"},
    "Dataset": {"dataset": "name"},
    "DatasetVersion": {"dataset": "owner", "version": "version"},
    "User": {"actor": "name"},
    "Team": {"actor": "name"},
    "ServiceAccount": {"actor": "name"},
    "Application": {"application": "name"},
    "Environment": {"environment": "name"},
    "Endpoint": {"environment": "owner", "location": "location", "endpoint": "name"},
    "UnknownAsset": {"asset": "name"},
    "Job": {"namespace": "namespace", "job": "name"},
    "CodeRepository": {"repository": "url"},
    "Commit": {"repository": "owner", "sha": "sha"},
    "Policy": {"policy": "name"},
}
USUAL = {frozenset({"environment", "endpoint"}): {"location": ""}, frozenset({"job"}): {"namespace": "default"}}
BY_FIELDS = {frozenset(form): form for form in FORMS}


class Ref(Input):
    """A reference: one of the forms above, or `external`. The location of an endpoint and `default` may be left out."""

    id: Id | None = optional("Its id.")
    external: ExternalKey | None = optional("Its name in another system.")
    model: Name | None = optional("Name of the model.")
    number: int | None = optional("Number of the version of the model.", ge=1, le=2**31 - 1)
    dataset: Name | None = optional("Name of the dataset.")
    version: Line | None = optional("Name of the version of the dataset.")
    application: Line | None = optional("Name of the application.")
    asset: Line | None = optional("Name of something of which nothing else is known.")
    actor: Line | None = optional("Name of the user, team or service account.")
    environment: Line | None = optional("Name of the environment.")
    location: str | None = optional("Location of the endpoint.", max_length=250)
    endpoint: Line | None = optional("Name of the endpoint.")
    namespace: Line | None = optional("Namespace of the job.")
    job: Line | None = optional("Name of the job.")
    repository: Uri | None = optional("URL of the repository, in any of its spellings.")
    sha: str | None = Field(default=None, pattern="^[0-9a-fA-F]{7,64}$", description="Hash of the commit.")

    @model_validator(mode="after")
    def _has_one_of_the_forms(self) -> Self:
        if self.external is None and self._form not in FORMS:
            known = "; ".join(", ".join(form) for form in FORMS)
            raise ValueError(f"a reference has exactly these fields: external; {known}")
        if self.external is not None and len(self._complete) > 1:
            raise ValueError("beside external nothing else is given")
        return self

    @cached_property
    def _complete(self) -> dict[str, Any]:
        """What is given, and what may be left out. There are a million references in a large file."""
        given = {name: value for name in self.model_fields_set if (value := getattr(self, name)) is not None}
        usual = USUAL.get(frozenset(given))
        return {**usual, **given} if usual else given

    @property
    def _form(self) -> tuple[str, ...]:
        """The form that it has, which is in FORMS when there is such a form."""
        given = frozenset(self._complete)
        return BY_FIELDS.get(given, tuple(given))

    @cached_property
    def key(self) -> Key:
        """What is looked up."""
        if self.external is not None:
            return external_key(self.external.system, self.external.external_id)
        kind, columns = FORMS[self._form]
        complete = self._complete
        return key(kind, {column: complete[name] for name, column in zip(self._form, columns, strict=True)})


def key(kind: str, fields: Mapping[str, Any]) -> Key:
    """A key whose spelling is normalized."""
    normal = dict(fields)
    if "url" in normal:
        normal["url"] = normalized_repository(normal["url"])
    if "sha" in normal:
        normal["sha"] = normal["sha"].lower()
    return Key.of(kind, **normal)


def external_key(system: str, external_id: str) -> Key:
    return Key.of("entities_by_external", system=system, externalId=external_id)


def reference_to(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The reference to a node, from what `transfer/names.cypher` says of it: by natural key where it has one."""
    return {field: facts[name] for field, name in NATURAL.get(facts["label"], BY_ID).items()}
