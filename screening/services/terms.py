"""The small vocabulary of services: needs, answers, the eight non-punitive checks, and the plain words for each."""

from enum import StrEnum


class NeedCode(StrEnum):
    """What a person may need; words, urgency and meaning stand in `packs/needs.yaml`."""

    SAFETY = "safety"
    SHELTER_EMERGENCY = "shelter_emergency"
    HOUSING_LONG = "housing_long"
    ADVOCACY = "advocacy"
    MEDICAL_FORENSIC = "medical_forensic"
    MENTAL_HEALTH = "mental_health"
    CRISIS = "crisis"
    SUBSTANCE_USE = "substance_use"
    LEGAL_DEFENSE = "legal_defense"
    LEGAL_VICTIM = "legal_victim"
    RECORD_RELIEF = "record_relief"
    IMMIGRATION = "immigration"
    COMPENSATION = "compensation"
    BASIC_NEEDS = "basic_needs"
    EDUCATION = "education"
    EMPLOYMENT = "employment"
    CHILD_WELFARE = "child_welfare"
    FAMILY = "family"
    PEER = "peer"
    INTERPRETER = "interpreter"


class Urgency(StrEnum):
    """How soon a need should be met; a service that is closed now is no help for the first two."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"

    @property
    def is_now(self) -> bool:
        """True where waiting until a service opens is no answer."""
        return self in {Urgency.MINUTES, Urgency.HOURS}


class Known(StrEnum):
    """What the directory knows of one point; nothing recorded is `not_known`, never *no*."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class Check(StrEnum):
    """The eight conditions of a non-punitive service, in the order in which they are shown."""

    OFFERED_WITHOUT_CASE = "offered_without_case"
    OFFERED_WITHOUT_COOPERATION = "offered_without_cooperation"
    NO_CONSEQUENCE_NO_REPORT = "no_consequence_no_report"
    NOT_LOCKED_NOTHING_HELD_OVER = "not_locked_nothing_held_over"
    INFORMED_CONSENT = "informed_consent"
    OWES_CONFIDENTIALITY = "owes_confidentiality"
    NO_ADMISSION = "no_admission"
    OPEN_LATER = "open_later"

    @property
    def words(self) -> str:
        """What the provider promises where the check is met."""
        return _CHECK_WORDS[self]


_CHECK_WORDS = {
    Check.OFFERED_WITHOUT_CASE: "offered whether or not there is an arrest, a charge, a plea or a conviction",
    Check.OFFERED_WITHOUT_COOPERATION: "offered whether or not the person talks to police or testifies",
    Check.NO_CONSEQUENCE_NO_REPORT: "coming, staying away or leaving early changes nothing in law and is told to no"
    " police, prosecutor, probation or court",
    Check.NOT_LOCKED_NOTHING_HELD_OVER: "no locked doors and no charge kept open to make the person stay",
    Check.INFORMED_CONSENT: "the person is told what it is and agrees to it, as far as their age allows",
    Check.OWES_CONFIDENTIALITY: "the provider owes the person confidentiality",
    Check.NO_ADMISSION: "the person need not admit guilt or call themselves a victim",
    Check.OPEN_LATER: "the person can come back to it later, whatever happens in a case",
}


class Kind(StrEnum):
    """What a listing does: gives the help itself, helps to look for it, or only takes reports."""

    DIRECT = "direct"
    CONNECTS = "connects"
    TAKES_REPORTS = "takes_reports"


class Status(StrEnum):
    """Whether a service runs, in the words of HSDS 3.0."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class Confidence(StrEnum):
    """How well a listing was established; `recall` stays in the file and is never offered."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    RECALL = "recall"


class Reports(StrEnum):
    """Whether a provider tells law enforcement what it hears."""

    YES = "yes"
    NO = "no"
    WHEN = "when"
    NOT_KNOWN = "not_known"


class Privilege(StrEnum):
    """Who the staff answer to: a community agency, the justice system, or neither."""

    COMMUNITY = "community"
    SYSTEM = "system"
    NONE = "none"
    NOT_KNOWN = "not_known"


class Gender(StrEnum):
    """Who a place says it takes in, where it says so."""

    FEMALE = "female"
    MALE = "male"
    TRANS = "trans"
    NONBINARY = "nonbinary"


class Access(StrEnum):
    """What a person may need to be able to use a service."""

    WHEELCHAIR = "wheelchair"
    DEAF = "deaf"
    BLIND = "blind"
    PLAIN_LANGUAGE = "plain_language"
    SERVICE_ANIMAL = "service_animal"


class RoomState(StrEnum):
    """Whether the provider has room, by its own last word."""

    OPEN = "open"
    WAITLIST = "waitlist"
    FULL = "full"
    NOT_KNOWN = "not_known"


class Day(StrEnum):
    """Days of the week in the two letters of HSDS and iCalendar, Monday first."""

    MO = "MO"
    TU = "TU"
    WE = "WE"
    TH = "TH"
    FR = "FR"
    SA = "SA"
    SU = "SU"
