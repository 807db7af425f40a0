"""`pedigree settings`: all settings with their defaults and meaning, as the table of `docs/configuration.md`."""

import typer
from pydantic.fields import FieldInfo

from app.settings import Settings, variable

INTRODUCTION = """# Configuration

Pedigree reads its settings from the environment. `pedigree serve` takes the first few as options, too.
This page is printed from `app/settings.py` by `pedigree settings`.
"""
FOLDERS = {
    "data_dir": "the user's data folder: `$XDG_DATA_HOME/pedigree`, else `~/.local/share/pedigree`",
    "cache_dir": "the user's cache folder: `$XDG_CACHE_HOME/pedigree`, else `~/.cache/pedigree`",
}


def settings() -> None:
    """Print every setting, its default and its meaning, as Markdown."""
    typer.echo(page(), nl=False)


def page() -> str:
    """The text of `docs/configuration.md`."""
    rows = [row(name, field) for name, field in Settings.model_fields.items()]
    table = ["| variable | default | meaning |", "|---|---|---|", *rows]
    return INTRODUCTION + "\n" + "\n".join(table) + "\n"


def row(name: str, field: FieldInfo) -> str:
    return f"| `{variable(name)}` | {default(name, field)} | {field.description} |"


def default(name: str, field: FieldInfo) -> str:
    if name in FOLDERS:
        return FOLDERS[name]
    return f"`{field.default}`" if field.default not in (None, "") else ""
