"""The ids of the registry's objects: UUIDv7, so that they sort by the time of their making."""

from uuid_utils import uuid7


def new_id() -> str:
    """A new id."""
    return str(uuid7())
