"""What a case file says once it is read: frozen, with what was given told apart from what follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from screening.case.words import Answer, ItemKind, Mode, OffenseClass, Source, Stage, Status
from screening.dates import DateRange, NumberRange

Value = Answer | NumberRange | DateRange | str | frozenset[str]
"""The value of a response. A single number or day is a range whose ends are alike; a code is text."""

RESERVED_IDS = ("value", "source", "dated", "note", "from", "to", "cleared")
"""Keys of a response, which can therefore name no charge."""

ASSUMABLE = ("victim_status", "nexus", "conditions")
"""The kinds of element that a what-if may take as shown or not shown."""

STATUS_OF_STAGE: Mapping[Stage, Status] = {
    Stage.STOP: Status.ARRESTED,
    Stage.ARREST: Status.ARRESTED,
    Stage.CUSTODY_INTAKE: Status.ARRESTED,
    Stage.INVESTIGATION: Status.CONSIDERED,
    Stage.CHARGING: Status.CONSIDERED,
    Stage.PLEA: Status.CHARGED,
    Stage.TRIAL: Status.CHARGED,
    Stage.SENTENCING: Status.CONVICTED,
    Stage.POST_CONVICTION: Status.CONVICTED,
}
"""The status of a charge that gives none."""

_BEFORE_CHARGE = frozenset({Status.CONSIDERED, Status.ARRESTED, Status.CHARGED})
_AFTER_FINDING = frozenset({Status.ADJUDICATED, Status.CONVICTED})
_FITTING: Mapping[Stage, frozenset[Status]] = {
    Stage.STOP: _BEFORE_CHARGE,
    Stage.ARREST: _BEFORE_CHARGE,
    Stage.CUSTODY_INTAKE: _BEFORE_CHARGE,
    Stage.INVESTIGATION: _BEFORE_CHARGE,
    Stage.CHARGING: _BEFORE_CHARGE,
    Stage.PLEA: frozenset({Status.CHARGED}),
    Stage.TRIAL: frozenset({Status.CHARGED}),
    Stage.SENTENCING: _AFTER_FINDING,
    Stage.POST_CONVICTION: _AFTER_FINDING,
}


@dataclass(frozen=True, slots=True)
class Person:
    """The person screened. `born` None: the age is not known; an age on a day is held as a range of births."""

    born: DateRange | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """One offense the person is or may be accused of. `date` None: not known; `section` None: the class at most is.

    Mode left out is principal, status left out follows the stage; `mode_given` and `status_given` tell.
    """

    id: str
    jurisdiction: str
    section: str | None = None
    offense_class: OffenseClass | None = None
    grade: str | None = None
    date: DateRange | None = None
    mode: Mode = Mode.PRINCIPAL
    mode_given: bool = False
    status: Status = Status.CONSIDERED
    status_given: bool = False

    def to_dict(self) -> dict[str, object]:
        """The charge as it stands in a case file, with what was given and no more."""
        return _filled(
            {
                "id": self.id,
                "jurisdiction": self.jurisdiction,
                "section": self.section,
                "class": self.offense_class.value if self.offense_class else None,
                "grade": self.grade,
                "date": _written(self.date),
                "mode": self.mode.value if self.mode_given else None,
                "status": self.status.value if self.status_given else None,
            }
        )


@dataclass(frozen=True, slots=True)
class Cleared:
    """Who released a statement of the person for findings, and when."""

    by: str
    dated: date


@dataclass(frozen=True, slots=True)
class Response:
    """What one source says to one item; `charge` names the charge where the item is about the act."""

    item: str
    value: Value
    charge: str | None = None
    source: Source | None = None
    dated: date | None = None
    note: str | None = None
    cleared: Cleared | None = None
    author: str | None = None
    custody: bool | None = None
    warned: bool | None = None

    def to_dict(self) -> dict[str, object]:
        """The response with its evidence, without item and charge, which are the keys it stands under."""
        cleared = self.cleared
        return _filled(
            {
                "value": _written(self.value),
                "source": self.source.value if self.source else None,
                "dated": _written(self.dated),
                "note": self.note,
                "cleared": {"by": cleared.by, "dated": cleared.dated.isoformat()} if cleared else None,
                "author": self.author,
                "custody": _yes_no(self.custody),
                "warned": _yes_no(self.warned),
            }
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where services are looked for; it decides no protection."""

    county: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """A charge whose given status does not fit the stage; it is said, and the status stands."""

    charge: str
    stage: Stage
    status: Status


