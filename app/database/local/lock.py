"""The lock of a Neo4j version: each of its jars with its path in a Maven repository, its SHA-256 and its size."""

import hashlib
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict, Field

from app.database.local.errors import VersionUnknown

FOLDER = Path(__file__).parent / "locks"


class Jar(BaseModel):
    """One file of Neo4j. `path` is relative to the root of a Maven repository, `size` is in bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(gt=0)

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name


class Lock(BaseModel):
    """All that a Neo4j version runs on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    jars: tuple[Jar, ...]

    @property
    def size(self) -> int:
        """Bytes of all jars together."""
        return sum(jar.size for jar in self.jars)

    @property
    def digest(self) -> str:
        """Changes when any jar does."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def write(self, folder: Path = FOLDER) -> Path:
        """Write the lock's file, and return where."""
        file = folder / f"{self.version}.json"
        file.write_text(self.model_dump_json(indent=1) + "\n")
        return file


def read_lock(version: str, folder: Path = FOLDER) -> Lock:
    """The lock of a version. Raises VersionUnknown when there is none."""
    file = folder / f"{version}.json"
    if not file.is_file():
        known = ", ".join(sorted(lock.stem for lock in folder.glob("*.json")))
        raise VersionUnknown(version=version, known=known)
    return Lock.model_validate_json(file.read_text())
