"""What a training job sends at its end: a version of a model with everything that is known of where it came from."""

from pydantic import Field

from app.domain.command import Command, Input, many, optional
from app.domain.description import LinkInput, ReferenceInput, TagInput
from app.domain.evaluation import EvaluationInput
from app.domain.fields import FieldSpecInput
from app.domain.lineage.derivations import DependencyInput, DerivationInput
from app.domain.lineage.runs import DataUseInput, RunInputRef
from app.domain.manifest import ArtifactInput
from app.domain.permission.needs import Needs
from app.domain.scalars import ContentDigest, Count, FreeJSON, Line, Name, Share, Text, WebAddress, Word
from app.domain.vocabulary import OnSameDigest


class SignatureInput(Input):
    """What goes into a model and what comes out."""

    inputs: tuple[FieldSpecInput, ...] = many("Fields that go in.", limit=1_000)
    outputs: tuple[FieldSpecInput, ...] = many("Fields that come out.", limit=1_000)
    params: tuple[FieldSpecInput, ...] = many("Parameters of inference.")
    original: FreeJSON | None = optional("The signature as the framework wrote it.")
    example: FreeJSON | None = optional("An example input.")


class WeightFactsInput(Input):
    """What is known of the weights of a language model."""

    parameter_count: Count | None = optional("Number of weights.")
    active_parameter_count: Count | None = optional("Weights that one token touches.")
    dtype: Line | None = optional("bf16, int8 ...")
    quantization: Line | None = optional("gptq, awq, q4_k_m ...")
    bits_per_weight: Share | None = optional("Mean bits of one weight.")
    context_length: Count | None = optional("Tokens.")
    tokenizer_digest: ContentDigest | None = optional("Digest of the tokenizer.")
    chat_template_digest: ContentDigest | None = optional("Digest of the chat template.")


class RegisterModelVersion(Command):
    """Publish a version of a model, with its whole lineage, under the model's next number."""

    action = "modelVersion.register"
    needs = Needs(over=("model",), within="model")

    model: Name = Field(description="Name of the model.")
    create_model: bool = Field(default=False, description="Create the model when there is none of that name.")
    display_version: Line | None = optional("The version in the publisher's own words: 2.1.0-rc1.")
    description: Text | None = optional("What is special about this version.")
    artifact: ArtifactInput | None = optional("Where it lies; a hosted model has none.")
    framework: Line | None = optional("pytorch, sklearn, xgboost ...")
    framework_version: Line | None = optional("Version of the framework.")
    flavor: Line | None = optional("How a loader opens it: python_function, transformers ...")
    format: Line | None = optional("safetensors, gguf, onnx, pickle ...")
    license: Line | None = optional("Its license, in whatever words.")
    license_url: WebAddress | None = optional("Where the text of the license stands.")
    signature: SignatureInput | None = optional("What goes in and what comes out.")
    parameters: FreeJSON | None = optional("Its parameters; nested objects are flattened with dots.")
    weights: WeightFactsInput | None = optional("What is known of its weights.")
    tags: tuple[TagInput, ...] = many("Its tags.")
    metadata: FreeJSON | None = optional("Free metadata, never read by the registry.")
    links: tuple[LinkInput, ...] = many("Pages about it.")
    references: tuple[ReferenceInput, ...] = many("Its names in other systems.")
    run: RunInputRef | None = optional("The run that made it; one run may make many versions.")
    inputs: tuple[DataUseInput, ...] = many("Data that its run read.", limit=1_000)
    parents: tuple[DerivationInput, ...] = many("What it was made from.")
    dependencies: tuple[DependencyInput, ...] = many("What it needs when it runs.")
    evaluations: tuple[EvaluationInput, ...] = many("What was measured of it.")
    aliases: tuple[Word, ...] = many("Aliases that are to point to it from now on.")
    on_same_digest: OnSameDigest = Field(
        default=OnSameDigest.CREATE,
        description="What to do when the model has a version with the same digest already.",
    )
    allow_stubs: bool = Field(
        default=False,
        description="Make stubs of what is named and not known; a later registration completes them.",
    )

    def takes(self) -> tuple[str, ...]:
        return (self.action, "alias.set") if self.aliases else (self.action,)

    def moves(self) -> tuple[str, ...]:
        return self.aliases