@dataclass(frozen=True, slots=True)
class Case:
    """A whole case file. An item missing from `responses` was not asked; several responses are several sources."""

    as_of: date
    stage: Stage = Stage.CHARGING
    stage_given: bool = False
    person: Person = Person()
    charges: tuple[Charge, ...] = ()
    responses: Mapping[str, tuple[Response, ...]] = field(default_factory=dict)
    noticed: datetime | None = None
    needs: tuple[str, ...] = ()
    place: Place | None = None
    assume: Mapping[str, bool] = field(default_factory=dict)

    def clashes(self) -> tuple[Clash, ...]:
        """The charges whose given status does not fit the given stage; none where either was left out."""
        if not self.stage_given:
            return ()
        fitting = _FITTING[self.stage]
        return tuple(
            Clash(charge.id, self.stage, charge.status)
            for charge in self.charges
            if charge.status_given and charge.status not in fitting
        )

    def to_dict(self) -> dict[str, object]:
        """The case as `case.v1` again, with what was given and no more: reading it gives an equal case."""
        return _filled(
            {
                "case": "v1",
                "as_of": self.as_of.isoformat(),
                "stage": self.stage.value if self.stage_given else None,
                "person": _filled({"born": _written(self.person.born)}) or None,
                "charges": [charge.to_dict() for charge in self.charges],
                "responses": {item: _by_charge(given) for item, given in self.responses.items()} or None,
                "noticed": self.noticed.isoformat() if self.noticed else None,
                "needs": list(self.needs) or None,
                "place": _filled({"county": self.place.county, "state": self.place.state})
                if self.place
                else None,
                "assume": {kind: _yes_no(shown) for kind, shown in self.assume.items()} or None,
            }
        )


@dataclass(frozen=True, slots=True)
class ItemShape:
    """What an item may be answered with; `codes` are its words where it is answered with codes."""

    kind: ItemKind
    per_charge: bool = False
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that packs add to a case file: items, jurisdictions, needs, and states that only a place may name."""

    items: Mapping[str, ItemShape]
    jurisdictions: frozenset[str]
    needs: frozenset[str]
    states: frozenset[str] = frozenset()

    @property
    def places(self) -> frozenset[str]:
        """The states that `place` may name: all jurisdictions, and those of made-up directories."""
        return self.jurisdictions | self.states


def _filled(mapping: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in mapping.items() if value is not None}


def _yes_no(shown: bool | None) -> str | None:
    return None if shown is None else ("yes" if shown else "no")


def _written(value: Value | date | None) -> object:
    match value:
        case Answer():
            return value.value
        case date():
            return value.isoformat()
        case frozenset():
            return sorted(value)
        case NumberRange(low, high):
            return low if value.is_exact else _filled({"from": low, "to": high})
        case DateRange(start, end):
            return (
                _written(start) if value.is_exact else _filled({"from": _written(start), "to": _written(end)})
            )
    return value


def _by_charge(responses: tuple[Response, ...]) -> object:
    """Responses of one item as they stand in a case file: a map of charges where the item is about the act."""
    charges = dict.fromkeys(response.charge for response in responses)
    if None in charges:
        return _entry(responses)
    return {
        charge: _entry([one for one in responses if one.charge == charge]) for charge in charges if charge
    }


def _entry(responses: Sequence[Response]) -> object:
    return responses[0].to_dict() if len(responses) == 1 else [response.to_dict() for response in responses]
