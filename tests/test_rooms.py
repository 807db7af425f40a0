"""The house has one line of rooms, and imports go only down it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

# A room may use itself and the rooms to its right.
LINE = (
    "cli",
    "main",
    "demo",
    "transfer",
    "web",
    "access",
    "api",
    "planner",
    "domain",
    "database",
    "telemetry",
    "settings",
    "errors",
)
GROUND = "graph_schema"


def test_imports_go_down_the_line() -> None:
    offenders = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in sorted((ROOT / "app").rglob("*.py"))
        for name in imported(file)
        if goes_up(room_of_file(file), room_of_name(name))
    ]
    assert offenders == []


def test_the_graph_schema_knows_nothing_of_the_application() -> None:
    files = sorted((ROOT / GROUND).rglob("*.py"))
    assert [f"{file} imports {name}" for file in files for name in imported(file) if name.startswith("app")] == []


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def room_of_file(file: Path) -> str:
    return file.relative_to(ROOT / "app").parts[0].removesuffix(".py")


def room_of_name(name: str) -> str | None:
    """The room of a module of ours; None for what is not ours, or for the ground that all stand on."""
    parts = name.split(".")
    return parts[1] if parts[0] == "app" and len(parts) > 1 else None


def goes_up(room: str, other: str | None) -> bool:
    return other is not None and room != "__init__" and LINE.index(other) < LINE.index(room)
