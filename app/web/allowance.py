"""What a principal may still spend, as headers: https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers."""

from math import ceil

from app.api.limits.rates import Allowance


def headers_of(allowance: Allowance) -> dict[str, str]:
    """The quota, what is left of it and in how many seconds it is whole again; and how long to wait, if need be."""
    window = ceil(allowance.burst / allowance.per_second)
    until_whole = ceil((allowance.burst - allowance.remaining) / allowance.per_second)
    waiting = {"Retry-After": str(allowance.wait)} if allowance.wait else {}
    return {
        "RateLimit-Policy": f'"points";q={allowance.burst};w={window}',
        "RateLimit": f'"points";r={allowance.remaining};t={until_whole}',
        **waiting,
    }
