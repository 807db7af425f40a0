"""How an input names what exists already: by id, natural key, alias, digest or the name another system gave it."""

from pydantic import Field

from app.domain.command import Input, OneOf, optional
from app.domain.scalars import ContentDigest, Id, Line, Name, Uri, Word

BY_ID = "Its id."
BY_DIGEST = "Digest of its content."
BY_EXTERNAL = "Its name in another system."


class ModelNumber(Input):
    """A version by its number."""

    model: Name = Field(description="Name of the model, or one that it had before.")
    number: int = Field(ge=1, le=2**31 - 1, description="Number of the version.")


class ModelAlias(Input):
    """A version by an alias that points to it now."""

    model: Name = Field(description="Name of the model, or one that it had before.")
    alias: Word = Field(description="Name of the alias.")


class DatasetKey(Input):
    """A version of a dataset by its name."""

    dataset: Name = Field(description="Name of the dataset.")
    version: Line = Field(description="Name of the version within the dataset.")


class ExternalKey(Input):
    """The name of an object in another system."""

    system: Word = Field(description="mlflow, huggingface, wandb, jira ...")
    external_id: Line = Field(description="Its id in that system.")


class ModelRef(OneOf):
    """A model."""

    id: Id | None = optional(BY_ID)
    name: Name | None = optional("Its name, or one that it had before.")
    external: ExternalKey | None = optional(BY_EXTERNAL)


class ModelVersionRef(OneOf):
    """A version of a model."""

    id: Id | None = optional(BY_ID)
    number: ModelNumber | None = optional("Its model and number.")
    alias: ModelAlias | None = optional("An alias that points to it now.")
    digest: ContentDigest | None = optional(BY_DIGEST)
    external: ExternalKey | None = optional(BY_EXTERNAL)


class DatasetRef(OneOf):
    """A dataset."""

    id: Id | None = optional(BY_ID)
    name: Name | None = optional("Its name.")
    external: ExternalKey | None = optional(BY_EXTERNAL)


class DatasetVersionRef(OneOf):
    """A version of a dataset."""

    id: Id | None = optional(BY_ID)
    version: DatasetKey | None = optional("Its dataset and name.")
    digest: ContentDigest | None = optional(BY_DIGEST)
    external: ExternalKey | None = optional(BY_EXTERNAL)


class RunRef(OneOf):
    """A run."""

    id: Id | None = optional(BY_ID)
    external: ExternalKey | None = optional(BY_EXTERNAL)


class ActorRef(OneOf):
    """A user, a team or a service account."""

    id: Id | None = optional(BY_ID)
    name: Line | None = optional("Its name.")
    external: ExternalKey | None = optional(BY_EXTERNAL)


class EnvironmentRef(OneOf):
    """An environment."""

    id: Id | None = optional(BY_ID)
    name: Line | None = optional("Its name.")
    external: ExternalKey | None = optional(BY_EXTERNAL)


class PolicyRef(OneOf):
    """A policy."""

    id: Id | None = optional(BY_ID)
    name: Line | None = optional("Its name.")


class ApplicationRef(OneOf):
    """An application."""

    id: Id | None = optional(BY_ID)
    name: Line | None = optional("Its name.")
    external: ExternalKey | None = optional(BY_EXTERNAL)


class EndpointKey(Input):
    """An endpoint by its name and where it is."""

    environment: Line = Field(description="Name of its environment.")
    name: Line = Field(description="Its name.")
    location: str = Field(default="", max_length=250, description="Region or cluster; empty, when there is but one.")


class EndpointRef(OneOf):
    """A place to deploy to."""

    id: Id | None = optional(BY_ID)
    endpoint: EndpointKey | None = optional("Its name and where it is.")


class DeploymentRef(OneOf):
    """A deployment."""

    id: Id | None = optional(BY_ID)
    external: ExternalKey | None = optional(BY_EXTERNAL)


class FindingRef(OneOf):
    """A finding."""

    id: Id | None = optional(BY_ID)
    external: ExternalKey | None = optional(BY_EXTERNAL)


class RecallRef(OneOf):
    """A recall."""

    id: Id | None = optional(BY_ID)
    external: ExternalKey | None = optional(BY_EXTERNAL)


class MitigationRef(OneOf):
    """Where a recall stops."""

    id: Id | None = optional(BY_ID)
    external: ExternalKey | None = optional(BY_EXTERNAL)


class EvaluationRef(OneOf):
    """A measurement session of a version."""

    id: Id | None = optional(BY_ID)
    external: ExternalKey | None = optional(BY_EXTERNAL)


class ApprovalRequestRef(OneOf):
    """A request to admit a version to an environment."""

    id: Id | None = optional(BY_ID)
    external: ExternalKey | None = optional(BY_EXTERNAL)


class ApprovalRef(OneOf):
    """What somebody decided on a request."""

    id: Id | None = optional(BY_ID)
    external: ExternalKey | None = optional(BY_EXTERNAL)


class DelegationRef(OneOf):
    """That somebody decides in somebody's place."""

    id: Id | None = optional(BY_ID)
    external: ExternalKey | None = optional(BY_EXTERNAL)


class CommitKey(Input):
    """A revision of code."""

    repository: Uri = Field(description="URL of the repository, in any of its spellings.")
    sha: str = Field(pattern="^[0-9a-fA-F]{7,64}$", description="Its hash.")


class LineageRef(OneOf):
    """Anything that lineage can lead to."""

    id: Id | None = optional(BY_ID)
    model_version: ModelVersionRef | None = optional("A version of a model.")
    dataset_version: DatasetVersionRef | None = optional("A version of a dataset.")
    application: Line | None = optional("Name of an application.")
    run: RunRef | None = optional("A run.")
    commit: CommitKey | None = optional("A revision of code.")
    asset: Line | None = optional("Name of something of which nothing else is known.")
    external: ExternalKey | None = optional(BY_EXTERNAL)


class ReportRef(OneOf):
    """What a report is about: a version, an application with all that it stands on, or all that is active somewhere."""

    version: ModelVersionRef | None = optional("A version of a model.")
    application: ApplicationRef | None = optional("An application, with all versions that it stands on.")
    environment: EnvironmentRef | None = optional("An environment, with all versions that are active in it.")


class EntityRef(OneOf):
    """Anything that has an id."""

    id: Id | None = optional(BY_ID)
    model: Name | None = optional("Name of a model.")
    model_version: ModelVersionRef | None = optional("A version of a model.")
    dataset: Name | None = optional("Name of a dataset.")
    dataset_version: DatasetVersionRef | None = optional("A version of a dataset.")
    application: Line | None = optional("Name of an application.")
    environment: Line | None = optional("Name of an environment.")
    policy: Line | None = optional("Name of a policy.")
    actor: Line | None = optional("Name of a user, team or service account.")
    run: RunRef | None = optional("A run.")
    external: ExternalKey | None = optional(BY_EXTERNAL)
