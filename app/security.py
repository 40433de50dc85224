"""Passwords and one-time secrets: how they are made, kept as digests and compared. No policy stands here."""

import base64
import hashlib
import hmac
import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SECRET_BYTES = 32
AT_ONCE = 4
"""So many passwords are worked on at once: each takes 64 MiB, and nobody may fill the machine by guessing."""

_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=2)
_NOBODY = _hasher.hash(secrets.token_hex())
_room = threading.BoundedSemaphore(AT_ONCE)


def password_hash(password: str) -> str:
    """The argon2id hash of a password."""
    with _room:
        return _hasher.hash(_typed(password))


def password_fits(kept: str | None, password: str) -> bool:
    """Whether the password is right. It takes as long where there is none to compare with."""
    try:
        with _room:
            _hasher.verify(kept or _NOBODY, _typed(password))
    except (Argon2Error, InvalidHashError):
        return False
    return kept is not None


def new_secret(prefix: str = "") -> str:
    """A secret for one browser, machine or invitation."""
    return secret_of(secrets.token_bytes(SECRET_BYTES), prefix)


def secret_of(raw: bytes, prefix: str = "") -> str:
    """Bytes that nobody can guess, as a secret to hand out."""
    return prefix + base64.urlsafe_b64encode(raw).decode().rstrip("=")


def digest(secret: str) -> bytes:
    """What is kept of a secret: enough to know it again, not to use it."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def form_token(secret: str) -> str:
    """What the forms of a signed-in browser carry, so that no other site can send one. It does not give the secret away."""
    return secret_of(hmac.digest(secret.encode("utf-8", "replace"), b"form", hashlib.sha256))


def same(one: str, other: str) -> bool:
    """Compares two secrets in the same time wherever they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _typed(password: str) -> bytes:
    """The same bytes for the same password, whatever keyboard it was typed on."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "replace")
