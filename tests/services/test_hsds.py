"""The export is what HSDS 3.0 asks of a service: the fields it requires, of the types it names, with stable ids."""

import json
from uuid import UUID

import pytest

from screening.services import load_directory, to_hsds
from tests.services.builders import directory, listing

REQUIRED = {
    "service": {"id", "name", "status"},
    "organization": {"id", "name", "description"},
    "phones": {"id", "number"},
    "schedules": {"id"},
    "service_areas": {"id"},
    "languages": {"id"},
    "service_at_locations": {"id"},
    "location": {"id", "location_type"},
    "addresses": {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"},
    "accessibility": {"id"},
    "attributes": {"id"},
    "taxonomy_term": {"id", "name", "description"},
}
ALLOWED = {
    "service": {
        "url", "description", "minimum_age", "maximum_age", "eligibility_description", "application_process",
        "fees_description", "wait_time", "alert", "assured_date", "organization", "phones", "schedules",
        "service_areas", "languages", "service_at_locations", "attributes",
    },
    "organization": {"website"},
    "phones": {"extension", "type", "description"},
    "schedules": {"freq", "byday", "opens_at", "closes_at", "notes"},
    "service_areas": {"name", "extent", "extent_type"},
    "languages": {"name", "code"},
    "service_at_locations": {"location"},
    "location": {"name", "addresses", "accessibility"},
    "addresses": set(),
    "accessibility": {"description", "details"},
    "attributes": {"link_id", "link_entity", "value", "taxonomy_term"},
    "taxonomy_term": {"taxonomy"},
}  # fmt: skip
NUMBERS = {"minimum_age", "maximum_age", "extension"}
SHIPPED = to_hsds(load_directory())["services"]


def records(value, kind="service"):
    """Every record inside, with its kind."""
    yield kind, value
    for key, inner in value.items():
        for one in inner if isinstance(inner, list) else [inner]:
            if isinstance(one, dict):
                yield from records(one, key)


def test_there_is_something_to_export():
    assert len(SHIPPED) > 20


@pytest.mark.parametrize("service", SHIPPED, ids=lambda service: service["name"])
def test_every_record_has_the_fields_required_and_no_field_of_its_own(service):
    for kind, record in records(service):
        assert record.keys() >= REQUIRED[kind], (kind, record)
        assert record.keys() <= REQUIRED[kind] | ALLOWED[kind], (kind, record)
        assert str(UUID(record["id"])) == record["id"]
        for key, value in record.items():
            assert isinstance(value, int if key in NUMBERS else (str, list, dict)), (kind, key)


def test_words_that_the_standard_closes():
    for service in SHIPPED:
        assert service["status"] in {"active", "inactive", "defunct", "temporarily closed"}
        for kind, record in records(service):
            assert kind != "location" or record["location_type"] in {"physical", "postal", "virtual"}
            assert kind != "addresses" or record["address_type"] in {"physical", "postal"}
            assert kind != "schedules" or record["freq"] == "WEEKLY"


def test_ids_are_stable_and_each_stands_for_one_thing():
    assert to_hsds(load_directory())["services"] == SHIPPED
    inside = [record["id"] for kind, record in records({"id": "", "services": SHIPPED}) if kind == "services"]
    assert len(inside) == len(set(inside)) == len(SHIPPED)


def test_the_checks_travel_as_attributes():
    (service,) = to_hsds(directory(listing(has={"non_punitive": {"open_later": "no"}})))["services"]
    values = {one["taxonomy_term"]["name"]: one["value"] for one in service["attributes"]}
    assert (values["open_later"], values["informed_consent"]) == ("no", "not_known")


def test_confidential_places_are_left_out():
    everything = json.dumps(SHIPPED)
    for place in ("heron-house-home", "maple-house-home", "willow-court-flats", "birch-haven-home"):
        assert place not in everything
    heron = next(service for service in SHIPPED if service["name"] == "Beds at Heron House")
    assert heron["service_at_locations"] == []
