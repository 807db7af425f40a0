"""What is hidden from somebody is asked once, when a request begins."""

from app.database.connection import Connection
from app.database.queries import query
from app.domain.given import given
from app.domain.permission.asking import is_asked
from app.domain.permission.roles import PERMISSIONS
from app.domain.permission.sight import WHOLE, Sight
from app.domain.principal import Principal

SIGHT = query("permission/sight")


async def sight_of(connection: Connection, principal: Principal | None) -> Sight:
    """What somebody may see, now. A credential that is limited shows what its permissions are granted over."""
    if not is_asked(principal):
        return WHOLE
    allowed = principal.allowed or frozenset()
    asked = {
        "actorId": principal.actor_id,
        "teamIds": list(principal.teams),
        "isLimited": principal.allowed is not None,
        "permissions": sorted(allowed),
        "roles": [role.value for role, held in PERMISSIONS.items() if held & allowed],
    }
    row = await connection.ask(SIGHT, given(asked))
    return Sight(tuple(sorted(row["hidden"])))
