"""What was measured is kept part by part, beside the registry it was measured on: a run that breaks off loses one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from bench.book import Book, Table, Target
from bench.database import Loaded

FOLDER = "measured"
OF_A_MOMENT = ("date", "load before")


@dataclass(frozen=True)
class Measured:
    """What one part found, on which machine and when."""

    book: Book
    machine: Mapping[str, str]


def forget(registry: Loaded) -> None:
    """Throw away what was measured before."""
    for file in folder(registry).glob("*.json"):
        file.unlink()


def keep(registry: Loaded, part: str, book: Book, machine: Mapping[str, str]) -> None:
    """Keep what a part found, instead of what it found before."""
    folder(registry).mkdir(exist_ok=True)
    file(registry, part).write_bytes(orjson.dumps({**asdict(book), "machine": dict(machine)}))


def recall(registry: Loaded, part: str, machine: Mapping[str, str]) -> Measured | None:
    """What a part found last, if that was on the same machine with the same versions."""
    if not file(registry, part).exists():
        return None
    told = orjson.loads(file(registry, part).read_bytes())
    if lasting(told["machine"]) != lasting(machine):
        return None
    tables = [Table(**table) for table in told["tables"]]
    return Measured(Book(tables, [Target(**target) for target in told["targets"]]), told["machine"])


def lasting(machine: Mapping[str, str]) -> Mapping[str, str]:
    return {name: value for name, value in machine.items() if name not in OF_A_MOMENT}


def folder(registry: Loaded) -> Path:
    return registry.data_dir.with_name(FOLDER)


def file(registry: Loaded, part: str) -> Path:
    return folder(registry) / f"{part}.json"
