"""Bad HTTP: heads, media types, bodies, JSON."""

import gzip
import json
from urllib.parse import quote

from tests.web.bad_requests.rows import GONE, Http, Raw, Row

GOOD = b'{"query": "{ __typename }"}'
JSON = {"Content-Type": "application/json"}
INVALID = "INVALID_REQUEST"
QUERY = "%7B__typename%7D"
DELETE = quote('mutation { deleteRegisteredModel(input: {model: {name: "churn"}}) { deletedId } }')
HEAD = b"POST /graphql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"


def of_body(body: bytes | str) -> Http:
    return Http(body.encode() if isinstance(body, str) else body, headers=JSON)


def of_type(media_type: str) -> Http:
    return Http(GOOD, headers={"Content-Type": media_type})


def in_chunks(body: bytes) -> Raw:
    return Raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + body)


def of_headers(**given: str | None) -> Http:
    return Http(GOOD, headers={**JSON, **{name.replace("_", "-"): value for name, value in given.items()}})


METHODS = (
    Row("GET", Http(method="GET"), 405, INVALID),
    Row("GET of a query", Http(method="GET", target=f"/graphql?query={QUERY}"), 405, INVALID),
    Row("GET of a mutation", Http(method="GET", target=f"/graphql?query={DELETE}"), 405, INVALID),
    Row("HEAD", Http(method="HEAD"), 405),
    *(Row(method, Http(GOOD, method, headers=JSON), 405, INVALID) for method in ("PUT", "PATCH", "DELETE", "QUERY")),
    Row(
        "a preflight of somebody else's page",
        Http(
            method="OPTIONS",
            headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
        ),
        405,
        INVALID,
    ),
    Row("an unknown path", Http(GOOD, target="/graphq", headers=JSON), 404, "NOT_FOUND"),
    Row("a slash at the end", Http(GOOD, target="/graphql/", headers=JSON), 404, "NOT_FOUND"),
    Row("a path that climbs", Http(method="GET", target="/../../etc/passwd"), 404, "NOT_FOUND"),
    Row("a path with a null", Http(method="GET", target="/%00"), 404, "NOT_FOUND"),
    Row("a path that is not UTF-8", Http(method="GET", target="/%ff%fe"), 404, "NOT_FOUND"),
)

MEDIA = (
    Row(
        "a form",
        Http(b"query=" + QUERY.encode(), headers={"Content-Type": "application/x-www-form-urlencoded"}),
        415,
        INVALID,
    ),
    Row("JSON as plain text", of_type("text/plain"), 415, INVALID),
    Row("a multipart form", of_type("multipart/form-data; boundary=x"), 415, INVALID),
    Row("a bare document", of_type("application/graphql"), 415, INVALID),
    Row("no media type", Http(GOOD), 415, INVALID),
    Row("a media type that is none", of_type(";;;"), 415, INVALID),
    Row("two media types", Raw(HEAD + b"Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}"), 415, INVALID),
    Row("UTF-16", of_type("application/json; charset=utf-16"), 415, INVALID),
    Row("an unknown charset", of_type("application/json; charset=nope"), 415, INVALID),
    Row("gzip", Http(gzip.compress(GOOD), headers={**JSON, "Content-Encoding": "gzip"}), 415, INVALID),
    Row("gzip that is none", of_headers(Content_Encoding="gzip"), 415, INVALID),
    Row("brotli", of_headers(Content_Encoding="br"), 415, INVALID),
    Row("an answer as HTML", of_headers(Accept="text/html"), 406, INVALID),
    Row("an answer as a stream of events", of_headers(Accept="text/event-stream"), 406, INVALID),
    Row("an answer in parts", of_headers(Accept="multipart/mixed"), 406, INVALID),
)

PLACES = (
    Row("a host that somebody made lead here", of_headers(Host="evil.example"), 421, "FORBIDDEN"),
    Row("no host", of_headers(Host=None), 421, "FORBIDDEN"),
    Row("two hosts", Raw(HEAD + b"Host: evil.example\r\nContent-Length: 2\r\n\r\n{}"), 421, "FORBIDDEN"),
    Row("another host at another page", Http(method="GET", target="/", headers={"Host": "evil"}), 421, "FORBIDDEN"),
    Row("a page of somebody else", of_headers(Origin="https://evil.example"), 403, "FORBIDDEN"),
    Row("a page of another port", of_headers(Origin="http://127.0.0.1:1"), 403, "FORBIDDEN"),
    Row("a page without an origin", of_headers(Origin="null"), 403, "FORBIDDEN"),
)

