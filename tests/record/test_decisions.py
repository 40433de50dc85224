"""What people hold and decide stands beside the findings, names what it rests on, and says when that has changed."""

import pytest

from app.access import OfficeKind


@pytest.fixture
def prosecutor(people):
    return people.make("prosecutor", "Prosecutor")


@pytest.fixture
def supervisor(people):
    return people.make("supervisor", "Prosecutor", kind=OfficeKind.PROSECUTOR)


@pytest.fixture
def screening_id(prosecutor, case):
    return prosecutor.open(case)


def decide(person, screening_id, what, **given):
    return person.post(f"/screenings/{screening_id}/{what}", given)


def decisions(person, screening_id):
    answer = person.get(f"/screenings/{screening_id}/decisions")
    assert answer.status_code == 200, answer.text
    return answer.json()


def current(person, screening_id):
    items = person.get(f"/screenings/{screening_id}/judgements").json()["items"]
    return next(one["id"] for one in items if one["is_current"])


def correct_birth(person, screening_id, born):
    answer = person.request(
        "PATCH",
        f"/screenings/{screening_id}/case",
        json={"person": {"born": born}},
        headers={"If-Match": "*"},
    )
    assert answer.status_code == 200, answer.text


FINDING = {"charge": "c1", "protection": "us-tn-39-13-513-d"}


def test_an_override_stands_beside_the_finding_which_stays(prosecutor, screening_id):
    before = prosecutor.read(screening_id)["screening"]
    made = decide(prosecutor, screening_id, "overrides", **FINDING, reason="another section applies")
    assert made.status_code == 201, made.text
    (kept,) = decisions(prosecutor, screening_id)["overrides"]
    assert kept["reason"] == "another section applies"
    assert kept["judgement"] == current(prosecutor, screening_id)
    assert not kept["stale"]
    assert prosecutor.read(screening_id)["screening"] == before
    assert decide(prosecutor, screening_id, "overrides", **FINDING).status_code == 422
    other = {**FINDING, "protection": "none-such"}
    assert decide(prosecutor, screening_id, "overrides", **other, reason="why not").status_code == 422


def test_the_same_key_keeps_one_decision(prosecutor, screening_id):
    given = {**FINDING, "reason": "another section applies"}
    first, again = (
        prosecutor.post(f"/screenings/{screening_id}/overrides", given, key="once") for _ in range(2)
    )
    assert first.json() == again.json()
    assert len(decisions(prosecutor, screening_id)["overrides"]) == 1


def test_an_advocates_view_shows_what_kind_of_advocate_gave_it(people, case):
    for kind, label in ((OfficeKind.COMMUNITY_ADVOCACY, "community"), (OfficeKind.SYSTEM_ADVOCACY, "system")):
        advocate = people.make("advocate", f"Advocates {label}", kind=kind)
        screening_id = advocate.open(case)
        made = decide(advocate, screening_id, "advocate-views", view="dissent", words="she was sold")
        assert made.status_code == 201, made.text
        (kept,) = decisions(advocate, screening_id)["advocate_views"]
        assert (kept["view"], kept["label"], kept["words"]) == ("dissent", label, "she was sold")


def test_only_an_advocate_gives_an_advocates_view(prosecutor, screening_id):
    assert (
        decide(prosecutor, screening_id, "advocate-views", view="concur", words="all right").status_code
        == 403
    )


def test_going_on_with_a_barred_charge_needs_reasons_and_another_persons_word(
    prosecutor, supervisor, people, screening_id
):
    bare = decide(prosecutor, screening_id, "dispositions", charge="c1", did="charged")
    assert bare.status_code == 422
    assert bare.json()["errors"][0]["path"] == "reasons"
    made = decide(
        prosecutor,
        screening_id,
        "dispositions",
        charge="c1",
        did="charged",
        reasons="the section is not the one charged",
        alternatives=["diversion"],
    )
    assert made.status_code == 201, made.text
    (kept,) = decisions(prosecutor, screening_id)["dispositions"]
    assert (kept["standing"], kept["departs_from"]) == ("awaiting_sign_off", "barred")
    assert kept["alternatives"] == ["diversion"]
    path = f"dispositions/{kept['id']}/sign-off"
    assert decide(prosecutor, screening_id, path, agrees=True, words="agreed").status_code == 403
    elsewhere = people.make("supervisor", "Elsewhere", kind=OfficeKind.PROSECUTOR)
    assert decide(elsewhere, screening_id, path, agrees=True, words="agreed").status_code == 404
    assert decide(supervisor, screening_id, path, agrees=True, words="agreed").status_code == 201
    (kept,) = decisions(prosecutor, screening_id)["dispositions"]
    assert kept["standing"] == "in_force"
    assert kept["signed"]["by"] == str(supervisor.account.id)
    assert decide(supervisor, screening_id, path, agrees=True, words="again").status_code == 409


def test_a_supervisor_does_not_sign_off_their_own_decision(supervisor, screening_id):
    made = decide(
        supervisor, screening_id, "dispositions", charge="c1", did="plea_offered", reasons="an agreed plea"
    )
    path = f"dispositions/{made.json()['id']}/sign-off"
    assert decide(supervisor, screening_id, path, agrees=True, words="mine").status_code == 403


@pytest.mark.parametrize("did", ["declined", "dismissed", "diverted", "referred", "deferred"])
def test_what_goes_with_the_protection_waits_for_nobody(prosecutor, screening_id, did):
    assert decide(prosecutor, screening_id, "dispositions", charge="c1", did=did).status_code == 201
    (kept,) = decisions(prosecutor, screening_id)["dispositions"]
    assert (kept["standing"], kept["departs_from"]) == ("in_force", None)


