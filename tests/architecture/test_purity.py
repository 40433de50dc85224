"""The same case and packs give the same result anywhere: the rules know no clock, no chance, no network, no machine."""

import ast

from tests.architecture.sources import name_of, python, tree

OUTSIDE = {
    "asyncio",
    "fastapi",
    "getpass",
    "http",
    "httpx",
    "httpx2",
    "locale",
    "logging",
    "multiprocessing",
    "platform",
    "random",
    "requests",
    "secrets",
    "shutil",
    "socket",
    "socketserver",
    "sqlite3",
    "ssl",
    "starlette",
    "structlog",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib",
    "warnings",
}
CLOCK_OR_CHANCE = {
    "date.fromtimestamp",
    "date.today",
    "datetime.fromtimestamp",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "os.environ",
    "os.getenv",
    "os.urandom",
    "uuid.uuid1",
    "uuid.uuid4",
}
COMMAND_LINE = "screening/cli"  # it alone may ask what day it is, once, and hands the day on


def _imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def _engine():
    return [path for path in python("screening") if not name_of(path).startswith(COMMAND_LINE)]


def test_the_rules_import_nothing_that_reaches_out():
    found = [
        f"{name_of(path)}:{node.lineno} imports {name}"
        for path in _engine()
        for node in ast.walk(tree(path))
        for name in _imported(node)
        if name.split(".")[0] in OUTSIDE
    ]
    assert found == []


def test_the_rules_ask_for_no_clock_chance_or_environment():
    found = [
        f"{name_of(path)}:{node.lineno} reads {ast.unparse(node)}"
        for path in _engine()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and ".".join(ast.unparse(node).split(".")[-2:]) in CLOCK_OR_CHANCE
    ]
    assert found == []
