"""The screening page: complete without JavaScript, one source of words, and nothing lost on the way."""

import re
from html.parser import HTMLParser

import pytest

from app.web.demo import demos
from app.web.fields import case_mapping
from app.web.filled import form_of
from screening import load_case, load_packs, screen

HOSTILE = "\"><script>alert(1)</script>' onload=x {{7*7}}"
START = {
    "as_of": "2026-11-24",
    "c.0.id": "c1",
    "c.0.jurisdiction": "US-TN",
    "c.0.section": "39-13-513",
    "c.0.date": "2026-11-01",
    "age": "born",
    "born": "2010-02-03",
}


class Fields(HTMLParser):
    """What a browser would send from the form of a page."""

    def __init__(self, html):
        super().__init__()
        self.sent, self._select = [], None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        name = has.get("name")
        if tag == "input" and name and has.get("type") not in {"file", "submit"}:
            if has.get("type") not in {"radio", "checkbox"} or "checked" in has:
                self.sent.append((name, has.get("value", "on")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in has:
            self.sent.append((self._select, has["value"]))
        elif tag == "textarea" and name:
            self._select = None
            self.sent.append((name, ""))
            self._area = True

    def handle_data(self, data):
        if getattr(self, "_area", False):
            self.sent[-1] = (self.sent[-1][0], data)

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = False
        if tag == "select":
            self._select = None


def sent(html):
    """The fields that the form of a page sends, by name."""
    data = {}
    for name, value in Fields(html).sent:
        if name not in {"text", "reader"}:
            data.setdefault(name, []).append(value)
    return data


def resent(client, html, **changes):
    """The page after everything on it was sent back, with some fields changed."""
    return client.post("/", data={**sent(html), **changes})


@pytest.mark.parametrize("reader", ["prosecutor", "officer", "advocate"])
@pytest.mark.parametrize("demo", ["mixed", "california", "wisconsin", "empty"])
def test_every_start_is_drawn_for_every_reader(client, demo, reader):
    page = client.get("/", params={"demo": demo, "reader": reader})
    assert page.status_code == 200
    assert f'value="{reader}" aria-pressed="true"' in page.text
    assert "Nothing that is entered here is kept" in page.text


def test_the_page_opens_on_a_made_up_case(client, shown):
    text = shown(client.get("/").text)
    assert "Youth A is made up." in text
    assert "Charge 1" in text


@pytest.mark.parametrize("demo", demos(), ids=lambda demo: demo.id)
def test_a_case_comes_back_from_the_form_as_it_went_in(demo):
    packs = load_packs()
    case = load_case(demo.text, packs=packs)
    assert load_case(case_mapping(form_of(case), packs), packs=packs) == case


@pytest.mark.parametrize("reader", ["prosecutor", "officer", "advocate"])
def test_what_is_sent_without_scripts_gives_the_same_case(client, reader):
    """Also what this reader does not see travels on."""
    packs = load_packs()
    for demo in demos():
        page = client.get("/", params={"demo": demo.id, "reader": reader})
        saved = client.post("/case.yaml", data=sent(page.text))
        assert saved.headers["content-type"].startswith("application/yaml")
        assert load_case(saved.text, packs=packs) == load_case(demo.text, packs=packs)


def test_the_sentence_on_top_is_that_of_the_engine(client, shown):
    packs = load_packs()
    for demo in demos():
        text = shown(client.get("/", params={"demo": demo.id}).text)
        for charge in screen(load_case(demo.text, packs=packs), packs).charges:
            for sentence in re.split(r"(?<=\)\.) |(?<=yet\.) ", charge.sentence):
                assert sentence in text


def test_live_parts_are_the_parts_of_the_posted_page(client):
    page = client.post("/", data=START)
    live = client.post("/", data=START, headers={"Accept": "application/json"}).json()
    for name in ("findings", "topics", "faults", "bar"):
        assert live["parts"][name].strip() in page.text


def test_an_answer_changes_the_finding(client, shown):
    before = client.get("/", params={"demo": "wisconsin"}).text
    after = resent(client, before, age="born", born="2011-01-01").text
    assert shown(before) != shown(after)


def test_every_fault_is_named_and_nothing_is_lost(client, shown):
    page = client.post("/", data={**START, "c.0.date": "2031-01-01", "born": "2040-01-01", "county": "Alder"})
    text = shown(page.text)
    assert page.status_code == 422
    assert "3 points to mend first" in text or "2 points to mend first" in text
    assert "charges[0].date" in text
    assert 'value="2031-01-01"' in page.text
    assert 'value="Alder"' in page.text
    assert 'href="#charge-0"' in page.text


@pytest.mark.parametrize(
    "field", ["c.0.section", "county", "r.control.threats.-.0.note", "c.0.id", "c.0.grade", "born"]
)
def test_hostile_input_is_shown_and_never_run(client, field):
    extra = {"r.control.threats.-.0.v": "yes"}
    page = client.post("/", data={**START, **extra, field: HOSTILE})
    assert "<script>alert" not in page.text
    assert "{{7*7}}" in page.text or page.status_code == 422
    assert "49" not in re.findall(r"onload=x (\S+)", page.text)


def test_a_hostile_field_name_goes_nowhere(client):
    page = client.post("/", data={**START, 'r.x"><script>.-.0.v': "yes", "r.no.such.-.0.v": "yes"})
    assert "<script>.-" not in page.text
    assert page.status_code == 422


def test_nothing_about_the_person_stands_in_an_address_or_a_title(client):
    html = client.post(
        "/",
        data={
            **START,
            "county": "Alder",
            "r.control.threats.-.0.v": "yes",
            "r.control.threats.-.0.note": "note-x",
        },
    ).text
    addresses = " ".join(re.findall(r'(?:href|action|formaction|src)="([^"]*)"', html))
    title = re.search(r"<title>(.*?)</title>", html)[1]
    for private in ("2010-02-03", "Alder", "note-x", "39-13-513", "control.threats=yes"):
        assert private not in addresses + title


def test_pages_with_answers_are_kept_nowhere(client):
    for answer in (client.get("/"), client.post("/", data=START), client.post("/case.yaml", data=START)):
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers


def test_no_page_needs_a_style_or_a_script_of_its_own(client):
    for path in ("/", "/?demo=empty", "/law", "/law/US-TN", "/law/coverage", "/nowhere"):
        html = client.get(path).text
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\bsrc=)", html)
        assert "http" not in "".join(re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="([^"]*)"', html))


