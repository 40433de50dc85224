"""Reads the packs of needs and services; a wrong one is refused whole, with every fault and its place."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from screening.errors import Fault, PackError
from screening.reading import Document, read_yaml
from screening.services.directory import Directory, Listing, PackStamp
from screening.services.faults import faults_of
from screening.services.model import DirectoryHead, Organization, Service, ServiceArea
from screening.services.needs import NeedsPack, NeedVocabulary
from screening.services.terms import Confidence

SHIPPED = Path(__file__).parent / "packs"
NEEDS_FILE = "needs.yaml"

_Steps = tuple[str | int, ...]
_Model = TypeVar("_Model", bound=BaseModel)
_MADE_UP_STATE = re.compile(r"^(US-)?X[A-Z0-9]{1,2}$")
_MADE_UP_NUMBER = re.compile(r"^555-01[0-9]{2}$")


@dataclass(frozen=True, slots=True)
class _File:
    document: Document
    stamp_digest: str
    head: DirectoryHead | None
    organizations: Mapping[int, Organization]


def load_needs(path: Path = SHIPPED / NEEDS_FILE) -> NeedVocabulary:
    """The vocabulary of needs of one file, shipped with the package or an office's own. A wrong file: `PackError`."""
    raw = path.read_bytes()
    document = read_yaml(raw, file=path.name)
    pack, faults = _built(NeedsPack, document.value, document, ())
    if pack is None:
        raise PackError(faults)
    return NeedVocabulary(pack.needs, PackStamp(pack.id, pack.version, sha256(raw).hexdigest()))


def load_directory(paths: Iterable[Path] | None = None) -> Directory:
    """One directory from several files (default: those shipped with the package).

    Raises `PackError` with the faults of all files together: wrong shape, an id that stands twice anywhere, a place
    that does not exist, a real listing without a source, fictional providers outside a made-up state.
    """
    chosen = sorted(SHIPPED.glob("*.yaml")) if paths is None else list(paths)
    faults: list[Fault] = []
    files = [read for path in chosen if path.name != NEEDS_FILE for read in _read(path, faults)]
    faults.extend(_doubled(files))
    for file in files:
        faults.extend(_disagreements(file))
    if faults:
        raise PackError(faults)
    return _joined(files)


def _read(path: Path, faults: list[Fault]) -> Iterator[_File]:
    raw = path.read_bytes()
    try:
        document = read_yaml(raw, file=path.name)
    except PackError as refused:
        faults.extend(refused.faults)
        return
    if not isinstance(document.value, dict):
        faults.append(document.fault((), "this is no directory", "keys such as directory, id, organizations"))
        return
    given = dict(document.value)
    entries = given.pop("organizations", None)
    head, wrong = _built(DirectoryHead, given, document, ())
    faults.extend(wrong)
    if not isinstance(entries, list) or not entries:
        faults.append(
            document.fault(("organizations",), "no organization is listed", "a list of organizations")
        )
        entries = []
    organizations: dict[int, Organization] = {}
    for index, entry in enumerate(entries):
        organization, wrong = _built(Organization, entry, document, ("organizations", index))
        faults.extend(wrong)
        if organization is not None:
            organizations[index] = organization
    yield _File(document, sha256(raw).hexdigest(), head, organizations)


def _built(
    model: type[_Model], value: object, document: Document, at: _Steps
) -> tuple[_Model | None, list[Fault]]:
    try:
        return model.model_validate(value), []
    except ValidationError as problem:
        return None, faults_of(problem, document, at)


def _joined(files: list[_File]) -> Directory:
    listings: list[Listing] = []
    states: dict[str, str] = {}
    stamps: list[PackStamp] = []
    for file in files:
        if file.head is None:
            continue
        stamps.append(PackStamp(file.head.id, file.head.version, file.stamp_digest))
        states.update(file.head.states)
        for organization in file.organizations.values():
            listings.extend(
                Listing(organization, service, file.head.fictional) for service in organization.services
            )
    return Directory(tuple(listings), states, tuple(stamps))


def _named(file: _File) -> Iterator[tuple[str, str, _Steps]]:
    """Every id of a file with what it names and where it stands."""
    for index, organization in file.organizations.items():
        at: _Steps = ("organizations", index)
        yield "organization", organization.id, (*at, "id")
        for number, place in enumerate(organization.locations):
            yield "location", place.id, (*at, "locations", number, "id")
        for number, service in enumerate(organization.services):
            yield "service", service.id, (*at, "services", number, "id")


def _doubled(files: list[_File]) -> Iterator[Fault]:
    first: dict[tuple[str, str], Fault] = {}
    for file in files:
        for what, name, at in _named(file):
            here = file.document.fault(at, f'the {what} "{name}" stands twice')
            before = first.setdefault((what, name), here)
            if before is not here:
                place = f"{before.file}, line {before.line}"
                yield file.document.fault(at, here.message, f"an id of its own; it is taken in {place}")


def _disagreements(file: _File) -> Iterator[Fault]:
    fictional = file.head is not None and file.head.fictional
    for index, organization in file.organizations.items():
        places = {place.id for place in organization.locations}
        for number, service in enumerate(organization.services):
            at: _Steps = ("organizations", index, "services", number)
            yield from _missing_places(file.document, at, service, places)
            if fictional:
                yield from _too_real(file.document, at, service)
            elif not service.sources and service.confidence is not Confidence.RECALL:
                yield file.document.fault(
                    at, "no source says where this was seen", "sources: a list of url and seen"
                )


def _missing_places(document: Document, at: _Steps, service: Service, places: set[str]) -> Iterator[Fault]:
    for number, name in enumerate(service.at):
        if name not in places:
            expected = f"one of {', '.join(sorted(places))}" if places else "a location of the organization"
            yield document.fault((*at, "at", number), f'no location has the id "{name}"', expected)


def _too_real(document: Document, at: _Steps, service: Service) -> Iterator[Fault]:
    for number, area in enumerate(service.service_areas):
        if not _is_made_up(area):
            message = "a fictional provider serves a real place"
            yield document.fault(
                (*at, "service_areas", number), message, "a made-up state, whose code begins with X"
            )
    for number, phone in enumerate(service.phones):
        if not _MADE_UP_NUMBER.match(phone.number):
            message = "a fictional provider has a number that may ring somewhere"
            yield document.fault((*at, "phones", number, "number"), message, "555-0100 to 555-0199")


def _is_made_up(area: ServiceArea) -> bool:
    return area.state is not None and _MADE_UP_STATE.match(area.state) is not None
