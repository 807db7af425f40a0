"""Models and their versions, with their aliases and their life."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from app.domain.command import LIST_LIMIT, many, optional
from app.domain.figures import flattened, parameter_properties
from app.domain.licenses import license_properties
from app.domain.manifest import FILE_LIMIT, ArtifactFileInput, ArtifactInput, artifact_properties
from app.domain.registry.publication import SignatureInput, WeightFactsInput
from app.domain.registry.registration import signature_properties, weight_properties
from app.domain.resolution import Key
from app.domain.scalars import Count, Id, Line, Name, Parameters, Reason, Text, WebAddress, Word
from app.domain.vocabulary import ModelKind, VersionState
from app.transfer.lines.entity import Mention, RetainedLine, Satellite, ScopeLine, actor, singly
from app.transfer.lines.interval import Interval
from app.transfer.references import Ref


class RegisteredModelLine(ScopeLine):
    """A name under which versions are published."""

    label = "RegisteredModel"

    type: Literal["RegisteredModel"]
    former_names: tuple[Name, ...] = many("Names that it had before.", limit=1_000)
    kind: ModelKind | None = optional("What kind of model it is.")
    description: Text | None = optional("What it is, for people.")
    task: Line | None = optional("What it is for: classification, text-generation ...")
    intended_use: Text | None = optional("What it was made for.")
    out_of_scope_use: Text | None = optional("What it must not be used for.")
    limitations: Text | None = optional("Where it is known to fail.")
    risk_tier: Line | None = optional("The organization's own classification.")
    next_review_on: date | None = optional("Day on which somebody has to look at it again.")
    protected_aliases: tuple[Word, ...] | None = optional("Aliases that only some may move.", max_length=LIST_LIMIT)
    last_number: Count | None = optional("Highest number given so far, when it is no version's any longer.")

    @property
    def key(self) -> Key:
        return Key.of("models_by_name", name=self.name)

    def usual(self) -> dict[str, Any]:
        return {"kind": ModelKind.TRAINED.value, "lastNumber": 0}

    def properties(self) -> dict[str, Any]:
        said = super().properties()
        said.pop("lastNumber", None)
        return said

    def satellites(self) -> Iterator[Satellite]:
        yield from super().satellites()
        yield from (Satellite("FormerName", {"name": name}) for name in self.former_names)


class FileLine(ArtifactFileInput):
    """One file of an artifact."""

    id: Id | None = optional("Its id; made when there is none.")


class ArtifactLine(ArtifactInput):
    """Where the artifact of a version lies, and what is in it."""

    files: tuple[FileLine, ...] = Field(default=(), description="The files that it consists of.", max_length=FILE_LIMIT)


class AliasLine(Interval):
    """A movable name that stood for the version, during one interval."""

    id: Id | None = optional("Its id; made when there is none.")
    name: Word = Field(description="champion, candidate ...")
    set_by: Line | None = optional("Name of who set it.")


class LifecycleLine(Interval):
    """A state of the version's life, during one interval."""

    id: Id | None = optional("Its id; made when there is none.")
    state: VersionState = Field(description="The state.")
    reason: Reason | None = optional("Why.")
    successor: Ref | None = optional("The version to use instead.")
    retire_on: date | None = optional("Day on which it will be retired.")
    set_by: Line | None = optional("Name of who set it.")


class ModelVersionLine(RetainedLine):
    """One immutable published version of a model."""

    label = "ModelVersion"

    type: Literal["ModelVersion"]
    model: Name = Field(description="Name of its model.")
    number: int = Field(ge=1, le=2**31 - 1, description="Its number; gaps stay.")
    display_version: Line | None = optional("The version in the publisher's own words: 2.1.0-rc1.")
    description: Text | None = optional("What is special about this version.")
    artifact: ArtifactLine | None = optional("Where it lies; a hosted model has none.")
    framework: Line | None = optional("pytorch, sklearn, xgboost ...")
    framework_version: Line | None = optional("Version of the framework.")
    flavor: Line | None = optional("How a loader opens it: python_function, transformers ...")
    format: Line | None = optional("safetensors, gguf, onnx, pickle ...")
    license: Text | None = optional("Its license, in whatever words.")
    license_url: WebAddress | None = optional("Where the text of the license stands.")
    signature: SignatureInput | None = optional("What goes in and what comes out.")
    parameters: Parameters = Field(default={}, description="Its parameters; objects in it are flattened with dots.")
    weights: WeightFactsInput | None = optional("What is known of its weights.")
    aliases: tuple[AliasLine, ...] = many("The intervals in which aliases stood for it.", limit=10_000)
    lifecycle: tuple[LifecycleLine, ...] = many("The states of its life; active since its creation, without any.")

    @model_validator(mode="after")
    def _has_at_most_one_life(self) -> Self:
        singly("lifecycle", [each.valid_from for each in self.lifecycle])
        singly("aliases", [(each.name, each.valid_from) for each in self.aliases])
        if len([each for each in self.lifecycle if each.valid_to is None]) > 1:
            raise ValueError("at most one state of its life is open")
        flattened(self.parameters, "parameters")
        return self

    @property
    def key(self) -> Key:
        return Key.of("model_versions_by_number", model=self.model, number=self.number)

    def properties(self) -> dict[str, Any]:
        said = {
            **super().properties(),
            **(artifact_properties(self.artifact) if self.artifact else {}),
            **(signature_properties(self.signature) if self.signature else {}),
            **(weight_properties(self.weights) if self.weights else {}),
            **license_properties(self.license, self.license_url),
        }
        return {name: value for name, value in said.items() if value is not None}

    def mentions(self) -> dict[str, Mention]:
        model = Mention(Key.of("models_by_name", name=self.model), ("RegisteredModel",))
        return {**super().mentions(), "modelId": model}

    def satellites(self) -> Iterator[Satellite]:
        yield from super().satellites()
        for name, value in flattened(self.parameters).items():
            yield Satellite("Parameter", parameter_properties(name, value))
        for file in self.artifact.files if self.artifact else ():
            yield Satellite("ArtifactFile", file.model_dump(by_alias=True))
        for alias in self.aliases:
            yield Satellite("Alias", alias.model_dump(by_alias=True, exclude={"set_by"}), set_by(alias.set_by))
        for life in self.lifecycle:
            yield life_of(life)


def life_of(life: LifecycleLine) -> Satellite:
    properties = life.model_dump(by_alias=True, exclude={"set_by", "successor"})
    successor = {"successorId": Mention(life.successor.key, ("ModelVersion",))} if life.successor else {}
    return Satellite(
        "VersionLifecycle", {**properties, "state": life.state.value}, {**set_by(life.set_by), **successor}
    )


def set_by(name: str | None) -> dict[str, Mention]:
    return {"setById": actor(name)} if name else {}


LINES = (RegisteredModelLine, ModelVersionLine)
