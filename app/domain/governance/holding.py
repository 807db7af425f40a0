"""The policies that hold somewhere, and single versions of policies, as what they demand."""

from datetime import datetime
from typing import Any

import orjson

from app.database.connection import Connection, Row
from app.database.queries import query
from app.domain.given import given
from app.domain.governance.judgement import Demand
from app.domain.vocabulary import PolicyMode
from app.errors import NotFound, PathItem

HOLDING = query("governance/holding")
DEMANDED = query("governance/demanded")


async def policies_in(connection: Connection, environment_id: str, as_of: datetime | None = None) -> list[Demand]:
    """What the policies that hold in an environment demand, each version once, in the order of their names."""
    row = await connection.ask(HOLDING, given({"environmentId": environment_id, "asOf": as_of}))
    return [demand(each) for each in row["holding"]]


async def policy_version(connection: Connection, name: str, number: int | None, *path: PathItem) -> Demand:
    """What a version of a policy demands: without a number its draft, or else the latest that is published."""
    row = await connection.ask(DEMANDED, given({"name": name, "number": number}))
    if row["version"] is None:
        which = "version" if number is None else f"version {number}"
        raise NotFound(f"There is no policy {name} with a {which}.", path=path)
    return demand(row["version"])


def demand(row: Row | dict[str, Any]) -> Demand:
    return Demand(
        mode=PolicyMode(row["mode"]),
        rules=orjson.loads(row["rules"]),
        approvals=orjson.loads(row["approvals"]),
        digest=row["digest"],
        policy=row["policy"],
        number=row["number"],
        id=row["id"],
    )
