"""The JSON Schemas of what happens to a screening after it is opened: corrections, decisions, duties, judgements."""

from app.api.shapes_record import ID, MOMENT, page_of, ref
from app.store.decisions import Assessed, Did, View
from app.store.duties import DutyState
from screening.case.words import Source, Stage
from screening.schemas import BOOL, COUNT, DAY, NAME, TEXT, Schema, closed, list_of, or_null, words_of

OBJECT: Schema = {"type": "object"}
ALIASES: Schema = {
    "type": "array",
    "items": {"type": "string", "minLength": 1, "maxLength": 80},
    "maxItems": 50,
}


def stage_shapes() -> dict[str, Schema]:
    """Every schema by the name that the routes give it."""
    return {
        "correction": _correction(),
        "made": closed({"id": ID, "screening": ID}),
        "decisions": _decisions(),
        "duty": closed({**_duty(), "proof": or_null(TEXT)}),
        "duties": page_of(closed(_duty())),
        "matter": closed(
            {"id": ID, "reference": TEXT, "created_at": MOMENT, "screenings": list_of(ref("queue_line"))}
        ),
        "person_file": closed(
            {
                "id": ID,
                "alias": TEXT,
                "screenings": list_of(ref("queue_line")),
                "contacts": list_of(contact()),
            }
        ),
        "judgements": closed({"items": list_of(closed(_judgement()))}),
        "judgement": closed({**_judgement(), "screening": or_null({"anyOf": [ref("screening.v1"), OBJECT]})}),
        "trace.v1": _trace(),
        "difference": _difference(),
        "withdrawals": closed({"items": list_of(_withdrawal())}),
    }


def contact() -> Schema:
    """An earlier contact as a victim."""
    return closed({"id": ID, "date": DAY, "as": words_of(("victim",)), "source": words_of(Source)})


def others() -> Schema:
    """Who else was involved."""
    dates = closed({"from": DAY, "to": DAY}, optional=("from", "to"))
    exploiter = closed({"alias": NAME, "dates": dates}, optional=("dates",))
    return closed({"exploiters": list_of(exploiter), "other_victims": list_of(NAME)})


def _correction() -> Schema:
    date: Schema = {**DAY, "format": "date"}
    dates = closed({"from": or_null(date), "to": or_null(date)}, optional=("from", "to"))
    exploiter = closed({"alias": NAME, "dates": or_null(dates)}, optional=("dates",))
    keys = {
        "as_of": or_null(date),
        "stage": or_null(words_of(Stage)),
        "person": or_null(OBJECT),
        "charges": or_null(list_of(OBJECT)),
        "place": or_null(OBJECT),
        "needs": or_null(list_of(TEXT)),
        "exploiters": or_null({**list_of(exploiter), "maxItems": 50}),
        "other_victims": or_null(ALIASES),
    }
    return {**closed(keys, optional=keys), "minProperties": 1}


def _decided(more: dict[str, Schema], words: dict[str, Schema]) -> Schema:
    base = {
        "id": ID,
        "judgement": ID,
        "by": ID,
        "at": MOMENT,
        "stale": BOOL,
        "stale_because": list_of(TEXT),
    }
    return closed({**base, **more, **words}, optional=words)


def _decisions() -> Schema:
    signed = closed({"agrees": BOOL, "by": ID, "at": MOMENT, "words": TEXT}, optional=("words",))
    disposition = {
        "charge": TEXT,
        "did": words_of(Did),
        "departs_from": or_null(TEXT),
        "standing": words_of(("in_force", "awaiting_sign_off", "refused")),
        "signed": or_null(signed),
    }
    label = words_of(("community", "system"))
    assessed = {"outcome": words_of(Assessed), "on": or_null(DAY)}
    return closed(
        {
            "overrides": list_of(_decided({"charge": TEXT, "protection": TEXT}, {"reason": TEXT})),
            "advocate_views": list_of(_decided({"view": words_of(View), "label": label}, {"words": TEXT})),
            "assessments": list_of(_decided(assessed, {"qualified": or_null(TEXT), "words": TEXT})),
            "dispositions": list_of(
                _decided(disposition, {"alternatives": list_of(TEXT), "reasons": or_null(TEXT)})
            ),
            "left_open": list_of(
                closed({"subject": TEXT, "at": MOMENT, "reason": TEXT}, optional=("reason",))
            ),
        }
    )


def _duty() -> dict[str, Schema]:
    return {
        "id": ID,
        "screening": ID,
        "judgement": ID,
        "jurisdiction": TEXT,
        "duty": TEXT,
        "who": TEXT,
        "says": TEXT,
        "do": TEXT,
        "citation": TEXT,
        "state": words_of(DutyState),
        "within_hours": or_null(COUNT),
        "noticed_at": or_null(MOMENT),
        "due_at": or_null(MOMENT),
        "done": or_null(closed({"at": MOMENT, "by": ID})),
        "reminders": list_of(closed({"threshold": TEXT, "at": MOMENT, "to": or_null(TEXT)})),
    }


def _judgement() -> dict[str, Schema]:
    bounds = closed({"charge": TEXT, "result": TEXT, "at_least": TEXT, "at_most": TEXT})
    return {
        "id": ID,
        "version": COUNT,
        "at": MOMENT,
        "as_of": DAY,
        "reader": TEXT,
        "engine": TEXT,
        "flag": TEXT,
        "packs": list_of(OBJECT),
        "hidden": list_of(TEXT),
        "is_current": BOOL,
        "charges": list_of(bounds),
    }


def _trace() -> Schema:
    element = closed(
        {
            "name": TEXT,
            "kind": TEXT,
            "says": TEXT,
            "citation": TEXT,
            "truth": TEXT,
            "assumed": BOOL,
            "tree": OBJECT,
        }
    )
    return closed(
        {
            "trace": words_of(("v1",)),
            "charge": TEXT,
            "protection": TEXT,
            "citation": TEXT,
            "pack": TEXT,
            "verdict": TEXT,
            "elements": list_of(element),
        }
    )


def _difference() -> Schema:
    bounds = or_null(closed({"result": TEXT, "at_least": TEXT, "at_most": TEXT}))
    found = or_null(closed({"result": TEXT, "truths": list_of(TEXT)}))
    finding = closed({"protection": TEXT, "old": found, "new": found})
    charge = closed(
        {"charge": TEXT, "changed": BOOL, "old": bounds, "new": bounds, "findings": list_of(finding)}
    )
    return closed(
        {
            "judgement": ID,
            "stale": BOOL,
            "stale_because": list_of(TEXT),
            "changed": BOOL,
            "flag": closed({"old": TEXT, "new": TEXT}),
            "charges": list_of(charge),
        }
    )


def _withdrawal() -> Schema:
    return closed(
        {
            "id": ID,
            "jurisdiction": TEXT,
            "protection": TEXT,
            "withdrawn": BOOL,
            "in_force": BOOL,
            "reason": TEXT,
            "by": ID,
            "at": MOMENT,
            "used_in": COUNT,
        }
    )
