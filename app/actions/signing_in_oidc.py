"""Signing in with an office's own account (OpenID Connect: authorization code with PKCE), for accounts that are there already."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final
from urllib.parse import urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app import keys, security
from app.actions import second_factors, sign_ins
from app.actions.door import Door, forget_failures, note
from app.actions.signing_in import Given
from app.errors import NotSignedInError, ProviderAwayError
from app.keys import KeyRing, UnreadableContentError, Wrapped
from app.store import accounts
from app.store import sign_ins as store
from app.store.accounts import Account
from app.store.compartments import Compartment

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with a public key only: never none, never a shared secret."""
FLOW_SECONDS = 600
LEEWAY_SECONDS = 60
DOCUMENT_SECONDS = 3600
PATIENCE = httpx.Timeout(8)

_OWNER = "oidc"
_REFUSED = (
    "That did not work. Either this service has no open account for you, or your office's server did not confirm "
    "who you are. Ask your administrator."
)


@dataclass(frozen=True, slots=True)
class Flow:
    """What the browser keeps, sealed, between leaving for the provider and coming back."""

    state: str
    nonce: str
    verifier: str
    begun: int
    back: str


@dataclass(slots=True, repr=False)
class Provider:
    """An office's server for sign-in, what it says about itself, and its keys, asked for anew every hour."""

    issuer: str
    client_id: str
    client_secret: str
    required_acr: str | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _document: Mapping[str, object] | None = None
    _keys: KeySet | None = None
    _read_at: float = 0.0

    def document(self) -> Mapping[str, object]:
        """The discovery document. ProviderAwayError where it cannot be had or is another issuer's."""
        with self._lock:
            if self._document is None or time.monotonic() - self._read_at > DOCUMENT_SECONDS:
                found = _fetched("GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
                if found.get("issuer") != self.issuer:
                    raise ProviderAwayError("The sign-in server calls itself by another name.")
                self._document, self._keys, self._read_at = found, None, time.monotonic()
            return self._document

    def keys(self, *, fresh: bool = False) -> KeySet:
        """The public keys of the provider; `fresh` asks again, for a key that was not there the last time."""
        address = _address(self.document(), "jwks_uri")
        with self._lock:
            if self._keys is None or fresh:
                try:
                    self._keys = KeySet.import_key_set(_fetched("GET", address))  # type: ignore[arg-type]
                except (JoseError, ValueError, KeyError, TypeError):
                    raise ProviderAwayError("The keys of the sign-in server cannot be read.") from None
            return self._keys


def leave(provider: Provider, door: Door, redirect: str, back: str) -> tuple[str, str]:
    """Where to send the browser, and the sealed flow that it brings back."""
    flow = Flow(
        security.new_secret(), security.new_secret(), security.new_secret(), int(door.now.timestamp()), back
    )
    challenge = base64.urlsafe_b64encode(hashlib.sha256(flow.verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect,
        "scope": "openid email",
        "state": flow.state,
        "nonce": flow.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    if provider.required_acr:
        asked["acr_values"] = provider.required_acr
    address = _address(provider.document(), "authorization_endpoint")
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode(asked)}", _sealed(door.sides.justice.ring, flow)


def come_back(
    provider: Provider, door: Door, sealed: str, answer: Mapping[str, str], redirect: str
) -> tuple[Given, str]:
    """Signs in whom the provider confirms, and says which page to go on with.

    NotSignedInError where anything does not fit: state, code, token, address, or no account.
    """
    flow = _opened(door.sides.justice.ring, sealed, door)
    if flow is None or not security.same(flow.state, answer.get("state", "")) or not answer.get("code"):
        raise NotSignedInError(_REFUSED)
    tokens = _tokens(provider, flow, answer["code"], redirect)
    claims = _claims(provider, str(tokens.get("id_token", "")), flow, door)
    return _signed_in(provider, door, claims, _verified_address(provider, claims, tokens)), flow.back


def _tokens(provider: Provider, flow: Flow, code: str, redirect: str) -> Mapping[str, object]:
    document = provider.document()
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect,
        "code_verifier": flow.verifier,
    }
    known = document.get("token_endpoint_auth_methods_supported")
    by_post = isinstance(known, list) and "client_secret_basic" not in known
    if by_post:
        sent |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
    auth = None if by_post else httpx.BasicAuth(provider.client_id, provider.client_secret)
    return _fetched("POST", _address(document, "token_endpoint"), data=sent, auth=auth, refused=True)


def _claims(provider: Provider, token: str, flow: Flow, door: Door) -> Mapping[str, object]:
    """The claims of an id token: signed by the provider, for us, for this browser, now."""
    registry = jwt.JWTClaimsRegistry(
        now=int(door.now.timestamp()),
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": flow.nonce},
    )
    for fresh in (False, True):
        try:
            claims: dict[str, object] = dict(
                jwt.decode(token, provider.keys(fresh=fresh), algorithms=list(ALGORITHMS)).claims
            )
            registry.validate(claims)
            if _is_for_us(claims, provider):
                return claims
            break
        except (JoseError, ValueError):
            continue
    raise NotSignedInError(_REFUSED)


def _is_for_us(claims: Mapping[str, object], provider: Provider) -> bool:
    """Where a token is for several, it has to say that we are the one who asked for it."""
    audience, party = claims.get("aud"), claims.get("azp")
    several = isinstance(audience, list) and len(audience) > 1
    return party == provider.client_id if several or party is not None else True


def _verified_address(
    provider: Provider, claims: Mapping[str, object], tokens: Mapping[str, object]
) -> str | None:
    """The e-mail address that the provider has verified, from the token or, where it is not in there, by asking."""
    said = claims
    if "email" not in claims and "userinfo_endpoint" in provider.document():
        bearer = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
        said = _fetched(
            "GET", _address(provider.document(), "userinfo_endpoint"), headers=bearer, refused=True
        )
        if said.get("sub") != claims["sub"]:
            return None
    email = said.get("email")
    return email if isinstance(email, str) and said.get("email_verified") is True else None


def _signed_in(provider: Provider, door: Door, claims: Mapping[str, object], email: str | None) -> Given:
    subject = f"{provider.issuer} {claims['sub']}"
    vouched = provider.required_acr is not None
    if vouched and claims.get("acr") != provider.required_acr:
        raise NotSignedInError(_REFUSED)
    known = [(side, _known(side, subject, email)) for side in door.sides.each()]
    for side, seen in known:
        if seen is None:
            continue
        with side.work() as db:
            account = store.lock_account(db, seen.id)
            if account is None or account.disabled_at:
                continue
            if account.oidc_subject is None:
                account.oidc_subject = subject
                note(db, account, "provider", door)
            factors = "provider+acr" if vouched else "provider"
            secret = sign_ins.begin(db, side, account, factors, door)
            if vouched:
                forget_failures(account)
                note(db, account, "sign_in", door, {"factors": factors, "device": door.device})
            return Given(secret, vouched or second_factors.has_any(db, account), is_whole=vouched)
    raise NotSignedInError(_REFUSED)


def _known(side: Compartment, subject: str, email: str | None) -> Account | None:
    """By subject; the first time, and only then, by verified address."""
    with side.look() as db:
        by_subject = store.find_by_subject(db, subject)
        by_email = accounts.find_account(db, email or "")
    if by_subject:
        return by_subject
    return by_email if by_email and by_email.oidc_subject is None else None


def _fetched(
    method: str,
    address: str,
    *,
    data: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    auth: httpx.BasicAuth | None = None,
    refused: bool = False,
) -> Mapping[str, object]:
    """A JSON object from the provider. `refused`: an answer of 4xx means that this person is not let in."""
    try:
        with httpx.Client(timeout=PATIENCE, follow_redirects=False) as client:
            answer = client.request(method, address, data=data, headers=headers, auth=auth)
        if refused and 400 <= answer.status_code < 500:
            raise NotSignedInError(_REFUSED)
        found = answer.json() if answer.status_code == 200 else None
    except (httpx.HTTPError, httpx.InvalidURL, json.JSONDecodeError, UnicodeDecodeError):
        found = None
    if not isinstance(found, dict):
        raise ProviderAwayError("Your office's server for sign-in does not answer. Try again in a moment.")
    return found


def _address(document: Mapping[str, object], name: str) -> str:
    address = str(document.get(name, ""))
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(parts.hostname)):
        return address
    raise ProviderAwayError("The sign-in server names an address that is not safe to use.")


def is_this_machine(host: str | None) -> bool:
    """Whether an address without TLS stays on this machine."""
    return host in {"localhost", "127.0.0.1", "::1"}


def _sealed(ring: KeyRing, flow: Flow) -> str:
    wrapped = keys.wrap(ring, json.dumps(asdict(flow)).encode(), _OWNER)
    return f"{wrapped.key}.{base64.urlsafe_b64encode(wrapped.data).decode()}"


def _opened(ring: KeyRing, sealed: str, door: Door) -> Flow | None:
    key, _, data = sealed.partition(".")
    try:
        raw = keys.unwrapped(ring, Wrapped(key, base64.urlsafe_b64decode(data.encode())), _OWNER)
        flow = Flow(**json.loads(raw))
    except (UnreadableContentError, ValueError, TypeError):
        return None
    age = int(door.now.timestamp()) - flow.begun
    return flow if 0 <= age <= FLOW_SECONDS else None
