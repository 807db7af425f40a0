"""Requests to admit a version to an environment. What is wanted of a version stays open until it is withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import Field

from app.database.connection import Row
from app.database.queries import query
from app.domain.approval.own import ended
from app.domain.changing import changed
from app.domain.command import Command, many, optional
from app.domain.description import LinkInput, check_single
from app.domain.identifiers import new_id
from app.domain.permission.asking import Need
from app.domain.permission.needs import over
from app.domain.references import ActorRef, ApprovalRequestRef, EnvironmentRef, ModelVersionRef
from app.domain.resolution import Resolution, in_use, mention
from app.domain.scalars import Reason, Text
from app.domain.writing import Change, Writer, Written, commit
from app.errors import AlreadyExists

REQUEST = query("approval/request_approval")
END = query("approval/end_request")


class RequestApproval(Command):
    """Ask that a version is admitted to an environment. One request for both is open at most; it stays so until it is
    withdrawn, and serves every promotion."""

    action = "approval.request"
    needs = over("version")

    version: ModelVersionRef = Field(description="The version.")
    environment: EnvironmentRef = Field(description="Where it is to be admitted.")
    note: Text | None = optional("What who decides should know.")
    evidence: tuple[LinkInput, ...] = many("Pages that they should look at: a validation report, a dashboard.")
    addressees: tuple[ActorRef, ...] = many(
        "Who is asked: people and teams. Everybody who may decide there, when nothing is said."
    )


class WithdrawApprovalRequest(Command):
    """Withdraw a request, with all that was decided on it. Who asked may, unless somebody has rejected it; that, and
    others, take the permission approval.withdraw over the environment. Nothing is done when that was done already."""

    action = "approval.withdraw"
    needs = over("request")

    request: ApprovalRequestRef = Field(description="The request.")
    reason: Reason = Field(description="Why.")


async def request_approval(writer: Writer, command: RequestApproval) -> Written:
    """Ask for approval. Returns the id of the request."""
    check_single([link.url for link in command.evidence], "evidence")
    version, environment = mention(command.version, "version"), mention(command.environment, "environment")
    asked = [mention(each, "addressees", index) for index, each in enumerate(command.addressees)]
    id = new_id()

    def compose(resolution: Resolution) -> Change:
        request = {
            "id": id,
            "versionId": in_use(resolution, version).id,
            "environmentId": in_use(resolution, environment).id,
            "note": command.note,
        }
        addressees = sorted({resolution.require(each).id for each in asked})
        links = [{"kind": link.kind, "url": link.url, "title": link.title} for link in command.evidence]
        return change_of(command.action, request, addressees, links)

    written = await changed(writer, command, [version, environment, *asked], compose)
    return Written(written.id, created=True, replayed=written.replayed)


def change_of(
    action: str, request: Mapping[str, Any], addressees: Sequence[str] = (), links: Sequence[Mapping[str, Any]] = ()
) -> Change:
    return Change(
        query=REQUEST,
        action=action,
        parameters={"request": request, "addressees": list(addressees), "links": list(links)},
        counts={"addressees": len(addressees), "links": len(links)},
        refusals={"open already": open_already},
    )


async def opened(writer: Writer, command: Command, version_id: str, environment_id: str, note: str) -> None:
    """Open the request that an emergency leaves behind: for who may do what the command does."""
    request = {"id": new_id(), "versionId": version_id, "environmentId": environment_id, "note": note}
    change = change_of(RequestApproval.action, request)
    await commit(writer, replace(change, need=Need(command.takes(), (environment_id,))))


def open_already(row: Row) -> Exception:
    message = f"The request {row['id']} asks for that already: withdraw it, or decide on it."
    return AlreadyExists(message, path=("version",), id=row["id"])


async def withdraw_approval_request(writer: Writer, command: WithdrawApprovalRequest) -> Written:
    """Withdraw a request. Returns its id."""
    return await ended(writer, command, mention(command.request, "request"), END)
