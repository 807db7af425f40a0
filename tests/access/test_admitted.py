"""Who was let in a moment ago is remembered, and not for long."""

from datetime import UTC, datetime, timedelta

from app.access import admitted
from app.access.admitted import Admitted
from app.access.presented import Presented
from app.domain.principal import Principal
from app.domain.vocabulary import CredentialKind

ADA = Principal("1", "ada", CredentialKind.API_TOKEN)
TOKEN = Presented("token")


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_is_remembered_for_its_seconds() -> None:
    clock = Clock()
    known = Admitted(5.0, clock)
    known.keep(TOKEN, ADA)
    clock.now = 4.9
    assert known.find(TOKEN) is ADA
    clock.now = 5.0
    assert known.find(TOKEN) is None


def test_nothing_is_remembered_where_the_database_is_asked_each_time() -> None:
    known = Admitted(0.0, Clock())
    known.keep(TOKEN, ADA)
    assert known.find(TOKEN) is None


def test_a_credential_is_not_remembered_beyond_its_end() -> None:
    ended = Principal("1", "ada", CredentialKind.OIDC, expires_at=datetime.now(UTC) - timedelta(seconds=1))
    known = Admitted(5.0, Clock())
    known.keep(TOKEN, ended)
    assert known.find(TOKEN) is None


def test_a_cookie_is_no_header_of_the_same_text() -> None:
    known = Admitted(5.0, Clock())
    known.keep(TOKEN, ADA)
    assert known.find(Presented("token", is_cookie=True)) is None
    assert known.find(Presented("other")) is None


def test_what_is_forgotten_is_asked_anew() -> None:
    known = Admitted(5.0, Clock())
    known.keep(TOKEN, ADA)
    known.forget(TOKEN)
    known.forget(TOKEN)
    assert known.find(TOKEN) is None


def test_only_so_many_are_remembered_and_none_by_its_text() -> None:
    known = Admitted(5.0, Clock())
    for number in range(admitted.MOST + 1):
        known.keep(Presented(f"token {number}"), ADA)
    assert len(known.kept) == admitted.MOST
    assert known.find(Presented("token 0")) is None
    assert known.find(Presented("token 1")) is ADA
    assert "token 1" not in str(known.kept)
    assert "token" not in repr(TOKEN)
