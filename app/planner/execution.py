"""graphql-core's execution, which asks an object's row for its shape before it goes through the fields one by one."""

from typing import Any

from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from app.planner.rows import Row
from app.planner.shaping import FALLS_BACK


class PlannedExecution(StrawberryGraphQLCoreExecutionContext):
    """The fast path's place in the standard algorithm."""

    def complete_object_value(  # type: ignore[no-untyped-def]  # the signature is graphql-core's, and its own affair
        self, return_type, field_details_list, info, path, result, position_context
    ) -> Any:
        if type(result) is Row and result.shape is not None:
            try:
                return result.shape(result)
            except FALLS_BACK:
                result.shape = None
        return super().complete_object_value(return_type, field_details_list, info, path, result, position_context)
