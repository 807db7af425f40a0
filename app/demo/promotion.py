"""What goes to production at Harbor Lane today: what two approved, what waits, and what is stopped."""

from typing import Any

from app.database.connection import Connection
from app.demo.delivery import PRODUCTION
from app.demo.language import SUPPORT
from app.demo.tabular import DEFAULT_RISK, LIMIT_ADVISOR
from app.domain.approval.decisions import ApproveRequest, approve_request
from app.domain.approval.requests import RequestApproval, request_approval
from app.domain.identity import ensure_actor
from app.domain.promotion.promotion import PromoteModelVersion, promote_model_version
from app.domain.writing import Caller, Writer

BOT = "release-bot"
WHERE = {"environment": {"name": PRODUCTION}}
ASKED_TODAY = ((DEFAULT_RISK.name, 7), (LIMIT_ADVISOR.name, 3))


async def promoted(connection: Connection) -> None:
    """Ask, approve and promote. What was done before an interruption is not done again."""
    risk, advisor = ASKED_TODAY
    request = await asked(connection, "tomasz", *risk, "As in eu-west, where it has run for weeks.")
    await approved(connection, "oliver", request)
    await approved(connection, "priya", request, conditions="Compare both regions after a week.")
    await promote(connection, *risk, "credit-score", "us-east")
    request = await asked(connection, "ines", *advisor, "For the new credit cards, too.")
    await approved(connection, "priya", request)
    await promote(connection, SUPPORT.name, 5, "support-chat", "us-east")


def version(model: str, number: int) -> dict[str, Any]:
    return {"version": {"number": {"model": model, "number": number}}, **WHERE}


async def by(connection: Connection, name: str) -> Writer:
    return Writer(connection, Caller(await ensure_actor(connection, name)))


async def asked(connection: Connection, who: str, model: str, number: int, note: str) -> str:
    """The id of a request to admit a version to production."""
    report = {"kind": "validation report", "url": f"https://reports.harborlane.example/{model}/{number}"}
    said = {"note": note, "evidence": [report], "addressees": [{"name": "model-risk"}]}
    command = {**version(model, number), **said, "idempotencyKey": f"demo/{model}/{number}"}
    return (await request_approval(await by(connection, who), RequestApproval.model_validate(command))).id


async def approved(connection: Connection, who: str, request: str, **said: str) -> None:
    command = {"request": {"id": request}, **said, "idempotencyKey": f"demo/{request}"}
    await approve_request(await by(connection, who), ApproveRequest.model_validate(command))


async def promote(connection: Connection, model: str, number: int, endpoint: str, location: str) -> None:
    place = {"endpoint": endpoint, "location": location, "idempotencyKey": f"demo/{model}/{number}"}
    command = PromoteModelVersion.model_validate({**version(model, number), **place})
    await promote_model_version(await by(connection, BOT), command)
