"""Draws HTTP requests that are nearly right, as the bytes that go over the wire: every route, every part of a request."""

from urllib.parse import quote_from_bytes, urlencode

from hypothesis import strategies as st

from app.limits import MOST_BYTES
from app.web.demo import demos
from app.web.filled import form_of
from screening import load_case, load_packs
from tests.fuzz.grammar import as_yaml, fewest_escapes, spoiled, values
from tests.fuzz.odd import DAYS, MARKS, TEXTS, WORDS
from tests.fuzz.targets import CASES, TODAY

ODD = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(DAYS),
    st.sampled_from(TEXTS),
    st.sampled_from(MARKS),
    st.text(max_size=20),
).map(lambda text: text.encode("utf-8", "surrogatepass"))
NAMES = [
    *load_packs().law,
    "us-tn",
    "US-VT",
    "US_TN",
    "XX",
    "..",
    "%2e%2e",
    "%00",
    "%ff%fe",
    "%F0%9F",
    "a" * 3_000,
]
PROTECTIONS = [one.rule.id for pack in load_packs().law.values() for one in pack.protections]
STATIC = [
    "css/form.css",
    "icon.svg",
    "js/form.js",
    "vendor/uswds/css/uswds.min.css",
    "",
    "../main.py",
    "%2e%2e/main.py",
    "a/b",
]


def _segment(real):
    return st.one_of(
        st.sampled_from(real), st.sampled_from(real), ODD.map(quote_from_bytes), st.sampled_from(NAMES)
    )


PATHS = st.one_of(
    st.sampled_from(
        [
            "/",
            "/law",
            "/law/coverage",
            "/api/v1/law",
            "/api/v1/coverage",
            "/api/v1/questionnaire",
            "/api/v1/openapi.json",
        ]
    ),
    st.sampled_from(
        ["/health/live", "/health/ready", "/metrics", "/api/v1/assess", "/open", "/case.yaml", "/sections"]
    ),
    st.sampled_from(
        [
            "*",
            "",
            "//",
            "/?",
            "/#a",
            "http://127.0.0.1/",
            "http://[::1",
            "/api",
            "/api/v2",
            "/api/v1/law/",
            "/%",
        ]
    ),
    _segment(list(load_packs().law)).map("/law/{}".format),
    _segment(list(load_packs().law)).map("/api/v1/law/{}".format),
    _segment(list(load_packs().law)).map("/api/v1/offenses/{}".format),
    st.tuples(_segment(list(load_packs().law)), _segment(PROTECTIONS)).map(
        lambda row: f"/api/v1/law/{row[0]}/protections/{row[1]}"
    ),
    _segment(["case.v1", "screening.v1", "problem"]).map("/api/v1/schemas/{}".format),
    _segment(STATIC).map("/static/{}".format),
    st.binary(max_size=60).map(lambda raw: "/" + quote_from_bytes(raw)),
)
PARAMETERS = ["q", "reader", "demo", "place", "do", "q", "q", "Q", "", "q[]"]
ANSWERS = [
    "prosecutor",
    "officer",
    "advocate",
    "prosecuter",
    "empty",
    "39-13-513",
    "minor victim",
    *(one.id for one in demos()),
]


@st.composite
def queries(draw):
    """A query, mostly one parameter that the route knows, seldom hundreds of them or none that can be read."""
    many = draw(st.sampled_from((0, 1, 1, 1, 2, 3, 400)))
    if not many:
        return ""
    name, value = (
        draw(st.sampled_from(PARAMETERS)),
        draw(st.one_of(st.sampled_from(ANSWERS).map(str.encode), ODD)),
    )
    pair = f"{name}={quote_from_bytes(value)}"
    return "?" + draw(st.sampled_from(("&", ";", "&&"))).join([pair] * many)


