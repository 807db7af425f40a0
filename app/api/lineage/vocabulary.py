"""The words of questions about lineage."""

from enum import Enum

import strawberry
from strawberry import enum_value


@strawberry.enum(description="Which way a walk goes. Edges point from the later thing to what it came from.")
class LineageDirection(Enum):
    UPSTREAM = enum_value("UPSTREAM", description="To what it came from, along the edges.")
    DOWNSTREAM = enum_value("DOWNSTREAM", description="To what came from it, against the edges.")


@strawberry.enum(description="The kinds of lineage edges.")
class LineageEdgeKind(Enum):
    USED = enum_value("USED", description="A run read it.")
    GENERATED_BY = enum_value("GENERATED_BY", description="A run made it.")
    DERIVED_FROM = enum_value("DERIVED_FROM", description="It was made from it.")
    DEPENDS_ON = enum_value("DEPENDS_ON", description="It needs it when it runs.")
    EVALUATED = enum_value("EVALUATED", description="An evaluation measured it.")
    ON = enum_value("ON", description="An evaluation measured with it.")
    JUDGED_BY = enum_value("JUDGED_BY", description="A model gave the verdict of an evaluation.")
    SERVES = enum_value("SERVES", description="A deployment serves it.")


@strawberry.enum(description="The types of nodes that lineage leads to, named as their GraphQL types.")
class LineageType(Enum):
    ModelVersion = enum_value("ModelVersion", description="A version of a model.")
    DatasetVersion = enum_value("DatasetVersion", description="A snapshot of data.")
    Application = enum_value("Application", description="A product or service.")
    UnknownAsset = enum_value("UnknownAsset", description="Something known by name only.")
    Run = enum_value("Run", description="An execution.")
    Commit = enum_value("Commit", description="A revision of code.")
    Evaluation = enum_value("Evaluation", description="A measurement.")
    Deployment = enum_value("Deployment", description="A version at its place.")


@strawberry.enum(description="Why an answer is not complete.")
class TruncationReason(Enum):
    DEPTH = enum_value("DEPTH", description="There is more beyond `maxDepth`.")
    BUDGET = enum_value("BUDGET", description="There is more than `limit` allows.")
