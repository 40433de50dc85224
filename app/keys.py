"""Keys that protect content: every screening has its own, wrapped by the key of its compartment."""

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
OWNER_ONLY = 0o600


class KeyFileError(Exception):
    """The key file is missing, open to others, or not in the form that `voi make-keys` writes."""


class UnreadableContentError(Exception):
    """Sealed content that this key does not open: it was changed, moved to another place, or sealed by another key."""


@dataclass(frozen=True, slots=True, repr=False)
class DataKey:
    """The key of one screening. What it seals opens only under the same name of field, so no value can be moved."""

    _cipher: AESGCM
    owner: str

    def seal(self, text: str, field: str) -> bytes:
        """`text` as bytes that only this key reads."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), f"{self.owner}/{field}".encode())

    def open(self, sealed: bytes, field: str) -> str:
        """What was sealed; UnreadableContentError where it was changed or belongs elsewhere."""
        nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, body, f"{self.owner}/{field}".encode()).decode()
        except InvalidTag:
            raise UnreadableContentError(f"the content of {field} cannot be read") from None


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A data key as it is stored: which key wrapped it, and the bytes that this key alone unwraps."""

    key: str
    data: bytes


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """The keys of one compartment: the current one wraps, all unwrap; `mac` and `signing` outlive every rotation."""

    current: str
    keys: Mapping[str, bytes]
    mac: bytes
    signing: bytes

    def signer(self) -> Ed25519PrivateKey:
        """What signs the anchors of the audit log."""
        return Ed25519PrivateKey.from_private_bytes(self.signing)

    def mark(self, purpose: str, data: bytes) -> bytes:
        """A keyed digest, for what must be recognized and never read back."""
        return hmac.digest(self.mac, purpose.encode() + b"\0" + data, hashlib.sha256)


def new_data_key(owner: str) -> tuple[DataKey, bytes]:
    """A fresh data key for what `owner` names, and its bytes to wrap."""
    raw = secrets.token_bytes(KEY_BYTES)
    return DataKey(AESGCM(raw), owner), raw


def wrap(ring: KeyRing, raw: bytes, owner: str) -> Wrapped:
    """Wraps a data key. This and `unwrap` are all that a key service has to stand in for."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return Wrapped(ring.current, nonce + AESGCM(ring.keys[ring.current]).encrypt(nonce, raw, owner.encode()))


def unwrap(ring: KeyRing, wrapped: Wrapped, owner: str) -> DataKey:
    """The data key again; UnreadableContentError where the ring lacks the key or the bytes were changed."""
    return DataKey(AESGCM(unwrapped(ring, wrapped, owner)), owner)


def unwrapped(ring: KeyRing, wrapped: Wrapped, owner: str) -> bytes:
    """The bytes of a data key, to wrap them anew."""
    key = ring.keys.get(wrapped.key)
    if key is None:
        raise UnreadableContentError(f"the key file holds no key {wrapped.key}")
    nonce, body = wrapped.data[:NONCE_BYTES], wrapped.data[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, body, owner.encode())
    except InvalidTag:
        raise UnreadableContentError("the data key cannot be unwrapped") from None


def new_ring() -> KeyRing:
    """A ring with one fresh key."""
    name = _name(1)
    return KeyRing(
        name,
        {name: secrets.token_bytes(KEY_BYTES)},
        secrets.token_bytes(KEY_BYTES),
        secrets.token_bytes(KEY_BYTES),
    )


def rotated(ring: KeyRing) -> KeyRing:
    """The ring with one more key, which is the current one from now on; the older ones still unwrap."""
    name = _name(len(ring.keys) + 1)
    return KeyRing(name, {**ring.keys, name: secrets.token_bytes(KEY_BYTES)}, ring.mac, ring.signing)


def written(ring: KeyRing) -> str:
    """The ring as the text of a key file."""
    shape = {
        "voi_keys": "v1",
        "current": ring.current,
        "keys": {name: _text(key) for name, key in ring.keys.items()},
        "mac": _text(ring.mac),
        "signing": _text(ring.signing),
    }
    return json.dumps(shape, indent=1) + "\n"


def read(text: str) -> KeyRing:
    """The ring that a key file or a setting holds. The error never quotes it."""
    try:
        shape = json.loads(text)
        keys = {str(name): _bytes(key) for name, key in shape["keys"].items()}
        ring = KeyRing(str(shape["current"]), keys, _bytes(shape["mac"]), _bytes(shape["signing"]))
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        raise KeyFileError("this is no key file as voi make-keys writes it") from None
    if ring.current not in ring.keys:
        raise KeyFileError("the current key is not among the keys")
    return ring


def read_file(path: Path) -> KeyRing:
    """The ring of a key file, which must be its owner's alone."""
    try:
        if path.stat().st_mode & 0o077:
            raise KeyFileError(f"{path} can be read by others: chmod 600 {path}")
        return read(path.read_text())
    except FileNotFoundError:
        raise KeyFileError(f"there is no key file {path}: voi make-keys makes it") from None
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(f"{path} cannot be read ({type(error).__name__})") from None


def write_file(path: Path, ring: KeyRing) -> None:
    """Writes a new key file for its owner alone; FileExistsError rather than overwrite one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w") as file:
        file.write(written(ring))
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, ring: KeyRing) -> None:
    """Puts a rotated ring in the place of the old one, in one step."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    write_file(fresh, ring)
    fresh.replace(path)


def _name(number: int) -> str:
    return f"k{number}"


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: object) -> bytes:
    raw = base64.b64decode(str(text), validate=True)
    if len(raw) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return raw
