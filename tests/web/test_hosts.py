"""By which names the server answers, and to whose pages."""

import pytest
from starlette.datastructures import Headers

from app.settings import Settings
from app.web.hosts import Hosts, hosts
from app.web.origins import check_origin, is_same
from app.web.refusals import Refused
from tests.api.conftest import Client


async def nothing(*_: object) -> None:
    raise AssertionError("it is not called")


def allows(settings: Settings, *given: str) -> bool:
    allowed = hosts(settings)
    return allowed is None or Hosts(nothing, allowed).is_allowed(Headers(raw=[(b"host", h.encode()) for h in given]))


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "LOCALHOST", "127.0.0.1:1", "[::1]", "[::1]:8000"])
def test_loopback_has_its_own_names(host: str) -> None:
    assert allows(Settings(), host)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "localhost.evil.example", "", "127.0.0.1.evil"])
def test_a_name_that_somebody_made_lead_here_is_not_ours(host: str) -> None:
    assert not allows(Settings(), host)


def test_a_request_names_one_host() -> None:
    assert not allows(Settings())
    assert not allows(Settings(), "localhost", "evil.example")


def test_names_can_be_added() -> None:
    settings = Settings(allowed_hosts="registry.example  Other.example")
    assert allows(settings, "registry.example:8000")
    assert allows(settings, "other.example")
    assert allows(settings, "localhost")
    assert not allows(settings, "evil.example")


def test_the_address_that_it_listens_on_is_a_name() -> None:
    assert allows(Settings(host="127.0.0.7"), "127.0.0.7:8000")
    assert not allows(Settings(), "127.0.0.7:8000")


def test_beyond_loopback_any_name_does_unless_some_are_given() -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "registry.example"):
        assert allows(Settings(host=host), "anything.example")
        assert not allows(Settings(host=host, allowed_hosts="registry.example"), "anything.example")
    for host in ("localhost", "127.0.0.1", "::1"):
        assert not allows(Settings(host=host), "anything.example")


def test_the_public_address_is_a_name() -> None:
    settings = Settings(public_url="https://Registry.example")
    assert allows(settings, "registry.example")
    assert not allows(settings, "anything.example")


async def test_an_orchestrator_may_ask_by_any_name(client: Client) -> None:
    for path, status in {"/healthz": 200, "/readyz": 200, "/metrics": 421, "/graphql": 421}.items():
        assert (await client.http.get(path, headers={"Host": "10.0.0.5"})).status_code == status


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("http://localhost", "localhost", True),
        ("https://registry.example", "registry.example", True),
        ("https://registry.example", "registry.example:443", True),
        ("http://LOCALHOST:8000", "localhost:8000", True),
        ("http://[::1]:8000", "[::1]:8000", True),
        ("http://localhost:8001", "localhost:8000", False),
        ("http://evil.example", "localhost:8000", False),
        ("http://localhost.evil.example:8000", "localhost:8000", False),
        ("null", "localhost:8000", False),
        ("", "", False),
        ("http://[", "localhost", False),
        ("http://a:99999999", "a", False),
    ],
)
def test_an_origin_is_ours_when_it_is_that_of_the_host(origin: str, host: str, same: bool) -> None:
    assert is_same(origin, host) is same


def test_a_page_of_somebody_else_sends_nothing() -> None:
    with pytest.raises(Refused) as refusal:
        check_origin(Headers({"host": "localhost", "origin": "https://evil.example"}), frozenset())
    assert refusal.value.status == 403


def test_pages_of_allowed_origins_and_programs_send() -> None:
    allowed = frozenset({"https://app.example"})
    check_origin(Headers({"host": "localhost", "origin": "https://App.example"}), allowed)
    check_origin(Headers({"host": "localhost"}), allowed)
