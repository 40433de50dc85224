"""Node, which runs the JavaScript executor, and the bundle that it runs on."""

from functools import partial

import pytest

from screening import load_packs
from screening.executors.bundle import bundle, canonical
from tests.executors.node import answer, program
from tests.store.conftest import postgres_url

__all__ = ["postgres_url"]


@pytest.fixture(scope="session")
def node(missing):
    """The program `node`."""
    found = program()
    if not found:
        missing("node", "sudo apt-get install nodejs")
    return found


@pytest.fixture(scope="session")
def ask(node):
    """A function that puts one request to the JavaScript executor and gives its answer."""
    return partial(answer, node)


@pytest.fixture(scope="session")
def payload():
    """The canonical bytes of the bundle of the shipped packs."""
    return canonical(bundle(load_packs()))


@pytest.fixture(scope="session")
def bundle_file(payload, tmp_path_factory):
    """The same as a file, for the JavaScript executor."""
    file = tmp_path_factory.mktemp("bundle") / "bundle.json"
    file.write_bytes(payload)
    return str(file)
