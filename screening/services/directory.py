"""The directory that matching searches: every service with its provider and places, from however many packs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from screening.services.model import Location, Organization, Phone, Service
from screening.services.terms import Confidence, Kind


@dataclass(frozen=True, slots=True)
class PackStamp:
    """Which file was used: `digest` is the SHA-256 of its bytes."""

    id: str
    version: str
    digest: str

    def to_dict(self) -> dict[str, str]:
        """The shape of `packs[]` in a result."""
        return {"id": self.id, "version": self.version, "digest": self.digest}


@dataclass(frozen=True, slots=True)
class Listing:
    """One service as it can be offered. `fictional`: it stands in a demonstration pack."""

    organization: Organization
    service: Service
    fictional: bool = False

    @property
    def locations(self) -> tuple[Location, ...]:
        """The places where the service is given."""
        return tuple(place for place in self.organization.locations if place.id in self.service.at)

    @property
    def shown_phones(self) -> tuple[Phone, ...]:
        """The numbers that were seen somewhere; a number from memory is never shown."""
        return tuple(phone for phone in self.service.phones if phone.confidence is not Confidence.RECALL)

    @property
    def is_shown(self) -> bool:
        """False where the row, or every way to reach it, rests on memory alone."""
        reachable = bool(self.shown_phones) or (not self.service.phones and self.service.url is not None)
        return self.service.confidence is not Confidence.RECALL and reachable

    @property
    def is_help(self) -> bool:
        """False for a line that only takes reports: that is no service to the person."""
        return self.service.kind is not Kind.TAKES_REPORTS

    @property
    def is_national(self) -> bool:
        """True where a whole country is served."""
        return any(area.country is not None for area in self.service.service_areas)


@dataclass(frozen=True)
class Directory:
    """Listings in any order, the names of made-up or real states for words, and the packs they came from."""

    listings: tuple[Listing, ...]
    states: Mapping[str, str] = field(default_factory=dict)
    packs: tuple[PackStamp, ...] = ()

    @cached_property
    def offered(self) -> tuple[Listing, ...]:
        """The listings that may be offered to a person: shown, and help rather than a line that takes reports."""
        return tuple(listing for listing in self.listings if listing.is_shown and listing.is_help)
