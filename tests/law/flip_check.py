"""Shows that the golden examples notice every wrong version of the law: `python -m tests.law.flip_check [us-ia ...]`."""

import fnmatch
import functools
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from screening.law.load import LoadedLaw, load_law
from screening.law.model import Element, Protection
from screening.rules.prepared import PreparedPack, prepare
from tests.law.condition_flips import in_blocks
from tests.law.examples import case_of, differences, rows
from tests.law.flips import flips

PAGE = Path(__file__).parents[2] / "docs" / "mutation.md"
ARGUED = re.compile(r"^\| `(?P<pattern>[^`]+)` \|")


class Examples:
    """The golden examples, each case read once, and those that speak of one protection, duty or rule about statements."""

    def __init__(self, law: Mapping[str, LoadedLaw]) -> None:
        self.rows = [(name, row, case_of(row)) for name, row in rows()]
        self.of: dict[str, list[int]] = defaultdict(list)
        for i, (name, row, _) in enumerate(self.rows):
            expect = row["expect"]
            told = [*expect.get("duty", ()), *expect.get("owes", ()), *expect.get("evidence", ())]
            for one in (row["protection"], *told, *(["guards"] if "guards_part_2" in expect else [])):
                self.of[one].append(i)
            self.of[name.partition(":")[0].upper()].append(i)
        for rule in (rule for one in law.values() for rule in one.law.protections):
            for name in {name for part in _elements(rule) for name in part.presumed_by}:
                self.of[name] += self.of[rule.id]

    def all_hold(self, law: Mapping[str, PreparedPack], of: str | None = None) -> bool:
        """Whether every example (of one protection) holds under `law`."""
        chosen = range(len(self.rows)) if of is None else self.of[of]
        return not any(differences(self.rows[i][1], law, self.rows[i][2]) for i in chosen)


def _elements(rule: Protection) -> Iterator[Element]:
    yield from (part for part in (rule.victim_status, rule.nexus, *rule.elements) if part is not None)


def survivors(files: list[str], counted: Counter[str]) -> Iterator[str]:
    """The wrong versions that no example notices, by name."""
    loaded, blocks = load_law()
    examples = Examples(loaded)
    law = {name: prepare(one) for name, one in loaded.items()}
    if not examples.all_hold(law):
        raise SystemExit("The examples fail as they stand: run the tests of tests/law first.")
    for name, one in loaded.items():
        for flip in flips(one.law) if name.lower() in files or not files else ():
            _count(counted)
            wrong = {**law, name: prepare(replace(one, law=flip.law))}
            if examples.all_hold(wrong, flip.of):
                yield flip.name
    for name, packs in in_blocks(blocks, {key: one.law for key, one in loaded.items()}):
        if not files or "blocks" in files:
            _count(counted)
            wrong = {key: prepare(replace(loaded[key], law=one)) for key, one in packs.items()}
            if examples.all_hold({**law, **wrong}):
                yield f"block {name}"


def _count(counted: Counter[str]) -> None:
    """Counts, and now and then empties what the rules remember by pack, so that thousands of packs do not pile up."""
    counted["all"] += 1
    if counted["all"] % 100:
        return
    for name, module in list(sys.modules.items()):
        for one in list(vars(module).values()) if name.startswith("screening.") else ():
            if isinstance(one, functools._lru_cache_wrapper) and one.__name__ != "_shipped":
                one.cache_clear()


def argued() -> list[str]:
    """The patterns of survivors that docs/mutation.md argues."""
    lines = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    return [found["pattern"] for line in lines if (found := ARGUED.match(line))]


def main(files: list[str]) -> int:
    started = time.monotonic()
    counted: Counter[str] = Counter()
    patterns = argued()
    used: Counter[str] = Counter()
    for name in survivors(files, counted):
        pattern = next((one for one in patterns if fnmatch.fnmatchcase(name, one)), None)
        if pattern:
            used[pattern] += 1
            continue
        counted["survived"] += 1
        print(name, flush=True)
    print(
        f"{counted['all']} wrong versions of the law: {counted['all'] - counted['survived'] - used.total()} noticed, "
        f"{used.total()} argued, {counted['survived']} survived; {time.monotonic() - started:.0f} s"
    )
    stale = [] if files else [one for one in patterns if not used[one]]
    for one in stale:
        print(f"argued and no longer needed: {one}")
    return 1 if counted["survived"] or stale else 0


if __name__ == "__main__":
    sys.exit(main([name.lower() for name in sys.argv[1:]]))
