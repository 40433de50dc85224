"""Passwords and one-time secrets: how they are made, kept as digests and compared. No policy stands here."""

import base64
import hashlib
import hmac
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SECRET_BYTES = 32
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=2)
_NOBODY = _hasher.hash(secrets.token_hex())


def password_hash(password: str) -> str:
    """The argon2id hash of a password."""
    return _hasher.hash(password)


def password_fits(kept: str | None, password: str) -> bool:
    """Whether the password is right. It takes as long where there is none to compare with."""
    try:
        _hasher.verify(kept or _NOBODY, password)
    except (Argon2Error, InvalidHashError):
        return False
    return kept is not None


def new_secret(prefix: str = "") -> str:
    """A secret for one browser, machine or invitation."""
    return prefix + base64.urlsafe_b64encode(secrets.token_bytes(SECRET_BYTES)).decode().rstrip("=")


def digest(secret: str) -> bytes:
    """What is kept of a secret: enough to know it again, not to use it."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def same(one: str, other: str) -> bool:
    """Compares two secrets in the same time wherever they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