BODIES = (
    Row("nothing", of_body(b""), 400, INVALID),
    Row("a document that is not in JSON", of_body("{ __typename }"), 400, INVALID),
    Row("JSON that breaks off", of_body('{"query": "{ __typename'), 400, INVALID),
    Row("two JSON values", of_body(GOOD + GOOD), 400, INVALID),
    *(Row(f"the scalar {scalar}", of_body(scalar), 400, INVALID) for scalar in ("7", '"query"', "true", "null", "1e3")),
    Row("an empty list", of_body("[]"), 400, INVALID),
    Row("a batch", of_body(b"[" + GOOD + b"]"), 400, INVALID, message="Send one request at a time"),
    Row("lists in lists in lists", of_body("[" * 100_000 + "]" * 100_000), 400, INVALID),
    Row("an object too deep", of_body('{"a":' * 65 + "0" + "}" * 65), 400, INVALID),
    Row("an integer of 4,301 digits", of_body('{"variables": {"a": ' + "9" * 4_301 + "}}"), 400, INVALID),
    Row("an integer of 21 digits", of_body('{"query": "{ a }", "variables": {"a": ' + "9" * 21 + "}}"), 400, INVALID),
    Row("NaN", of_body('{"query": "{ a }", "variables": {"a": NaN}}'), 400, INVALID),
    Row("a number too large", of_body('{"query": "{ a }", "variables": {"a": 1e999}}'), 400, INVALID),
    Row("invalid UTF-8", of_body(b'{"query": "{ \xff }"}'), 400, INVALID),
    Row("UTF-16 without saying so", of_body('{"query": "{ a }"}'.encode("utf-16")), 400, INVALID),
    Row("a byte order mark", of_body(b"\xef\xbb\xbf" + GOOD), 400, INVALID),
    Row("half of a surrogate pair", of_body('{"query": "{ a }", "variables": {"a": "\\ud800"}}'), 400, INVALID),
    Row("the same key twice", of_body('{"query": "{ a }", "query": "{ __typename }"}'), 400, INVALID),
    Row("the same variable twice", of_body('{"query": "{ a }", "variables": {"a": 1, "\\u0061": 2}}'), 400, INVALID),
    Row("a key that nobody knows", of_body('{"query": "{ __typename }", "doc_id": 7}'), 400, INVALID),
    Row("no query", of_body('{"variables": {}}'), 400, INVALID),
    Row("a persisted query", of_body('{"extensions": {"persistedQuery": {"version": 1}}}'), 400, INVALID),
    *(Row(f"the query {q}", of_body(f'{{"query": {q}}}'), 400, INVALID) for q in ("null", "7", "[]", "{}")),
    *(
        Row(f"{name} {value}", of_body(f'{{"query": "{{ __typename }}", "{name}": {value}}}'), 400, INVALID)
        for name, value in (
            ("variables", "[]"),
            ("variables", '"{}"'),
            ("variables", "7"),
            ("operationName", "7"),
            ("operationName", "[]"),
            ("extensions", "[]"),
            ("extensions", '"a"'),
        )
    ),
    Row("a body too long", of_body(json.dumps({"query": "#" * 300_000})), 413, INVALID),
    Row("a body that says that it is too long", of_headers(Content_Length="10000000000"), 413, INVALID),
    Row(
        "a body too long, in chunks",
        Raw(
            HEAD
            + b"Transfer-Encoding: chunked\r\n\r\n"
            + b"10000\r\n"
            + b" " * 65_536
            + b"\r\n"
            + b"40000\r\n"
            + b" " * 262_144
        ),
        413,
        INVALID,
    ),
    Row("a body that never comes", Raw(HEAD + b"Content-Length: 9\r\n\r\n{"), 408, "TIMEOUT"),
    Row("a body that breaks off", Raw(HEAD + b"Content-Length: 9\r\n\r\n{", leaves=True), GONE),
)

HTTP = (
    Row("bytes that are no HTTP", Raw(b"\x00\x01\x02\x03\r\n\r\n"), 400, INVALID),
    Row("a TLS handshake", Raw(bytes.fromhex("16030100c8010000c40303") + b"\x00" * 190), 400, INVALID),
    Row("HTTP/2", Raw(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 400, INVALID),
    Row("a version that is none", Raw(b"GET / HTTP/9.9\r\n\r\n"), 400, INVALID),
    Row("a header with a null", Raw(HEAD + b"X: a\x00b\r\n\r\n"), 400, INVALID),
    Row("a header with a blank in its name", Raw(HEAD + b"X Y: a\r\n\r\n"), 400, INVALID),
    Row("a length that is none", Raw(HEAD + b"Content-Length: many\r\n\r\n"), 400, INVALID),
    Row("a length below zero", Raw(HEAD + b"Content-Length: -1\r\n\r\n"), 400, INVALID),
    Row("two lengths", Raw(HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"), 400, INVALID),
    Row(
        "a length and chunks",
        Raw(HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        400,
        INVALID,
    ),
    Row("a chunk without a size", in_chunks(b"many\r\n"), 400, INVALID),
    Row(
        "a chunk that is longer than it says",
        in_chunks(b"1\r\n{}\r\n"),
        400,
        INVALID,
    ),
    Row(
        "a chunk with no end of extensions",
        in_chunks(b"1;" + b"a" * 500_000),
        431,
        INVALID,
    ),
    Row("a head that never ends", Raw(HEAD), 408, "TIMEOUT"),
    Row("a connection that says nothing", Raw(b""), 408, "TIMEOUT"),
    Row("a flood of headers", Raw(HEAD + b"".join(b"X-%d: a\r\n" % i for i in range(10_000))), 431, INVALID),
    Row("a header without an end", Raw(HEAD + b"X: " + b"a" * 200_000), 431, INVALID),
    Row("an address too long", Raw(b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: {host}\r\n\r\n"), 431, INVALID),
    Row("a request id too long", of_headers(X_Request_ID="a" * 1_000, Accept="text/html"), 406, INVALID),
    Row("a request id with markup", of_headers(X_Request_ID="<b>&", Accept="text/html"), 406, INVALID),
    Row("a connection that ends at once", Raw(b"", leaves=True), GONE),
)

ROWS = (*METHODS, *MEDIA, *PLACES, *BODIES, *HTTP)
