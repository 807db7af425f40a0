"""Who may ask a field of the root: each declares the permission that it takes, or that everybody may."""

from typing import Any

from graphql import GraphQLResolveInfo

from app.api.context import Context
from app.api.fields import permission_of
from app.domain.permission.asking import may
from app.errors import Forbidden


async def admit(info: GraphQLResolveInfo[Context]) -> None:
    """Raise Forbidden for who may not ask this field."""
    field: Any = info.parent_type.fields[info.field_name]
    permission = permission_of(field)
    if permission is None or await may(info.context.connection, info.context.principal, permission):
        return
    raise Forbidden(
        f"This takes {permission} over the whole registry. Ask who maintains it for a grant.", permissions=[permission]
    )
