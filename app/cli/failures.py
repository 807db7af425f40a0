"""What the command line says of a failure."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.errors import PedigreeError
from app.settings import Settings, variable


def explain(error: PedigreeError | ValidationError) -> str:
    """A failure in one line, or a line per wrong setting or option."""
    if isinstance(error, PedigreeError):
        return error.message
    return "\n".join(wrong_value(detail) for detail in error.errors())


def wrong_value(detail: ErrorDetails) -> str:
    place = str(detail["loc"][0]) if detail["loc"] else ""
    name = f"setting {variable(place)}" if place in Settings.model_fields else place
    return f"The {name} is wrong: {detail['msg']}."
