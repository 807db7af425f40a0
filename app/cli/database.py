"""The Neo4j that a command works on: yours, or Pedigree's own for as long as the command runs."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager

from neo4j.exceptions import AuthError, ClientError, ServiceUnavailable, SessionExpired
from pydantic import SecretStr

from app.cli.progress import download_bar, working
from app.database.connection import Connection, connect
from app.database.local import LocalNeo4j, fetch_jars, local_neo4j
from app.database.schema import apply
from app.errors import PedigreeError
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


class NotReached(PedigreeError):
    """The Neo4j that NEO4J_URI names cannot be used."""

    code = "UNAVAILABLE"


@asynccontextmanager
async def reached(settings: Settings) -> AsyncIterator[Connection]:
    """A connection to the Neo4j of the settings, once that has answered; NotReached says what to do otherwise."""
    uri, password = settings.neo4j_uri, settings.neo4j_password
    assert uri is not None
    auth = (settings.neo4j_username, password.get_secret_value()) if password else None
    database = settings.neo4j_database
    async with connect(
        uri, auth, database=database, read_timeout=BULK_SECONDS, write_timeout=BULK_SECONDS
    ) as connection:
        try:
            async with connection.driver.session(database=database) as session:  # at once, or not at all
                await (await session.run("RETURN 1")).consume()
        except AuthError as error:
            message = f"Neo4j at {uri} refuses the user: set NEO4J_USERNAME and NEO4J_PASSWORD."
            raise NotReached(message) from error
        except (ServiceUnavailable, SessionExpired) as error:
            raise NotReached(f"No Neo4j answers at {uri}: start it, or set NEO4J_URI.") from error
        except ClientError as error:
            raise NotReached(f"Neo4j at {uri} cannot be used: {error.message}") from error
        yield connection


@asynccontextmanager
async def registry(settings: Settings) -> AsyncIterator[Connection]:
    """A connection to the Neo4j of the settings, with the schema of this version."""
    async with reached(settings) as connection:
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
