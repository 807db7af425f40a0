"""The whole application over HTTP, as the API's tests have it."""

from tests.api.conftest import client as client
