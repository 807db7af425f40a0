"""Lines in and lines out, for tests."""

from typing import Any

import orjson

from app.database.connection import Connection
from app.transfer.exporting import export_lines
from app.transfer.importing import Imported, Options, import_lines

Line = dict[str, Any]
IMPORTER = "tester"


def text(*lines: Line) -> list[bytes]:
    return [orjson.dumps(line) for line in lines]


async def imported(connection: Connection, *lines: Line, strict: bool = False, allow_stubs: bool = False) -> Imported:
    """Import some lines."""
    return await import_lines(connection, text(*lines), Options(IMPORTER, strict, allow_stubs))


async def exported(connection: Connection) -> list[Line]:
    """Every line of the export, without the instants that are always the registry's own."""
    lines = [orjson.loads(line) async for page in export_lines(connection) for line in page]
    return [{name: value for name, value in line.items() if name != "recordedAt"} for line in lines]


async def told(connection: Connection, type: str) -> list[Line]:
    """The exported lines of one type."""
    return [line for line in await exported(connection) if line["type"] == type]


def reasons(done: Imported) -> list[str]:
    return [str(problem) for problem in done.problems]


def model(name: str = "churn", **fields: Any) -> Line:
    return {"type": "RegisteredModel", "name": name, **fields}


def version(number: int, name: str = "churn", **fields: Any) -> Line:
    return {"type": "ModelVersion", "model": name, "number": number, **fields}


def derived(number: int, source: int, **fields: Any) -> Line:
    """That a version of the model was retrained from another."""
    ends = {"from": ref(number), "to": ref(source)}
    return {"type": "DERIVED_FROM", "kind": "RETRAIN", **ends, **fields}


def ref(number: int, name: str = "churn") -> Line:
    return {"model": name, "number": number}


def run(name: str, **fields: Any) -> Line:
    return {"type": "Run", "references": [{"system": "airflow", "externalId": name}], **fields}


def run_ref(name: str) -> Line:
    return {"external": {"system": "airflow", "externalId": name}}
