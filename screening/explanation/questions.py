"""The questionnaire as JSON, for other programs and for the tablet."""

from screening.conditions import to_json
from screening.questionnaire.model import Item, Questionnaire


def questionnaire_dict(questionnaire: Questionnaire) -> dict[str, object]:
    """Parts, sections and items in order, with the facts that items feed; conditions in their JSON form."""
    return {
        "questionnaire": "v1",
        "version": questionnaire.version,
        "digest": questionnaire.digest,
        "parts": [
            {
                "part": part.part.value,
                "title": part.title,
                "note": part.note,
                "sections": [
                    {
                        "id": one.id,
                        "title": one.title,
                        "note": one.note,
                        "items": [item_dict(item) for item in one.items],
                    }
                    for one in part.sections
                ],
            }
            for part in questionnaire.parts
        ],
        "facts": [
            {
                "name": name,
                "kind": fact.kind.value,
                "scope": fact.scope.value,
                "label": fact.label,
                "no_label": fact.no_label,
                "sensitivity": fact.sensitivity.value,
                "known_by": [one.value for one in fact.known_by],
                "settled_by": fact.settled_by,
            }
            for name, fact in questionnaire.facts.items()
        ],
    }


def item_dict(item: Item) -> dict[str, object]:
    """One item with everything that a form needs to show it."""
    return {
        "id": item.id,
        "text": item.text,
        "why": item.why,
        "fact": item.fact,
        "serves": [one.value for one in item.serves],
        "kind": item.kind.value,
        "codes": dict(item.codes),
        "sources": [one.value for one in item.sources],
        "answered_by": item.answered_by.value,
        "visible_to": [one.value for one in item.visible_to],
        "sensitivity": item.sensitivity.value,
        "per_charge": item.per_charge,
        "shown_when": to_json(item.shown_when) if item.shown_when is not None else None,
        "anchor": {
            "means": item.anchor.means,
            "counts": item.anchor.counts,
            "does_not": item.anchor.does_not,
        },
        "points": item.points.value,
    }
