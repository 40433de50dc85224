"""Opens both compartments from the settings: their databases, and the keys from a file or from the environment."""

from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import make_url

from app import keys
from app.keys import KeyFileError, KeyRing
from app.settings import Settings
from app.store.compartments import Compartment, Compartments, Side
from app.store.session import community_url, is_own_file, open_engine


def database_urls(settings: Settings) -> dict[Side, str]:
    """The address of each side's database; the community advocates' own is beside the first unless a setting names it."""
    justice = settings.database_url.get_secret_value()
    own = settings.community_database_url
    return {
        Side.JUSTICE: justice,
        Side.COMMUNITY: own.get_secret_value() if own else community_url(justice),
    }


def key_files(settings: Settings) -> dict[Side, Path]:
    """The key file of each side, by default beside the database file, or under var/."""
    url = settings.database_url.get_secret_value()
    folder = Path(make_url(url).database or "").parent if is_own_file(url) else Path("var")
    first = settings.key_file or folder / "voi.key"
    second = settings.community_key_file or first.with_name(f"{first.stem}-community{first.suffix}")
    return {Side.JUSTICE: first, Side.COMMUNITY: second}


def make_keys(settings: Settings) -> list[Path]:
    """Writes the key files that are missing; those that are there stay."""
    made = []
    for path in key_files(settings).values():
        if not path.exists():
            keys.write_file(path, keys.new_ring())
            made.append(path)
    return made


def open_compartments(settings: Settings) -> Compartments:
    """Both sides, ready to work. KeyFileError where a key is missing; an embedded database gets its keys by itself."""
    if is_own_file(settings.database_url.get_secret_value()) and not settings.keys:
        make_keys(settings)
    urls, files = database_urls(settings), key_files(settings)
    rings = {
        Side.JUSTICE: _ring(settings.keys, files[Side.JUSTICE]),
        Side.COMMUNITY: _ring(settings.community_keys, files[Side.COMMUNITY]),
    }
    if rings[Side.JUSTICE].mac == rings[Side.COMMUNITY].mac:
        raise KeyFileError(
            "both compartments have the same key: the community advocates' must be one of its own"
        )
    sides = {side: Compartment(side, open_engine(urls[side]), rings[side]) for side in Side}
    return Compartments(sides[Side.JUSTICE], sides[Side.COMMUNITY])


def _ring(given: SecretStr | None, path: Path) -> KeyRing:
    return keys.read(given.get_secret_value()) if given else keys.read_file(path)