def finish(person, screening_id):
    for step in ("submit", "review"):
        person.request("POST", f"/screenings/{screening_id}/{step}", json={}, headers={"If-Match": "*"})
    first = person.request("POST", f"/screenings/{screening_id}/close", json={}, headers={"If-Match": "*"})
    names = [one["path"] for one in first.json().get("errors", [])]
    reasons = {name: "done elsewhere" for name in names if not name.startswith("disposition")}
    again = person.request(
        "POST", f"/screenings/{screening_id}/close", json={"reasons": reasons}, headers={"If-Match": "*"}
    )
    return names, again


def test_nothing_is_closed_while_a_departure_waits_or_was_refused(prosecutor, supervisor, screening_id):
    given = {"charge": "c1", "did": "charged", "reasons": "the section is another"}
    made = decide(prosecutor, screening_id, "dispositions", **given).json()["id"]
    assert "disposition:c1" in finish(prosecutor, screening_id)[0]
    decide(supervisor, screening_id, f"dispositions/{made}/sign-off", agrees=False, words="it is this one")
    names, refused = finish(prosecutor, screening_id)
    assert "disposition:c1" in names
    assert refused.status_code == 409
    decide(prosecutor, screening_id, "dispositions", charge="c1", did="declined")
    assert finish(prosecutor, screening_id)[1].status_code == 200


def test_a_charge_brought_before_the_bar_was_seen_keeps_the_screening_open(prosecutor, case):
    screening_id = prosecutor.open({**case, "person": {"born": "1990-05-01"}})
    assert decide(prosecutor, screening_id, "dispositions", charge="c1", did="charged").status_code == 201
    correct_birth(prosecutor, screening_id, "2009-05-01")
    assert decisions(prosecutor, screening_id)["dispositions"][0]["stale"]
    assert "disposition:c1" in finish(prosecutor, screening_id)[0]


def test_an_assessment_by_a_qualified_person_is_kept_or_why_there_was_none(prosecutor, screening_id):
    assert "assessment" in finish(prosecutor, screening_id)[0]


def test_an_assessment_once_recorded_is_not_asked_for_again(prosecutor, screening_id):
    bare = decide(prosecutor, screening_id, "assessments", outcome="supported", words="she was sold")
    assert bare.status_code == 422
    made = decide(
        prosecutor,
        screening_id,
        "assessments",
        outcome="supported",
        on="2026-11-23",
        qualified="forensic interviewer",
        words="control by an adult",
    )
    assert made.status_code == 201, made.text
    later = {"outcome": "open", "on": "2026-12-01", "qualified": "interviewer", "words": "not yet"}
    assert decide(prosecutor, screening_id, "assessments", **later).status_code == 422
    assert "assessment" not in finish(prosecutor, screening_id)[0]
    (kept,) = decisions(prosecutor, screening_id)["assessments"]
    assert (kept["outcome"], kept["on"], kept["qualified"]) == (
        "supported",
        "2026-11-23",
        "forensic interviewer",
    )


def test_a_corrected_birth_makes_every_earlier_output_stale(prosecutor, people, case, screening_id):
    decide(prosecutor, screening_id, "overrides", **FINDING, reason="another section applies")
    decide(prosecutor, screening_id, "dispositions", charge="c1", did="declined")
    not_done = {"outcome": "not_done", "words": "nobody qualified is near"}
    decide(prosecutor, screening_id, "assessments", **not_done)
    correct_birth(prosecutor, screening_id, "2000-05-01")
    shown = decisions(prosecutor, screening_id)
    rows = [*shown["overrides"], *shown["dispositions"], *shown["assessments"]]
    assert [one["stale"] for one in rows] == [True] * 3
    assert "charge:c1" in shown["dispositions"][0]["stale_because"]
    assert len({one["judgement"] for one in rows} | {current(prosecutor, screening_id)}) == 2


def test_facts_that_change_nothing_leave_what_was_decided_as_it_is(prosecutor, screening_id):
    decide(prosecutor, screening_id, "dispositions", charge="c1", did="declined")
    prosecutor.respond(screening_id, {"control.debt": {"value": "yes", "source": "record"}})
    assert not decisions(prosecutor, screening_id)["dispositions"][0]["stale"]


def test_a_decision_on_a_judgement_that_is_not_the_newest_is_refused(prosecutor, supervisor, screening_id):
    read = current(prosecutor, screening_id)
    given = {"charge": "c1", "did": "charged", "reasons": "the section is another"}
    made = decide(prosecutor, screening_id, "dispositions", **given).json()["id"]
    correct_birth(prosecutor, screening_id, "2000-05-01")
    late = decide(prosecutor, screening_id, "dispositions", charge="c1", did="declined", judgement=read)
    assert late.status_code == 409
    signed = decide(supervisor, screening_id, f"dispositions/{made}/sign-off", agrees=True, words="agreed")
    assert signed.status_code == 409


def test_who_sees_no_decisions_learns_none(people, prosecutor, case):
    officer = people.make("officer", "Police")
    screening_id = officer.open(case)
    to = {"to": str(prosecutor.office.id)}
    officer.request("POST", f"/screenings/{screening_id}/submit", json=to, headers={"If-Match": "*"})
    decide(prosecutor, screening_id, "overrides", **FINDING, reason="another section applies")
    assert officer.get(f"/screenings/{screening_id}/decisions").status_code == 403
    assert len(decisions(prosecutor, screening_id)["overrides"]) == 1


def test_words_of_decisions_are_sealed(prosecutor, screening_id, app):
    decide(prosecutor, screening_id, "overrides", **FINDING, reason="Zarquon says otherwise")
    with app.state.sides.justice.engine.connect() as connection:
        from sqlalchemy import text

        (sealed,) = connection.execute(text("SELECT sealed FROM override")).scalars()
    assert b"Zarquon" not in bytes(sealed)
