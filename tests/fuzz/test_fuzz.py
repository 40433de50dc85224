"""A few hundred drawn inputs a target, and every input that once failed; `make fuzz` draws as many as there is time for."""

import random

import pytest

from tests.conftest import REQUIRE_ALL
from tests.executors.node import program
from tests.fuzz.executors import bundle_target, case_target, running
from tests.fuzz.requests import REQUESTS
from tests.fuzz.running import folder_of, kept, run
from tests.fuzz.service import serving, target_of
from tests.fuzz.targets import TARGETS

FEW = {"inputs": 60, "seconds": 0.8}
KEPT = list(kept())
IN_PROCESS = {folder_of(target.name): target for target in TARGETS}


@pytest.fixture
def bounds():
    """A few inputs; where nothing may be skipped the same ones each time, else others by the seed that pytest prints."""
    first = 0 if REQUIRE_ALL else random.randrange(10**6)  # noqa: S311 - drawn to be repeated, not to be secret
    return {**FEW, "first_seed": first}


@pytest.fixture(scope="module")
def executor(missing):
    node = program()
    if not node:
        missing("node", "sudo apt-get install nodejs")
    with running(node) as asked:
        yield asked


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("fuzzed")) as served:
        yield served


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_what_is_nearly_right_is_read_or_refused(target, bounds):
    assert run(target, **bounds).failures == {}


@pytest.mark.parametrize("made", [case_target, bundle_target])
def test_javascript_refuses_what_python_refuses_and_gives_the_same_bytes(made, executor, bounds):
    assert run(made(executor), **bounds).failures == {}


@pytest.mark.parametrize("name", REQUESTS)
def test_requests_that_are_nearly_right_are_answered_whole(name, service, bounds):
    assert run(target_of(service, name), **bounds).failures == {}


def test_every_kept_input_has_a_target():
    known = {
        *IN_PROCESS,
        *map(folder_of, REQUESTS),
        folder_of("signed bundle"),
        folder_of("case in JavaScript"),
    }
    assert {target for target, _, _ in KEPT} <= known
    assert KEPT


def _replay(target):
    for name, raw in ((name, raw) for folder, name, raw in KEPT if folder == folder_of(target.name)):
        try:
            target.check(raw)
        except Exception as error:
            error.add_note(f"corpus: {folder_of(target.name)}/{name}")
            raise


@pytest.mark.parametrize("name", IN_PROCESS)
def test_what_once_failed_no_longer_does(name):
    _replay(IN_PROCESS[name])


@pytest.mark.parametrize("made", [case_target, bundle_target])
def test_what_once_failed_in_javascript_no_longer_does(made, executor):
    _replay(made(executor))


@pytest.mark.parametrize("name", REQUESTS)
def test_requests_that_once_failed_are_answered(name, service):
    _replay(target_of(service, name))
