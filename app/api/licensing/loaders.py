"""How the obligations of licenses are answered: the domain is asked for many assets at once."""

from collections.abc import Mapping
from typing import Any

from app.api.lineage.loaders import scope
from app.database.connection import Connection
from app.domain.licensing import reading
from app.planner.kinds import Asked, Loader
from app.planner.needs import EVERYTHING

PATHS = frozenset({"path", EVERYTHING})


async def license_obligations(connection: Connection, asked: Asked) -> Mapping[str, Any]:
    """What is on the ways is brought when somebody asks for them."""
    with_paths = not PATHS.isdisjoint(asked.told)
    return await reading.license_obligations(connection, asked.keys, scope(asked), with_paths=with_paths)


LOADERS: Mapping[tuple[str, str], Loader] = {("Licensed", "licenseObligations"): license_obligations}
