"""The operations page says of every setting what the code says, and of nothing else."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.settings import Settings

PAGE = (Path(__file__).parents[2] / "docs/operations.md").read_text(encoding="utf-8")


def shown(value):
    plain = value.get_secret_value() if isinstance(value, SecretStr) else value
    return "none" if plain is None else f"`{plain}`"


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """A folder and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("HOST", "PORT", *(f"VOI_{name.upper()}" for name in Settings.model_fields)):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_every_setting_has_its_row_with_its_default(alone):
    rows = dict(re.findall(r"^\| `(VOI_\w+)` \| (.+?) \|", PAGE, re.MULTILINE))
    assert rows == {f"VOI_{name.upper()}": shown(value) for name, value in Settings()}


def test_host_and_port_are_read_under_their_short_names_too(alone, monkeypatch):
    monkeypatch.setenv("HOST", "0.0.0.0")  # noqa: S104 - nothing listens
    monkeypatch.setenv("PORT", "9000")
    assert (Settings().host, Settings().port) == ("0.0.0.0", 9000)  # noqa: S104
    monkeypatch.setenv("VOI_PORT", "9001")
    assert Settings().port == 9001


def test_a_file_beside_the_service_is_read_and_an_empty_value_counts_as_left_out(alone):
    (alone / ".env").write_text("VOI_PORT=9100\nVOI_PACKS=\nOTHER=1\n")
    assert Settings().port == 9100
    assert Settings().packs is None


def test_the_address_of_the_database_is_kept_out_of_what_is_shown(alone, monkeypatch):
    monkeypatch.setenv("VOI_DATABASE_URL", "postgresql://voi:secret-word@host/voi")
    assert "secret-word" not in repr(Settings())
