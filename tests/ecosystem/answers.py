"""Every kind of question about the real graph, asked over GraphQL."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tests.api.conftest import Client
from tests.ecosystem.conversion import Ecosystem, Line

NAME = """
fragment Name on LineageNode {
  __typename
  ... on ModelVersion { model { name } }
  ... on DatasetVersion { dataset { name } }
  ... on Application { name }
  ... on UnknownAsset { name }
}
"""
WALK = (
    """query ($of: LineageRef!, $direction: LineageDirection!) {
  lineage(of: $of, direction: $direction) {
    complete
    start { id ...Name }
    nodes { depth node { id ...Name } }
    edges { sourceId targetId }
  }
}"""
    + NAME
)
PATHS = (
    "query ($from: LineageRef!, $to: LineageRef!) { lineagePaths(from: $from, to: $to) {"
    " paths { length nodes { ...Name } } } }" + NAME
)
COMMON = "query ($of: [LineageRef!]!) { commonAncestors(of: $of) { complete nodes { node { ...Name } } } }" + NAME
IMPACT = """query ($of: [LineageRef!]!) {
  impact(of: $of) { complete versions { model { name } } applications { name } }
}"""
TAINT = (
    """query ($of: LineageRef!, $license: String!) {
  lineage(of: $of, direction: UPSTREAM, where: {types: [DatasetVersion], license: {eq: $license}}) {
    complete nodes { node { ...Name } }
  }
}"""
    + NAME
)
DOWNSTREAM = "query ($of: LineageRef!) { lineageCounts(of: $of, direction: DOWNSTREAM) { complete total } }"


def name_of(node: Line) -> str:
    """The name that a node has in the real graph."""
    inner = node.get("model") or node.get("dataset") or node
    return str(inner["name"])


class Questions:
    """Asks a server that holds the real graph. Figures about the whole graph come from `lines`, its export."""

    def __init__(self, client: Client, ecosystem: Ecosystem, lines: list[Line]) -> None:
        self.client = client
        self.ecosystem = ecosystem
        self.lines = lines

    def of(self, name: str) -> Line:
        """The reference as GraphQL takes it."""
        match self.ecosystem.nodes[name]["type"]:
            case "model":
                return {"modelVersion": {"number": {"model": name, "number": 1}}}
            case "dataset":
                return {"datasetVersion": {"version": {"dataset": name, "version": "1"}}}
            case "application":
                return {"application": name}
        return {"asset": name}

    async def walk(self, name: str, direction: str) -> Line:
        answer = (await self.client.data(WALK, of=self.of(name), direction=direction))["lineage"]
        assert answer["complete"]
        return dict(answer)

    async def reached(self, name: str, direction: str) -> dict[str, int]:
        """The names that are reached, and how far away they are."""
        stops = (await self.walk(name, direction))["nodes"]
        return {name_of(stop["node"]): stop["depth"] for stop in stops if name_of(stop["node"]) != name}

    async def upstream_all(self, name: str) -> list[str]:
        return sorted(await self.reached(name, "UPSTREAM"))

    async def downstream_all(self, name: str) -> list[str]:
        return sorted(await self.reached(name, "DOWNSTREAM"))

    async def shortest_path(self, **ends: str) -> list[str]:
        asked = {end: self.of(name) for end, name in ends.items()}
        paths = (await self.client.data(PATHS, **asked))["lineagePaths"]["paths"]
        return [name_of(node) for node in paths[0]["nodes"]] if paths else []

    async def common_ancestors(self, a: str, b: str) -> list[str]:
        """What both come from. The API counts something as its own ancestor, at depth 0; the questions do not."""
        answer = (await self.client.data(COMMON, of=[self.of(a), self.of(b)]))["commonAncestors"]
        assert answer["complete"]
        return sorted(name for each in answer["nodes"] if (name := name_of(each["node"])) not in (a, b))

    async def license_taint(self, license: str) -> list[str]:
        """The models with a dataset of that license above them: asked dataset by dataset, from the license down."""
        found: set[str] = set()
        for dataset in await self.licensed(license):
            found |= (await self.reached(dataset, "DOWNSTREAM")).keys() & self.ecosystem.names("model")
        return sorted(found)

    async def licensed(self, license: str) -> list[str]:
        """The datasets of a license."""
        query = """query ($after: String, $license: String!) {
          datasets(first: 100, after: $after) {
            pageInfo { hasNextPage endCursor }
            nodes { name versions(where: {license: {eq: $license}}) { nodes { id } } }
          }
        }"""
        found, after = [], None
        while True:
            page = (await self.client.data(query, license=license, after=after))["datasets"]
            found += [node["name"] for node in page["nodes"] if node["versions"]["nodes"]]
            if not page["pageInfo"]["hasNextPage"]:
                return sorted(found)
            after = page["pageInfo"]["endCursor"]

    async def tainted_ancestors(self, name: str, license: str) -> list[str]:
        """The datasets of a license above something: the same question from below."""
        answer = (await self.client.data(TAINT, of=self.of(name), license=license))["lineage"]
        assert answer["complete"]
        return sorted(name_of(stop["node"]) for stop in answer["nodes"])

    async def depth(self, name: str) -> int:
        answer = await self.walk(name, "UPSTREAM")
        edges = [(edge["sourceId"], edge["targetId"]) for edge in answer["edges"]]
        return longest_chain(answer["start"]["id"], edges)

    async def recall_impact(self, name: str) -> dict[str, int]:
        """Models and applications that stand on it, with the length of the nearest path."""
        answer = (await self.client.data(IMPACT, of=[self.of(name)]))["impact"]
        assert answer["complete"]
        affected = {*(each["model"]["name"] for each in answer["versions"])}
        affected |= {each["name"] for each in answer["applications"]}
        depths = await self.reached(name, "DOWNSTREAM")
        return {name: depths[name] for name in sorted(affected - {name})}

    async def top_transitive(self, count: int) -> list[list[Any]]:
        totals = {}
        for name in self.ecosystem.names("dataset"):
            answer = (await self.client.data(DOWNSTREAM, of=self.of(name)))["lineageCounts"]
            assert answer["complete"]
            totals[name] = answer["total"]
        ordered = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
        return [[name, total] for name, total in ordered[:count]]

    def roots_datasets(self) -> list[str]:
        below, above = self.ends()
        return sorted(name for name in self.ecosystem.names("dataset") if name in above and name not in below)

    def orphans(self) -> list[str]:
        below, above = self.ends()
        return sorted(self.ecosystem.names("model", "dataset", "application") - below - above)

    def ends(self) -> tuple[set[str], set[str]]:
        """The names that come from something, and those that something comes from; from the export."""
        edges = [line for line in self.lines if "from" in line]
        below, above = ({exported_name(edge[end]) for edge in edges} for end in ("from", "to"))
        return below, above


def exported_name(reference: Line) -> str:
    return str(next(reference[field] for field in ("model", "dataset", "application", "asset") if field in reference))


def longest_chain(start: str, edges: Iterable[tuple[str, str]]) -> int:
    """The number of edges of the longest chain from `start`, strongly connected groups taken as one node."""
    nexts: dict[str, set[str]] = defaultdict(set)
    for source, target in edges:
        nexts[source].add(target)
    group = groups(nexts)
    depths: dict[str, int] = {}

    def depth(member: str) -> int:
        if member not in depths:
            members = [node for node, other in group.items() if other == member]
            outside = {group[target] for node in members for target in nexts[node]} - {member}
            depths[member] = max((1 + depth(other) for other in sorted(outside)), default=0)
        return depths[member]

    return depth(group.get(start, start)) if start in group else 0


def groups(nexts: dict[str, set[str]]) -> dict[str, str]:
    """A name for the strongly connected group of each node: the least of its members."""
    nodes = set(nexts) | {target for targets in nexts.values() for target in targets}
    reach = {node: set(reachable(node, nexts)) for node in nodes}
    return {node: min({other for other in reach[node] if node in reach[other]} | {node}) for node in nodes}


def reachable(start: str, nexts: dict[str, set[str]]) -> Iterator[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for target in nexts.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    yield from seen
