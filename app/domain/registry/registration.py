"""The registration of a version: one read finds what it names, one transaction writes all of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.database.connection import Row
from app.database.queries import query
from app.domain.description import check_single, describe
from app.domain.draft import Draft, external_mentions, model_mention
from app.domain.evaluation import evaluate, evaluation_mentions
from app.domain.fields import field_specs
from app.domain.figures import flattened, parameter_properties
from app.domain.idempotency import Claim
from app.domain.identifiers import new_id
from app.domain.licenses import license_properties
from app.domain.lineage.derivations import depend, dependency_mentions, derivation_mentions, derive
from app.domain.lineage.edges import commit_lineage
from app.domain.lineage.runs import input_mentions, run_mentions, run_of, unknown_run, use_data
from app.domain.manifest import artifact_properties, is_verified
from app.domain.permission.asking import Need, also_within, need_of
from app.domain.registry.models import added_model
from app.domain.registry.publication import RegisterModelVersion, SignatureInput, WeightFactsInput
from app.domain.resolution import Known, Mention, Resolution
from app.domain.vocabulary import OnSameDigest
from app.domain.writing import Change, Writer, Written, forbidden_first, once
from app.errors import AlreadyExists, InvalidInput, NotFound

REGISTER_VERSION = query("registry/register_version")


@dataclass(eq=False)  # not frozen: it is given a traceback
class SameDigest(Exception):
    """The model has this version, with the same digest, already."""

    version_id: str


@dataclass(eq=False)  # not frozen: it is given a traceback
class StubFound(Exception):
    """The next number belongs to a stub, which is completed."""

    version_id: str


async def register_model_version(writer: Writer, command: RegisterModelVersion) -> Written:
    """Publish a version under its model's next number, gap-free, with everything that the command says of it."""
    check_command(command)

    async def attempt(claim: Claim | None) -> Written:
        resolution = await writer.resolve(mentions_of(command))
        draft = Draft(resolution, command.allow_stubs)
        try:
            async with forbidden_first(writer, command, needed(command, resolution)):
                return await publish(writer, command, draft, claim)
        except SameDigest as same:
            return Written(same.version_id)
        except StubFound as stub:
            completing = Draft(resolution, command.allow_stubs)
            return await publish(writer, command, completing, claim, Known(stub.version_id, "ModelVersion", True))

    return await once(writer, command, attempt)


def check_command(command: RegisterModelVersion) -> None:
    check_single(command.aliases, "aliases")
    flattened(command.parameters, "parameters")


def mentions_of(command: RegisterModelVersion) -> Iterator[Mention]:
    yield model_mention(command.model, "model")
    yield from external_mentions(command.references)
    yield from derivation_mentions(command.parents)
    yield from dependency_mentions(command.dependencies)
    yield from input_mentions(command.inputs)
    yield from evaluation_mentions(command.evaluations, "evaluations")
    if command.run is not None:
        yield from run_mentions(command.run, "run")


async def publish(
    writer: Writer, command: RegisterModelVersion, draft: Draft, claim: Claim | None, stub: Known | None = None
) -> Written:
    model_id = model_of(draft, command)
    properties = version_properties(command)
    completes = draft.completed(command.references) or stub
    id = draft.bundle.add("ModelVersion", {"modelId": model_id, **properties}, completes=completes)
    if completes is None or completes.label != "ModelVersion":
        draft.bundle.tie("HAS_VERSION", model_id, id)
    describe_version(draft, id, command)
    connect_version(draft, id, command)
    need = also_within(needed(command, draft.resolution), draft.bundle.new_names)
    change = replace(change_of(command, draft, claim, id, model_id), need=need)
    row = await commit_lineage(writer, change)
    return Written(row["id"], created=True, stubs=tuple(draft.bundle.stubs), warnings=warnings(command, draft))


def needed(command: RegisterModelVersion, resolution: Resolution) -> Need:
    """What it takes to publish."""
    return need_of(command, [model_mention(command.model, "model")], resolution)


def model_of(draft: Draft, command: RegisterModelVersion) -> str:
    known = draft.resolution.find(model_mention(command.model, "model"))
    if known is not None and not known.is_stub:
        return known.id
    if not command.create_model:
        raise NotFound(f"There is no model {command.model}; createModel makes one.", path=("model",))
    id = added_model(draft, command.model, completes=known)
    draft.made[model_mention(command.model).key] = id
    return id


