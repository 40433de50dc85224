"""What must hold for any directory and any person: order, other needs and gaps in knowledge never cost a service."""

import json
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.case import Place
from screening.dates import NumberRange
from screening.services import Access, Check, Directory, NeedCode, Wishes, load_directory, offer
from tests.services.builders import ALL_MET, OFFICE_HOURS, TODAY, directory, listing, need

FEW = settings(max_examples=60, deadline=None)
KNOWN = st.sampled_from(["yes", "no", "not_known"])
CODES = ["shelter_emergency", "peer", "safety", "legal_defense"]
SHIPPED = load_directory()


@st.composite
def listings(draw, name):
    low = draw(st.none() | st.integers(0, 30))
    high = draw(st.none() | st.integers(low or 0, 60))
    return listing(
        name,
        needs=draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True)),
        kind=draw(st.sampled_from(["direct", "connects"])),
        service_areas=[
            draw(st.sampled_from([{"country": "US"}, {"state": "XX"}, {"state": "XX", "county": "Alder"}]))
        ],
        schedules=draw(st.sampled_from([[], OFFICE_HOURS, [OFFICE_HOURS[0] | {"closes_at": "03:00"}]])),
        minimum_age=low,
        maximum_age=high,
        languages=draw(st.sampled_from([[], [{"code": "es", "name": "Spanish"}]])),
        room={"state": draw(st.sampled_from(["open", "full", "waitlist", "not_known"]))},
        assured_date=TODAY - timedelta(days=draw(st.integers(0, 500))),
        location={"accessibility": {"wheelchair": draw(KNOWN)}, "confidential": draw(st.booleans())},
        has={"non_punitive": draw(st.sampled_from([ALL_MET, {}, ALL_MET | {Check.OPEN_LATER: "no"}]))},
    )


@st.composite
def directories(draw):
    names = ["ash", "elm", "fir", "oak", "yew"][: draw(st.integers(1, 5))]
    return [draw(listings(name)) for name in names]


@st.composite
def ages(draw):
    low = draw(st.integers(0, 40))
    return draw(st.none() | st.just(NumberRange(low, low + draw(st.integers(0, 8)))))


@st.composite
def questions(draw):
    hour = draw(st.integers(0, 7 * 24 - 1))
    moment = datetime(2026, 11, 23) + timedelta(hours=hour)  # noqa: DTZ001 - the clock of the place
    return {
        "as_of": TODAY,
        "age": draw(ages()),
        "place": draw(st.sampled_from([None, Place(state="XX"), Place(county="Alder", state="XX")])),
        "at": draw(st.none() | st.just(moment)),
        "language": draw(st.sampled_from([None, "en", "es"])),
        "access": draw(st.sampled_from([frozenset(), frozenset({Access.WHEELCHAIR})])),
        "wishes": draw(
            st.sampled_from([Wishes(), Wishes(with_own_child=True), Wishes(no_police_reports=True)])
        ),
    }


def fitting(referrals):
    """Everything that fits, shown or standing behind three others."""
    behind = {(aside.need, aside.id) for aside in referrals.set_aside if "It fits" in aside.reasons[0]}
    return {(one.need, one.id) for one in referrals.offers} | behind


@FEW
@given(directories(), questions(), st.randoms(use_true_random=False))
def test_the_order_of_the_directory_changes_nothing(found, asked, shuffler):
    needs = [need(code) for code in CODES]
    shuffled = list(found)
    shuffler.shuffle(shuffled)
    assert (
        offer(needs, directory(*found), **asked).to_dict()
        == offer(needs, directory(*shuffled), **asked).to_dict()
    )


@FEW
@given(directories(), questions(), st.permutations(CODES))
def test_another_need_changes_no_offer_of_the_first(found, asked, codes):
    alone = offer([need(codes[0])], directory(*found), **asked)
    together = offer([need(code) for code in codes], directory(*found), **asked)
    code = NeedCode(codes[0])
    assert tuple(one for one in together.offers if one.need is code) == alone.offers
    assert tuple(one for one in together.none_available if one.need is code) == alone.none_available


@FEW
@given(directories(), questions(), st.integers(0, 80))
def test_an_unknown_age_costs_no_service_that_any_age_would_get(found, asked, years):
    needs = [need(code) for code in CODES]
    unknown = offer(needs, directory(*found), **(asked | {"age": None}))
    known = offer(needs, directory(*found), **(asked | {"age": NumberRange(years, years)}))
    assert fitting(unknown) >= fitting(known)
    assert len(unknown.offers) >= len(known.offers)
    assert {one.need for one in unknown.none_available} <= {one.need for one in known.none_available}


@FEW
@given(directories(), questions(), st.integers(0, 40), st.integers(0, 8), st.integers(0, 8))
def test_a_wider_range_of_ages_costs_no_service(found, asked, low, before, after):
    needs = [need(code) for code in CODES]
    narrow = offer(needs, directory(*found), **(asked | {"age": NumberRange(low, low)}))
    wide = offer(
        needs, directory(*found), **(asked | {"age": NumberRange(max(low - before, 0), low + after)})
    )
    assert fitting(wide) >= fitting(narrow)


@FEW
@given(directories(), questions(), st.sampled_from(["at", "language", "access", "wishes"]))
def test_leaving_a_question_out_costs_no_service(found, asked, key):
    needs = [need(code) for code in CODES]
    less = {other: value for other, value in asked.items() if other != key}
    assert fitting(offer(needs, directory(*found), **less)) >= fitting(
        offer(needs, directory(*found), **asked)
    )


@FEW
@given(directories(), questions())
def test_every_service_for_the_need_and_place_is_offered_or_named_with_a_reason(found, asked):
    asked = asked | {"place": Place(county="Alder", state="XX")}
    for code in CODES:
        outcome = offer([need(code)], directory(*found), **asked)
        shown = {one.id for one in outcome.offers} | {aside.id for aside in outcome.set_aside}
        assert shown == {one.service.id for one in found if code in one.service.needs}
        assert len(outcome.offers) <= 3
        assert all(aside.reasons for aside in outcome.set_aside)
        assert bool(outcome.none_available) is all(one.connects for one in outcome.offers)


@FEW
@given(directories(), questions())
def test_non_punitive_is_said_only_where_all_eight_are_confirmed(found, asked):
    met = {one.service.id: dict(one.service.attributes.non_punitive) for one in found}
    for one in offer([need(code) for code in CODES], directory(*found), **asked).offers:
        all_met = all(met[one.id].get(check) == "yes" for check in Check)
        assert (one.non_punitive == "yes") is all_met
        assert bool(one.failed) is not all_met


@FEW
@given(questions(), st.permutations(SHIPPED.listings))
def test_the_shipped_directory_is_deterministic_and_json(asked, shuffled):
    needs = [need(code) for code in NeedCode]
    one = offer(needs, SHIPPED, **asked).to_dict()
    assert one == offer(needs, Directory(tuple(shuffled)), **asked).to_dict()
    assert json.loads(json.dumps(one)) == one
