"""The application and its client are those of the API's tests."""

from tests.api.conftest import app, client

__all__ = ["app", "client"]
