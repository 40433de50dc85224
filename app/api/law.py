"""Gives out the packed law: what is packed, one jurisdiction in full, one protection, sections, and coverage."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.access import Access, allow
from app.api.documents import described, json_response
from app.deps import Coverage, LoadedPacks, Today
from app.errors import NotFoundError
from screening import Packs
from screening.errors import Fault, nearest
from screening.explanation.law import describe_pack, law_rows, offense_rows, protection_dict
from screening.rules.prepared import PreparedPack

router = APIRouter(prefix="/api/v1", tags=["law"], default_response_class=Response)

Jurisdiction = Annotated[str, Path(description="US, US-TN, GB-EAW; upper or lower case.", examples=["US-TN"])]


@router.get("/law", summary="What is packed", responses=described("law", "One row a jurisdiction."))
@allow(Access.PUBLIC)
def law(packs: LoadedPacks) -> Response:
    """The packed jurisdictions, with the version of each pack and the day it was checked."""
    return json_response({"items": law_rows(packs)})


@router.get(
    "/law/{jurisdiction}",
    summary="One jurisdiction",
    responses=described("jurisdiction", "Everything that is established there.", 404, 422),
)
@allow(Access.PUBLIC)
def one_jurisdiction(jurisdiction: Jurisdiction, packs: LoadedPacks) -> Response:
    """Every protection with its elements, dates, authority and how well it is known; duties; what was not established."""
    return json_response(describe_pack(_pack(packs, jurisdiction)).to_dict())


@router.get(
    "/law/{jurisdiction}/protections/{protection}",
    summary="One protection",
    responses=described("protection", "The protection, element by element.", 404, 422),
)
@allow(Access.PUBLIC)
def one_protection(
    jurisdiction: Jurisdiction,
    protection: Annotated[str, Path(description="The id of the protection.", examples=["us-tn-39-13-513-d"])],
    packs: LoadedPacks,
) -> Response:
    """One protection. What nobody has confirmed against its text is not given out."""
    pack = _pack(packs, jurisdiction)
    rules = {one.rule.id: one.rule for one in pack.protections if not one.rule.is_hidden}
    if protection not in rules:
        fault = Fault("path.protection", "no protection has this id", nearest=nearest(protection, rules))
        raise NotFoundError("There is no such protection in this jurisdiction.", faults=[fault])
    return json_response(protection_dict(rules[protection]))


@router.get(
    "/offenses/{jurisdiction}",
    summary="Find sections",
    responses=described("offenses", "The sections found, best first.", 404, 422),
)
@allow(Access.PUBLIC)
def offenses(
    jurisdiction: Jurisdiction,
    q: Annotated[
        str,
        Query(
            min_length=1, max_length=200, description="A section in any usual spelling, or words of its name."
        ),
    ],
    packs: LoadedPacks,
) -> Response:
    """Sections of one jurisdiction by number or by words. None found does not say that there is none."""
    return json_response({"items": offense_rows(_pack(packs, jurisdiction), q)})


@router.get(
    "/coverage", summary="Coverage", responses=described("coverage", "One row a jurisdiction and class.")
)
@allow(Access.PUBLIC)
def coverage(rows: Coverage, today: Today) -> Response:
    """What a young person of 15 would have today, by jurisdiction and class of offense, with everything assumed."""
    return json_response({"as_of": today.isoformat(), "items": rows(today)})


def _pack(packs: Packs, jurisdiction: str) -> PreparedPack:
    name = jurisdiction.upper()
    if name in packs.law:
        return packs.law[name]
    fault = Fault(
        "path.jurisdiction",
        "no pack has this name",
        f"one of {', '.join(packs.law)}",
        nearest(name, packs.law),
    )
    detail = "The law of this place is not packed. That says nothing about whether it protects anyone."
    raise NotFoundError(detail, faults=[fault])
