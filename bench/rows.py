"""What a benchmark says: one row a figure, with what it is held against, and how they are printed and kept."""

import gc
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Literal

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "results.json"


@dataclass(frozen=True, slots=True)
class Floor:
    """What a figure has to reach: `limit` of the ratio, or of the value itself where there is no ratio."""

    way: Literal["≤", "≥"]
    limit: float

    def meets(self, seen: float) -> bool:
        return seen <= self.limit if self.way == "≤" else seen >= self.limit

    def __str__(self) -> str:
        return f"{self.way} {self.limit:g}"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; `ratio` is it over what `against` names, both from the same run."""

    name: str
    value: float
    unit: str
    against: str | None = None
    ratio: float | None = None
    floor: Floor | None = None

    @property
    def meets(self) -> bool | None:
        if self.floor is None:
            return None
        return self.floor.meets(self.value if self.ratio is None else self.ratio)

    def to_dict(self) -> dict[str, object]:
        return {
            "name": self.name,
            "value": float(f"{self.value:.4g}"),
            "unit": self.unit,
            "against": self.against,
            "ratio": None if self.ratio is None else float(f"{self.ratio:.4g}"),
            "floor": str(self.floor) if self.floor else None,
            "meets": self.meets,
        }


def best(ways: Mapping[str, Callable[[], object]], rounds: int, *, warm: int = 1) -> dict[str, float]:
    """Seconds of each way's fastest round. In every round all take their turn, so that a busy machine hits all alike."""
    for way in ways.values():
        for _ in range(warm):
            way()
    seen = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        for name, way in ways.items():
            gc.collect()
            start = perf_counter()
            way()
            seen[name] = min(seen[name], perf_counter() - start)
    return seen


def machine() -> str:
    """How busy the machine is, since that moves every figure here."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{os.cpu_count()} cores, load {load}"


def table(rows: Sequence[Row]) -> str:
    """The rows to read, in columns."""
    cells = [("name", "value", "unit", "ratio", "against", "floor", "meets")]
    for row in rows:
        meets = {True: "yes", False: "NO", None: ""}[row.meets]
        ratio = "" if row.ratio is None else f"{row.ratio:.3g}"
        value = f"{row.value:,.0f}" if row.value >= 1000 else f"{row.value:.3g}"
        cells.append((row.name, value, row.unit, ratio, row.against or "", str(row.floor or ""), meets))
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    numbers = {1, 3}
    lines = [
        "  ".join(
            cell.rjust(width) if i in numbers else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]
    return "\n".join(lines)


def keep(rows: Sequence[Row]) -> None:
    """Writes the rows where the next reader, or a program, finds them."""
    RESULTS.write_text(
        json.dumps([row.to_dict() for row in rows], indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
