"""Chromium, which may reach this machine alone, and what it saw."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, BrowserType, ConsoleMessage, Page, Route

ARTIFACTS = Path(os.environ.get("TEST_ARTIFACTS") or Path(__file__).parents[2] / "test-artifacts")
LOOPBACK = "127.0.0.1"
PATIENCE_MS = 60_000
# Without a sandbox, for tests run as root; and nothing that a browser does on its own account.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(eq=False)  # playwright writes on what listens
class Visit:
    """A page that is open, everything it asked for, what was kept from it, and what it complained of."""

    page: Page
    requested: list[str] = field(default_factory=list)
    strayed: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> None:
        context.route("**/*", self.pass_or_abort)
        context.on("console", self.hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def pass_or_abort(self, route: Route) -> None:
        self.requested.append(route.request.url)
        if urlsplit(route.request.url).hostname == LOOPBACK:
            route.continue_()
        else:
            self.strayed.append(route.request.url)
            route.abort()

    def hear(self, message: ConsoleMessage) -> None:
        """A breach of the Content-Security-Policy is told here, too."""
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def photograph(self, name: str) -> None:
        """Keep what is seen, for people to look at."""
        ARTIFACTS.mkdir(exist_ok=True, parents=True)
        self.page.screenshot(path=ARTIFACTS / f"{name}.png", animations="disabled")


def executable() -> str:
    """Where Chromium is. Without it a test is skipped; in the continuous integration it fails."""
    if found := shutil.which("chromium"):
        return found
    reason = "there is no chromium on PATH: apt-get install chromium"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def visit(
    chromium: BrowserType, profile: Path, *, scheme: Literal["light", "dark"] = "light", width: int = 1280
) -> Iterator[Visit]:
    """A browser that nobody used before, with one empty page."""
    context = chromium.launch_persistent_context(
        profile,
        executable_path=executable(),
        args=ARGUMENTS,
        headless=True,
        color_scheme=scheme,
        viewport={"width": width, "height": 844},
    )
    context.set_default_timeout(PATIENCE_MS)
    try:
        visit = Visit(context.pages[0])
        visit.listen(context)
        yield visit
        assert (visit.strayed, visit.complaints) == ([], [])
        assert visit.requested != []
    finally:
        context.close()
