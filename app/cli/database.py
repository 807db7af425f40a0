"""The Neo4j that a command works on: yours, or Pedigree's own for as long as the command runs."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager

from pydantic import SecretStr

from app.cli.progress import download_bar, working
from app.database.connection import Connection, connect
from app.database.local import LocalNeo4j, fetch_jars, local_neo4j
from app.database.schema import apply
from app.settings import Settings

# What is done in bulk may take longer than what somebody waits for.
BULK_SECONDS = 120.0


@contextmanager
def database(settings: Settings) -> Iterator[Settings]:
    """The settings with a Neo4j that can be reached: yours, or one that runs as long as the context lasts."""
    if settings.neo4j_uri:
        yield settings
        return
    with download_bar() as report:
        fetch_jars(settings, report)
    with ExitStack() as stack:
        with working(f"Starting Neo4j {settings.neo4j_version} on {settings.data_dir}"):
            neo4j = stack.enter_context(local_neo4j(settings))
        yield connected(settings, neo4j)


@asynccontextmanager
async def registry(settings: Settings) -> AsyncIterator[Connection]:
    """A connection to the Neo4j of the settings, with the schema of this version."""
    assert settings.neo4j_uri is not None
    password = settings.neo4j_password
    auth = (settings.neo4j_username, password.get_secret_value()) if password else None
    async with connect(
        settings.neo4j_uri,
        auth,
        database=settings.neo4j_database,
        read_timeout=BULK_SECONDS,
        write_timeout=BULK_SECONDS,
    ) as connection:
        await apply(connection.driver, settings.neo4j_database)
        yield connection


def connected(settings: Settings, neo4j: LocalNeo4j) -> Settings:
    """The settings that lead to a local Neo4j."""
    return settings.model_copy(
        update={
            "neo4j_uri": neo4j.uri,
            "neo4j_username": neo4j.username,
            "neo4j_password": SecretStr(neo4j.password),
            "neo4j_database": "neo4j",
        }
    )
