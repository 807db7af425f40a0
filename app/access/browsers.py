"""How a browser gets a session of its own, and how it is signed out."""

from dataclasses import replace
from typing import Any

from app.access.access import Access
from app.access.oidc.issuers import arrived
from app.access.oidc.provider import Provider
from app.access.presented import Presented
from app.domain.credentials.secret import Secret, SecretKind, read_secret
from app.domain.credentials.sessions import begin_session, end_session, use_link


async def signed_in(access: Access, text: str, seconds: int) -> Secret:
    """The session of who presents a token, or a link that opens one once. Raises Unauthenticated."""
    access.notes.tidy(access.connection)
    link = read_secret(text)
    if link is not None and link.kind is SecretKind.LINK:
        return await use_link(access.connection, link, seconds)
    principal = await access.admit(Presented(text))
    return await begin_session(access.connection, principal, seconds)


async def signed_in_elsewhere(access: Access, provider: Provider, claims: dict[str, Any], seconds: int) -> Secret:
    """The session of who has just signed in at an issuer. It outlasts the token that told so."""
    access.notes.tidy(access.connection)
    principal = await arrived(access.connection, provider.issuer, claims)
    return await begin_session(access.connection, replace(principal, expires_at=None), seconds)


async def signed_out(access: Access, presented: Presented) -> None:
    """End the session that a browser presents; nothing is done when it has ended already. Raises Unauthenticated."""
    principal = await access.admit(presented)
    session = read_secret(presented.text)
    if session is not None and session.kind is SecretKind.SESSION:
        await end_session(access.connection, session, principal)
    access.admitted.forget(presented)
