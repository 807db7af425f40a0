"""Who comes, as the claims of an issuer and the rules for it say."""

from dataclasses import dataclass

from app.access.oidc.claims import Claims, claim, filled, fit, text, texts
from app.access.oidc.configuration import Issuer, People, Rule
from app.domain.credentials.denial import Doubt, denied
from app.domain.credentials.people import Person
from app.domain.scalars import check_line

LONGEST_NAME = 250
MOST_TEAMS = 100


@dataclass(frozen=True)
class Arrival:
    """A person, or the name of a service account; the names of its teams; what it is limited to."""

    who: Person | str
    teams: tuple[str, ...] = ()
    allowed: frozenset[str] | None = None


def arrival(issuer: Issuer, claims: Claims) -> Arrival:
    """Who the claims mean: the service account of the first rule that they fit, or else a person. Raises
    Unauthenticated."""
    for rule in issuer.rules:
        if fit(claims, rule.when):
            return Arrival(program(rule, claims), allowed=limit(rule.permissions))
    if issuer.people is None or not fit(claims, issuer.people.when):
        raise denied(Doubt.UNKNOWN)
    found = person(issuer.issuer, issuer.people, claims)
    return Arrival(found, teams(issuer, claims), limit(issuer.people.permissions))


def program(rule: Rule, claims: Claims) -> str:
    return checked(filled(rule.service_account, claims))


def person(issuer: str, people: People, claims: Claims) -> Person:
    """The person. An address that the issuer itself does not vouch for names nobody."""
    if people.name == people.email and claims.get("email_verified") is False:
        raise denied(Doubt.UNKNOWN)
    return Person(
        issuer=issuer,
        subject=str(claims["sub"]),
        name=checked(text(claims, people.name)),
        display_name=optional(text(claims, people.display_name)),
        email=optional(text(claims, people.email)),
        adopts=people.adopts,
    )


def teams(issuer: Issuer, claims: Claims) -> tuple[str, ...]:
    """The names of the teams that the groups in the claims stand for."""
    if issuer.groups is None:
        return ()
    known = issuer.groups.teams
    found = sorted({known[group] for group in texts(claim(claims, issuer.groups.claim)) if group in known})
    return tuple(found[:MOST_TEAMS])


def limit(permissions: tuple[str, ...] | None) -> frozenset[str] | None:
    return None if permissions is None else frozenset(permissions)


def checked(name: str | None) -> str:
    """A name that an actor may have. Raises Unauthenticated."""
    found = optional(name)
    if found is None:
        raise denied(Doubt.UNKNOWN)
    return found


def optional(value: str | None) -> str | None:
    """A text that may be kept in one line; None when it may not."""
    try:
        return check_line(value) if value and len(value) <= LONGEST_NAME else None
    except ValueError:
        return None
