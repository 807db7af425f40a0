"""Who let in what runs in production at Harbor Lane: two of model risk each, on what they could see at the time."""

from collections.abc import Iterator
from datetime import datetime

from app.database.connection import Connection
from app.demo.delivery import PLACED, PRODUCTION
from app.demo.promotion import ASKED_TODAY, BOT
from app.demo.tabular import CHURN
from app.demo.words import Line, Lines, day, entity, external, reference, version_of
from app.domain.governance.ancestry_reading import read_ancestry
from app.domain.references import ModelNumber, ModelVersionRef
from app.domain.resolution import mention, resolve

SYSTEM = "reviews"
# Who approves, and how many days before the version takes over.
APPROVERS = (("oliver", 2), ("priya", 1))
ASKED = 3  # days before


def admitted() -> Iterator[tuple[str, int, float]]:
    """What runs in production by now, and since when: model, number, day."""
    for _, _, model, placed in PLACED:
        number, at = placed[-1]
        if (model, number) not in ASKED_TODAY:
            yield model, number, at
    yield CHURN.name, 6, 185


async def approval_lines(connection: Connection) -> list[Line]:
    """The requests and the approvals, as lines of the import format; what they came from has to be there."""
    firsts = {(model, number): at for model, number, at in sorted(admitted(), reverse=True)}
    return [line for each, at in firsts.items() for line in await lines_of(connection, *each, at)]


async def lines_of(connection: Connection, model: str, number: int, at: float) -> list[Line]:
    version = mention(ModelVersionRef(number=ModelNumber(model=model, number=number)), "version")
    id = (await resolve(connection, [version])).require(version).id
    digests = [(await read_ancestry(connection, id, as_of=instant(at - days))).digest for _, days in APPROVERS]
    return [*request(model, number, at), *approvals(model, number, at, digests)]


def instant(at: float) -> datetime:
    return datetime.fromisoformat(day(at))


def request(model: str, number: int, at: float) -> Lines:
    yield entity(
        "ApprovalRequest",
        at - ASKED,
        BOT,
        references=reference(SYSTEM, f"{model}-{number}"),
        version=version_of(model, number),
        environment=PRODUCTION,
        note="As it ran in staging.",
        validFrom=day(at - ASKED),
    )


def approvals(model: str, number: int, at: float, digests: list[str]) -> Lines:
    for (approver, days), digest in zip(APPROVERS, digests, strict=True):
        yield entity(
            "Approval",
            at - days,
            approver,
            references=reference(SYSTEM, f"{model}-{number}-{approver}"),
            request=external(SYSTEM, f"{model}-{number}"),
            version=version_of(model, number),
            environment=PRODUCTION,
            decision="APPROVED",
            approver=approver,
            teams=["model-risk"],
            ancestryDigest=digest,
            validFrom=day(at - days),
        )
