"""Recalls: what must not be used anymore, nor whatever came from it. That is found each time it is asked for."""

from collections.abc import Mapping
from dataclasses import replace

from pydantic import Field

from app.database.queries import query
from app.domain.command import Command, many, optional
from app.domain.given import given
from app.domain.governance.ending import ended
from app.domain.governance.reach import owners_of
from app.domain.idempotency import Claim
from app.domain.identifiers import new_id
from app.domain.permission.asking import need_of
from app.domain.permission.needs import over
from app.domain.references import FindingRef, LineageRef, RecallRef
from app.domain.resolution import Key, Mention, mention
from app.domain.scalars import Instant, Reason
from app.domain.vocabulary import Severity
from app.domain.writing import Change, Writer, Written, commit, once, permit, refuse
from app.errors import InvalidInput

OPEN_RECALL = query("governance/open_recall")
ABOUT = query("governance/about")
RECALLABLE = ("ModelVersion", "DatasetVersion", "Application", "UnknownAsset", "Run", "Commit")


class OpenRecall(Command):
    """Recall something, and with it all that came from it, by whatever way. From then on none of that is placed
    anywhere, but for what rolls out already, and what is live shows it. Everybody who answers for something that is
    affected finds an event of it in their history."""

    action = "recall.open"
    needs = over("targets")

    targets: tuple[LineageRef, ...] = many(
        "What is recalled: versions, data, runs or commits, all of one model or dataset; what the finding is about, "
        "when nothing is said."
    )
    finding: FindingRef | None = optional("The finding that led to it, an incident, say.")
    reason: Reason = Field(description="Why.")
    severity: Severity = Field(description="How bad it is.")
    valid_from: Instant | None = optional(
        "Since when, or from when on; now, when nothing is said. What is asked about an instant before that was not "
        "recalled then."
    )
    dry_run: bool = Field(default=False, description="Change nothing, and show what it would reach.")


class LiftRecall(Command):
    """Lift a recall: nothing is affected by it any longer. Nothing is done when that was done already."""

    action = "recall.lift"
    needs = over("recall")

    recall: RecallRef = Field(description="The recall.")
    reason: Reason = Field(description="Why.")


async def open_recall(writer: Writer, command: OpenRecall) -> Written:
    """Open a recall. Returns its id, and `about` the ids of what is recalled; of a dry run these alone.

    The owners that are told are those of the moment before, with the sight of the registry.
    """
    named = [mention(each, "targets", index) for index, each in enumerate(command.targets)]
    finding = [mention(command.finding, "finding")] if command.finding else []

    async def attempt(claim: Claim | None) -> Written:
        led = (await writer.resolve(finding)).require(finding[0]).id if finding else None
        wanted = [only_recallable(each) for each in named or await subjects(writer, led)]
        resolution = await writer.resolve(wanted)
        known = {each.id: each.label for each in map(resolution.require, wanted)}
        targets = sorted(known)
        need = need_of(command, wanted, resolution)
        if command.dry_run:
            await permit(writer, command, need)
            return Written("", about=tuple(targets))
        change = await change_of(writer, command, known, led)
        row = await commit(writer, replace(change, claim=claim, need=need))
        return Written(row["id"], created=True, about=tuple(targets))

    return await once(writer, command, attempt)


def only_recallable(wanted: Mention) -> Mention:
    """A reference to what may be recalled: an evaluation or a deployment has nothing that others would learn."""
    return replace(wanted, types=RECALLABLE)


async def subjects(writer: Writer, finding_id: str | None) -> list[Mention]:
    """What a finding is about, as it could have been named: of a deployment, its version."""
    about = (await writer.connection.ask(ABOUT, given({"id": finding_id})))["about"]
    if not about:
        raise InvalidInput("Name what is recalled, or a finding that led to it.", path=("targets",))
    return [Mention(Key.of("ids", id=id), (), ("targets",)) for id in about]


async def change_of(writer: Writer, command: OpenRecall, labels: Mapping[str, str], finding_id: str | None) -> Change:
    targets = [{"id": id, "label": label} for id, label in sorted(labels.items())]
    owners = await owners_of(writer.connection, sorted(labels))
    recall = {
        "id": new_id(),
        "reason": command.reason,
        "severity": command.severity.value,
        "findingId": finding_id,
        "validFrom": command.valid_from,
    }
    return Change(
        query=OPEN_RECALL,
        action=command.action,
        parameters={"recall": recall, "targets": targets, "owners": owners},
        counts={"targets": len(targets), "owners": len(owners)},
        refusals={"several": several},
        reason=command.reason,
    )


async def lift_recall(writer: Writer, command: LiftRecall) -> Written:
    """Lift a recall. Returns its id."""
    return await ended(writer, command, mention(command.recall, "recall"), {"endReason": command.reason})


several = refuse(
    InvalidInput, "These belong to several models and datasets: open a recall for those of each.", "targets"
)
