"""Runs mutmut over the rules and says what no test noticed and no line of docs/mutation.md argues: `make mutate`."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "mutation.md"
ARGUED = re.compile(r"^\| `(?P<place>[\w./]+)` \| `(?P<before>.*?)` → `(?P<after>.*?)` \|")
NAME = re.compile(r"^(?P<module>[\w.]+?)\.x[_ǁ](?P<function>.+)__mutmut_\d+$")
UNNOTICED = ("survived", "no tests", "timeout", "suspicious")


def mutmut(*words: str) -> str:
    """What mutmut prints for a command."""
    program = Path(sys.executable).with_name("mutmut")
    return subprocess.run([program, *words], check=False, capture_output=True, text=True).stdout


def place(name: str) -> str:
    """Where a mutant is: the module and the function, without its number."""
    found = NAME.match(name)
    return f"{found['module']}.{found['function'].replace('ǁ', '.')}" if found else name


def change(name: str) -> tuple[str, str]:
    """The line before and after."""
    lines = mutmut("show", name).splitlines()
    before, after = (
        [line[1:].strip() for line in lines if line.startswith(sign) and not line.startswith(sign * 3)]
        for sign in "-+"
    )
    return " ".join(before), " ".join(after)


def argued() -> Counter[tuple[str, str, str]]:
    """The mutants that docs/mutation.md argues."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return Counter(
        (one["place"], one["before"], one["after"]) for line in lines if (one := ARGUED.match(line))
    )


def main(words: list[str]) -> int:
    """Runs the mutants of `words` (default: all), prints each that was not noticed, and a sum."""
    run = subprocess.run(
        [Path(sys.executable).with_name("mutmut"), "run", "--max-children", "1", *words], check=False
    )
    states = dict(
        line.strip().rsplit(": ", 1)
        for line in mutmut("results", "--all", "true").splitlines()
        if ": " in line
    )
    if run.returncode and not states:
        return run.returncode
    known, used, survived = argued(), set(), 0
    for name, state in states.items():
        if state not in UNNOTICED:
            continue
        key = (place(name), *change(name))
        if key in known:
            used.add(key)
            continue
        survived += 1
        print(f"{state}: {key[0]}: {key[1]} → {key[2]}")
    print("; ".join(f"{count} {state}" for state, count in Counter(states.values()).most_common()))
    print(f"{len(used)} argued in docs/mutation.md, {survived} not noticed")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
