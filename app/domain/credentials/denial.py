"""Why somebody was not let in, told in three words: more would help those who try keys."""

from enum import StrEnum

from app.errors import Unauthenticated


class Doubt(StrEnum):
    """What is wrong with a credential."""

    MALFORMED = "MALFORMED"
    UNKNOWN = "UNKNOWN"
    EXPIRED = "EXPIRED"


MESSAGES = {
    Doubt.MALFORMED: "This is no token: send Authorization: Bearer, and after it the whole token as it was shown.",
    Doubt.UNKNOWN: "Nobody is known by this credential. It may have been revoked; get another one.",
    Doubt.EXPIRED: "This credential has expired. Get another one, or sign in again.",
}


def denied(doubt: Doubt) -> Unauthenticated:
    """The refusal of a credential."""
    return Unauthenticated(MESSAGES[doubt], reason=doubt.value)