def describe_version(draft: Draft, id: str, command: RegisterModelVersion) -> None:
    bundle = draft.bundle
    describe(bundle, id, command, draft.borne(command.references))
    parameters = flattened(command.parameters, "parameters")
    for name, value in parameters.items():
        bundle.describe("Parameter", id, parameter_properties(name, value))
    for file in command.artifact.files if command.artifact else ():
        bundle.describe("ArtifactFile", id, file.model_dump(by_alias=True))
    bundle.mark(id, parameters=parameters, aliases=list(command.aliases))


def connect_version(draft: Draft, id: str, command: RegisterModelVersion) -> None:
    """The lineage of the version: its run and what that read, its parents, dependencies and evaluations."""
    run = run_of(draft, command.run, "run") if command.run else unknown_run(draft) if command.inputs else None
    if run is not None:
        draft.bundle.lineage("GENERATED_BY", id, run.id)
        draft.bundle.mark(id, runId=run.id)
        use_data(draft, run, command.inputs)
    derive(draft, id, command.parents)
    depend(draft, id, command.dependencies)
    for index, evaluation in enumerate(command.evaluations):
        evaluate(draft, id, evaluation, "evaluations", index)


def change_of(command: RegisterModelVersion, draft: Draft, claim: Claim | None, id: str, model_id: str) -> Change:
    artifact = artifact_properties(command.artifact) if command.artifact else {}
    return Change(
        query=REGISTER_VERSION,
        action=command.action,
        parameters={
            **draft.bundle.parameters(),
            "modelId": model_id,
            "id": id,
            "lifecycleId": new_id(),
            "digest": artifact.get("artifactDigest"),
            "onSameDigest": command.on_same_digest.value,
            "aliases": [{"id": new_id(), "name": name} for name in sorted(command.aliases)],
        },
        counts={**draft.bundle.counts(), "published": 1},
        refusals={
            "archived": lambda row: InvalidInput("The model is archived.", path=("model",)),
            "same digest": lambda row: same_digest(command.on_same_digest, row),
            "stub": lambda row: StubFound(row["sameId"]),
        },
        facts=draft.bundle.facts,
        claim=claim,
    )


def same_digest(choice: OnSameDigest, row: Row) -> Exception:
    if choice is OnSameDigest.RETURN_EXISTING:
        return SameDigest(row["twinId"])
    return AlreadyExists("The model has a version with this digest.", path=("artifact", "digest"), id=row["twinId"])


def version_properties(command: RegisterModelVersion) -> dict[str, object]:
    return {
        "displayVersion": command.display_version,
        "description": command.description,
        **(artifact_properties(command.artifact) if command.artifact else {}),
        "framework": command.framework,
        "frameworkVersion": command.framework_version,
        "flavor": command.flavor,
        "format": command.format,
        **license_properties(command.license, command.license_url),
        **signature_properties(command.signature or SignatureInput()),
        **weight_properties(command.weights or WeightFactsInput()),
        "metadata": command.metadata,
    }


def signature_properties(signature: SignatureInput) -> dict[str, object]:
    return {
        "signatureInputs": field_specs(signature.inputs),
        "signatureOutputs": field_specs(signature.outputs),
        "signatureParams": field_specs(signature.params),
        "signatureOriginal": signature.original,
        "signatureExample": signature.example,
    }


def weight_properties(weights: WeightFactsInput) -> dict[str, object]:
    facts = weights.model_dump(by_alias=True)
    return {f"weights{name[0].upper()}{name[1:]}": value for name, value in facts.items()}


def warnings(command: RegisterModelVersion, draft: Draft) -> tuple[str, ...]:
    """What the caller should know although the version was registered."""
    said = list(draft.warnings)
    if command.artifact is not None and command.artifact.files and not is_verified(command.artifact):
        said.append("The digest of the artifact is not that of its canonical manifest.")
    if command.license is not None and license_properties(command.license)["licenseSpdx"] is None:
        said.append(f"The license {command.license!r} is no SPDX license that we know.")
    return tuple(said)
