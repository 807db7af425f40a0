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
    variables = {name: variable(name) for name in Settings.model_fields}
    name = variables.get(place, place)
    name = f"setting {name}" if name in variables.values() else name
    return f"The {name} is wrong: {detail['msg']}."
