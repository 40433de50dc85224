"""All that matching is told about the person: age, place, languages, access and wishes; nothing of a case."""

from dataclasses import dataclass

from screening.services.terms import Gender

ADULT = 18


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Age today in whole years, from `lowest` to `highest`; one number where it is known."""

    lowest: int
    highest: int

    def __post_init__(self) -> None:
        if not 0 <= self.lowest <= self.highest:
            raise ValueError("an age range runs from a lower to a higher age, not below 0")

    @classmethod
    def exactly(cls, years: int) -> "AgeRange":
        """The range of one known age."""
        return cls(years, years)

    @property
    def words(self) -> str:
        """`15`, or `15 to 17`."""
        return str(self.lowest) if self.lowest == self.highest else f"{self.lowest} to {self.highest}"


def may_be_minor(age: AgeRange | None) -> bool:
    """True unless the person is surely 18 or over: an age nobody knows may be a child's."""
    return age is None or age.lowest < ADULT


@dataclass(frozen=True, slots=True)
class Place:
    """Where the person is to be helped; the state in ISO 3166-2, where a code without a country is one of the US."""

    state: str | None = None
    county: str | None = None

    @property
    def country(self) -> str | None:
        """The country of the state; None where no state is given."""
        return self.state_code.partition("-")[0] if self.state_code else None

    @property
    def state_code(self) -> str | None:
        """The state with its country: `TN` is `US-TN`."""
        return full_state(self.state) if self.state else None

    @property
    def county_key(self) -> str | None:
        """The county for comparing: `Alder County` is `alder`."""
        return county_key(self.county) if self.county else None


def full_state(code: str) -> str:
    """A state code with its country, in capitals."""
    plain = code.strip().upper()
    return plain if "-" in plain or plain == "US" else f"US-{plain}"


def county_key(name: str) -> str:
    """A county's name for comparing, whatever the spelling: without the word itself, case and spare blanks."""
    return " ".join(name.casefold().split()).removesuffix(" county")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked for, or who comes along. Left out means nothing was said, and sets nothing aside."""

    with_own_child: bool = False
    pregnant: bool = False
    without_guardian: bool = False
    gender: Gender | None = None
    lgbtq_affirming: bool = False
    not_locked: bool = False
    no_police_reports: bool = False
    pickup: bool = False
    survivor_led: bool = False


NO_WISHES = Wishes()
"""Nothing was said."""
