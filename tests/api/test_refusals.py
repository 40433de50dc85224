"""Whatever is sent, the answer is a screening or a problem that says what to mend: never a failure of the service."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.problems import problem
from tests.screening.drawn import cases

JSON = "application/json"
YAML = "application/yaml"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(f"b{n}: [*a, *a, *a]" for n in range(50))
UNREADABLE = {
    "nothing": (JSON, b""),
    "half an object": (JSON, b"{"),
    "words": (JSON, b"case v1"),
    "yaml called json": (JSON, b"case: v1"),
    "not UTF-8": (JSON, b'{"case": "\xff"}'),
    "UTF-16": (JSON, '{"case": "v1"}'.encode("utf-16")),
    "a NUL byte": (JSON, b'{"case": "v1\x00"}'),
    "a NUL byte, escaped": (JSON, rb'{"case": "v1\u0000"}'),
    "half a character, escaped": (JSON, rb'{"case": "\ud800"}'),
    "half a character in a key": (JSON, rb'{"case": "v1", "\udfff": {"a": 1, "a": 2}}'),
    "a key twice": (JSON, b'{"case": "v1", "case": "v1"}'),
    "a number of many digits": (JSON, b'{"case": "v1", "as_of": ' + b"9" * 5000 + b"}"),
    "a number past all numbers": (JSON, b'{"case": "v1", "as_of": 1e999}'),
    "no number at all": (JSON, b'{"case": "v1", "as_of": NaN}'),
    "lists in lists": (JSON, b"[" * 100_000),
    "groups in groups": (JSON, b'{"case":' * 20_000 + b"1" + b"}" * 20_000),
    "a list of endless length": (JSON, b"[" + b"1," * 120_000 + b"1]"),
    "yaml that grows": (YAML, BOMB.encode()),
    "yaml with a tag": (YAML, b"case: !!python/object:os.system v1"),
    "two yaml documents": (YAML, b"case: v1\n---\ncase: v1\n"),
    "yaml in yaml in yaml": (YAML, b"[" * 5000),
}
REFUSED = {
    "a list": (b"[]", ""),
    "a word": (b'"case"', ""),
    "no version": (b"{}", "case"),
    "an unknown key": (b'{"case": "v1", "chargse": []}', "chargse"),
    "an impossible date": (b'{"case": "v1", "as_of": "2024-02-30"}', "as_of"),
    "an unknown place": (
        b'{"case": "v1", "charges": [{"id": "a", "jurisdiction": "US-TX9"}]}',
        "charges[0].jurisdiction",
    ),
    "an unknown item": (
        b'{"case": "v1", "responses": {"control.threat": "yes"}}',
        "responses.control.threat",
    ),
}


def send(client, body, kind=JSON, **params):
    return client.post("/api/v1/assess", content=body, headers={"Content-Type": kind}, params=params)


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_refused_with_the_reason(client, name):
    kind, body = UNREADABLE[name]
    assert problem(send(client, body, kind), 400)["errors"]


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_refused_with_its_path(client, name):
    body, path = REFUSED[name]
    assert [one["path"] for one in problem(send(client, body), 422)["errors"]] == [path]


def test_every_fault_is_named_with_what_was_expected_and_the_nearest_word(client, case):
    case["stage"] = "chargin"
    case["charges"][0]["mode"] = "acomplice"
    errors = problem(send(client, json.dumps(case)), 422)["errors"]
    assert [(one["path"], one["nearest"]) for one in errors] == [
        ("stage", "charging"),
        ("charges[0].mode", "accomplice"),
    ]
    assert "principal" in errors[1]["expected"]


def test_a_fault_in_yaml_has_its_line(client):
    errors = problem(send(client, b"case: v1\nstage: soon\n", YAML), 422)["errors"]
    assert errors[0]["line"] == 2


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin-1",
        "application/jsonp",
        b"\x80",
    ],
)
def test_another_form_is_refused_before_it_is_read(client, kind):
    assert "application/json" in problem(send(client, b"\xff", kind), 415)["detail"]


@pytest.mark.parametrize(
    "kind", ["application/json", "APPLICATION/JSON", 'application/json; charset="UTF-8"']
)
def test_json_is_read_however_it_is_announced(client, case, kind):
    assert send(client, json.dumps(case), kind).status_code == 200


def test_an_unknown_reader_is_refused_with_the_known_ones(client, case):
    answer = client.post("/api/v1/assess", json=case, params={"reader": "prosecuter"})
    error = problem(answer, 422)["errors"][0]
    assert error["path"] == "query.reader"
    assert "officer" in error["expected"]
    assert error["nearest"] == "prosecutor"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/v1/assess"), ("DELETE", "/api/v1/law"), ("POST", "/health/live")]
)
def test_another_method_is_refused_with_those_allowed(client, method, path):
    answer = client.request(method, path)
    problem(answer, 405)
    assert answer.headers["allow"]


@pytest.mark.parametrize(
    "path",
    ["/api/v1/nothing", "/api/v2/assess", "/api/v1/assess/", "/api/v1/law/%00", "/api/v1/law/%ff%fe", "/api"],
)
def test_no_address_is_refused_with_a_failure(client, path):
    problem(client.get(path), 404)


def test_a_browser_is_shown_a_page_outside_the_api(client):
    answer = client.get("/nothing-here", headers={"Accept": "text/html,*/*"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    problem(client.get("/api/v1/nothing", headers={"Accept": "text/html"}), 404)


shrunk = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@shrunk
@given(st.binary(max_size=300), st.sampled_from([JSON, YAML]))
def test_any_bytes_are_answered(client, body, kind):
    assert send(client, body, kind).status_code in {200, 400, 422}


@shrunk
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=30,
    )
)
def test_any_json_is_answered(client, value):
    assert send(client, json.dumps(value).encode()).status_code in {400, 422}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases(), st.sampled_from(["prosecutor", "officer", "advocate"]))
def test_any_case_is_screened(client, case, reader):
    assert send(client, json.dumps(case), reader=reader).status_code == 200
