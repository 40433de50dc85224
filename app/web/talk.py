"""The gate before questions are put to the young person, drawn from the form; it stays shut unless somebody opens it."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.web.fields import Form
from screening import Case, Packs
from screening.case import Stage
from screening.dates import DateRange, age_range
from screening.questionnaire import AskedBy, Circumstances, Gate, gate, notice
from screening.questionnaire.gate import Need, ProtectionRow
from screening.truth import Truth

_CUSTODY = {"yes": Truth.YES, "no": Truth.NO}
OLDEST = 130


@dataclass(frozen=True, slots=True)
class Talk:
    """Whether the questions are shown: the gate of every place concerned is open, and somebody chose to open it."""

    gates: tuple[tuple[str, Gate], ...]
    allowed: bool
    shown: bool
    stopped: bool
    notice: tuple[str, ...]
    protections: tuple[ProtectionRow, ...]


def talk_of(form: Form, case: Case | None, packs: Packs) -> Talk:
    """The state of Part 2. Where charges lie in several places, the law of each has to allow it."""
    rules = packs.questionnaire.gate
    so = _circumstances(form, case)
    stage = case.stage if case else Stage.CHARGING
    places = tuple(dict.fromkeys(_places(case))) or ("",)
    gates = tuple((place, gate(stage, place, so, rules)) for place in places)
    allowed = all(one.open for _, one in gates)
    shown = allowed and form.one("g.opened") == "yes"
    protections = tuple(
        row for row in rules.protections if row.jurisdiction in places and row.confidence != "recall"
    )
    return Talk(gates, allowed, shown, so.disclosure_begun, notice(so.asked_by, rules), protections)


def _places(case: Case | None) -> Iterator[str]:
    if case:
        yield from (charge.jurisdiction for charge in case.charges)
        if case.place and case.place.state:
            yield case.place.state


def _circumstances(form: Form, case: Case | None) -> Circumstances:
    asker = form.one("g.asker", AskedBy.OFFICER.value)
    return Circumstances(
        asked_by=AskedBy(asker) if asker in set(AskedBy) else AskedBy.OFFICER,
        in_custody=_CUSTODY.get(form.one("g.custody"), Truth.UNKNOWN),
        age=_ages(case),
        met=frozenset(Need(need) for need in form.many("g.met") if need in set(Need)),
        use_agreement=form.one("g.agreement") == "yes",
        protection=form.one("g.protection") or None,
        declined=form.one("g.declined") == "yes",
        disclosure_begun=form.one("g.stopped") == "yes",
    )


def _ages(case: Case | None) -> tuple[int, int] | None:
    if case is None or case.person.born is None:
        return None
    ages = age_range(case.person.born, DateRange(case.as_of, case.as_of))
    return (ages.low or 0, OLDEST if ages.high is None else ages.high)