MULTIPART = "multipart/form-data"
HEADERS: tuple[tuple[str, list[str]], ...] = (
    (
        "Accept",
        [
            "application/json",
            "text/html",
            "text/html,*/*;q=0",
            "*/*",
            "",
            ",;,;",
            "a" * 3_000,
            "\xff",
            "text/html\x00",
        ],
    ),
    (
        "Content-Type",
        [
            "application/json",
            "application/yaml",
            "application/json; charset=latin-1",
            MULTIPART,
            "",
            ";",
            "\xff",
        ],
    ),
    (
        "Content-Type",
        [f"{MULTIPART}; boundary=", f"{MULTIPART}; boundary=b; boundary=c", f"text/x; charset={'x' * 500}"],
    ),
    ("Accept-Encoding", ["gzip", "gzip;q=0", "*", "br, gzip;q=nan", "gzip" * 300, ""]),
    ("Range", ["bytes=0-0", "bytes=-1", "bytes=5-1", "bytes=0-" + ",0-" * 2_000, "lines=1-2", "bytes=a-b"]),
    ("Range", ["bytes=" + "9" * 400 + "-", "bytes=" + ",".join(f"{i}-{i}" for i in range(0, 4_000, 2))]),
    ("If-None-Match", ['"a"', "*", 'W/"', ",", "a" * 2_000]),
    ("If-Modified-Since", ["Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 99 Foo 99999 00:00:00", "0", "", "\xff"]),
    ("If-Range", ['"a"', "Thu, 01 Jan 1970 00:00:00 GMT", "x"]),
    ("Expect", ["100-continue", "200-ok"]),
    ("Connection", ["keep-alive", "upgrade", "close, close"]),
    ("Upgrade", ["websocket", "h2c"]),
    ("Authorization", ["Bearer x", "Basic \xff", "Digest " + "a" * 2_000]),
    ("Cookie", ["a=b; a=b", ";" * 2_000, "\xff=\xfe"]),
    ("Origin", ["null", "https://example.invalid"]),
    ("X-Forwarded-For", ["127.0.0.1", "a" * 2_000, "1.1.1.1, " * 300]),
    ("X-HTTP-Method-Override", ["DELETE"]),
    ("Forwarded", ["for=_x;proto=https"]),
    ("X-Bad Name", ["1"]),
    ("X-Folded", ["a\r\n b", "a\n b", "a\rb"]),
    ("Host", ["a:99999", "[::1", "", "a b", "\xff", "a, b"]),
)
METHODS = [
    "GET",
    "GET",
    "GET",
    "POST",
    "POST",
    "HEAD",
    "OPTIONS",
    "TRACE",
    "PUT",
    "DELETE",
    "PATCH",
    "CONNECT",
    "get",
    "MARIGOLD",
    "Ä",
    "",
]
FORM = "application/x-www-form-urlencoded"


def _line(name, value):
    return f"{name}: {value}\r\n".encode("latin-1")


@st.composite
def _headers(draw, given=()):
    """Headers that belong to the request, and up to three that do not or are odd."""
    lines = [_line(name, value) for name, value in given]
    for _ in range(draw(st.sampled_from((0, 0, 1, 2, 3)))):
        name, options = draw(st.sampled_from(HEADERS))
        lines.append(_line(name, draw(st.sampled_from(options))))
    if draw(st.integers(0, 19)) == 19:
        lines.append(_line("X-Many", "1") * draw(st.sampled_from((90, 150, 3_000))))
    return b"".join(lines)


def written(method, target, headers, body=b""):
    """A request as bytes."""
    return (
        f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode("utf-8", "surrogatepass")
        + headers
        + b"\r\n"
        + body
    )


