"""The fields of a table, a model's input or its output."""

from collections.abc import Sequence

from pydantic import Field

from app.domain.command import Input, many, optional
from app.domain.scalars import FreeJSON, Line


class FieldSpecInput(Input):
    """One field."""

    name: Line | None = optional("Its name, where it has one.")
    type: Line = Field(description="int64, float32, string, tensor ...")
    shape: tuple[int, ...] = many("Its dimensions; -1 for any.")
    required: bool = Field(default=True, description="Whether it must be present.")
    default: FreeJSON | None = optional("Its value when absent.")


def field_specs(fields: Sequence[FieldSpecInput]) -> list[dict[str, object]] | None:
    """The fields as they are kept, None when nothing was said."""
    return [field.model_dump(mode="json", by_alias=True) for field in fields] or None
