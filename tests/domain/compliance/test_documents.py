"""Documents: what texts say is never taken for Markdown or HTML, and a page needs nothing else."""

import re

import pytest
from markdown_it import MarkdownIt

from app.domain.compliance.blocks import Block, Heading, Paragraph, Table, Verbatim
from app.domain.compliance.html import html
from app.domain.compliance.markdown import markdown

HOSTILE = 'a | b <script>alert("1")</script> **bold** [link](http://x) `code` ![i](u) &amp; $name ~~x~~ #1\n- \\| 2 > 1'
BLOCKS: list[Block] = [
    Heading(1, HOSTILE),
    Paragraph(HOSTILE),
    Table(("One", "Two"), [(HOSTILE, ""), ("x", HOSTILE)]),
    Verbatim(f"first\n```\n{HOSTILE}\n"),
]
TAGS = ("h1", "p", "table", "thead", "tbody", "tr", "th", "td", "pre")


def texts(rendered: str) -> list[str]:
    """What stands between the tags of HTML."""
    return [text for text in re.split(r"<[^>]*>", rendered) if text.strip()]


def test_markdown_says_what_the_texts_say() -> None:
    rendered = MarkdownIt("commonmark").enable("table").render(markdown(BLOCKS))
    assert set(re.findall(r"<(\w+)", rendered)) == {*TAGS, "code"}
    assert rendered.count("<tr>") == 3
    line = " ".join(HOSTILE.split())
    escaped = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert texts(rendered)[:2] == [escaped, escaped]
    assert texts(rendered)[-1].startswith("first\n```\n")


@pytest.mark.parametrize("text", ["- one", "+ one", "1. one", "12) one", "> one", "# one", "=== one", "--- one"])
def test_what_begins_like_a_list_is_a_paragraph(text: str) -> None:
    rendered = MarkdownIt("commonmark").render(markdown([Paragraph(text)]))
    assert rendered == f"<p>{text.replace('>', '&gt;')}</p>\n"


def test_a_page_of_html_is_whole_and_runs_nothing() -> None:
    page = html(HOSTILE, BLOCKS)
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert not re.search(r"\b(?:src|href)=|@import|url\(", page.replace("http://x", ""))
    assert "<title>a | b &lt;script&gt;" in page
    assert page.count("<tr>") == 3
    assert "@media print" in page


def test_long_words_may_be_broken_and_no_others() -> None:
    digest, entities = f"sha256:{'a' * 64}", "&<" * 20
    page = html("Title", [Table(("", ""), [(f"Ancestors {digest}", entities)])])
    assert "<thead>" not in page
    assert f"<td>Ancestors sha256:{'a' * 9}<wbr>{'a' * 16}<wbr>" in page
    assert re.sub(r"<wbr>", "", page).count(digest) == 1
    assert "&amp;&lt;" * 8 + "<wbr>" in page


def test_an_empty_document_is_one() -> None:
    assert markdown([]) == "\n"
    assert "<body>\n\n</body>" in html("Nothing", [])
