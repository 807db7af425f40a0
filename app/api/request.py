"""What a client asks, whichever way it came, and what it is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.api.limits.rates import Allowance


@dataclass(frozen=True)
class GraphQLRequest:
    """A document with what belongs to it. `client` is what the program that asks calls itself."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation_name: str | None = None
    client: str | None = None


@dataclass(frozen=True)
class Answer:
    """The answer in GraphQL's own form. When nothing was `executed` it has no data, only errors. `allowance` is what
    who asked may still spend, where that is counted."""

    body: dict[str, Any]
    executed: bool = True
    allowance: Allowance | None = None
