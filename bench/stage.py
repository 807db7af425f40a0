"""What the parts of a run share: the registry, the Neo4j that it lies in, and who can be asked."""

from dataclasses import dataclass

from neo4j import AsyncDriver

from app.database.local import LocalNeo4j
from bench.contenders import GraphQLServer, Raw
from bench.database import Loaded
from bench.graph.sizes import Sizes


@dataclass(frozen=True)
class Stage:
    """A loaded registry, with a Pedigree server and a driver on it."""

    registry: Loaded
    neo4j: LocalNeo4j
    driver: AsyncDriver
    url: str

    @property
    def sizes(self) -> Sizes:
        return self.registry.sizes

    @property
    def raw(self) -> Raw:
        return Raw(self.driver)

    @property
    def pedigree(self) -> GraphQLServer:
        return GraphQLServer(self.url)
