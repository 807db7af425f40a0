"""Every operation as every role: who may not is refused, and changes nothing but the log."""

import pytest

from app.domain.credentials.tokens import CreateApiToken, create_api_token
from app.domain.delivery.applications import CreateApplication, create_application
from app.domain.lineage.execution import StartRun, start_run
from app.domain.vocabulary import Role
from app.domain.writing import Writer
from app.errors import Forbidden, PedigreeError
from tests.domain.actions import EDGE, EVALUATION, OPEN_DEPLOYMENT, ROLLING_OUT, WAIVER, prepare
from tests.domain.approval import actions as approval
from tests.domain.governance import actions as governance
from tests.domain.permission.operations import RUN, TABLE, acts
from tests.domain.permission.people import somebody
from tests.fixtures.kept import Kept, kept
from tests.fixtures.registration import WHOLE, register
from tests.fixtures.snapshot import found, snapshot

pytestmark = pytest.mark.planning

LETTERS = {Role.VIEWER: "v", Role.CONTRIBUTOR: "c", Role.APPROVER: "a", Role.MAINTAINER: "m", Role.ADMIN: "A"}
TEXT = "MATCH (e:AuditEvent) WHERE e.places IS NOT NULL RETURN head(collect(e.id)) AS found"
TOKEN = "MATCH (t:ApiToken {name: 'ours', actorId: $id}) RETURN t.id AS found"
OTHER_GRANT = "MATCH (g:Grant {role: 'VIEWER'}) RETURN head(collect(g.id)) AS found"
FORGET = """MATCH (e:AuditEvent {outcome: 'DENIED'})
WITH e, e.action AS action DETACH DELETE e RETURN collect(action) AS x"""


@pytest.fixture(scope="module")
async def prepared(founder: Writer) -> Kept:
    """A registry with something for every operation."""
    await register(founder, **WHOLE)
    await register(founder, **{**WHOLE, "references": [], "aliases": ["candidate"]})
    await start_run(founder, StartRun.model_validate({"reference": RUN["external"]}))
    await prepare(founder)
    await governance.prepare(founder)
    await approval.prepare(founder)
    await create_application(founder, CreateApplication(name="app"))
    return await kept(founder)


@pytest.fixture
async def registry(prepared: Kept) -> Writer:
    """Who wrote to a registry that is as it was prepared."""
    return await prepared.put_back()


async def ids(writer: Writer, by: Writer) -> dict[str, str]:
    """What stands in the table for an id."""
    connection = writer.connection
    return {
        "DEPLOYMENT": await found(connection, OPEN_DEPLOYMENT),
        "EDGE": await found(connection, EDGE),
        "EVALUATION": await found(connection, EVALUATION),
        "EVENT": await found(connection, TEXT),
        "ROLLING_OUT": await found(connection, ROLLING_OUT),
        "FINDING": await found(connection, governance.FINDING),
        "RECALL": await found(connection, governance.RECALL),
        "MITIGATION": await found(connection, governance.MITIGATION),
        "GRANT": await found(connection, OTHER_GRANT),
        "TOKEN": await found(connection, TOKEN, id=by.caller.actor_id),
        "REQUEST": await found(connection, approval.REQUEST),
        "APPROVAL": await found(connection, approval.APPROVAL),
        "DELEGATION": await found(connection, approval.DELEGATION),
        "WAIVER": await found(connection, WAIVER),
    }


@pytest.mark.parametrize("role", Role)
async def test_who_may_not_is_refused_and_changes_nothing(registry: Writer, role: Role) -> None:
    by = await somebody(registry, "robot", role=role)
    await create_api_token(by, CreateApiToken(name="ours"))
    await somebody(registry, "other", role=Role.VIEWER)
    known = await ids(registry, by)
    before = await snapshot(registry.connection)
    allowed = []
    for name, (letters, told) in TABLE.items():
        act, class_ = acts()[name]
        filled = {field: filled_in(value, known) for field, value in told.items()}
        if letters == "-" or LETTERS[role] in letters:
            allowed.append((name, act, class_.model_validate(filled)))
            continue
        with pytest.raises(Forbidden) as refused:
            await act(by, class_.model_validate(filled))
        assert class_.action in refused.value.message, name
        denied = await registry.connection.driver.execute_query(FORGET)
        assert denied.records[0]["x"] == [class_.action], name
        assert await snapshot(registry.connection) == before, name
    for name, act, command in allowed:
        try:
            await act(by, command)
        except Forbidden as error:
            raise AssertionError(name) from error
        except PedigreeError:
            pass  # an earlier one has put away what it is about


def filled_in(value: object, known: dict[str, str]) -> object:
    if isinstance(value, dict):
        return {key: filled_in(item, known) for key, item in value.items()}
    return known.get(value, value) if isinstance(value, str) else value