def chunked(body, size):
    """A body in chunks."""
    parts = [body[place : place + size] for place in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@st.composite
def reads(draw):
    """A request without a body that counts."""
    method, target = draw(st.sampled_from(METHODS)), draw(PATHS) + draw(queries())
    return written(method, target, draw(_headers()))


LENGTHS = (
    "right",
    "right",
    "right",
    "right",
    "chunks",
    "chunks",
    "none",
    "less",
    "odd",
    "twice",
    "both",
    "broken chunks",
)
ODD_LENGTHS = ("-1", "+5", "0x10", "5, 5", "", "9" * 400, str(MOST_BYTES + 1), "1e3", "５")


@st.composite
def _sent(draw, target, kind, body):
    """A posted body with its length said in one of the ways that clients say it, right or wrong."""
    given, way = [("Content-Type", kind)] if kind else [], draw(st.sampled_from(LENGTHS))
    if way in ("right", "twice", "both"):
        given.append(("Content-Length", str(len(body))))
    if way == "less":
        given.append(("Content-Length", str(len(body) // 2)))
    if way == "twice":
        given.append(("Content-Length", str(draw(st.sampled_from((len(body), 3))))))
    if way == "odd":
        given.append(("Content-Length", draw(st.sampled_from(ODD_LENGTHS[:-1]))))
    if way in ("chunks", "both", "broken chunks"):
        given.append(
            (
                "Transfer-Encoding",
                draw(st.sampled_from(("chunked", "Chunked", "gzip, chunked", "chunked, x"))),
            )
        )
        body = chunked(body, draw(st.sampled_from((1, 1_000, 100_000))) if len(body) < 5_000 else 10_000)
    if way == "broken chunks":
        body = draw(spoiled(st.just(body[:2_000].decode("latin-1"))))
    return written("POST", target, draw(_headers(given)), body)


CASE_TEXTS = st.one_of(
    values(CASES).map(lambda value: ("application/json", fewest_escapes(value).encode())),
    spoiled(values(CASES).map(fewest_escapes)).map(lambda raw: ("application/json", raw)),
    values(CASES).map(lambda value: ("application/yaml", as_yaml(value).encode("utf-8", "surrogatepass"))),
    spoiled(values(CASES).map(as_yaml)).map(lambda raw: ("application/yaml", raw)),
    st.sampled_from((MOST_BYTES, MOST_BYTES + 1, 4 * MOST_BYTES)).map(
        lambda size: ("application/json", b" " * size)
    ),
)


@st.composite
def assessments(draw):
    """A case that is posted to be screened."""
    kind, body = draw(CASE_TEXTS)
    return draw(
        _sent("/api/v1/assess" + draw(st.sampled_from(("", "", "?reader=advocate", "?reader=x"))), kind, body)
    )


FORMS = [
    [
        (name, value)
        for name, given in form_of(load_case(as_yaml(case), today=TODAY)).fields.items()
        for value in given
    ]
    for case in CASES[:: max(1, len(CASES) // 12)]
]
ACTIONS = [
    "add",
    "remove:0",
    "remove:",
    "remove:99",
    "talk",
    "stop",
    "resume",
    "close",
    "act:0",
    "act:99",
    "act:-",
    "add:1",
    "\x00",
]
_FIELDS = (
    "c.9999.section c.9999.id c.0.id c.00.id c.1.jurisdiction c.-1.id c.99999.id r.control.threats.-.0.v "
    "r.control.threats.-.999.v r.act.planned.0.0.v r.act.planned.9999.0.v r..-.0.v r.onset.age.-.0.ex r.onset.age.-.0.lo "
    "r.onset.age.-.0.bd r.setting.places.-.0.v g.opened g.stopped g.setting reader reader_now act want need age born "
    "born_from age_from age_to age_on as_of stage noticed county state assume.nexus place q "
)
FIELDS = _FIELDS.split()


@st.composite
def _pairs(draw):
    pairs = list(draw(st.sampled_from(FORMS)))
    for _ in range(draw(st.integers(0, 5))):
        place = draw(st.integers(0, len(pairs) - 1)) if pairs else 0
        match draw(st.integers(0, 3)):
            case 0 if pairs:
                del pairs[place]
            case 1 if pairs:
                pairs[place] = (pairs[place][0], draw(ODD))
            case 2:
                known = [name for name, _ in pairs[:1] + pairs[place : place + 5]]
                pairs.append(
                    (draw(st.sampled_from([*FIELDS, *known])), draw(st.one_of(ODD, st.sampled_from(ANSWERS))))
                )
            case _ if pairs:
                number = draw(st.sampled_from((1, 12, 45, 300)))
                pairs += [(pairs[place][0].replace(".0.", f".{i}."), pairs[place][1]) for i in range(number)]
    return [*pairs, ("do", draw(st.sampled_from(ACTIONS)))] if draw(st.booleans()) else pairs


@st.composite
def forms(draw):
    """A form of the screening page, as a browser posts it, with odd fields in it."""
    body = urlencode(draw(_pairs()), errors="surrogatepass").encode()
    if draw(st.integers(0, 4)) == 4:
        body = draw(spoiled(st.just(body.decode())))
    target = draw(st.sampled_from(("/", "/", "/case.yaml", "/sections", "/open")))
    return draw(_sent(target, draw(st.sampled_from((FORM, FORM, FORM, "text/plain", ""))), body))


@st.composite
def files(draw):
    """A case file that is opened on the page: multipart, with its marks sometimes in the wrong place."""
    _, text = draw(CASE_TEXTS)
    heads = {
        "file": 'name="file"; filename="case.yaml"\r\nContent-Type: application/yaml',
        "text": 'name="text"',
        "many": 'name="file"; filename="a"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="b"',
        "odd": "filename*=utf-8''%ff; name=\"text\"",
        "none": "",
    }
    head = heads[draw(st.sampled_from(list(heads)))].encode()
    body = (
        b"--b\r\nContent-Disposition: form-data; " + head + b"\r\n\r\n" + text[:MOST_BYTES] + b"\r\n--b--\r\n"
    )
    if draw(st.booleans()):
        body = draw(spoiled(st.just(body[:20_000].decode("latin-1"))))
    return draw(
        _sent(
            "/open",
            draw(st.sampled_from(("multipart/form-data; boundary=b",) * 4 + ("multipart/form-data",))),
            body,
        )
    )


REQUESTS = {
    "requests that read": reads(),
    "cases posted": assessments(),
    "forms posted": forms(),
    "files opened": files(),
    "requests, spoiled": st.one_of(reads(), assessments(), forms()).flatmap(
        lambda raw: spoiled(st.just(raw[:4_000].decode("latin-1")))
    ),
}
