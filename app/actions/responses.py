"""Responses between the case file and their rows: what is sealed, what replaces what, and where two people differ."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.actions.work import Work
from app.keys import DataKey
from app.store.base import new_id
from app.store.screenings import ResponseRow, ScreeningHead
from screening.case import Response, Source
from screening.questionnaire import PartName, Questionnaire
from screening.questionnaire.words import Viewer


@dataclass(frozen=True, slots=True)
class Given:
    """A response as it is kept, opened: `entry` is what stands under its item in a case file.

    `use_restriction` is what counsel allowed a cleared statement of the person to be used for.
    """

    row: ResponseRow
    entry: Mapping[str, object]
    use_restriction: str | None = None

    @property
    def is_cleared(self) -> bool:
        return "cleared" in self.entry


def rows_for(
    work: Work,
    head: ScreeningHead,
    responses: Iterable[Response],
    current: Sequence[Given],
    key: DataKey,
) -> list[dict[str, object]]:
    """The rows of new responses. One takes the place of what the same account said from the same source, no one else's."""
    mine = {
        (one.row.item, one.row.charge, one.row.source): one
        for one in current
        if one.row.account_id == work.actor.account_id
    }
    place = {"screening_id": head.screening_id, "version": head.version + 1}
    rows = []
    for response in responses:
        entry = response.to_dict()
        source = response.source.value if response.source else None
        before = mine.get((response.item, response.charge, source))
        if before is None or before.entry != entry:
            rows.append({**_row(work, response, before, key), **place})
    return rows


def _row(work: Work, response: Response, before: Given | None, key: DataKey) -> dict[str, object]:
    row_id = new_id()
    text = json.dumps(response.to_dict(), ensure_ascii=False, separators=(",", ":"))
    private = is_private(response, work.packs.questionnaire)
    return {
        "id": row_id,
        "item": response.item,
        "charge": response.charge,
        "value": None if private else text,
        "sealed": key.seal(text, f"response/{row_id}") if private else None,
        "source": response.source.value if response.source else None,
        "questionnaire": work.packs.questionnaire.version,
        "account_id": work.actor.account_id,
        "at": work.now,
        "replaces": before.row.id if before else None,
        "carried_from": None,
    }


def is_private(response: Response, questionnaire: Questionnaire) -> bool:
    """Own statements, answers to questions put to the person, health and vulnerability, and notes are kept sealed."""
    item = questionnaire.items[response.item]
    return (
        response.source is Source.OWN_STATEMENT
        or response.note is not None
        or item.part is PartName.PART2
        or Viewer.PROSECUTOR not in item.visible_to
    )


def is_own_statement(one: Given, questionnaire: Questionnaire) -> bool:
    """Answers to questions put to the person, and whatever else is said to come from them."""
    item = questionnaire.items.get(one.row.item)
    asked = item is not None and item.part is PartName.PART2
    return asked or one.row.source == Source.OWN_STATEMENT.value


def opened(rows: Iterable[ResponseRow], key: DataKey) -> list[Given]:
    """The rows with what they say."""
    return [
        Given(row, json.loads(row.value or key.open(row.sealed or b"", f"response/{row.id}"))) for row in rows
    ]


def in_force(given: Sequence[Given]) -> list[Given]:
    """What has not been replaced."""
    replaced = {one.row.replaces for one in given}
    return [one for one in given if one.row.id not in replaced]


def as_map(given: Iterable[Given]) -> dict[str, object]:
    """Responses as they stand in a case file: one, or a list where several sources spoke; by charge where it is the act's."""
    items: dict[str, dict[str | None, list[Mapping[str, object]]]] = {}
    for one in given:
        items.setdefault(one.row.item, {}).setdefault(one.row.charge, []).append(one.entry)
    return {item: _of_item(charges) for item, charges in items.items()}


def _of_item(charges: Mapping[str | None, list[Mapping[str, object]]]) -> object:
    def one_or_all(entries: list[Mapping[str, object]]) -> object:
        return entries[0] if len(entries) == 1 else entries

    if None in charges:
        return one_or_all([entry for entries in charges.values() for entry in entries])
    return {charge: one_or_all(entries) for charge, entries in charges.items()}


def conflicts(given: Iterable[Given]) -> list[dict[str, object]]:
    """The items to which different things are said by different people or sources; all stand until one is settled."""
    said: dict[tuple[str, str | None], list[Given]] = {}
    for one in given:
        said.setdefault((one.row.item, one.row.charge), []).append(one)
    return [
        {
            "item": item,
            "charge": charge,
            "responses": [
                {
                    "id": str(one.row.id),
                    "value": one.entry["value"],
                    "source": one.row.source,
                    "at": one.row.at.isoformat(),
                }
                for one in several
            ],
        }
        for (item, charge), several in said.items()
        if len({json.dumps(one.entry["value"], sort_keys=True) for one in several}) > 1
    ]
