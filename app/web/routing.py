"""Routes of pages and of the files that they load."""

import os
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class PageRoute(Route):
    """A route for whoever wants to see a page. To all others the next route of the same path answers."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, found = super().matches(scope)
        return (match, found) if match is not Match.NONE and is_visit(Request(scope)) else (Match.NONE, {})


def is_visit(request: Request) -> bool:
    """Whether a browser opens an address. A GET with a query is GraphQL's, whoever sends it."""
    wants_html = "text/html" in request.headers.get("accept", "")
    return request.method in ("GET", "HEAD") and wants_html and "query" not in request.query_params


class Files(StaticFiles):
    """The files of a folder, each with an ETag, and with what the browser is told about keeping them."""

    def __init__(self, folder: os.PathLike[str], *, kept: str) -> None:
        super().__init__(directory=folder)
        self.kept = kept

    def file_response(self, *args: Any, **options: Any) -> Response:
        response = super().file_response(*args, **options)
        response.headers["cache-control"] = self.kept
        return response
