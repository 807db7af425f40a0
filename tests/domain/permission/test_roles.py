"""Every change declares what it takes, and every role says what it has."""

from itertools import pairwise

from app.api.fields import permission_of
from app.api.mutations import FIELDS
from app.domain.command import Command
from app.domain.permission.needs import ANYWHERE as ANYTHING
from app.domain.permission.roles import (
    ADMINISTERS,
    ANYWHERE,
    MAKE_EXCEPTION,
    PERMISSIONS,
    PROMOTE_IN_EMERGENCY,
    READ_AUDIT,
    SET_PROTECTED_ALIAS,
    SHORTEN_RETENTION,
    TOKENS_OF_OTHERS,
)
from app.domain.vocabulary import Role
from tests.domain.permission.operations import TABLE, acts
from tests.fixtures.schema import SCHEMA

COMMANDS: list[type[Command]] = [field.metadata["command"] for field in FIELDS]
# Permissions that are no action of a command: it takes them besides, or a question takes them.
EXTRA = {
    SET_PROTECTED_ALIAS,
    MAKE_EXCEPTION,
    PROMOTE_IN_EMERGENCY,
    TOKENS_OF_OTHERS,
    READ_AUDIT,
    SHORTEN_RETENTION,
}
LETTERS = {Role.CONTRIBUTOR: "c", Role.APPROVER: "a", Role.MAINTAINER: "m", Role.ADMIN: "A"}


def test_every_mutation_declares_what_it_takes() -> None:
    assert len(COMMANDS) > 50
    assert [command.__name__ for command in COMMANDS if not declares(command)] == []


def declares(command: type[Command]) -> bool:
    """Whether it says itself, or one that it is a kind of, over what its permission is to be held."""
    own = [class_ for class_ in command.__mro__ if issubclass(class_, Command) and class_ is not Command]
    return any("needs" in vars(class_) for class_ in own)


def test_every_permission_is_that_of_a_mutation_and_every_mutation_is_somebodys() -> None:
    actions = {command.action for command in COMMANDS if not command.needs.is_own}
    assert actions | EXTRA == ADMINISTERS
    assert {command.action for command in COMMANDS if command.needs == ANYTHING} == ANYWHERE


def test_every_field_of_the_root_declares_what_it_takes() -> None:
    query = SCHEMA._schema.query_type
    assert query is not None
    taken = {name: permission_of(field) for name, field in query.fields.items()}
    assert len(taken) > 35
    assert {name for name, permission in taken.items() if permission} == {
        *("auditEvents", "auditHead", "sealKeys", "auditVerification", "auditInclusion", "auditConsistency"),
    }
    assert set(taken.values()) <= {None, *ADMINISTERS}


def test_every_mutation_is_in_the_table() -> None:
    assert sorted(TABLE) == sorted(field.python_name for field in FIELDS)
    assert sorted(acts()) == sorted(TABLE)


def test_the_roles_are_those_of_the_table() -> None:
    for name, (letters, _) in TABLE.items():
        action = acts()[name][1].action
        own = "-" if acts()[name][1].needs.is_own else ""
        assert own or {LETTERS[role] for role, has in PERMISSIONS.items() if action in has} == set(letters), name


def test_a_role_has_what_the_smaller_one_has() -> None:
    smaller = [Role.VIEWER, Role.CONTRIBUTOR, Role.MAINTAINER, Role.ADMIN]
    assert all(PERMISSIONS[one] <= PERMISSIONS[next_] for one, next_ in pairwise(smaller))
    assert PERMISSIONS[Role.APPROVER] < PERMISSIONS[Role.MAINTAINER]
