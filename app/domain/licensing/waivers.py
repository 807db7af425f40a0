"""Waivers: somebody who may says that obligations of a license do not hold, for what, why, and until when."""

from dataclasses import replace

from pydantic import Field

from app.database.queries import query
from app.domain.changing import changed
from app.domain.command import Command, optional
from app.domain.given import given
from app.domain.identifiers import new_id
from app.domain.permission.asking import Need
from app.domain.permission.needs import over
from app.domain.references import EntityRef, LineageRef
from app.domain.resolution import ASSETS, Resolution, mention
from app.domain.scalars import Id, Instant, Reason, WebAddress
from app.domain.vocabulary import LicenseObligationKind
from app.domain.writing import Change, Writer, Written, refuse
from app.errors import InvalidInput, NotFound
from graph_schema.model import MODEL

WAIVE = query("licensing/waive")
REVOKE = query("licensing/revoke")
WAIVER = query("licensing/waiver")
BENEFICIARIES = ("RegisteredModel", "ModelVersion", "Dataset", "DatasetVersion", "Application")
LABELS = [node.label for node in MODEL.nodes]


class WaiveLicenseObligation(Command):
    """Say that obligations of an asset's license do not hold from now on, for what came from it: because its owner
    agreed, because it is ours, because somebody looked what the license really says."""

    action = "licenseObligation.waive"
    needs = over("waived_for")

    asset: LineageRef = Field(description="What has the license, or lacks one: a version, an application, an asset.")
    kinds: tuple[LicenseObligationKind, ...] = Field(
        min_length=1, max_length=len(LicenseObligationKind), description="The obligations that do not hold."
    )
    waived_for: EntityRef | None = optional(
        "What they do not hold for: a version, a model or dataset with all its versions, an application. Everything "
        "that came from the asset, when left out."
    )
    reason: Reason = Field(description="Why they do not hold.")
    url: WebAddress | None = optional("Where that is agreed.")
    expires_at: Instant | None = optional("First instant at which they hold again. They never do, when left out.")


class RevokeLicenseWaiver(Command):
    """Let the obligations hold again. Nothing is done when that was done already."""

    action = "licenseWaiver.revoke"
    needs = over("id")

    id: Id = Field(description="Id of the waiver.")
    reason: Reason | None = optional("Why.")


async def waive_license_obligation(writer: Writer, command: WaiveLicenseObligation) -> Written:
    """Grant a waiver. Returns its id."""
    asset = replace(mention(command.asset, "asset"), types=ASSETS)
    beneficiary = mention(command.waived_for, "waivedFor") if command.waived_for else None
    mentions = [asset, *([replace(beneficiary, types=BENEFICIARIES)] if beneficiary else [])]
    id = new_id()

    def compose(resolution: Resolution) -> Change:
        waived_for = resolution.require(mentions[1]).id if beneficiary else None
        waiver = {
            "id": id,
            "assetId": resolution.require(asset).id,
            "waivedForId": waived_for,
            "kinds": [kind.value for kind in LicenseObligationKind if kind in command.kinds],
            "reason": command.reason,
            "url": command.url,
            "expiresAt": command.expires_at,
        }
        return Change(
            query=WAIVE,
            action=command.action,
            parameters={"waiver": waiver, "labels": LABELS},
            refusals={"past": refuse(InvalidInput, "A waiver expires after it is granted.", "expiresAt")},
            reason=command.reason,
            need=Need((command.action,), (waived_for,) if waived_for else ()),
        )

    return await changed(writer, command, mentions, compose)


async def revoke_license_waiver(writer: Writer, command: RevokeLicenseWaiver) -> Written:
    """Revoke a waiver. Returns its id."""
    waiver = (await writer.connection.ask(WAIVER, given({"id": command.id})))["waiver"]
    if waiver is None or writer.caller.sight.hides(*waiver["scopes"]):
        raise NotFound("There is no waiver with this id.", path=("id",))
    change = Change(
        query=REVOKE,
        action=command.action,
        parameters={"id": command.id, "reason": command.reason, "labels": LABELS},
        reason=command.reason,
        need=Need((command.action,), (waiver["waivedForId"],) if waiver["waivedForId"] else ()),
    )
    return await changed(writer, command, [], lambda _: change)
