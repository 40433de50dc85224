"""Turns the text or mapping of a case file into a case, or says everything that is wrong with it."""

from collections.abc import Mapping
from datetime import date

from screening.case.fields import Fields, TooManyFaults
from screening.case.model import (
    ASSUMABLE,
    RESERVED_IDS,
    STATUS_OF_STAGE,
    Case,
    Charge,
    Person,
    Place,
    Vocabulary,
)
from screening.case.responses import read_responses
from screening.case.words import Mode, OffenseClass, Stage, Status
from screening.dates import DateRange, birth_range
from screening.document import Document, Path
from screening.errors import CaseError, shortened
from screening.reading import CASE_BYTES, read_json, read_yaml

MOST_CHARGES = 200
OLDEST = 120

_CASE_KEYS = (
    "case",
    "as_of",
    "stage",
    "person",
    "charges",
    "responses",
    "noticed",
    "needs",
    "place",
    "assume",
)
_CHARGE_KEYS = ("id", "jurisdiction", "section", "class", "grade", "date", "mode", "status")


def parse_case(
    source: Mapping[str, object] | Document | str | bytes,
    *,
    vocabulary: Vocabulary,
    today: date | None,
    file: str | None = None,
) -> Case:
    """The case of a `case.v1` file (YAML or JSON text, a mapping, or a document already read).

    `today` is the day of screening where the file names none. Raises CaseError with every fault: unknown or doubled
    keys, wrong types, days that do not exist, words no pack knows, backward ranges. What is left out is never a
    fault: it is unknown. A section no catalogue knows is none either.
    """
    document = _document(source, file)
    fields = Fields(document)
    try:
        case = _case(fields, document.value, vocabulary, today)
    except TooManyFaults:
        case = None
    if fields.faults or case is None:
        raise CaseError(sorted(fields.faults, key=lambda fault: fault.line or 0))
    return case


