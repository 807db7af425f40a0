"""Connections after the Relay cursor connections specification."""

from typing import Generic, TypeVar

import strawberry

Item = TypeVar("Item")


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(
        description="Whether more follows. Reading backwards: whether `before` was given."
    )
    has_previous_page: bool = strawberry.field(
        description="Reading backwards: whether more precedes. Else: whether `after` was given."
    )
    start_cursor: str | None = strawberry.field(description="Cursor of the page's first object.")
    end_cursor: str | None = strawberry.field(description="Cursor of the page's last object.")


@strawberry.type(description="One object of a list, with its place.")
class Edge(Generic[Item]):
    cursor: str = strawberry.field(description="The place of the object in this list, in this order, with this filter.")
    node: Item = strawberry.field(description="The object.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[Item]):
    edges: list[Edge[Item]] = strawberry.field(description="The objects of the page, each with its cursor.")
    nodes: list[Item] = strawberry.field(description="The objects of the page.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")
    total_count: int = strawberry.field(
        description="Objects in the whole list. Costs a count of its own, so ask only when you show it."
    )
