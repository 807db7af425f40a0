"""Which issuers are trusted, and for what: the file that PEDIGREE_OIDC_FILE names, in TOML. docs/signing-in.md tells
what it may hold."""

import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from app.errors import PedigreeError

Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519"]


class BadIssuers(PedigreeError):
    """The file of the issuers cannot be used."""


def check_address(value: str) -> str:
    """Keys and secrets travel over TLS, except to this machine itself."""
    place = urlsplit(value)
    if not place.hostname or not (place.scheme == "https" or (place.scheme == "http" and is_here(place.hostname))):
        raise ValueError("an address with https:// is expected; http:// leads to this machine only")
    return value


def is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


Address = Annotated[str, AfterValidator(check_address)]
Several = Annotated[tuple[str, ...], Field(min_length=1)]


class Part(BaseModel):
    """A part of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(Part):
    """A program is this service account when its claims are like these. The first rule that fits counts."""

    when: dict[str, str | Several] = Field(min_length=1)
    service_account: str = Field(min_length=1)
    permissions: tuple[str, ...] | None = None


class People(Part):
    """Who is a person, and which claims name it."""

    when: dict[str, str | Several] = Field(default_factory=dict)
    name: str = "preferred_username"
    display_name: str = "name"
    email: str = "email"
    adopts: bool = False
    permissions: tuple[str, ...] | None = None


class Groups(Part):
    """Which claim lists groups, and which teams these are here."""

    claim: str = "groups"
    teams: dict[str, str] = Field(min_length=1)


class Client(Part):
    """What this server is at the issuer, so that people sign in there and come back."""

    id: str = Field(min_length=1)
    secret_file: Path | None = None
    title: str = "single sign-on"
    scopes: tuple[str, ...] = ("openid", "profile", "email")


class Issuer(Part):
    """Somebody whose tokens are trusted."""

    issuer: Address
    audience: str | Several
    algorithms: tuple[Algorithm, ...] = Field(("RS256", "ES256"), min_length=1)
    tolerance: int = Field(60, ge=0, le=300)
    jwks_uri: Address | None = None
    jwks_file: Path | None = None
    rules: tuple[Rule, ...] = ()
    people: People | None = None
    groups: Groups | None = None
    client: Client | None = None

    @model_validator(mode="after")
    def _means_somebody(self) -> Self:
        if not self.rules and self.people is None:
            raise ValueError("it needs `people` or `rules`: else its tokens mean nobody")
        if self.client is not None and self.people is None:
            raise ValueError("it needs `people`: with a `client` they sign in at the browser")
        if self.jwks_uri is not None and self.jwks_file is not None:
            raise ValueError("its keys are at `jwks_uri` or in `jwks_file`")
        return self

    @property
    def audiences(self) -> list[str]:
        return [self.audience] if isinstance(self.audience, str) else list(self.audience)


class IssuersFile(Part):
    """The whole file."""

    issuers: tuple[Issuer, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        names = [each.issuer for each in self.issuers]
        if len(set(names)) < len(names):
            raise ValueError("an issuer is named twice")
        return self


def issuers_of(file: Path | None) -> tuple[Issuer, ...]:
    """The issuers that a file names; without a file there are none. Raises BadIssuers."""
    if file is None:
        return ()
    try:
        return IssuersFile.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))).issuers
    except OSError as error:
        raise BadIssuers(f"Cannot read {file}: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadIssuers(f"{file} is no TOML: {error}.") from error
    except ValidationError as error:
        raise BadIssuers("\n".join(wrong(file, error))) from None


def wrong(file: Path, error: ValidationError) -> list[str]:
    """What is wrong with a file, a line each, and never with the values: some may be secret."""
    return [f"{file}: {'.'.join(map(str, each['loc'])) or 'the whole'}: {each['msg']}." for each in error.errors()]
