"""What stands before a number, what is said when nothing is found, and what never comes out."""

import json

import pytest
from pydantic import ValidationError

from screening.case import Place
from screening.dates import NumberRange
from screening.services import NeedCode, load_directory, load_needs, needs_from, offer, to_hsds
from screening.services.model import Location
from tests.services.builders import ALDER, TODAY, directory, hotline, listing, need, offered, reasons


def look(*listings, code="shelter_emergency", **asked):
    return offer([need(code)], directory(*listings), **({"as_of": TODAY, "place": ALDER} | asked))


CHILD, ADULT = NumberRange(15, 15), NumberRange(30, 30)


def test_the_choice_is_the_persons_and_nobody_calls_for_them():
    for age in (CHILD, ADULT, None):
        first = look(listing(), age=age).before_you_call[0]
        assert "Ask the person what they want first." in first
        assert "nobody calls for them" in first


def test_for_a_minor_the_effect_of_a_report_stands_before_the_numbers():
    found = look(listing(has={"mandated_reporter": "yes"}), age=CHILD).to_dict()
    assert next(iter(found)) == "before_you_call"
    assert "The person is under 18." in found["before_you_call"][1]
    keys = list(found["offers"][0])
    assert keys.index("before_you_call") < keys.index("phones")
    assert "must report abuse" in found["offers"][0]["before_you_call"][0]


@pytest.mark.parametrize("age", [None, NumberRange(16, 19), NumberRange(None, 40)])
def test_an_age_that_may_be_a_childs_is_treated_so(age):
    found = look(listing(), age=age)
    assert "The person may be under 18." in found.before_you_call[1]
    assert found.offers[0].before_you_call


def test_for_an_adult_no_word_of_reports_about_minors():
    found = look(listing(has={"mandated_reporter": "yes", "accepts_without_guardian": "no"}), age=ADULT)
    assert len(found.before_you_call) == 1
    assert found.offers[0].before_you_call == ()
    assert "under 18" not in json.dumps(found.to_dict())


def test_an_unknown_duty_to_report_is_said():
    found = look(listing(has={"mandated_reporter": "not_known"}), age=CHILD)
    assert "may have to report" in found.offers[0].before_you_call[0]


@pytest.mark.parametrize(
    ("has", "words"),
    [
        ({"reports_to_law_enforcement": "yes", "non_punitive": {}}, "It tells the police what it hears."),
        (
            {"reports_to_law_enforcement": "when", "reports_when": "when a life is in danger"},
            "It may tell the police when a life is in danger.",
        ),
        (
            {"reports_to_law_enforcement": "not_known"},
            "It is not recorded whether it tells the police anything.",
        ),
        ({"privilege": "system"}, "what they are told may not stay private"),
        ({"locked": "yes", "non_punitive": {}}, "It is locked"),
        ({"accepts_without_guardian": "no"}, "it wants a guardian's consent"),
    ],
)
def test_who_is_told_and_what_to_watch_for_is_a_caution(has, words):
    assert words in " ".join(look(listing(has=has)).offers[0].caution)


def test_nothing_found_is_an_outcome_with_something_to_try():
    found = look(listing(maximum_age=11), age=CHILD)
    (none,) = found.none_available
    assert (found.offers, none.need) == ((), NeedCode.SHELTER_EMERGENCY)
    assert none.sentence == "No service for a safe bed tonight was found that fits what is recorded."
    assert none.try_next[0].startswith("Ask child welfare")
    assert "Write down that none was available." in none.try_next[-1]
    assert "It takes people up to the age of 11; the person is 15." in reasons(found, "oak")


def test_a_line_that_helps_to_look_is_no_bed():
    found = look(hotline())
    assert offered(found) == ["helpline"]
    assert [none.need.value for none in found.none_available] == ["shelter_emergency"]
    assert look(hotline(), listing()).none_available == ()


def test_when_nothing_is_found_a_line_that_can_look_is_named_with_whom_it_tells():
    told = {"reports_to_law_enforcement": "when", "reports_when": "when the law requires it"}
    (none,) = look(hotline(has=told, needs=["safety"]), code="peer").none_available
    call = next(text for text in none.try_next if "555-0100" in text)
    assert call.startswith("You can offer a call to the Helpline beds")
    assert "It may tell the police when the law requires it." in call


def test_a_line_that_does_not_take_this_age_is_not_named():
    (none,) = look(hotline(needs=["safety"], minimum_age=18), code="peer", age=CHILD).none_available
    assert "555-0100" not in " ".join(none.try_next)


def test_a_line_that_only_takes_reports_is_never_help():
    tips = listing("tips", kind="takes_reports", needs=[], service_areas=[{"country": "US"}])
    for code in NeedCode:
        found = json.dumps(look(tips, code=code).to_dict())
        assert "Tips" not in found, code


def test_rows_and_numbers_from_memory_are_never_shown():
    row = listing("ash", confidence="recall")
    number = listing("elm", phones=[{"number": "555-0155", "confidence": "recall"}])
    part = listing("oak", phones=[{"number": "555-0100"}, {"number": "555-0155", "confidence": "recall"}])
    line = hotline("fir", confidence="recall", needs=["safety"])
    found = look(row, number, part, line)
    assert offered(found) == ["oak"]
    assert found.set_aside == ()
    everything = json.dumps([found.to_dict(), to_hsds(directory(row, number, part, line))])
    for hidden in ("555-0155", "Ash", "Elm", "Fir"):
        assert hidden not in everything


def test_a_second_hand_listing_says_so():
    assert "described by others" in " ".join(look(listing(confidence="secondary")).offers[0].caution)


def test_an_open_address_is_shown_and_a_confidential_one_cannot_even_be_held():
    address = {
        "address_1": "5 Hidden Lane",
        "city": "Alderton",
        "state_province": "XX",
        "postal_code": "00000",
        "country": "US",
    }
    found = look(listing(location={"address": address})).offers[0]
    assert found.address == "5 Hidden Lane, Alderton, XX 00000"
    with pytest.raises(ValidationError) as refused:
        Location.model_validate({"id": "a", "confidential": True, "address": address})
    assert "must not be in the directory" in str(refused.value)
    assert "Hidden" not in str(refused.value)


def test_a_confidential_place_says_so_and_gives_no_address():
    hidden = listing(location={"confidential": True})
    found = look(hidden).offers[0]
    assert found.address is None
    assert "Its address is confidential. The provider gives it to the person." in found.caution
    (service,) = to_hsds(directory(hidden))["services"]
    assert service["service_at_locations"] == []


def test_made_up_providers_say_so():
    found = look(listing(fictional=True)).offers[0]
    assert found.fictional
    assert "Demonstration data: this provider does not exist." in found.caution


def test_the_result_says_nothing_of_what_the_person_took_or_of_a_case():
    words = needs_from({}, load_needs(), stated=list(NeedCode))
    found = offer(
        words, load_directory(), as_of=TODAY, place=Place(county="Alder", state="XX"), age=CHILD
    ).to_dict()
    keys = {key for one in found["offers"] for key in one}
    assert not keys & {
        "accepted",
        "declined",
        "refused",
        "status",
        "outcome",
        "charge",
        "finding",
        "cooperation",
    }
    assert json.loads(json.dumps(found)) == found


def test_words_are_calm():
    words = needs_from({}, load_needs(), stated=list(NeedCode))
    found = json.dumps(offer(words, load_directory(), as_of=TODAY, place=ALDER).to_dict()).casefold()
    for word in ("suspect", "offender", "flagged", "risk", "lied", "minor victim", "!"):
        assert word not in found, word
