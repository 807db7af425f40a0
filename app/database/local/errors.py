"""What can keep the local Neo4j from running. An error's docstring is the template of its message."""

from app.errors import PedigreeError


class LocalNeo4jFailure(PedigreeError):
    """The local Neo4j cannot run."""

    def __init__(self, **details: object) -> None:
        super().__init__((type(self).__doc__ or "").format(**details))
        self.details = details


class VersionUnknown(LocalNeo4jFailure):
    """There is no list of jars for Neo4j {version}, only for {known}. `pedigree jars lock {version}` makes one."""


class NoNetwork(LocalNeo4jFailure):
    """Cannot fetch Neo4j from {url}: {reason}. For a mirror, set PEDIGREE_MAVEN_URL."""


class WrongHash(LocalNeo4jFailure):
    """{url} is not the file that was pinned: its SHA-256 is {actual}, not {expected}. It was thrown away."""


class NothingLearned(LocalNeo4jFailure):
    """The JVM kept nothing of what it learned: starts take as long as before. Try again on a less busy machine."""


class DataFolderInUse(LocalNeo4jFailure):
    """The data folder {folder} is in use by process {process}: stop it, or choose another with --data-dir."""


class PasswordMissing(LocalNeo4jFailure):
    """The data in {folder} has a password, but its file {file} is gone: bring it back from a backup."""


class PasswordRefused(LocalNeo4jFailure):
    """Neo4j does not take the password in {file}: bring back the one that belongs to the data."""


class Neo4jPortTaken(LocalNeo4jFailure):
    """Port {port}, meant for Neo4j, is taken: set PEDIGREE_NEO4J_PORT to another, or to 0 for a free one."""


class DiedAtStart(LocalNeo4jFailure):
    """Neo4j ended while it started. The end of its log, {log}:
    {tail}"""


class StartTimedOut(LocalNeo4jFailure):
    """Neo4j did not answer within {seconds} seconds and was stopped. The end of its log, {log}:
    {tail}"""
