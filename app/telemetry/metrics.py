"""What is counted and measured, under the names that Prometheus will show. Who counts something declares it here.

A label's values are few: each is a series of its own. `code` is a code of the API, or OK.
"""

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

# When a series began is of no use, and doubles their number.
disable_created_metrics()  # type: ignore[no-untyped-call]

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
COSTS = (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)

# GraphQL, whatever brings it: HTTP or a WebSocket.
REQUESTS = Counter(
    "pedigree_graphql_requests_total",
    "GraphQL operations that were answered, by the code of their first error.",
    ["operation", "code"],
)
REQUEST_SECONDS = Histogram(
    "pedigree_graphql_request_duration_seconds",
    "Time from a GraphQL operation's arrival to its answer.",
    ["operation"],
    buckets=SECONDS,
)
IN_FLIGHT = Gauge(
    "pedigree_graphql_requests_in_flight", "GraphQL operations that are under way.", multiprocess_mode="livesum"
)
COST = Histogram("pedigree_query_cost", "Cost of GraphQL operations, computed before they run.", buckets=COSTS)

# Who asks: what is remembered for some seconds is not counted again.
AUTHENTICATIONS = Counter(
    "pedigree_authentications_total", "Credentials that were looked at, by what was found: OK, EXPIRED ...", ["code"]
)

# The database. A read that is tried again counts each time.
STATEMENTS = Counter("pedigree_statements_total", "Statements sent to Neo4j, by query.", ["query", "code"])
STATEMENT_SECONDS = Histogram(
    "pedigree_statement_duration_seconds",
    "Time from wanting a connection for a statement to having read its answer.",
    ["query"],
    buckets=SECONDS,
)
TRANSACTION_SECONDS = Histogram(
    "pedigree_transaction_duration_seconds",
    "Time of transactions that write: their statements, commit, and what the driver tried again.",
    ["code"],
    buckets=SECONDS,
)
POOL_IN_USE = Gauge(
    "pedigree_pool_in_use", "Connections to Neo4j that somebody has or waits for.", multiprocess_mode="livesum"
)
POOL_SIZE = Gauge("pedigree_pool_size", "Most connections to Neo4j at a time.", multiprocess_mode="livesum")

# The planner: statements that hold the whole tree of a query, which Neo4j plans before they are used.
COMPOSITIONS = Counter(
    "pedigree_compositions_total", "Composed statements that Neo4j was asked to plan, by how that ended.", ["code"]
)

# The audit log.
SEALED = Counter("pedigree_audit_sealed_total", "Audit events that were given their place in the sealed log.")


class Names:
    """The first distinct names there were, so many of them; all others are `other`."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.known: set[str] = set()

    def label(self, name: str) -> str:
        if name in self.known:
            return name
        if len(self.known) == self.limit:
            return "other"
        self.known.add(name)
        return name


OPERATION_NAMES = Names(200)  # clients choose them
QUERY_NAMES = Names(500)
