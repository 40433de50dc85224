"""The JSON Schemas of what is handed on, released, said and agreed to, and of the table of access."""

from app.access import Data, Permission, Role, Sight
from app.api.shapes_record import ID, MOMENT, STATE, ref
from app.store.consents import ConsentField, SignedBy
from app.store.grants import Reach
from app.store.statements import Label, Stance
from screening.questionnaire.words import Viewer
from screening.schemas import BOOL, TEXT, Schema, closed, list_of, or_null, words_of

DAY: Schema = {"type": "string", "format": "date"}
LIMITS: Schema = {"type": "object", "additionalProperties": words_of(Sight)}


def sharing_shapes() -> dict[str, Schema]:
    """Every schema by the name that the routes give it."""
    return {
        "grants": closed({"items": list_of(_grant())}),
        "broken": closed({"grant": ID, "screening": ID, "expires_at": MOMENT}),
        "releases": closed({"items": list_of(closed(_release()))}),
        "released": closed({**_release(), "kept": {"type": "object"}}),
        "consent": _consent(),
        "consents": closed({"items": list_of(ref("consent"))}),
        "sent_statements": closed({"items": list_of(_sent())}),
        "statement_made": closed({"id": ID}),
        "statements": closed({"items": list_of(_statement())}),
        "notes": closed(
            {"items": list_of(closed({"id": ID, "person": ID, "by": ID, "at": MOMENT, "words": TEXT}))}
        ),
        "access": _access(),
        "why": _why(),
        "limits": closed({"limits": LIMITS}),
    }


def _grant() -> Schema:
    return closed(
        {
            "id": ID,
            "reach": words_of(Reach),
            "office": ID,
            "account": or_null(ID),
            "fields": list_of(TEXT),
            "purpose": TEXT,
            "granted_at": MOMENT,
            "expires_at": or_null(MOMENT),
            "ended_at": or_null(MOMENT),
            "in_force": BOOL,
        }
    )


def _release() -> dict[str, Schema]:
    return {
        "grant": ID,
        "case_token": TEXT,
        "from": TEXT,
        "reach": words_of(Reach),
        "state": STATE,
        "fields": list_of(TEXT),
        "purpose": TEXT,
        "granted_at": MOMENT,
        "expires_at": or_null(MOMENT),
    }


def _consent() -> Schema:
    return closed(
        {
            "id": ID,
            "person": ID,
            "to": list_of(ID),
            "fields": list_of(words_of(ConsentField)),
            "purpose": TEXT,
            "signed_by": words_of(SignedBy),
            "signed_on": DAY,
            "expires_at": MOMENT,
            "revoked_at": or_null(MOMENT),
            "in_force": BOOL,
        }
    )


def _sent() -> Schema:
    said: dict[str, Schema] = {"case_token": TEXT, "words": or_null(TEXT), "stance": words_of(Stance)}
    return closed({"id": ID, "at": MOMENT, "delivered": BOOL, **said})


def _statement() -> Schema:
    return closed(
        {
            "id": ID,
            "label": words_of(Label),
            "agency": TEXT,
            "words": or_null(TEXT),
            "stance": words_of(Stance),
            "at": MOMENT,
            "expires_at": or_null(MOMENT),
        }
    )


def _access() -> Schema:
    cell = closed({"viewer": words_of(Viewer), "sight": words_of(Sight), "words": TEXT})
    row = closed({"data": words_of(Data), "words": TEXT, "cells": list_of(cell)})
    may = closed(
        {
            "permission": words_of(Permission),
            "words": TEXT,
            "roles": list_of(words_of(Role)),
            "only_at": list_of(TEXT),
        }
    )
    return closed({"sees": list_of(row), "may": list_of(may), "rules": list_of(TEXT)})


def _why() -> Schema:
    step = closed({"step": TEXT, "says": TEXT, "allows": or_null(BOOL)})
    cell = closed({"cell": words_of(Sight), "shown": BOOL, "limited": BOOL})
    return closed(
        {
            "account": ID,
            "permission": words_of(Permission),
            "screening": or_null(ID),
            "allowed": BOOL,
            "steps": list_of(step),
            "cells": {"type": "object", "additionalProperties": cell},
        }
    )
