"""The questionnaire as it goes into a bundle: the form as shown, facts, the order of branches, the flag and the gate."""

from screening.conditions import to_json
from screening.explanation.questions import questionnaire_dict
from screening.questionnaire.groups import FlagRules
from screening.questionnaire.model import Fact, Questionnaire

Part = dict[str, object]


def questionnaire_part(questionnaire: Questionnaire) -> Part:
    """The questionnaire as JSON with what another executor needs besides: levels of items, flag rules, gate."""
    return {
        **questionnaire_dict(questionnaire),
        "facts": {name: _fact(fact) for name, fact in questionnaire.facts.items()},
        "places": {item.id: list(item.places) for item in questionnaire.items.values() if item.places},
        "levels": [[route.item for route in level] for level in questionnaire.levels],
        "flag": _flag(questionnaire.flag),
        "gate": questionnaire.gate.model_dump(mode="json", by_alias=True),
    }


def _fact(fact: Fact) -> Part:
    return {
        "kind": fact.kind.value,
        "scope": fact.scope.value,
        "label": fact.label,
        "no_label": fact.no_label,
        "codes": dict(fact.codes),
        "known_by": [knower.value for knower in fact.known_by],
    }


def _flag(rules: FlagRules) -> Part:
    return {
        "two_groups": rules.two_groups.count,
        "minimum_share": rules.minimum_share.percent,
        "accusation": rules.accusation.label,
        "groups": [
            {
                "id": group.id,
                "label": group.label,
                "strong": group.strong,
                "strong_when": to_json(group.strong_when) if group.strong_when is not None else None,
                "indicators": [
                    {"id": row.id, "label": row.label, "when": to_json(row.when)} for row in group.indicators
                ],
            }
            for group in rules.groups
        ],
    }
