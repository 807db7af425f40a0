"""The guides of `docs/`, read in the browser: Markdown becomes HTML once, when somebody first asks for it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from app.web.templates import page

APP = Path(__file__).parents[1]
# A wheel brings them along inside of `app`.
PLAIN = (".graphql", ".json", ".py")
FOLDER = next(folder for folder in (APP / "docs", APP.parent / "docs") if folder.is_dir())


def routes() -> list[BaseRoute]:
    """The routes of the guides, at the addresses that their links to each other have."""
    return [Route("/docs/{name:path}", guide)]


async def guide(request: Request) -> Response:
    name: str = request.path_params["name"]
    if name not in names():
        raise HTTPException(404)
    if name.endswith(PLAIN):
        return PlainTextResponse(read(FOLDER / name))
    title, body = rendered(name)
    return page("guide", title=title, body=body, root="../" * (name.count("/") + 1))


@cache
def names() -> frozenset[str]:
    """What can be asked for: each file, and each folder, whose name ends with a slash. The first has none."""
    return frozenset(f"{path.relative_to(FOLDER)}/" if path.is_dir() else name_of(path) for path in listed()) | {""}


def listed() -> Iterator[Path]:
    return (path for path in FOLDER.rglob("*") if path.is_dir() or path.suffix in (".md", *PLAIN))


def name_of(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


@cache
def rendered(name: str) -> tuple[str, str]:
    """The title of a page and its HTML."""
    text = contents(FOLDER / name) if name.endswith("/") else read(FOLDER / (name or "README.md"))
    return escape(title_of(text)), markdown().render(text)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def contents(folder: Path) -> str:
    """What a folder without a page of its own shows: its files, by their titles."""
    entries = sorted((title_of(read(file)), file.name) for file in folder.iterdir())
    return "\n".join([f"# {folder.name.capitalize()}", "", *(f"- [{title}]({name})" for title, name in entries)])


def title_of(text: str) -> str:
    """The first line, which is a heading in Markdown and a comment in GraphQL."""
    return text.partition("\n")[0].removeprefix("# ")


@cache
def markdown() -> MarkdownIt:
    """Markdown as it is written here. The guides are ours: the HTML in them is meant."""
    reader = MarkdownIt("commonmark").enable("table")
    reader.add_render_rule("heading_open", anchored)
    reader.add_render_rule("link_open", inside)
    return reader


def anchored(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """A heading that a link can lead to."""
    words = re.sub(r"[^\w\s-]", "", tokens[index + 1].content.lower())
    tokens[index].attrSet("id", re.sub(r"\s", "-", words))
    return self.renderToken(tokens, index, options, env)


def inside(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """A link to another guide. What lies outside of the guides is not served: there the link is only its text."""
    if str(tokens[index].attrGet("href")).startswith("../"):
        close = next(token for token in tokens[index:] if token.type == "link_close")
        tokens[index].tag = close.tag = "span"
        tokens[index].attrs.clear()
    return self.renderToken(tokens, index, options, env)
