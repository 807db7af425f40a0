"""What one request may ask for. Everything here is decided before anything is executed."""

from dataclasses import dataclass

from app.settings import Settings


@dataclass(frozen=True)
class Limits:
    """The most of each thing in a document, fragments written out. `cost` is a price: see `cost.py`."""

    tokens: int = 2_000
    depth: int = 15
    fields: int = 500
    aliases: int = 30
    directives: int = 50
    root_fields: int = 20
    operations: int = 10
    variables: int = 50
    conditions: int = 50
    nesting: int = 12
    cost: int = 50_000
    introspection: bool = True


def limits_of(settings: Settings) -> Limits:
    """The limits that the settings set. The others are rarely in anybody's way."""
    return Limits(
        tokens=settings.max_tokens,
        depth=settings.max_depth,
        fields=settings.max_fields,
        aliases=settings.max_aliases,
        cost=settings.max_cost,
        introspection=settings.introspection,
    )
