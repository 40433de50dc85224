"""Signs a bundle, so that a tablet screens with nothing but the law and questions that its office sent out."""

import json
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.executors.bundle import VERSION, digest

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PREFIX = f"voi-bundle-{VERSION}\n".encode()
"""Stands before the signed bytes, so that a signature of the same key on anything else is never one on a bundle."""


class SigningError(Exception):
    """A bundle that cannot be signed: no such key, or the package that signs is not installed."""


@dataclass(frozen=True, slots=True)
class SignedBundle:
    """A signed file and what is told with it: the digest of the bundle and the key that opens it (32 bytes in base64)."""

    content: bytes
    digest: str
    public_key: str


def signed(payload: bytes, pem: bytes) -> SignedBundle:
    """A file of two parts: one line of JSON with digest and signature, then the canonical bytes as they are.

    Whoever opens it checks the bytes before reading any of them. `pem` is an Ed25519 private key (PKCS 8, no password);
    SigningError where it is not.
    """
    key = _private_key(pem)
    header = {
        "signed_bundle": VERSION,
        "digest": digest(payload),
        "signature": b64encode(key.sign(PREFIX + payload)).decode(),
    }
    line = json.dumps(header, separators=(",", ":")).encode() + b"\n"
    public = b64encode(key.public_key().public_bytes_raw()).decode()
    return SignedBundle(line + payload, header["digest"], public)


def _private_key(pem: bytes) -> "Ed25519PrivateKey":
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
        from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415
    except ImportError:
        raise SigningError("signing needs the package cryptography, which is not installed") from None
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        raise SigningError(
            "the key file holds no private key that can be read; expected Ed25519 in PEM form"
        ) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningError("the key file holds another kind of key; expected Ed25519")
    return key
