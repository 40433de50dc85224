"""Gives the directory in the shape of HSDS 3.0 for other programs; confidential places are not in it."""

from collections.abc import Iterator
from uuid import UUID, uuid5

from screening.services.circumstances import county_key
from screening.services.directory import Directory, Listing
from screening.services.model import Address, Location, Phone, Schedule, Service, ServiceArea
from screening.services.terms import Check, Known

_SPACE = UUID("5f1d7a52-6c0e-4c55-9d0b-2f0a8f6f3c11")
_TAXONOMY = "voi-services"

Record = dict[str, object]


def to_hsds(directory: Directory) -> dict[str, list[Record]]:
    """All shown listings as `{"services": [...]}`, each service whole with its organization, places and attributes.

    Left out: rows from memory, and every place marked confidential. Ids are stable: the same listing gives the same.
    """
    shown = sorted((one for one in directory.listings if one.is_shown), key=lambda one: one.service.id)
    return {"services": [_service(listing, directory) for listing in shown]}


def _service(listing: Listing, directory: Directory) -> Record:
    service, key = listing.service, listing.service.id
    return _given(
        id=_id("service", key),
        name=service.name,
        description=service.description,
        status=service.status.value,
        url=service.url,
        minimum_age=service.minimum_age,
        maximum_age=service.maximum_age,
        eligibility_description=service.eligibility_description,
        application_process=service.application_process,
        fees_description=service.fees_description,
        wait_time=service.wait_time,
        alert=service.alert,
        assured_date=service.assured_date.isoformat() if service.assured_date else None,
        organization=_organization(listing),
        phones=[_phone(phone, key, place) for place, phone in enumerate(listing.shown_phones)],
        schedules=[_schedule(one, key, place) for place, one in enumerate(service.schedules)],
        service_areas=[_area(one, key, place, directory) for place, one in enumerate(service.service_areas)],
        languages=[
            {"id": _id("language", key, one.code), "name": one.name, "code": one.code}
            for one in service.languages
        ],
        service_at_locations=[
            _at_location(place, key) for place in listing.locations if not place.confidential
        ],
        attributes=[_attribute(key, name, value) for name, value in _terms(listing)],
    )


def _organization(listing: Listing) -> Record:
    given = listing.organization
    return _given(
        id=_id("organization", given.id), name=given.name, description=given.description, website=given.url
    )


def _phone(phone: Phone, key: str, place: int) -> Record:
    return _given(
        id=_id("phone", key, str(place)),
        number=phone.number,
        extension=phone.extension,
        type=phone.type,
        description=phone.description,
    )


def _schedule(schedule: Schedule, key: str, place: int) -> Record:
    return _given(
        id=_id("schedule", key, str(place)),
        freq="WEEKLY",
        byday=",".join(day.value for day in schedule.byday),
        opens_at=schedule.opens_at,
        closes_at=schedule.closes_at,
        notes=schedule.zone,
    )


def _area(area: ServiceArea, key: str, place: int, directory: Directory) -> Record:
    code = area.state or area.country or ""
    name = directory.states.get(code, code)
    extent_type = "state" if area.state else "country"
    if area.county is not None:
        name, code, extent_type = (
            f"{county_key(area.county).title()} County, {name}",
            f"{code} {area.county}",
            "county",
        )
    return {"id": _id("area", key, str(place)), "name": name, "extent": code, "extent_type": extent_type}


def _at_location(place: Location, key: str) -> Record:
    location = _given(
        id=_id("location", place.id),
        location_type=place.location_type,
        name=place.name,
        addresses=[_address(place.address, place)] if place.address is not None else None,
        accessibility=[
            {"id": _id("access", place.id, access), "description": access.value, "details": answer.value}
            for access, answer in place.accessibility.items()
        ],
    )
    return {"id": _id("at", key, place.id), "location": location}


def _address(address: Address, place: Location) -> Record:
    return {
        "id": _id("address", place.id),
        **address.model_dump(),
        "address_type": "postal" if place.location_type == "postal" else "physical",
    }


def _attribute(key: str, name: str, value: str) -> Record:
    term = {"id": _id("term", name), "name": name, "description": _described(name), "taxonomy": _TAXONOMY}
    return {
        "id": _id("attribute", key, name, value),
        "link_id": _id("service", key),
        "link_entity": "service",
        "value": value,
        "taxonomy_term": term,
    }


def _described(name: str) -> str:
    return Check(name).words if name in set(Check) else name.replace("_", " ")


def _terms(listing: Listing) -> Iterator[tuple[str, str]]:
    """Every attribute that is known, by name; needs and genders once each."""
    service, has = listing.service, listing.service.attributes
    yield "kind", service.kind.value
    yield "confidence", service.confidence.value
    if listing.fictional:
        yield "fictional", Known.YES.value
    yield from (("need", need.value) for need in service.needs)
    yield from ((check.value, has.non_punitive.get(check, Known.NOT_KNOWN).value) for check in Check)
    yield from (("gender", gender.value) for gender in has.genders)
    yield from _plain_terms(service)
    if service.room.dated is not None:
        yield "room", f"{service.room.state.value} {service.room.dated.isoformat()}"
    if any(place.confidential for place in listing.locations):
        yield "confidential_address", Known.YES.value


def _plain_terms(service: Service) -> Iterator[tuple[str, str]]:
    has = service.attributes
    plain = has.model_dump(mode="json", exclude={"non_punitive", "genders", "reports_when"})
    yield from ((name, str(value)) for name, value in plain.items() if value != Known.NOT_KNOWN.value)
    if has.reports_when:
        yield "reports_when", has.reports_when


def _given(**values: object) -> Record:
    """The record without what is not known: HSDS leaves a field out where there is no value."""
    return {key: value for key, value in values.items() if value is not None}


def _id(*parts: str) -> str:
    return str(uuid5(_SPACE, "/".join(parts)))
