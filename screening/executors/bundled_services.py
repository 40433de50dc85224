"""Needs and the directory of services as they go into a bundle: what may be shown, and nothing that rests on memory."""

from screening.services import Directory, Listing, NeedVocabulary
from screening.services.terms import Check

Part = dict[str, object]


def needs_part(vocabulary: NeedVocabulary) -> list[Part]:
    """The needs in their order, each with the facts that speak for it."""
    return [kind.model_dump(mode="json") for kind in vocabulary.kinds]


def directory_part(directory: Directory) -> Part:
    """The listings that can be offered, in the order of the directory."""
    return {
        "states": dict(directory.states),
        "checks": [[check.value, check.words] for check in Check],
        "listings": [_listing(one) for one in directory.listings if one.is_shown and one.is_help],
    }


def _listing(one: Listing) -> Part:
    service = one.service.model_dump(
        mode="json",
        exclude={"at", "description", "phones", "sources", "assured_by", "confidence", "fees_description"},
    )
    return {
        "provider": one.organization.name,
        "fictional": one.fictional,
        "secondary": one.service.confidence.value == "secondary",
        "phones": [phone.model_dump(mode="json", exclude={"confidence"}) for phone in one.shown_phones],
        "places": [
            place.model_dump(mode="json", include={"location_type", "confidential", "address"})
            for place in one.locations
        ],
        **service,
    }
