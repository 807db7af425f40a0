"""Which media types come in, and which go out."""

import pytest
from starlette.datastructures import Headers

from app.web.media import GRAPHQL, check_content, wanted
from app.web.refusals import JSON, Refused


def headers(**given: str) -> Headers:
    return Headers({name.replace("_", "-"): value for name, value in given.items()})


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", JSON),
        (f"{JSON};q=0.5, {GRAPHQL}", GRAPHQL),
        (f"{GRAPHQL};charset=utf-8, {JSON};charset=utf-8", GRAPHQL),
        (f"multipart/mixed;deferSpec=20220824, {GRAPHQL}, {JSON}", GRAPHQL),
        (f"{GRAPHQL};q=0, */*", JSON),
        ("text/html, */*;q=0.1", JSON),
    ],
)
def test_the_answer_is_what_the_client_wants_most(accept: str, media_type: str) -> None:
    assert wanted(headers(accept=accept)) == media_type


@pytest.mark.parametrize("accept", ["text/html", "text/event-stream", f"{JSON};q=0", f"{JSON};q=much"])
def test_what_cannot_be_answered_is_not_acceptable(accept: str) -> None:
    with pytest.raises(Refused) as refusal:
        wanted(headers(accept=accept))
    assert refusal.value.status == 406


@pytest.mark.parametrize(
    "content_type",
    [JSON, f"{JSON}; charset=utf-8", 'Application/JSON;charset="UTF-8"', f"{JSON};charset=utf8", GRAPHQL],
)
def test_json_comes_in(content_type: str) -> None:
    check_content(headers(content_type=content_type))


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "text/plain; application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/jsonp",
        "application/json, text/plain",
        "application/json; charset=utf-16",
        "application/json; charset=latin1",
    ],
)
def test_nothing_else_comes_in(content_type: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_content(headers(content_type=content_type))
    assert refusal.value.status == 415


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "identity, gzip", "zstd"])
def test_nothing_comes_in_compressed(encoding: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_content(headers(content_type=JSON, content_encoding=encoding))
    assert refusal.value.status == 415
