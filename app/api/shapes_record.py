"""The JSON Schemas of the record: screenings as they are kept, pages of them, and their history."""

from app.store.grants import Reach
from app.store.screenings import State
from screening.schemas import BOOL, COUNT, NAME, TEXT, Schema, closed, list_of, or_null, words_of

ID: Schema = {"type": "string", "format": "uuid"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
STATE = words_of(State)


def record_shapes() -> dict[str, Schema]:
    """Every schema of the record by the name that the routes give it."""
    return {
        "opened": closed({"id": ID, "version": COUNT, "screening": _screening()}),
        "kept": _kept(),
        "queue": page_of(ref("queue_line")),
        "queue_line": _line(),
        "history": _history(),
        "disclosure": _disclosure(),
        "disclosures": closed({"items": list_of(_disclosure())}),
        "export": _export(),
        "webhook": closed({**_webhook(), "secret": TEXT}),
        "webhooks": closed({"items": list_of(closed(_webhook()))}),
        "holds": closed({"items": list_of(_hold())}),
        "erasure": closed({"screening": ID, "kind": TEXT, "basis": TEXT, "key_digest": TEXT, "at": MOMENT}),
        "retention": closed({"items": list_of(_rule())}),
    }


def page_of(row: Schema) -> Schema:
    """One page of rows, and where the next begins."""
    return closed({"items": list_of(row), "next_cursor": or_null(TEXT)})


def ref(name: str) -> Schema:
    """A reference to another schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def _screening() -> Schema:
    """Whole, or as much of it as the reader may see: a summary, a certificate, nothing."""
    return {"anyOf": [ref("screening.v1"), {"type": ["object", "null"]}]}


def _kept() -> Schema:
    earlier = closed({"id": ID, "opened_at": MOMENT, "stage": TEXT, "flag": or_null(TEXT)})
    said = closed({"id": ID, "value": {}, "source": or_null(TEXT), "at": MOMENT})
    conflict = closed({"item": NAME, "charge": or_null(TEXT), "responses": list_of(said)})
    return {
        "type": "object",
        "properties": {
            "id": ID,
            "version": COUNT,
            "state": STATE,
            "stage": TEXT,
            "alias": or_null(TEXT),
            "person": or_null(ID),
            "case_token": TEXT,
            "matter": or_null(ID),
            "previous": or_null(ID),
            "opened_at": MOMENT,
            "changed_at": MOMENT,
            "first_noted": or_null(closed({"at": MOMENT, "source": or_null(TEXT)})),
            "case": {"type": "object"},
            "use_restrictions": list_of(_restriction()),
            "others": or_null({"type": "object"}),
            "screening": _screening(),
            "stale": BOOL,
            "stale_because": list_of(TEXT),
            "conflicts": list_of(conflict),
            "earlier": list_of(earlier),
            "earlier_contacts": list_of({"type": "object"}),
        },
        "required": ["id", "version", "state", "case", "screening", "stale"],
    }


def _restriction() -> Schema:
    return closed({"response": ID, "item": NAME, "charge": or_null(TEXT), "use_restriction": TEXT})


def _line() -> Schema:
    return closed(
        {
            "id": ID,
            "version": COUNT,
            "state": STATE,
            "stage": TEXT,
            "alias": or_null(TEXT),
            "flag": or_null(TEXT),
            "reach": words_of(Reach),
            "opened_at": MOMENT,
            "changed_at": MOMENT,
        }
    )


def _disclosure() -> Schema:
    decision = words_of(("produced", "withheld"))
    words = {"item": TEXT, "decision": decision, "basis": TEXT, "recipient": TEXT}
    return closed({"id": ID, "version": COUNT, "at": MOMENT, **words})


def _export() -> Schema:
    mark = closed({"recipient": TEXT, "from": TEXT, "at": MOMENT, "number": ID})
    traces = list_of({"type": "object"})
    return closed(
        {
            "export": words_of(("v1",)),
            "mark": mark,
            "kept": ref("kept"),
            "history": ref("history"),
            "traces": traces,
        }
    )


def _webhook() -> dict[str, Schema]:
    return {"id": ID, "url": TEXT, "events": list_of(TEXT), "created_at": MOMENT}


def _hold() -> Schema:
    lifted = closed({"basis": TEXT, "at": MOMENT})
    return closed({"id": ID, "basis": TEXT, "at": MOMENT, "lifted": or_null(lifted)})


def _rule() -> Schema:
    return closed({"jurisdiction": TEXT, "outcome": TEXT, "days": COUNT, "basis": TEXT})


def _history() -> Schema:
    step = closed({"version": COUNT, "kind": TEXT, "state": STATE, "at": MOMENT})
    response: Schema = {"type": "object", "required": ["id", "item", "version", "at", "value"]}
    return closed({"id": ID, "steps": list_of(step), "responses": list_of(response)})
