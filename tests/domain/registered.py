"""What the tests of writes begin with, and how they look at the graph."""

from typing import Any

from app.domain.audit.history import text_of
from app.domain.delivery.environments import CreateEnvironment, create_environment
from app.domain.writing import Writer
from tests.fixtures.registration import register
from tests.fixtures.snapshot import found

EVENTS = "MATCH (e:AuditEvent {action: $action}) WITH e ORDER BY e.at, e.id RETURN collect(properties(e)) AS found"


async def events(writer: Writer, action: str) -> list[dict[str, Any]]:
    """The audit events of an action, the earliest first, with their reasons in their places."""
    made = await found(writer.connection, EVENTS, action=action)
    return [{**event, "reason": text_of(event, "reason")} for event in made]


async def version(writer: Writer, model: str = "churn", **fields: Any) -> str:
    """The id of a new version of a model, which is made when there is none."""
    return (await register(writer, model, **fields)).id


async def environment(writer: Writer, name: str = "production", position: int = 3) -> str:
    """The id of a new environment."""
    return (await create_environment(writer, CreateEnvironment(name=name, position=position))).id
