"""Case-screening decision support for victim-offender intersectionality: load packs, load a case, screen it."""

from collections.abc import Mapping
from datetime import date

from screening.case import Case
from screening.case.parsing import parse_case
from screening.errors import CaseError, Fault, PackError
from screening.packs import Packs, load_packs
from screening.result import READERS, Screening, screen

__all__ = [
    "READERS",
    "Case",
    "CaseError",
    "Fault",
    "PackError",
    "Packs",
    "Screening",
    "load_case",
    "load_packs",
    "screen",
]


def load_case(
    source: Mapping[str, object] | str | bytes,
    today: date | None = None,
    *,
    packs: Packs | None = None,
    file: str | None = None,
) -> Case:
    """A case from a mapping or from the text of a case file (`case.v1`, YAML or JSON).

    `today` is the day of screening where the case gives none. Raises CaseError with every fault at once: path, what was
    expected and the nearest right word. `packs` (default: those shipped) give the items, needs and jurisdictions.
    """
    return parse_case(source, vocabulary=(packs or load_packs()).vocabulary, today=today, file=file)
