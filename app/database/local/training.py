"""What the JVM learns of Neo4j in one run, kept in the user's cache: with it every later start takes half the time.

The JVM calls it an AOT cache (JEP 483, 514 and 515): classes as they were loaded and linked, and which methods were
worth compiling. It fits one JVM with the very same jars. A JVM that it does not fit leaves it alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.database.local.configuration import aot_cache
from app.database.local.errors import NothingLearned
from app.database.local.jars import fetch_jars
from app.database.local.server import LocalNeo4j, local_neo4j
from app.settings import Settings

COMPLETE = "AOTCache creation is complete"


def is_trained(settings: Settings) -> bool:
    """Whether a start of the version in the settings has something to build on."""
    return aot_cache(fetch_jars(settings)).is_file()


@contextmanager
def training(settings: Settings) -> Iterator[LocalNeo4j]:
    """A Neo4j on an empty graph that is thrown away. What its JVM learns within the context is kept when it has ended,
    which takes the JVM some twenty seconds. Raises NothingLearned, or another LocalNeo4jFailure."""
    file = aot_cache(fetch_jars(settings))
    with TemporaryDirectory(prefix="training-", dir=settings.cache_dir) as folder:
        made = Path(folder) / file.name
        own = settings.model_copy(update={"data_dir": Path(folder) / "data", "neo4j_port": 0})
        with local_neo4j(own, [f"-XX:AOTCacheOutput={made}"]) as neo4j:
            yield neo4j
        if COMPLETE not in neo4j.log.text:  # it was ended while it wrote
            raise NothingLearned
        made.replace(file)
