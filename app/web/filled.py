"""A case as the fields of the form, so that a loaded file and a demonstration open like a form just filled in."""

from collections.abc import Iterator
from datetime import date

from app.web.fields import PERSON, WORD_KEYS, Form
from screening import Case
from screening.case import Answer, Charge, Response
from screening.dates import DateRange, NumberRange

Fields = Iterator[tuple[str, str]]


def form_of(case: Case) -> Form:
    """Reading this form gives an equal case."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in _fields(case):
        found[name] = (*found.get(name, ()), value)
    return Form(found)


def empty_form(today: date) -> Form:
    """A form with one charge to fill in."""
    return Form({"as_of": (today.isoformat(),), "c.0.id": ("c1",)})


def _fields(case: Case) -> Fields:
    yield "as_of", case.as_of.isoformat()
    if case.stage_given:
        yield "stage", case.stage.value
    if case.noticed:
        yield "noticed", case.noticed.isoformat(timespec="minutes")
    yield from _born(case.person.born)
    numbers = {charge.id: str(number) for number, charge in enumerate(case.charges)}
    for charge in case.charges:
        yield from _charge(charge, numbers[charge.id])
    for given in case.responses.values():
        yield from _responses(given, numbers)
    yield from (("need", need) for need in case.needs)
    if case.place:
        yield from (("county", case.place.county or ""), ("state", case.place.state or ""))
    for kind, shown in case.assume.items():
        yield f"assume.{kind}", "yes" if shown else "no"


def _born(born: DateRange | None) -> Fields:
    if born is None:
        yield "age", "unknown"
    elif born.is_exact and born.start:
        yield from (("age", "born"), ("born", born.start.isoformat()))
    else:
        yield "age", "between"
        yield from _ends(born.start, born.end, "born_from", "born_to")


def _ends(start: date | int | None, end: date | int | None, low: str, high: str) -> Fields:
    if start is not None:
        yield low, str(start)
    if end is not None:
        yield high, str(end)


def _charge(charge: Charge, number: str) -> Fields:
    for key, value in charge.to_dict().items():
        if isinstance(value, str):
            yield f"c.{number}.{key}", value
    if charge.date and not charge.date.is_exact:
        yield from _ends(charge.date.start, charge.date.end, f"c.{number}.date_from", f"c.{number}.date_to")


def _responses(given: tuple[Response, ...], numbers: dict[str, str]) -> Fields:
    seen: dict[str, int] = {}
    for one in given:
        charge = numbers[one.charge] if one.charge else PERSON
        source = seen.get(charge, 0)
        seen[charge] = source + 1
        yield from ((f"r.{one.item}.{charge}.{source}.{key}", value) for key, value in _response(one))


def _response(one: Response) -> Fields:
    match one.value:
        case Answer():
            yield "v", one.value.value
        case str():
            yield "v", one.value
        case frozenset():
            yield from (("v", code) for code in sorted(one.value))
        case NumberRange(low, high):
            yield from [("ex", str(low))] if one.value.is_exact else _ends(low, high, "lo", "hi")
        case DateRange(start, end):
            yield from [("ex", str(start))] if one.value.is_exact else _ends(start, end, "lo", "hi")
    written = one.to_dict()
    yield from ((key, str(written[word])) for key, word in WORD_KEYS.items() if word in written)
    if one.cleared:
        yield from (("by", one.cleared.by), ("bd", one.cleared.dated.isoformat()))
