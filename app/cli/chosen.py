"""The settings that a command works with."""

from pathlib import Path
from typing import Annotated, Any

import typer

from app.settings import Settings

DataDir = Annotated[Path | None, typer.Option(help="Folder of the data.")]


def chosen(**options: Any) -> Settings:
    """The settings of the environment, with the options that were given in their place."""
    return Settings(**{name: value for name, value in options.items() if value is not None})
