"""What one proof reports: what was held against whom, how often, where the two differed, and the table of all."""

import sys
from dataclasses import dataclass, field
from time import perf_counter

SHOWN = 5
"""So many disagreements of one proof are shrunk and printed; the rest are counted."""


@dataclass
class Proof:
    """One line of the table. `how_many` counts single comparisons, in units of `unit`."""

    what: str
    against: str
    unit: str
    how_many: int = 0
    disagreements: int = 0
    shown: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def differs(self, text):
        """Counts a disagreement; `text` is a function that words the smallest form of it, called for the first few."""
        self.disagreements += 1
        if len(self.shown) < SHOWN:
            self.shown.append(text())

    def timed(self, started):
        """Adds the time since `started`."""
        self.seconds += perf_counter() - started


class Progress:
    """Says on the terminal how far a proof is, at every tenth."""

    def __init__(self, name, total, *, quiet):
        self._name, self._total, self._quiet, self._tenth = name, total, quiet, 0

    def at(self, done):
        """`done` of the total is finished."""
        tenth = 10 * done // max(self._total, 1)
        if tenth > self._tenth and not self._quiet:
            self._tenth = tenth
            print(f"  {self._name}: {done:,} of {self._total:,}", file=sys.stderr, flush=True)


def table(proofs):
    """All proofs as one table of plain text."""
    rows = [("what", "against", "how many", "disagreements", "seconds")]
    rows += [
        (
            one.what,
            one.against,
            f"{one.how_many:,} {one.unit}",
            f"{one.disagreements:,}",
            f"{one.seconds:.1f}",
        )
        for one in proofs
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    right = (False, False, True, True, True)

    def line(row):
        cells = (
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        )
        return "  ".join(cells).rstrip()

    return "\n".join([line(rows[0]), "  ".join("-" * width for width in widths), *map(line, rows[1:])])
