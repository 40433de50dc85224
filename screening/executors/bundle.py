"""Packs as one canonical JSON document, so that another executor can screen with exactly the same law and questions."""

import json
from collections.abc import Mapping
from hashlib import sha256

from screening.executors.bundled_law import law_part
from screening.executors.bundled_questionnaire import questionnaire_part
from screening.executors.bundled_services import directory_part, needs_part
from screening.explanation.facts import MOMENTS
from screening.explanation.sentences import AUTHORITY
from screening.explanation.terms import AS_CERTAIN, GOALS, RESULTS, STEPS
from screening.packs import JURISDICTIONS, Packs
from screening.result import ENGINE

VERSION = "v1"


def bundle(packs: Packs) -> dict[str, object]:
    """Everything that a screening is made with, prepared: conditions as trees, sections as parsed.

    Made of dict, list, str, int, bool and None. What nobody has confirmed keeps its conditions, which bounds need, and
    loses its words. The address of a confidential place is never in it: no directory holds one.
    """
    return {
        "bundle": VERSION,
        "engine": ENGINE,
        "jurisdictions": sorted(JURISDICTIONS | frozenset(packs.law)),
        "law": {name: law_part(pack) for name, pack in packs.law.items()},
        "questionnaire": questionnaire_part(packs.questionnaire),
        "alternatives": [
            {**one.to_dict(), "minor_only": one.minor_only, "stages": [stage.value for stage in one.stages]}
            for one in packs.alternatives
        ],
        "needs": needs_part(packs.needs),
        "directory": directory_part(packs.directory),
        "words": {
            "as_certain": dict(AS_CERTAIN),
            "authority": dict(AUTHORITY),
            "goals": dict(GOALS),
            "moments": dict(MOMENTS),
            "results": dict(RESULTS),
            "steps": [[step, words] for step, words in STEPS.items()],
        },
    }


def canonical(value: object) -> bytes:
    """JSON in its one spelling: keys sorted, no blanks, UTF-8 as given (no normalisation), whole numbers without `.0`.

    Two executors agree on a result where these bytes are the same.
    """
    text = json.dumps(
        _whole(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode()


def digest(payload: bytes) -> str:
    """The SHA-256 of canonical bytes, as `sha256:` and 64 hexadecimal digits."""
    return f"sha256:{sha256(payload).hexdigest()}"


def _whole(value: object) -> object:
    """JavaScript knows one kind of number: 1.0 and 1 are the same there, so they are here."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {key: _whole(inner) for key, inner in value.items()}
    return [_whole(inner) for inner in value] if isinstance(value, list | tuple) else value
