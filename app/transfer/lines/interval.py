"""What holds from one instant to another."""

from typing import Self

from pydantic import model_validator

from app.domain.command import Input, optional
from app.domain.scalars import PastInstant


class Interval(Input):
    """An interval: it holds from its first instant on, up to but without the last one."""

    valid_from: PastInstant | None = optional("First instant at which it holds.")
    valid_to: PastInstant | None = optional("First instant at which it holds no longer; absent while it holds.")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.valid_to is not None and (self.valid_from is None or self.valid_from >= self.valid_to):
            raise ValueError("validTo needs a validFrom before it")
        return self
