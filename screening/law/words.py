"""The closed vocabularies of law packs, one word a meaning."""

from enum import StrEnum


class Confidence(StrEnum):
    """How well a piece of law was established: text seen, described by another, or not confirmed (then hidden)."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    RECALL = "recall"


class Mechanism(StrEnum):
    """What kind of help a protection gives."""

    EXCLUSION = "exclusion"
    IMMUNITY = "immunity"
    MANDATORY_DIVERSION = "mandatory_diversion"
    DISCRETIONARY_DIVERSION = "discretionary_diversion"
    AFFIRMATIVE_DEFENSE = "affirmative_defense"
    MITIGATION = "mitigation"
    VACATUR = "vacatur"
    PRESUMPTION = "presumption"


BAR_MECHANISMS = frozenset({Mechanism.EXCLUSION, Mechanism.IMMUNITY})


class Step(StrEnum):
    """A step of a case that a bar may close."""

    ARREST = "arrest"
    DETENTION = "detention"
    CHARGE = "charge"
    PROSECUTION = "prosecution"
    ADJUDICATION = "adjudication"
    CONVICTION = "conviction"
    SENTENCE = "sentence"


class Moment(StrEnum):
    """When an age is measured. `charged` is any moment from the offense to the day of screening (arrest, custody, charge)."""

    OFFENSE = "offense"
    CHARGED = "charged"
    NOW = "now"


class ElementKind(StrEnum):
    """What an element is about; only victim status, nexus and conditions may be assumed in a what-if."""

    SCOPE = "scope"
    MODE = "mode"
    PERIOD = "period"
    AGE = "age"
    VICTIM_STATUS = "victim_status"
    NEXUS = "nexus"
    CONDITIONS = "conditions"
    REPORT = "report"
    FORUM = "forum"


class Match(StrEnum):
    """How a protection names its offenses: any offense, a closed list of sections, or classes that sections illustrate."""

    ANY = "any"
    LISTED = "listed"
    CLASS = "class"


class Covers(StrEnum):
    """Whether a text reaches a mode of liability; `silent` is unknown, never no."""

    YES = "yes"
    NO = "no"
    SILENT = "silent"


class Goal(StrEnum):
    """Policy goals by which the search of the law was organised, each the goal of some offense classes."""

    PROSTITUTION = "2.5"
    MINOR_OFFENSES = "2.6"
    TRAFFICKING = "2.7"
    VIOLENT = "2.8"
    RECORD_RELIEF = "2.10"


class Who(StrEnum):
    """Who owes a duty."""

    LAW_ENFORCEMENT = "law_enforcement"
    PROSECUTOR = "prosecutor"
    COURT = "court"
    CHILD_WELFARE = "child_welfare"
    ANY = "any"
