"""Small values that several types are made of."""

import strawberry

from app.api.fields import node
from app.domain.scalars import JSON


@strawberry.type(description="The terms under which something may be used.")
class License:
    declared: str | None
    spdx: str | None
    url: str | None


@strawberry.type(description="One field of a signature or a schema.")
class FieldSpec:
    name: str | None = strawberry.field(description="Its name, when it has one.")
    type: str = strawberry.field(description="Its type, in the words of the framework or store.")
    shape: list[int] | None = strawberry.field(description="Lengths of a tensor's dimensions; -1 is any.")
    required: bool | None = strawberry.field(description="Whether it must be given.")
    default: JSON | None = strawberry.field(description="What stands in when it is not.")


@node
class Parameter:
    name: str
    value: JSON | None = strawberry.field(description="The value, with its type: null is one, too.")
    source: str = strawberry.field(description="VERSION or RUN: who recorded it.")
