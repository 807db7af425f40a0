"""What the JVM learns of Neo4j in one run, kept in the user's cache: with it every later start takes half the time.

The JVM calls it an AOT cache (JEP 483, 514 and 515): classes as they were loaded and linked, and which methods were
worth compiling. It fits one JVM with the very same jars. A JVM that it does not fit leaves it alone.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.database.local.configuration import aot_cache, command
from app.database.local.errors import NothingLearned
from app.database.local.jars import fetch_jars
from app.database.local.server import LocalNeo4j, local_neo4j
from app.settings import Settings


def is_trained(settings: Settings) -> bool:
    """Whether a start of the version in the settings has something to build on."""
    return aot_cache(fetch_jars(settings)).is_file()


@contextmanager
def training(settings: Settings) -> Iterator[LocalNeo4j]:
    """A Neo4j on an empty graph that is thrown away. What its JVM learns within the context is kept when it has ended:
    another JVM makes the cache of it, which takes some ten seconds, and as long as it needs on a busy machine. Raises
    NothingLearned, or another LocalNeo4jFailure."""
    jars = fetch_jars(settings)
    with TemporaryDirectory(prefix="training-", dir=settings.cache_dir) as folder:
        seen, made = Path(folder) / "seen", Path(folder) / "made"
        own = settings.model_copy(update={"data_dir": Path(folder) / "data", "neo4j_port": 0})
        with local_neo4j(own, ["-XX:AOTMode=record", f"-XX:AOTConfiguration={seen}"]) as neo4j:
            yield neo4j
        making = ["-XX:AOTMode=create", f"-XX:AOTConfiguration={seen}", f"-XX:AOTCache={made}"]
        done = subprocess.run(command(own, jars, neo4j.home, making), capture_output=True, check=False)
        if done.returncode:
            raise NothingLearned
        made.replace(aot_cache(jars))
