"""Made-up cases that open filled in, so that the page explains itself; nobody in them exists."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "demo"


@dataclass(frozen=True, slots=True)
class Demo:
    """One made-up case: its name in the address, whom it is about, what it shows, and its text."""

    id: str
    alias: str
    title: str
    shows: str
    text: str


@cache
def demos() -> tuple[Demo, ...]:
    """The demonstrations in their order; the first one opens the page."""
    rows = yaml.safe_load((FOLDER / "index.yaml").read_text(encoding="utf-8"))
    return tuple(
        Demo(
            row["id"],
            row["alias"],
            row["title"],
            row["shows"],
            (FOLDER / f"{row['id']}.yaml").read_text(encoding="utf-8"),
        )
        for row in rows
    )


def find_demo(name: str) -> Demo | None:
    """The demonstration with this name, if there is one."""
    return next((one for one in demos() if one.id == name), None)
