"""What a case file says, once it has been read: frozen, complete, with what was given told apart from what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from screening.case.words import Answer, ItemKind, Mode, OffenseClass, Source, Stage, Status
from screening.dates import DateRange, NumberRange

Value = Answer | NumberRange | DateRange | str | frozenset[str]
"""A response's value. A single number or day is a range whose ends are alike; a code is text; a set of codes is a set."""

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
    """The person screened. `born` None: nothing is known about the age; an age on a day is held as a range of births."""

    born: DateRange | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """One offense the person is or may be accused of. `date` None: not known; `section` None: only the class is given,
    or nothing. Mode left out is principal and status left out follows the stage; `…_given` tells which it was."""

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


@dataclass(frozen=True, slots=True)
class Place:
    """Where services are looked for; it reaches referrals only, beside the choice of the states shown beside."""

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
    """A whole case file. An item that is not in `responses` was not asked; several responses are several sources."""

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
        from screening.case.writing import case_mapping

        return case_mapping(self)


@dataclass(frozen=True, slots=True)
class ItemShape:
    """What an item may be answered with; `codes` are its words where it is answered with codes."""

    kind: ItemKind
    per_charge: bool = False
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that packs add to a case file: items, jurisdictions with law, and needs."""

    items: Mapping[str, ItemShape]
    jurisdictions: frozenset[str]
    needs: frozenset[str]
