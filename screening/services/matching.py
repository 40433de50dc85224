"""Chooses at most three services for each need: confirmed local help first, a national line behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from screening.case import Place
from screening.dates import NumberRange
from screening.services.circumstances import NO_WISHES, Wishes
from screening.services.directory import Directory, Listing
from screening.services.fit import Asked, Fit, fits_of, place_fits
from screening.services.hours import always_open
from screening.services.needs import Need
from screening.services.referrals import NoneAvailable, Offer, Referrals, SetAside
from screening.services.standing import FailedCheck, Freshness, failed_checks, freshness
from screening.services.terms import Kind, Known
from screening.services.wording import before_any_call, none_found, notes, offer_of, set_aside_of
from screening.truth import NO, UNKNOWN, YES, Truth

MOST_OFFERS = 3
"""More choices than three are a burden in a crisis; the person may always ask for more."""

_Rank = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listing that serves the need and reaches the place, with what every filter says of it."""

    listing: Listing
    near: Truth
    fits: tuple[Fit, ...]
    failed: tuple[FailedCheck, ...]
    fresh: Freshness

    @property
    def is_set_aside(self) -> bool:
        """True where some filter is surely not met."""
        return any(fit.truth is NO for fit in self.fits)


def offer(  # noqa: PLR0913 - one question of the directory; every part but the first three may be left out
    needs: Sequence[Need],
    directory: Directory,
    *,
    as_of: date,
    age: NumberRange | None = None,
    place: Place | None = None,
    at: datetime | None = None,
    language: str | None = None,
    access: frozenset[str] = frozenset(),
    wishes: Wishes = NO_WISHES,
) -> Referrals:
    """Services to offer for each need: by age today, place, hours, room, language, access and wishes.

    `age` is the range of whole years today, `at` the time on the clock of the place, `language` a code of ISO 639-1,
    `access` words of `Access`. What is not known (age, hours, language, access) never sets a service aside: it is
    offered later and the gap is said. Without a place only national lines are offered. At most three services are
    offered a need, one of them a national line where one serves it; every other service for the need and the place
    stands in `set_aside` with the reason. A need that no service meets itself stands in `none_available`, also where a
    line may help to look. The words of an offer repeat what was asked (age, language,
    access, wishes): show them only to those who may know it.
    Nothing about a case goes in or comes out, and nothing about what the person took or refused.
    """
    asked = Asked(as_of, age, place, at, language, access, wishes)
    listings = directory.offered
    offers: list[Offer] = []
    none_available: list[NoneAvailable] = []
    set_aside: list[SetAside] = []
    for need in needs:
        found = sorted(_candidates(need, listings, asked), key=lambda one: _rank(one, need, wishes))
        fitting = [one for one in found if not one.is_set_aside]
        chosen = _chosen(fitting)
        offers.extend(_offer(one, need, asked) for one in chosen)
        left = [one for one in found if one not in chosen]
        set_aside.extend(set_aside_of(one.listing, need.code, one.fits, one.fresh) for one in left)
        if not any(one.listing.service.kind is Kind.DIRECT for one in fitting):
            none_available.append(none_found(need, _lines(need, listings, asked)))
    return Referrals(
        before_any_call(asked), tuple(offers), tuple(none_available), tuple(set_aside), notes(asked)
    )


def _candidates(need: Need, listings: Sequence[Listing], asked: Asked) -> Iterator[Candidate]:
    for listing in listings:
        if need.code not in listing.service.needs:
            continue
        near = place_fits(listing.service, asked.place)
        if near is not NO:
            yield Candidate(
                listing,
                near,
                fits_of(listing, asked, closed_is_no_help=need.kind.closed_is_no_help),
                failed_checks(listing.service),
                freshness(listing.service, asked.as_of),
            )


def _rank(one: Candidate, need: Need, wishes: Wishes) -> _Rank:
    """Best first: no check broken, confirmed, local, surely fitting, non-punitive, wished for, day and night, near."""
    service = one.listing.service
    has = service.attributes
    wished = (wishes.survivor_led and has.survivor_led is Known.YES) + (
        wishes.pickup and has.pickup is Known.YES
    )
    return (
        any(failed.known is Known.NO for failed in one.failed),
        one.fresh.stale,
        one.listing.is_national,
        sum(fit.truth is UNKNOWN for fit in one.fits) + (one.near is UNKNOWN),
        service.kind is Kind.CONNECTS,
        bool(one.failed),
        -wished,
        need.kind.urgency.is_now and not always_open(service.schedules),
        len(one.failed),
        has.trafficking_specific is not Known.YES,
        all(area.county is None for area in service.service_areas),
        one.listing.organization.name,
        service.name,
        service.id,
    )


def _chosen(fitting: Sequence[Candidate]) -> list[Candidate]:
    """The first three, with a service that gives the help itself among them, and the best national line if it is cut off."""
    direct = next((one for one in fitting if one.listing.service.kind is Kind.DIRECT), None)
    chosen = list(fitting[:MOST_OFFERS])
    if direct is not None and direct not in chosen:
        chosen = [direct, *chosen[:-1]]
    national = next((one for one in fitting if one.listing.is_national), None)
    if national is not None and national not in chosen:
        chosen[-1] = national
    return chosen


def _offer(one: Candidate, need: Need, asked: Asked) -> Offer:
    return offer_of(
        one.listing, need, asked, fits=one.fits, near=one.near, failed=one.failed, fresh=one.fresh
    )


def _lines(need: Need, listings: Sequence[Listing], asked: Asked) -> list[Listing]:
    """National lines that help to look for services and fit the person, whatever needs they name."""
    lines = [listing for listing in listings if listing.is_national and listing.service.kind is Kind.CONNECTS]
    fitting = [
        line
        for line in lines
        if place_fits(line.service, asked.place) is YES
        and all(
            fit.truth is not NO for fit in fits_of(line, asked, closed_is_no_help=need.kind.closed_is_no_help)
        )
    ]
    return sorted(fitting, key=lambda line: (line.service.name, line.service.id))
