"""The closed words of the questionnaire packs, equal to the words written in the YAML files."""

from enum import StrEnum


class PartName(StrEnum):
    """Which part of the questionnaire an item stands in; Part 2 alone holds questions put to the person."""

    PART1 = "part1"
    PART2 = "part2"
    PROSECUTOR = "prosecutor"
    NAMED_LAW = "named_law"
    TRAP = "trap"
    ADVOCATE = "advocate"


class Scope(StrEnum):
    """Whether a fact is about the person as a whole or about one charge."""

    PERSON = "person"
    CHARGE = "charge"


class Sensitivity(StrEnum):
    """How hard an item can be to answer; the most sensitive are asked last, and only while they can matter."""

    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"
    MOST_SENSITIVE = "most_sensitive"


class Knower(StrEnum):
    """Who could know a fact, so that the page can say whom to ask instead of the person."""

    OFFICER = "officer"
    RECORDS = "records"
    DEVICE = "device"
    PROSECUTOR = "prosecutor"
    COURT = "court"
    CHILD_WELFARE = "child_welfare"
    HEALTH = "health"
    ADVOCATE = "advocate"
    DEFENSE = "defense"
    PERSON = "person"


class Serves(StrEnum):
    """What an item is asked for; `record` means that it is kept for the file and decides nothing."""

    VICTIM_STATUS = "victim_status"
    NEXUS = "nexus"
    CONDITIONS = "conditions"
    AGE = "age"
    SCOPE = "scope"
    FORUM = "forum"
    FLAG = "flag"
    DUTY = "duty"
    NEEDS = "needs"
    RECORD = "record"


class AnsweredBy(StrEnum):
    """Who answers an item."""

    OFFICER = "officer"
    PERSON = "person"
    PROSECUTOR = "prosecutor"
    ADVOCATE = "advocate"


class Viewer(StrEnum):
    """Who may see the answers to an item by default; an office can take viewers away, never add them."""

    OFFICER = "officer"
    POLICE = "police"
    PROSECUTOR = "prosecutor"
    COMMUNITY_ADVOCATE = "community_advocate"
    SYSTEM_ADVOCATE = "system_advocate"
    DEFENSE = "defense"
    COURT = "court"


class Reader(StrEnum):
    """For whom a case is read: it decides whether uncleared own statements count."""

    PROSECUTOR = "prosecutor"
    OFFICER = "officer"
    ADVOCATE = "advocate"


class Points(StrEnum):
    """Which way a yes points: toward protection, the other way, or neither by itself."""

    TOWARD = "toward"
    OTHER_WAY = "other_way"
    NEUTRAL = "neutral"
