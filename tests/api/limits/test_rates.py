"""What a principal may spend over time."""

from app.api.limits import rates
from app.api.limits.rates import Allowance, Rates
from app.web.allowance import headers_of
from tests.access.test_admitted import Clock


def test_a_bucket_is_full_at_first_and_fills_up_at_a_steady_rate() -> None:
    clock = Clock()
    spending = Rates(per_second=10, burst=100, clock=clock)
    assert spending.spend("ada", 60) == Allowance(100, 10, 40)
    assert spending.spend("ada", 60) == Allowance(100, 10, 40, wait=2)
    clock.now = 1.0
    assert spending.spend("ada", 60) == Allowance(100, 10, 50, wait=1)
    clock.now = 2.0
    assert spending.spend("ada", 60) == Allowance(100, 10, 0)
    clock.now = 1_000.0
    assert spending.spend("ada", 1) == Allowance(100, 10, 99)


def test_everybody_has_a_bucket_of_its_own() -> None:
    spending = Rates(per_second=1, burst=10, clock=Clock())
    assert [spending.spend(who, 10) for who in ("ada", "bob")] == [Allowance(10, 1, 0), Allowance(10, 1, 0)]


def test_nothing_is_free_and_nothing_costs_more_than_a_full_bucket() -> None:
    spending = Rates(per_second=1, burst=10, clock=Clock())
    assert spending.spend("ada", 0) == Allowance(10, 1, 9)
    assert spending.spend("bob", 50_000) == Allowance(10, 1, 0)


def test_nobody_counts_where_there_is_no_rate() -> None:
    assert Rates(per_second=0, burst=10).spend("ada", 50_000) is None


def test_only_so_many_buckets_are_kept() -> None:
    spending = Rates(per_second=1, burst=10, clock=Clock())
    for number in range(rates.MOST_BUCKETS + 5):
        spending.spend(str(number), 1)
    assert len(spending.buckets) == rates.MOST_BUCKETS


def test_the_headers_follow_the_draft() -> None:
    assert headers_of(Allowance(100, 10, 40)) == {
        "RateLimit-Policy": '"points";q=100;w=10',
        "RateLimit": '"points";r=40;t=6',
    }
    assert headers_of(Allowance(100, 10, 40, wait=2))["Retry-After"] == "2"
