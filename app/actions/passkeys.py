"""Passkeys (WebAuthn) as a second factor: made, used and removed; a challenge is good once and only for one browser."""

import secrets
from dataclasses import dataclass
from uuid import UUID

import webauthn
from sqlalchemy.orm import Session
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.actions.door import REFUSED, Door, count_failure, is_waiting, note, paced, side_with
from app.actions.second_factors import ISSUER
from app.actions.sign_ins import Held, Standing, held
from app.actions.signing_in import complete
from app.errors import NotSignedInError, UnprocessableError
from app.store import sign_ins as store
from app.store.accounts import Passkey
from app.store.base import new_id

CHALLENGE_BYTES = 32
NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Site:
    """The name that a browser knows the service by: `https://screening.example.gov` and the host in it."""

    origin: str
    host: str

    @property
    def is_named(self) -> bool:
        """Whether browsers make passkeys for it: they do for names, not for bare addresses."""
        return not self.host.replace(".", "").isdigit() and ":" not in self.host


def registration(db: Session, kept: Held, site: Site) -> str:
    """What a browser needs to make a passkey, as JSON."""
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=ISSUER,
        user_name=kept.account.email,
        user_id=kept.account.id.bytes,
        challenge=_challenge(db, kept),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_known(db, kept),
    )
    return webauthn.options_to_json(options)


def register(db: Session, kept: Held, given: str, name: str, *, site: Site, door: Door) -> None:
    """Keeps a passkey that a browser made. UnprocessableError where it does not answer our challenge."""
    try:
        made = webauthn.verify_registration_response(
            credential=given,
            expected_challenge=_spent(db, kept),
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except WebAuthnException:
        raise UnprocessableError("The browser did not make a passkey for this service. Try again.") from None
    if db.get(Passkey, made.credential_id):
        raise UnprocessableError("This passkey is set up already.")
    row = Passkey(
        credential=made.credential_id,
        id=new_id(),
        account_id=kept.account.id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name.strip()[:NAME_LENGTH] or door.device,
        created_at=door.now,
    )
    db.add(row)
    db.flush()
    note(db, kept.account, "enroll", door, {"factor": "passkey", "passkey": str(row.id)})


def request(door: Door, secret: str, site: Site) -> str | None:
    """What a browser needs to use a passkey, as JSON; None where the account has none."""
    side = side_with(door.sides, secret)
    if side is None:
        return None
    with side.work() as db:
        kept = held(db, side, secret, door.now, lock=True)
        if kept is None or kept.standing is not Standing.HALF or not _known(db, kept):
            return None
        options = webauthn.generate_authentication_options(
            rp_id=site.host, challenge=_challenge(db, kept), allow_credentials=_known(db, kept)
        )
        return webauthn.options_to_json(options)


def give_passkey(door: Door, secret: str, given: str, site: Site) -> str:
    """Completes half a sign-in with a passkey; gives the secret of the whole one."""
    side = side_with(door.sides, secret)
    with paced(door.pace):
        if side is None:
            raise NotSignedInError(REFUSED)
        with side.work() as db:
            kept = held(db, side, secret, door.now, lock=True)
            whole = None
            if kept and kept.standing is Standing.HALF:
                if not is_waiting(kept.account, door.now) and _is_used(db, kept, given, site):
                    whole = complete(db, kept, door, "passkey")
                else:
                    count_failure(db, kept.account, door, "passkey")
        if whole is None:
            raise NotSignedInError(REFUSED)
        return whole


def remove(db: Session, kept: Held, passkey_id: UUID, door: Door) -> None:
    """Removes a passkey where another second factor is left."""
    rows = store.list_passkeys(db, kept.account.id)
    row = next((one for one in rows if one.id == passkey_id), None)
    if row is None:
        raise UnprocessableError("There is no such passkey any more.")
    if len(rows) == 1 and not kept.account.totp_sealed:
        raise UnprocessableError("This is the only second factor. Set up another before you remove it.")
    db.delete(row)
    note(db, kept.account, "remove_factor", door, {"factor": "passkey", "passkey": str(passkey_id)})


def _is_used(db: Session, kept: Held, given: str, site: Site) -> bool:
    challenge = _spent(db, kept)
    try:
        credential = webauthn.helpers.parse_authentication_credential_json(given)
        row = db.get(Passkey, credential.raw_id, with_for_update=True)
        if row is None or row.account_id != kept.account.id:
            return False
        used = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=row.public_key,
            credential_current_sign_count=row.sign_count,
        )
    except WebAuthnException:
        return False
    row.sign_count = used.new_sign_count
    return True


def _known(db: Session, kept: Held) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=one.credential) for one in store.list_passkeys(db, kept.account.id)
    ]


def _challenge(db: Session, kept: Held) -> bytes:
    kept.sign_in.challenge = challenge = secrets.token_bytes(CHALLENGE_BYTES)
    db.flush()
    return challenge


def _spent(db: Session, kept: Held) -> bytes:
    """The challenge of this browser, which is gone with this; one that nobody can know where there was none."""
    challenge, kept.sign_in.challenge = kept.sign_in.challenge, None
    db.flush()
    return challenge or secrets.token_bytes(CHALLENGE_BYTES)
