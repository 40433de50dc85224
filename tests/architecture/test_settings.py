"""An operator finds every setting in the example file, and nothing there that does not exist."""

import re

from app.settings import Settings
from tests.architecture.sources import ROOT


def test_the_example_file_names_every_setting():
    named = re.findall(
        r"^# (VOI_[A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(named) == sorted(f"VOI_{field.upper()}" for field in Settings.model_fields)
