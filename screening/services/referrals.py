"""What matching gives back: offers, needs for which nothing was found, and what was looked at and set aside."""

from dataclasses import dataclass
from datetime import date

from screening.services.standing import FailedCheck
from screening.services.terms import NeedCode


@dataclass(frozen=True, slots=True)
class Contact:
    """One number that can be given to the person."""

    number: str
    type: str
    extension: int | None = None
    description: str | None = None

    def to_dict(self) -> dict[str, object]:
        """The number as shown."""
        return {
            "number": self.number,
            "type": self.type,
            "extension": self.extension,
            "description": self.description,
        }


@dataclass(frozen=True, slots=True)
class Offer:
    """One service that can be offered for one need. It never says whether the person took it.

    `before_you_call` stands before the numbers wherever an offer is shown. `address` is None where the place is
    confidential or none is recorded. `backup`: a national line beside local help. `connects`: it helps to look for
    the service and does not give it.
    """

    id: str
    need: NeedCode
    service: str
    provider: str
    before_you_call: tuple[str, ...]
    phones: tuple[Contact, ...]
    url: str | None
    address: str | None
    hours: str
    failed: tuple[FailedCheck, ...]
    why: str
    caution: tuple[str, ...]
    eligibility: str | None
    how_to_start: str | None
    last_assured: date | None
    last_assured_words: str
    stale: bool
    backup: bool
    connects: bool
    fictional: bool

    @property
    def non_punitive(self) -> str:
        """`yes` where all eight checks are confirmed, else `conditional`."""
        return "conditional" if self.failed else "yes"

    def to_dict(self) -> dict[str, object]:
        """One entry of `referrals.offers[]`."""
        return {
            "id": self.id,
            "need": self.need.value,
            "service": self.service,
            "provider": self.provider,
            "non_punitive": self.non_punitive,
            "failed": [failed.check.value for failed in self.failed],
            "failed_words": [failed.words for failed in self.failed],
            "why": self.why,
            "caution": list(self.caution),
            "before_you_call": list(self.before_you_call),
            "phones": [phone.to_dict() for phone in self.phones],
            "url": self.url,
            "address": self.address,
            "hours": self.hours,
            "eligibility": self.eligibility,
            "how_to_start": self.how_to_start,
            "last_assured": self.last_assured.isoformat() if self.last_assured else None,
            "last_assured_words": self.last_assured_words,
            "stale": self.stale,
            "backup": self.backup,
            "connects": self.connects,
            "fictional": self.fictional,
        }


@dataclass(frozen=True, slots=True)
class NoneAvailable:
    """A need for which no service that gives it was found, and what can be tried next."""

    need: NeedCode
    sentence: str
    try_next: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """One entry of `referrals.none_available[]`."""
        return {"need": self.need.value, "sentence": self.sentence, "try_next": list(self.try_next)}


@dataclass(frozen=True, slots=True)
class SetAside:
    """A service for the need and the place that is not offered, with every reason: none is hidden silently."""

    id: str
    need: NeedCode
    service: str
    provider: str
    reasons: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """One entry of `referrals.set_aside[]`."""
        return {
            "id": self.id,
            "need": self.need.value,
            "service": self.service,
            "provider": self.provider,
            "reasons": list(self.reasons),
        }


@dataclass(frozen=True, slots=True)
class Referrals:
    """The outcome for all needs, in their order. `before_you_call` comes before anything else is shown."""

    before_you_call: tuple[str, ...]
    offers: tuple[Offer, ...]
    none_available: tuple[NoneAvailable, ...]
    set_aside: tuple[SetAside, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """The `referrals` of a result, ready for JSON."""
        return {
            "before_you_call": list(self.before_you_call),
            "notes": list(self.notes),
            "offers": [offer.to_dict() for offer in self.offers],
            "none_available": [none.to_dict() for none in self.none_available],
            "set_aside": [aside.to_dict() for aside in self.set_aside],
        }
