"""Arguments of fields that the domain reads, as it reads them."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from app.errors import InvalidInput, PathItem

Model = TypeVar("Model", bound=BaseModel)


def read(class_: type[Model], given: Mapping[str, Any], *path: PathItem) -> Model:
    """An argument as the domain reads it. Raises InvalidInput with its path."""
    try:
        return class_.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidInput(f"{first['msg'].removeprefix('Value error, ')}.", path=(*path, *first["loc"])) from error
