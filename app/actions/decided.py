"""Gives back what was decided on a screening as far as the person asking may see, and says what is out of date."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from uuid import UUID

from app.access import Data, Sight
from app.actions import differences
from app.actions.decisions import standing_of
from app.actions.differences import Found
from app.actions.reading import Kept
from app.actions.work import Work
from app.errors import NotPermittedError
from app.store import decisions as store
from app.store.decisions import (
    AdvocateView,
    Assessed,
    Did,
    Disposition,
    Override,
    QualifiedAssessment,
    SignOff,
    View,
)
from screening.questionnaire.words import Viewer

Since = Callable[[UUID, str | None], list[str]]
"""What has changed since a judgement, of one charge or of all."""


def decisions(work: Work, kept: Kept) -> dict[str, object]:
    """Everything that was decided; words only for those who see decisions in full. NotPermittedError: sees none."""
    full, some = _sight(kept)
    views = full or kept.eyes.sees(Data.ADVOCATE_STATEMENT)
    if not (some or views):
        raise NotPermittedError("What was decided is not shown to this account.")
    since, words = _since(work, kept), _Words(kept, full=full)
    db, screening_id = work.db, kept.screening.id
    shown = _Words(kept, full=views)
    return {
        "overrides": [_override(one, since, words) for one in store.list_overrides(db, screening_id)]
        if some
        else [],
        "advocate_views": [_view(one, since, shown) for one in store.list_views(db, screening_id)],
        "assessments": [_assessment(one, since, words) for one in store.list_assessments(db, screening_id)]
        if some
        else [],
        "dispositions": [
            _disposition(one, word, since, words) for one, word in store.list_dispositions(db, screening_id)
        ]
        if some
        else [],
        "left_open": [
            {
                "subject": one.subject,
                "at": one.at.isoformat(),
                **words.of(one.sealed, f"left_open/{one.subject}"),
            }
            for one in store.list_left_open(db, screening_id)
        ]
        if some
        else [],
    }


def _sight(kept: Kept) -> tuple[bool, bool]:
    """Whether decisions are seen in full, and whether they are seen at all."""
    full = kept.eyes.sees(Data.DECISIONS)
    viewer: Viewer | None = kept.eyes.viewer
    return full, full or (viewer is not None and kept.eyes.sight(Data.DECISIONS) is Sight.SUMMARY)


class _Words:
    """Opens the sealed words of decisions for those who see them."""

    def __init__(self, kept: Kept, *, full: bool) -> None:
        self._key, self._full = kept.key, full

    def of(self, sealed: bytes, field: str) -> Mapping[str, object]:
        if not self._full:
            return {}
        shape: Mapping[str, object] = json.loads(self._key.open(sealed, field))
        return shape


def _since(work: Work, kept: Kept) -> Since:
    current = kept.head.judgement_id

    @cache
    def found(judgement_id: UUID) -> Found:
        return differences.found_then(work.db, judgement_id)

    def since(judgement_id: UUID, charge: str | None) -> list[str]:
        if current in (None, judgement_id) or current is None:
            return []
        return differences.moved(found(judgement_id), found(current), charge)

    return since


def _base(
    row: Override | AdvocateView | QualifiedAssessment | Disposition, since: list[str]
) -> dict[str, object]:
    return {
        "id": str(row.id),
        "judgement": str(row.judgement_id),
        "by": str(row.account_id),
        "at": row.at.isoformat(),
        "stale": bool(since),
        "stale_because": since,
    }


def _override(row: Override, since: Since, words: _Words) -> dict[str, object]:
    return {
        **_base(row, since(row.judgement_id, row.charge)),
        "charge": row.charge,
        "protection": row.protection,
        **words.of(row.sealed, f"override/{row.id}"),
    }


def _view(row: AdvocateView, since: Since, words: _Words) -> dict[str, object]:
    return {
        **_base(row, since(row.judgement_id, None)),
        "view": View(row.view).value,
        "label": row.label,
        **words.of(row.sealed, f"view/{row.id}"),
    }


def _assessment(row: QualifiedAssessment, since: Since, words: _Words) -> dict[str, object]:
    return {
        **_base(row, since(row.judgement_id, None)),
        "outcome": Assessed(row.outcome).value,
        "on": row.assessed_on.isoformat() if row.assessed_on else None,
        **words.of(row.sealed, f"assessment/{row.id}"),
    }


def _disposition(row: Disposition, word: SignOff | None, since: Since, words: _Words) -> dict[str, object]:
    return {
        **_base(row, since(row.judgement_id, row.charge)),
        "charge": row.charge,
        "did": Did(row.did).value,
        "departs_from": row.departs_from,
        "standing": standing_of(row, word),
        "signed": _signed(word, words) if word else None,
        **words.of(row.sealed, f"disposition/{row.id}"),
    }


def _signed(word: SignOff, words: _Words) -> dict[str, object]:
    return {
        "agrees": word.agrees,
        "by": str(word.account_id),
        "at": word.at.isoformat(),
        **words.of(word.sealed, f"sign_off/{word.disposition_id}"),
    }