def _document(source: Mapping[str, object] | Document | str | bytes, file: str | None) -> Document:
    if isinstance(source, Document):
        return source
    if isinstance(source, Mapping):
        return Document(source, file)
    is_json = (file or "").endswith(".json")
    head = (
        source[:1000].lstrip("\ufeff \t\r\n")
        if isinstance(source, str)
        else source[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    )
    if is_json or head[:1] in ("{", b"{"):
        try:
            return read_json(source, file=file, max_bytes=CASE_BYTES, error=CaseError)
        except CaseError:
            if is_json:
                raise
    return read_yaml(source, file=file, max_bytes=CASE_BYTES, error=CaseError)


def _case(fields: Fields, value: object, vocabulary: Vocabulary, today: date | None) -> Case | None:
    if not isinstance(value, Mapping):
        fields.add((), "this is not a case file", "a file that begins with case: v1")
        return None
    given = fields.mapping(value, (), _CASE_KEYS, "a case file")
    if given.get("case") != "v1":
        fields.add(("case",), "this is not a case file of a known version", "case: v1")
    as_of = _as_of(fields, given, today)
    stage = fields.member(given.get("stage"), ("stage",), Stage)
    charges = _charges(fields, given.get("charges"), vocabulary, stage or Stage.CHARGING)
    case = Case(
        as_of=as_of or date.max,
        stage=stage or Stage.CHARGING,
        stage_given=stage is not None,
        person=_person(fields, given.get("person")),
        charges=tuple(charges),
        responses=read_responses(
            fields, given.get("responses"), {one.id: one for one in charges}, vocabulary
        ),
        noticed=fields.moment(given.get("noticed"), ("noticed",)),
        needs=_needs(fields, given.get("needs"), vocabulary),
        place=_place(fields, given.get("place"), vocabulary),
        assume=_assume(fields, given.get("assume")),
    )
    _check_ids(fields, case)
    _check_days(fields, case)
    return case


def _as_of(fields: Fields, given: Mapping[str, object], today: date | None) -> date | None:
    if "as_of" in given:
        return fields.day(given["as_of"], ("as_of",))
    if today is None:
        fields.add(("as_of",), "the day of screening is missing", "a date as YYYY-MM-DD")
    return today


def _person(fields: Fields, value: object) -> Person:
    given = fields.mapping(value, ("person",), ("born", "age_on"), "a group such as {born: 2009-05-01}")
    if "born" in given and "age_on" in given:
        fields.add(("person",), "both a birth and an age are given", "born or age_on")
    if "age_on" in given:
        return Person(_born_from_age(fields, given["age_on"], ("person", "age_on")))
    return Person(fields.days(given.get("born"), ("person", "born")))


def _born_from_age(fields: Fields, value: object, path: Path) -> DateRange | None:
    given = fields.mapping(
        value, path, ("date", "from", "to"), "a group such as {date: 2024-03-02, from: 14, to: 17}"
    )
    if "date" not in given:
        fields.add((*path, "date"), "the day on which the age was so is missing", "a date as YYYY-MM-DD")
    day = fields.day(given.get("date"), (*path, "date"))
    ends = {key: inner for key, inner in given.items() if key != "date"}
    ages = fields.numbers(ends, path)
    if ages is None or day is None:
        return None
    if any(age is not None and not 0 <= age <= OLDEST for age in (ages.low, ages.high)):
        fields.add(path, "the age is not one that people have", f"whole years from 0 to {OLDEST}")
        return None
    return birth_range(ages, day)


def _charges(fields: Fields, value: object, vocabulary: Vocabulary, stage: Stage) -> list[Charge]:
    entries = fields.entries(value, ("charges",), MOST_CHARGES, "a list of charges")
    return [
        _charge(fields, entry, ("charges", place), vocabulary, stage) for place, entry in enumerate(entries)
    ]


def _charge(fields: Fields, entry: object, path: Path, vocabulary: Vocabulary, stage: Stage) -> Charge:
    given = fields.mapping(
        entry, path, _CHARGE_KEYS, "a group such as {id: c1, jurisdiction: US-TN, section: ...}"
    )
    mode = fields.member(given.get("mode"), (*path, "mode"), Mode)
    status = fields.member(given.get("status"), (*path, "status"), Status)
    return Charge(
        id=_charge_id(fields, given, path),
        jurisdiction=_jurisdiction(fields, given, path, vocabulary),
        section=fields.section(given.get("section"), (*path, "section")),
        offense_class=fields.member(given.get("class"), (*path, "class"), OffenseClass),
        grade=fields.text(given.get("grade"), (*path, "grade"), 100),
        date=fields.days(given.get("date"), (*path, "date")),
        mode=mode or Mode.PRINCIPAL,
        mode_given=mode is not None,
        status=status or STATUS_OF_STAGE[stage],
        status_given=status is not None,
    )


def _charge_id(fields: Fields, given: Mapping[str, object], path: Path) -> str:
    if "id" not in given:
        fields.add((*path, "id"), "the id of the charge is missing", "an id such as c1")
        return ""
    charge_id = fields.text(given["id"], (*path, "id"), 100) or ""
    if charge_id in RESERVED_IDS:
        fields.add(
            (*path, "id"),
            f"{shortened(charge_id)} is a key of responses and cannot name a charge",
            "another id",
        )
    return charge_id


def _jurisdiction(fields: Fields, given: Mapping[str, object], path: Path, vocabulary: Vocabulary) -> str:
    if "jurisdiction" not in given:
        fields.add(
            (*path, "jurisdiction"), "the jurisdiction is missing", "a code such as US, US-TN or GB-EAW"
        )
        return ""
    return (
        _jurisdiction_code(fields, given["jurisdiction"], (*path, "jurisdiction"), vocabulary.jurisdictions)
        or ""
    )


def _jurisdiction_code(fields: Fields, value: object, path: Path, codes: frozenset[str]) -> str | None:
    if isinstance(value, str) and value in codes:
        return str(value)
    near = (str(value), codes)
    fields.add(path, f"unknown jurisdiction {shortened(value)}", "a code such as US, US-TN or GB-EAW", near)
    return None


def _needs(fields: Fields, value: object, vocabulary: Vocabulary) -> tuple[str, ...]:
    entries = fields.entries(value, ("needs",), 100, "a list of needs")
    options = sorted(vocabulary.needs)
    words = [fields.word(entry, ("needs", place), options) for place, entry in enumerate(entries)]
    return tuple(dict.fromkeys(word for word in words if word))


def _place(fields: Fields, value: object, vocabulary: Vocabulary) -> Place | None:
    given = fields.mapping(
        value, ("place",), ("county", "state"), "a group such as {county: Davidson, state: US-TN}"
    )
    if not given:
        return None
    state = given.get("state")
    return Place(
        fields.text(given.get("county"), ("place", "county"), 100),
        None if state is None else _jurisdiction_code(fields, state, ("place", "state"), vocabulary.places),
    )


def _assume(fields: Fields, value: object) -> dict[str, bool]:
    given = fields.mapping(value, ("assume",), ASSUMABLE, "a group such as {nexus: yes}")
    shown = {kind: fields.yes_no(inner, ("assume", kind)) for kind, inner in given.items()}
    return {kind: known for kind, known in shown.items() if known is not None}


def _check_ids(fields: Fields, case: Case) -> None:
    first: dict[str, int] = {}
    for place, charge in enumerate(case.charges):
        if charge.id and first.setdefault(charge.id, place) != place:
            message = f"the id {shortened(charge.id)} already names charges[{first[charge.id]}]"
            fields.add(("charges", place, "id"), message, "an id that no other charge has")


def _check_days(fields: Fields, case: Case) -> None:
    """Days that cannot all be true: only what is certain is refused, ranges may overlap."""
    born = case.person.born.start if case.person.born else None
    if born and born > case.as_of:
        fields.add(("person",), "the birth lies after the day of screening", f"a birth up to {case.as_of}")
    for place, charge in enumerate(case.charges):
        days = charge.date
        if days and days.end and born and born > days.end:
            fields.add(
                ("charges", place, "date"), "the person was born after this date", "a date after the birth"
            )
        if days and days.start and days.start > case.as_of:
            message = "the date lies after the day of screening"
            fields.add(("charges", place, "date"), message, f"a date up to {case.as_of}")
