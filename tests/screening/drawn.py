"""Draws case files of every shape that the reader takes: some parts, any items, up to three charges."""

from datetime import date

from hypothesis import strategies as st

from screening import load_packs
from screening.case import Answer, ItemKind, Mode, OffenseClass, Source, Stage, Status

TODAY = date(2026, 11, 24)
PACKS = load_packs()
DAYS = st.dates(date(1990, 1, 1), TODAY).map(date.isoformat)


@st.composite
def answers(draw, item):
    """A value that fits an item, with evidence or without."""
    words = {
        ItemKind.BOOL: st.sampled_from(["yes", "no"]),
        ItemKind.NUMBER: st.integers(0, 99),
        ItemKind.DATE: DAYS,
        ItemKind.CODE: st.sampled_from(sorted(item.codes) or [""]),
        ItemKind.CODES: st.sampled_from(sorted(item.codes) or [""]).map(lambda code: [code]),
    }
    value = draw(words[item.kind] | st.sampled_from([word.value for word in Answer][2:]))
    if draw(st.booleans()):
        return value
    return {"value": value, "source": draw(st.sampled_from(list(Source))).value, "note": "p. 3"}


@st.composite
def charges(draw, number):
    name = draw(st.sampled_from([*PACKS.law, "US-VT"]))
    sections = [one.section for one in PACKS.law[name].index.catalog.offenses] if name in PACKS.law else ["1"]
    optional = {
        "section": st.sampled_from([*sections, "999-9"]),
        "class": st.sampled_from(list(OffenseClass)).map(str),
        "grade": st.sampled_from(["Class A", "felony", "misdemeanor"]),
        "date": DAYS,
        "mode": st.sampled_from(list(Mode)).map(str),
        "status": st.sampled_from(list(Status)).map(str),
    }
    return {"id": f"c{number}", "jurisdiction": name, **draw(st.fixed_dictionaries({}, optional=optional))}


@st.composite
def cases(draw):
    """A case file as a mapping."""
    names = draw(st.lists(st.sampled_from(list(PACKS.questionnaire.items)), max_size=12, unique=True))
    optional = {
        "stage": st.sampled_from(list(Stage)).map(str),
        "person": st.just({}) | st.just({"born": "1985-02-03"}) | st.just({"born": {"from": "1989-01-01"}}),
        "noticed": st.just("2026-11-20T10:00"),
        "needs": st.lists(st.sampled_from(sorted(PACKS.vocabulary.needs)), max_size=3),
        "place": st.sampled_from(["US-TN", "US-CA"]).map(lambda state: {"state": state}),
        "assume": st.dictionaries(
            st.sampled_from(["victim_status", "nexus", "conditions"]), st.sampled_from(["yes", "no"])
        ),
    }
    count = draw(st.integers(0, 3))
    given = {name: draw(answers(PACKS.questionnaire.items[name])) for name in names}
    responses = {
        name: value
        if count == 1 or not PACKS.questionnaire.items[name].per_charge
        else {f"c{n}": value for n in range(count)}
        for name, value in given.items()
    }
    return {
        "case": "v1",
        "charges": [draw(charges(number)) for number in range(count)],
        "responses": responses,
        **draw(st.fixed_dictionaries({}, optional=optional)),
    }
