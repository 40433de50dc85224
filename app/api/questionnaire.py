"""Gives out the questionnaire as data, with why each item is asked."""

from fastapi import APIRouter, Response

from app.access import Access, allow
from app.api.documents import described, json_response
from app.deps import LoadedPacks
from screening.explanation.questions import questionnaire_dict

router = APIRouter(prefix="/api/v1", tags=["reference"], default_response_class=Response)


@router.get(
    "/questionnaire",
    summary="The questionnaire",
    responses=described("questionnaire", "Every part, section and item, and the facts they bear on."),
)
@allow(Access.PUBLIC)
def questionnaire(packs: LoadedPacks) -> Response:
    """The items in the order asked, each with why it is asked, who may answer it and what it bears on."""
    return json_response(questionnaire_dict(packs.questionnaire))