def test_charges_are_added_and_taken_out_with_their_answers(client):
    more = client.post("/", data={**START, "do": "add"})
    assert "Charge 2" in more.text
    page = client.get("/", params={"demo": "california"})
    less = resent(client, page.text, do="remove:0")
    assert "act.ordered_by_exploiter" in page.text
    names = {name for name, _ in Fields(less.text).sent}
    assert not any(re.match(r"r\.act\.[a-z_]+\.0\.", name) for name in names)
    assert "Take out charge 1" in less.text


def test_more_charges_than_a_page_holds_are_refused_kindly(client, shown):
    many = {f"c.{i}.jurisdiction": "US-TN" for i in range(41)}
    page = client.post("/", data={"as_of": "2026-11-24", **many})
    assert page.status_code == 422
    assert "the command line and the API take more" in shown(page.text)


def test_a_form_that_is_none_is_refused_as_a_page(client):
    answer = client.post(
        "/", content=b"\xff\xfe=%", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")


def test_questions_for_the_young_person_stay_closed_until_opened(client, shown):
    page = client.post("/", data=START)
    assert "told." not in page.text
    assert "Could be opened" not in shown(page.text)
    way = {**START, "g.asker": "community_advocate"}
    assert "Could be opened" in shown(client.post("/", data=way).text)
    assert "told.exploiter_known" not in client.post("/", data=way).text
    opened = client.post("/", data={**way, "do": "talk"})
    assert "told.exploiter_known" in opened.text
    assert "You can skip any question." in shown(opened.text)
    closed = client.post("/", data={**way, "g.opened": "yes", "do": "stop", "r.told.monitored.-.0.v": "yes"})
    assert "told.exploiter_known" not in closed.text
    assert "forensic interview" in shown(closed.text)
    assert '<input type="hidden" name="r.told.monitored.-.0.v" value="yes">' in closed.text


def test_custody_alone_opens_nothing(client):
    page = client.post("/", data={**START, "stage": "custody_intake", "g.custody": "no", "do": "talk"})
    assert "told.exploiter_known" not in page.text


def test_the_advocates_answers_are_shown_to_the_advocate_alone(client, shown):
    data = {**START, "r.safety.danger_now.-.0.v": "yes"}
    assert "Is the young person in danger right now?" in shown(
        client.post("/", data={**data, "reader": "advocate"}).text
    )
    for reader in ("prosecutor", "officer"):
        text = shown(client.post("/", data={**data, "reader": reader}).text)
        assert "in danger right now" not in text
        assert "1 answer of the young person or the advocate is in this case and not shown here" in text


def test_an_alleged_role_reminds_the_prosecutor_to_look_first(client, shown):
    data = {**START, "r.trap.recruits.-.0.v": "yes"}
    assert "Look first at what was done to the person" in shown(client.post("/", data=data).text)
    looked = {"r.exploitation.commercial_sex.-.0.v": "yes", "r.exploitation.third_party.-.0.v": "yes"}
    assert "Look first at what was done" not in shown(client.post("/", data={**data, **looked}).text)


def test_a_need_of_health_is_not_shown_to_the_prosecutor_and_not_lost(client, shown):
    data = {**START, "need": ["substance_use", "advocacy"]}
    page = client.post("/", data=data)
    assert "Help with drugs or alcohol" not in shown(page.text)
    assert "substance_use" in client.post("/case.yaml", data=sent(page.text)).text


def test_own_words_are_counted_and_not_shown_to_the_prosecutor(client, shown):
    data = {**START, "r.control.threats.-.0.v": "yes", "r.control.threats.-.0.src": "own_statement"}
    assert "withheld here until cleared" in shown(client.post("/", data=data).text)
    assert "withheld here until cleared" not in shown(
        client.post("/", data={**data, "reader": "advocate"}).text
    )
