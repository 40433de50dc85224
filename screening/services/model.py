"""The directory as written in packs: organizations, services and places as in HSDS 3.0, with our own attributes."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from screening.services.terms import (
    Access,
    Check,
    Confidence,
    Day,
    Gender,
    Kind,
    Known,
    NeedCode,
    Privilege,
    Reports,
    RoomState,
    Status,
)

_Entry = TypeVar("_Entry")


def _yes_or_no(value: object) -> object:
    """`true` and `false` are other spellings of *yes* and *no* in every file of the house."""
    return {"true": "yes", "false": "no"}.get(str(value).lower(), value)


def _not_empty(value: tuple[_Entry, ...]) -> tuple[_Entry, ...]:
    if not value:
        raise ValueError("this is empty; at least one entry is needed")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
Number = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 ()-]{1,24}$")]
Clock = Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
Age = Annotated[int, Field(ge=0, le=130)]
Answer = Annotated[Known, BeforeValidator(_yes_or_no)]
ReportsAnswer = Annotated[Reports, BeforeValidator(_yes_or_no)]


class Frozen(BaseModel):
    """What is read from a file: unknown keys are refused, nothing changes later, no input is quoted in errors."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid", hide_input_in_errors=True)


class Address(Frozen):
    """Where people may go; only for places that are not confidential."""

    address_1: Text
    city: Text
    state_province: Text
    postal_code: Text
    country: Text


class Location(Frozen):
    """A place of an organization. The address of a confidential one is never held, so that it can never leak."""

    id: Id
    name: Text | None = None
    location_type: Literal["physical", "postal", "virtual"] = "physical"
    confidential: bool = False
    address: Address | None = None
    accessibility: Mapping[Access, Answer] = {}

    @model_validator(mode="after")
    def _confidential_has_no_address(self) -> Self:
        if self.confidential and self.address is not None:
            raise ValueError("the address of a confidential place must not be in the directory; take it out")
        return self


class Phone(Frozen):
    """A number; `confidence` where the number is less well established than the service."""

    number: Number
    type: Literal["voice", "text", "tty"] = "voice"
    extension: Annotated[int, Field(ge=0)] | None = None
    description: Text | None = None
    confidence: Confidence = Confidence.PRIMARY


class Schedule(Frozen):
    """Weekly hours on the clock of the place. Closing at or before opening runs past midnight.

    `zone` names the clock where it is another one; whether such a service is open now is then not known.
    """

    byday: Annotated[tuple[Day, ...], AfterValidator(_not_empty)]
    opens_at: Clock
    closes_at: Clock
    zone: Text | None = None


class Language(Frozen):
    """A language the staff speak: code of ISO 639-1 and its English name."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    name: Text


class ServiceArea(Frozen):
    """Where people must be to be served: a whole country, a state, or one county of a state."""

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    state: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2}-)?[A-Z0-9]{1,3}$")] | None = None
    county: Text | None = None

    @model_validator(mode="after")
    def _one_extent(self) -> Self:
        if (self.country is None) == (self.state is None):
            raise ValueError("say either the country or the state that is served")
        if self.county is not None and self.state is None:
            raise ValueError("a county needs its state")
        return self


class Room(Frozen):
    """The provider's last word on room, and the day it was given (none: until the provider says otherwise)."""

    state: RoomState = RoomState.NOT_KNOWN
    dated: date | None = None


class Source(Frozen):
    """Where a listing was seen, and when (null: the day of the page is not known)."""

    url: Url
    seen: date | None
    note: Text | None = None


class Attributes(Frozen):
    """Our own small taxonomy beside HSDS. What is left out is not known, and shown so."""

    non_punitive: Mapping[Check, Answer] = {}
    trafficking_specific: Answer = Known.NOT_KNOWN
    survivor_led: Answer = Known.NOT_KNOWN
    accepts_without_guardian: Answer = Known.NOT_KNOWN
    accepts_own_child: Answer = Known.NOT_KNOWN
    accepts_pregnant: Answer = Known.NOT_KNOWN
    accepts_pending_charges: Answer = Known.NOT_KNOWN
    genders: tuple[Gender, ...] = ()
    lgbtq_affirming: Answer = Known.NOT_KNOWN
    locked: Answer = Known.NOT_KNOWN
    pickup: Answer = Known.NOT_KNOWN
    interpreter: Answer = Known.NOT_KNOWN
    privilege: Privilege = Privilege.NOT_KNOWN
    mandated_reporter: Answer = Known.NOT_KNOWN
    reports_to_law_enforcement: ReportsAnswer = Reports.NOT_KNOWN
    reports_when: Text | None = None

    @model_validator(mode="after")
    def _checks_agree(self) -> Self:
        broken = {
            Check.NOT_LOCKED_NOTHING_HELD_OVER: (self.locked is Known.YES, "the place is locked"),
            Check.OFFERED_WITHOUT_CASE: (
                self.accepts_pending_charges is Known.NO,
                "it turns away open cases",
            ),
            Check.NO_CONSEQUENCE_NO_REPORT: (
                self.reports_to_law_enforcement is Reports.YES,
                "it reports to law enforcement",
            ),
        }
        for check, (is_broken, because) in broken.items():
            if is_broken and self.non_punitive.get(check) is Known.YES:
                raise ValueError(f"{check.value} cannot be yes where {because}")
        if (self.reports_to_law_enforcement is Reports.WHEN) != (self.reports_when is not None):
            raise ValueError("reports_to_law_enforcement: when goes with reports_when, which says when")
        return self


class Service(Frozen):
    """One service or line of an organization; `at` names the places where it is given."""

    id: Id
    name: Text
    description: Text
    status: Status = Status.ACTIVE
    kind: Kind = Kind.DIRECT
    needs: tuple[NeedCode, ...] = ()
    service_areas: Annotated[tuple[ServiceArea, ...], AfterValidator(_not_empty)]
    phones: tuple[Phone, ...] = ()
    url: Url | None = None
    schedules: tuple[Schedule, ...] = ()
    languages: tuple[Language, ...] = ()
    at: tuple[Id, ...] = ()
    minimum_age: Age | None = None
    maximum_age: Age | None = None
    eligibility_description: Text | None = None
    application_process: Text | None = None
    fees_description: Text | None = None
    wait_time: Text | None = None
    alert: Text | None = None
    room: Room = Field(default_factory=Room)
    attributes: Attributes = Field(default_factory=Attributes)
    confidence: Confidence
    sources: tuple[Source, ...] = ()
    assured_date: date | None
    assured_by: Text | None = None
    assured_note: Text | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (
            self.minimum_age is not None
            and self.maximum_age is not None
            and self.minimum_age > self.maximum_age
        ):
            raise ValueError("minimum_age is above maximum_age")
        if (self.kind is Kind.TAKES_REPORTS) == bool(self.needs):
            raise ValueError("a service meets at least one need; a line that takes reports meets none")
        if not self.phones and self.url is None:
            raise ValueError("nobody could reach it: give a phone or a url")
        if self.assured_date is None and self.assured_note is None:
            raise ValueError("without an assured_date, assured_note must say what is known instead")
        return self


class Organization(Frozen):
    """Who runs services, with its places."""

    id: Id
    name: Text
    description: Text
    url: Url | None = None
    locations: tuple[Location, ...] = ()
    services: Annotated[tuple[Service, ...], AfterValidator(_not_empty)]


class DirectoryHead(Frozen):
    """What a directory file says about itself. `fictional` providers may stand only in a made-up state."""

    directory: Literal["v1"]
    id: Id
    version: Text
    title: Text
    fictional: bool = False
    states: Mapping[str, Text] = {}
