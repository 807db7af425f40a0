"""What lists can be ordered by. Each order is a line in the header of a list's file in `cypher/`."""

from enum import StrEnum

import strawberry

from app.api.filters import MetricFilter, given


@strawberry.enum(description="The direction of an order.")
class Direction(StrEnum):
    ASC = "ASC"
    DESC = "DESC"


@strawberry.enum(description="What models can be ordered by.")
class ModelOrderField(StrEnum):
    NAME = "NAME"
    CREATED_AT = "CREATED_AT"


@strawberry.enum(description="What versions can be ordered by.")
class ModelVersionOrderField(StrEnum):
    NUMBER = "NUMBER"
    CREATED_AT = "CREATED_AT"
    METRIC = "METRIC"


@strawberry.enum(description="What datasets can be ordered by.")
class DatasetOrderField(StrEnum):
    NAME = "NAME"
    CREATED_AT = "CREATED_AT"


@strawberry.enum(description="What snapshots can be ordered by.")
class DatasetVersionOrderField(StrEnum):
    CREATED_AT = "CREATED_AT"
    ROW_COUNT = "ROW_COUNT"


@strawberry.enum(description="What runs can be ordered by.")
class RunOrderField(StrEnum):
    CREATED_AT = "CREATED_AT"
    STARTED_AT = "STARTED_AT"


@strawberry.enum(description="What deployments can be ordered by.")
class DeploymentOrderField(StrEnum):
    VALID_FROM = "VALID_FROM"


@strawberry.enum(description="What applications can be ordered by.")
class ApplicationOrderField(StrEnum):
    NAME = "NAME"
    CREATED_AT = "CREATED_AT"


@strawberry.enum(description="What events can be ordered by.")
class AuditEventOrderField(StrEnum):
    AT = "AT"
    SEQUENCE = "SEQUENCE"


@strawberry.input(description="An order of models. Equals are ordered by id.")
class ModelOrder:
    by: ModelOrderField = strawberry.field(description="By what.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")


@strawberry.input(description="An order of versions. Those without a value come last, equals are ordered by id.")
class ModelVersionOrder:
    by: ModelVersionOrderField = strawberry.field(description="By what.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")
    metric: MetricFilter | None = given(
        "For METRIC: which figure; its bounds are not applied. At the root, only versions that have it are listed."
    )


@strawberry.input(description="An order of datasets. Equals are ordered by id.")
class DatasetOrder:
    by: DatasetOrderField = strawberry.field(description="By what.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")


@strawberry.input(description="An order of snapshots. Those without a value come last, equals are ordered by id.")
class DatasetVersionOrder:
    by: DatasetVersionOrderField = strawberry.field(description="By what.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")


@strawberry.input(
    description="An order of runs. Equals are ordered by id. Only runs that have started are listed by STARTED_AT."
)
class RunOrder:
    by: RunOrderField = strawberry.field(description="By what.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")


@strawberry.input(description="An order of deployments. Equals are ordered by id.")
class DeploymentOrder:
    by: DeploymentOrderField = strawberry.field(description="By what.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")


@strawberry.input(description="An order of applications. Equals are ordered by id.")
class ApplicationOrder:
    by: ApplicationOrderField = strawberry.field(description="By what.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")


@strawberry.input(description="An order of events. Equals are ordered by id. Only sealed ones are listed by SEQUENCE.")
class AuditEventOrder:
    by: AuditEventOrderField = strawberry.field(description="By what.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")
