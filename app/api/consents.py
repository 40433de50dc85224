"""Consents of the persons an agency helps, and the statements that cross to the justice side by them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from app.access import Permission, allow
from app.actions import consents, statements
from app.actions.consents import Signed
from app.actions.once import made_once
from app.actions.statements import Composed
from app.api.documents import NO_STORE, described, json_response
from app.api.screenings import ClientKey
from app.deps import Guarded, OnDesk
from app.store.consents import ConsentField, SignedBy
from app.store.statements import Stance

router = APIRouter(prefix="/api/v1", tags=["record"], default_response_class=Response, dependencies=[Guarded])

Purpose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2000)]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Token = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class GivenConsent(BaseModel):
    """A consent as it was signed: about whom, to which offices, what may be told, why, by whom, when and until when."""

    model_config = ConfigDict(extra="forbid")

    person: UUID
    to: frozenset[UUID] = Field(min_length=1, max_length=10)
    fields: frozenset[ConsentField] = Field(min_length=1)
    purpose: Purpose
    signed_by: SignedBy
    signed_on: date
    expires_at: AwareDatetime
    guardian_conflict: bool
    signer_is_exploiter: bool = False


class GivenStatement(BaseModel):
    """What an advocate says about a case, and by which consent; a system advocate has none and is labelled so."""

    model_config = ConfigDict(extra="forbid")

    case_token: Token
    words: Said | None = None
    stance: Stance = Stance.NONE
    consent: UUID | None = None


@router.post(
    "/consents",
    status_code=201,
    summary="Keep a consent",
    responses=described("consent", "It.", 400, 401, 403, 404, 422, status=201),
)
@allow(Permission.CONSENT_KEEP)
def keep_consent(given: GivenConsent, desk: OnDesk, key: ClientKey) -> Response:
    """Whoever exploits the person, or is a guardian with a conflict, cannot sign for them."""
    shape = given.model_dump()
    asked = repr([(name, sorted(map(str, shape[name]))) for name in ("to", "fields")]).encode()
    asked += repr({name: shape[name] for name in shape if name not in {"to", "fields"}}).encode()
    signed = Signed(person_id=shape.pop("person"), **shape)
    with desk.work() as work:
        consent_id, is_new = made_once(work, key, asked, "consent")
        if is_new:
            consents.keep(work, consent_id, signed)
        return _created(consents.line(work, consents.own_consent(work, consent_id)))


@router.get("/consents", summary="List consents", responses=described("consents", "All.", 401, 403, 404, 422))
@allow(Permission.CONSENT_KEEP)
def list_consents(desk: OnDesk, person: UUID | None = None) -> Response:
    """The consents of the caller's agency, of one person where it is named."""
    with desk.work() as work:
        return json_response({"items": consents.consents(work, person)}, NO_STORE)


@router.post(
    "/consents/{consent_id}/revocation",
    summary="Take a consent back",
    responses=described("consent", "It.", 401, 403, 404, 422),
)
@allow(Permission.CONSENT_KEEP)
def revoke_consent(consent_id: UUID, desk: OnDesk) -> Response:
    """What was said by it can no longer be read on the other side from this moment; what was read cannot be unread."""
    with desk.work() as work:
        consents.revoke(work, consent_id)
        return json_response(consents.line(work, consents.own_consent(work, consent_id)), NO_STORE)


@router.get(
    "/consents/{consent_id}/statements",
    summary="List what was said by a consent",
    responses=described("sent_statements", "All.", 401, 403, 404, 422),
)
@allow(Permission.CONSENT_KEEP)
def list_sent(consent_id: UUID, desk: OnDesk) -> Response:
    """The agency's own copies, and whether they have arrived."""
    with desk.work() as work:
        return json_response({"items": statements.sent_statements(work, consent_id)}, NO_STORE)


@router.post(
    "/statements",
    status_code=201,
    summary="Say something about a case",
    responses=described("statement_made", "It was said.", 400, 401, 403, 404, 422, status=201),
)
@allow(Permission.ADVOCATE_VIEW)
def make_statement(given: GivenStatement, desk: OnDesk, key: ClientKey) -> Response:
    """The answer is the same whether or not there is a case with this token."""
    said = Composed(given.case_token, given.words, given.stance, given.consent)
    with desk.work() as work:
        statement_id, is_new = made_once(work, key, repr(said).encode(), "statement")
        if is_new:
            statements.compose(work, statement_id, said)
    with desk.work() as work:
        statements.deliver(work, statement_id)
    return _created({"id": str(statement_id)})


@router.get(
    "/screenings/{screening_id}/statements",
    summary="Read what advocates said",
    responses=described("statements", "All that can be read now.", 401, 403, 404, 410, 422),
)
@allow(Permission.SCREENING_READ)
def read_statements(screening_id: UUID, desk: OnDesk) -> Response:
    """Each with the label of its advocate. One whose consent ended is not there any more."""
    with desk.work() as work:
        return json_response({"items": statements.statements_on(work, screening_id)}, NO_STORE)


def _created(shape: dict[str, object]) -> Response:
    answer = json_response(shape, NO_STORE)
    answer.status_code = 201
    return answer
