"""The law pages: all that is packed can be read, and what is not established is said."""

import pytest

from screening import load_packs


@pytest.mark.parametrize("place", sorted(load_packs().law))
def test_every_place_is_shown_in_full(client, shown, place):
    law = load_packs().law[place]
    text = shown(client.get(f"/law/{place}").text)
    for one in law.protections:
        assert (" ".join(one.rule.title.split()) in text) is not one.rule.is_hidden
    assert "Not established" in text


def test_words_find_provisions_in_every_place(client, shown):
    text = shown(client.get("/law", params={"q": "immune prosecution"}).text)
    assert "39-13-513(d)" in text
    assert "None. Try fewer or other words." in shown(client.get("/law", params={"q": "zzzz"}).text)


def test_sections_of_a_place_are_searched(client, shown):
    assert "Trafficking for a commercial sex act" in shown(
        client.get("/law/us-tn", params={"q": "traffick"}).text
    )
    assert "Not in this catalogue" in shown(client.get("/law/us-tn", params={"q": "zzzz"}).text)


def test_coverage_names_every_place_and_class(client, shown):
    text = shown(client.get("/law/coverage").text)
    for pack in load_packs().law.values():
        assert pack.law.name in text
    assert "Violent felony" in text


def test_a_place_that_is_not_packed_is_said_to_be_just_that(client, shown):
    page = client.get("/law/US-AL")
    assert page.status_code == 404
    assert "says nothing about whether it protects anyone" in shown(page.text)


def test_hostile_words_are_shown_and_never_run(client):
    for path in ("/law", "/law/US-TN"):
        assert "<script>" not in client.get(path, params={"q": "<script>alert(1)</script>"}).text
