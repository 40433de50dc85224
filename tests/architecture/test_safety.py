"""The list of harms is whole, and every guard that is built names a test that exists."""

import ast
import re

import pytest

from tests.architecture.sources import ROOT, tree

PAGE = (ROOT / "docs/safety.md").read_text(encoding="utf-8")
HARMS = [*(f"W{n}" for n in range(1, 23)), *(f"L{n}" for n in range(1, 18)), *(f"T{n}" for n in range(1, 8))]
BUILT = {"W1", "W2", "W3", *(f"W{n}" for n in range(5, 23)), "L1", "L2", "L15", "L16"}
"""The harms whose guard belongs to the screening itself; the others wait for the part named in their line."""

PARTS = ("the record", "the tablet form", "the referral desk", "the law editor", "the reports")
ROWS = {
    cells[0]: cells[1:]
    for cells in (
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.splitlines()
        if re.match(r"\| [WLT]\d+ \|", line)
    )
}
TESTS = [(harm, named) for harm, cells in ROWS.items() for named in re.findall(r"`(tests/[^`]+)`", cells[-1])]


def test_every_harm_has_one_line():
    lines = re.findall(r"^\| ([WLT]\d+) \|", PAGE, re.MULTILINE)
    assert lines == HARMS


@pytest.mark.parametrize("harm", HARMS)
def test_a_line_says_harm_guard_and_where_it_is_shown(harm):
    said = ROWS[harm]
    assert len(said) == 3
    assert all(len(cell) > 8 for cell in said)
    assert said[0].endswith((".", '."'))
    assert said[1].endswith(".")


@pytest.mark.parametrize("harm", HARMS)
def test_a_guard_that_is_built_names_its_test_and_another_the_part_that_brings_it(harm):
    named = [test for of, test in TESTS if of == harm]
    if harm in BUILT:
        assert named
    else:
        assert any(part in ROWS[harm][-1] for part in PARTS) or named


@pytest.mark.parametrize(("harm", "named"), TESTS)
def test_the_test_that_is_named_exists(harm, named):
    file, _, name = named.partition("::")
    assert (ROOT / file).is_file()
    plain = name.partition("[")[0]
    functions = {node.name: node for node in ast.walk(tree(ROOT / file)) if isinstance(node, ast.FunctionDef)}
    assert plain in functions
    assert any(isinstance(node, ast.Assert | ast.With) for node in ast.walk(functions[plain]))
