"""How Neo4j would answer a statement, and what must not be in that."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from neo4j import AsyncDriver, NotificationMinimumSeverity
from neo4j.exceptions import ClientError

SCANS = (
    "AllNodesScan",
    "NodeByLabelScan",
    "UnionNodeByLabelsScan",
    "IntersectionNodeByLabelsScan",
    "SubtractionNodeByLabelsScan",
    "DirectedAllRelationshipsScan",
    "UndirectedAllRelationshipsScan",
    "DirectedRelationshipTypeScan",
    "UndirectedRelationshipTypeScan",
    "DirectedUnionRelationshipTypesScan",
    "UndirectedUnionRelationshipTypesScan",
)
# What reads all of its input before it gives its first row.
GREEDY = ("Sort", "Top", "EagerAggregation", "Eager", "Distinct", "ValueHashJoin")
# What stops reading when it has enough; the last sorts only among equals of an order that an index gives.
LIMITS = ("Limit", "ExhaustiveLimit", "PartialTop")
# What gives a row for each row that it gets, or fewer.
PASSING = ("Projection", "Filter", "Eager", "CacheProperties")
AT_ONCE = 4


@dataclass(frozen=True)
class Statement:
    """A text as it is sent. `scans_index` says that it has to look at everything that an index holds."""

    name: str
    text: str
    scans_index: bool = False


@dataclass(frozen=True)
class Operator:
    """One step of a plan, with the steps above it, the nearest first."""

    name: str
    above: tuple[str, ...]
    gives_one_row: bool
    inputs: tuple["Operator", ...]

    @property
    def whole(self) -> Iterator["Operator"]:
        """It, and all below it."""
        yield self
        for each in self.inputs:
            yield from each.whole

    @property
    def is_index_scan(self) -> bool:
        return "Index" in self.name and self.name.endswith("Scan")

    @property
    def multiplies(self) -> bool:
        """Whether it is a product of many rows with many rows: two unique look-ups beside each other are not."""
        return self.name == "CartesianProduct" and not any(each.gives_one_row for each in self.inputs)


@dataclass(frozen=True)
class Plan:
    """How a statement is answered, and what Neo4j remarks on it."""

    statement: Statement
    operators: tuple[Operator, ...]
    remarks: tuple[str, ...]

    @property
    def problems(self) -> Iterator[str]:
        """All that is wrong with it, a line each."""
        for remark in self.remarks:
            yield f"{self.statement.name}: {remark}"
        for operator in self.operators:
            if operator.name in SCANS or operator.multiplies or operator.name.startswith("Repeat"):
                yield f"{self.statement.name}: {operator.name}"
            elif operator.is_index_scan and not self.statement.scans_index and not is_bounded(operator.above):
                yield f"{self.statement.name}: {operator.name} below {' < '.join(operator.above)}"

    def has(self, start: str) -> bool:
        """Whether the name of an operator begins like this."""
        return any(operator.name.startswith(start) for operator in self.operators)


def is_bounded(above: Iterable[str]) -> bool:
    """Whether a limit ends what is read here, in the order in which it is read."""
    for operator in above:
        if operator in LIMITS:
            return True
        if operator in GREEDY:
            return False
    return False


def explaining(text: str) -> str:
    """What asks how a statement would be answered on what the graph holds now, whatever is remembered of it. To forget
    all that is remembered would have every statement planned anew."""
    return text.replace("CYPHER 5", "CYPHER 5 replan=force EXPLAIN", 1)


async def explain(driver: AsyncDriver, statements: Iterable[Statement]) -> list[Plan]:
    """The plans of statements on what the graph holds now; equal texts are planned once."""
    distinct = {statement.text: statement for statement in statements}
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(statement: Statement) -> Plan:
        async with (
            gate,
            driver.session(notifications_min_severity=NotificationMinimumSeverity.WARNING) as session,
        ):
            try:
                summary = await (await session.run(explaining(statement.text), given={})).consume()
            except ClientError as error:
                return Plan(statement, (), (str(error.message),))
        assert summary.plan is not None
        remarks = tuple(
            f"{each.gql_status} {each.status_description}"
            for each in summary.gql_status_objects
            if each.is_notification
        )
        return Plan(statement, tuple(operator(summary.plan, ()).whole), remarks)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(statement)) for statement in distinct.values()]
    return [task.result() for task in tasks]


def operator(plan: Mapping[str, Any], above: tuple[str, ...]) -> Operator:
    """A step of a plan, as the driver gives it."""
    name = plan["operatorType"].partition("@")[0]
    inputs = tuple(operator(each, (name, *above)) for each in plan.get("children", ()))
    details = str(plan.get("args", {}).get("Details", ""))
    # What an aggregation groups by comes first in its details.
    gives_one_row = (
        name.startswith(("NodeUniqueIndexSeek", "NodeCountFromCountStore"))
        or (name == "EagerAggregation" and details.startswith(("collect(", "count(")))
        or (name in PASSING and all(each.gives_one_row for each in inputs))
    )
    return Operator(name, above, gives_one_row, inputs)
