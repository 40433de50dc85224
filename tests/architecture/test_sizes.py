"""Small files, small functions, honest names: drift is seen here, not argued about in review."""

import ast
import re

from tests.architecture.sources import PACKAGES, name_of, python, tree

FILE_LINES = 400
FUNCTION_LINES = 50
EMPTY_WORDS = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc)(_|$)")


def _report(kind, sizes, limit):
    worst = sorted(sizes, reverse=True)[:5]
    print(f"\nlongest {kind} (limit {limit}):", *(f"{lines:5} {where}" for lines, where in worst), sep="\n")
    return [f"{where}: {lines} lines, at most {limit}" for lines, where in worst if lines > limit]


def test_files_stay_short():
    sizes = [(path.read_text(encoding="utf-8").count("\n"), name_of(path)) for path in python(*PACKAGES)]
    assert _report("files", sizes, FILE_LINES) == []


def test_functions_stay_short():
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    sizes = [
        (node.end_lineno - node.lineno + 1, f"{name_of(path)}:{node.lineno} {node.name}")
        for path in python(*PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, functions)
    ]
    assert _report("functions", sizes, FUNCTION_LINES) == []


def test_names_say_what_a_thing_is():
    files = {part for path in python(*PACKAGES) for part in name_of(path).removesuffix(".py").split("/")}
    classes = {
        node.name
        for path in python(*PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    }
    words = {name: re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower() for name in files | classes}
    assert [name for name, word in sorted(words.items()) if EMPTY_WORDS.search(word)] == []
