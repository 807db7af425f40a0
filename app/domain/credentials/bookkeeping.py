"""What is noted of credentials without being a change: when they were used, and that the old ones are gone."""

from app.database.connection import Connection, Transaction
from app.database.queries import Query, query
from app.domain.given import given

NOTE_USE = query("credentials/note_use")
FORGET_EXPIRED = query("credentials/forget_expired")


async def note_use(connection: Connection, token_id: str) -> None:
    """Note that a token was used a moment ago."""
    await noted(connection, NOTE_USE, id=token_id)


async def forget_expired(connection: Connection) -> None:
    """Forget sessions and links that have been good for nothing for a day."""
    await noted(connection, FORGET_EXPIRED)


async def noted(connection: Connection, statement: Query, **parameters: object) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(statement, given(parameters))

    await connection.write(work)
