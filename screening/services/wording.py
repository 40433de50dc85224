"""The words of an offer: why it is shown, what to know before calling, what to be careful about."""

from collections.abc import Iterator, Sequence

from screening.services.circumstances import ages_between, county_key, is_minor, may_be_minor
from screening.services.directory import Listing
from screening.services.fit import Asked, Fit
from screening.services.hours import hours_words
from screening.services.model import Address, Phone, Service, ServiceArea
from screening.services.needs import Need
from screening.services.referrals import Contact, NoneAvailable, Offer, SetAside
from screening.services.standing import FailedCheck, Freshness
from screening.services.terms import Confidence, Kind, Known, NeedCode, Privilege, Reports
from screening.truth import Truth

_CHOICE = (
    "Ask the person what they want first. Whether to call, whom and when is their choice. "
    "You can offer to call together; nobody calls for them."
)
_MINOR = (
    "Many people who help children must report abuse. Once they hear a name or what happened, they may have to tell "
    "child welfare or the police. Say so before you call."
)
_REPORTER = {
    Known.YES: "Its staff must report abuse of someone under 18 that they hear of. Say so before you call.",
    Known.NO: "It says that its staff have no duty to report abuse.",
    Known.NOT_KNOWN: "Its staff may have to report abuse of someone under 18. Ask about it before you give a name.",
}


def before_any_call(asked: Asked) -> tuple[str, ...]:
    """What to say before any number is given: the choice is the person's, and what a report means for a minor."""
    if not may_be_minor(asked.age):
        return (_CHOICE,)
    start = "The person is under 18." if is_minor(asked.age) else "The person may be under 18."
    return (_CHOICE, f"{start} {_MINOR}")


def notes(asked: Asked) -> tuple[str, ...]:
    """What was not known when services were looked for, and what that did."""
    said = []
    if asked.place is None or not asked.place.state:
        said.append("No place is recorded, so only national lines are shown.")
    elif not asked.place.county:
        said.append(
            "The county is not recorded. Services of any county of the state are shown; ask each one."
        )
    if ages_between(asked.age) is None:
        said.append("The person's age is not recorded, so nothing was left out because of age.")
    if asked.at is None:
        said.append("No time of day was given, so nothing was left out for being closed.")
    return tuple(said)


def offer_of(
    listing: Listing,
    need: Need,
    asked: Asked,
    *,
    fits: Sequence[Fit],
    near: Truth,
    failed: tuple[FailedCheck, ...],
    fresh: Freshness,
) -> Offer:
    """The offer of a listing for a need. No address of a confidential place is in it: the directory holds none."""
    service = listing.service
    caution = (*_cautions(listing, asked), *_open_points(service, fits, near))
    return Offer(
        id=service.id,
        need=need.code,
        service=service.name,
        provider=listing.organization.name,
        before_you_call=(_REPORTER[service.attributes.mandated_reporter],) if may_be_minor(asked.age) else (),
        phones=tuple(_contact(phone) for phone in listing.shown_phones),
        url=service.url,
        address="; ".join(_addresses(listing)) or None,
        hours=hours_words(service.schedules),
        failed=failed,
        why=_why(listing, need, fits, near),
        caution=(*caution, fresh.words) if fresh.stale else caution,
        eligibility=service.eligibility_description,
        how_to_start=service.application_process,
        last_assured=fresh.confirmed,
        last_assured_words=fresh.words,
        stale=fresh.stale,
        backup=listing.is_national,
        connects=service.kind is Kind.CONNECTS,
        fictional=listing.fictional,
    )


def set_aside_of(listing: Listing, need: NeedCode, fits: Sequence[Fit], fresh: Freshness) -> SetAside:
    """Which filters the listing does not pass; where it passes all, that others stand before it."""
    reasons = tuple(fit.words for fit in fits if fit.truth is Truth.NO)
    if not reasons:
        reasons = ("It fits, but three others stand before it.", *([fresh.words] if fresh.stale else []))
    return SetAside(listing.service.id, need, listing.service.name, listing.organization.name, reasons)


def none_found(need: Need, lines: Sequence[Listing]) -> NoneAvailable:
    """That nothing gives this help, what to do instead, and which lines may know of one."""
    calls = [_call(line) for line in lines if line.shown_phones]
    sentence = f"No service for {_lower(need.kind.words)} was found that fits what is recorded."
    record = "Write down that none was available. Gaps like this are counted, without names."
    return NoneAvailable(need.code, sentence, (need.kind.if_none, *calls, record))


def _call(line: Listing) -> str:
    told = " ".join(_who_is_told(line.service))
    start = f"You can offer a call to the {line.service.name}, {line.shown_phones[0].number}"
    return f"{start}, which can help to look. {told}".strip()


def _why(listing: Listing, need: Need, fits: Sequence[Fit], near: Truth) -> str:
    words = _lower(need.kind.words)
    what = (
        f"It helps to look for {words}"
        if listing.service.kind is Kind.CONNECTS
        else f"It is listed for {words}"
    )
    where = " and ".join(_area_words(area) for area in listing.service.service_areas)
    start = f"{what} and serves {where}." if near is Truth.YES else f"{what}."
    backup = ("It is a national line, as a backup to local help.",) if listing.is_national else ()
    return " ".join((start, *(fit.words for fit in fits if fit.truth is Truth.YES), *backup))


def _open_points(service: Service, fits: Sequence[Fit], near: Truth) -> Iterator[str]:
    if near is Truth.UNKNOWN:
        where = " and ".join(_area_words(area) for area in service.service_areas)
        yield f"It serves only {where}; the person's county is not recorded."
    yield from (fit.words for fit in fits if fit.truth is Truth.UNKNOWN)


def _cautions(listing: Listing, asked: Asked) -> Iterator[str]:
    service, has = listing.service, listing.service.attributes
    if listing.fictional:
        yield "Demonstration data: this provider does not exist."
    yield from _who_is_told(service)
    if has.locked is Known.YES:
        yield "It is locked: the person cannot leave when they want to."
    if has.accepts_without_guardian is Known.NO and may_be_minor(asked.age):
        yield "For someone under 18 it wants a guardian's consent."
    if any(place.confidential for place in listing.locations):
        yield "Its address is confidential. The provider gives it to the person."
    if service.confidence is Confidence.SECONDARY:
        yield "This listing was described by others and not seen at the provider itself."
    yield from (text for text in (service.alert, service.wait_time) if text)


def _who_is_told(service: Service) -> Iterator[str]:
    has = service.attributes
    if has.reports_to_law_enforcement is Reports.YES:
        yield "It tells the police what it hears. The person should know this before calling."
    elif has.reports_to_law_enforcement is Reports.WHEN:
        yield f"It may tell the police {has.reports_when}. The person should know this before calling."
    elif has.reports_to_law_enforcement is Reports.NOT_KNOWN:
        yield "It is not recorded whether it tells the police anything. Ask before you give a name."
    if has.privilege is Privilege.SYSTEM:
        yield "Its staff work for the justice system: what they are told may not stay private."


def _contact(phone: Phone) -> Contact:
    return Contact(phone.number, phone.type, phone.extension, phone.description)


def _addresses(listing: Listing) -> Iterator[str]:
    for place in listing.locations:
        if place.address is not None and not place.confidential:
            yield _address_words(place.address)


def _address_words(address: Address) -> str:
    return f"{address.address_1}, {address.city}, {address.state_province} {address.postal_code}"


def _area_words(area: ServiceArea) -> str:
    if area.county is not None:
        return f"{county_key(area.county).title()} County"
    return "the whole state" if area.state is not None else "the whole country"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
