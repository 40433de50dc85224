"""Runs the sections named, or all: `python -m bench [section…]`."""

import sys
from importlib import import_module

from bench.rows import Row, keep, machine, table

SECTIONS = ("rule", "assessment", "node", "service", "growth", "start", "sql")


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in SECTIONS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; sections are {', '.join(SECTIONS)}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for name in names or SECTIONS:
        print(f"{name} ({machine()})", flush=True)
        found = import_module(f"bench.{name}").run()
        rows += found
        print(table(found), end="\n\n", flush=True)
    keep(rows)
    missed = [row.name for row in rows if row.meets is False]
    print(f"below its floor: {', '.join(missed)}" if missed else "every floor is met")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
