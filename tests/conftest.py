"""What every test shares: no network beyond this machine, and one way to treat a missing optional program."""

import os
import sys

import pytest
from hypothesis import settings

REQUIRE_ALL = os.environ.get("CI") == "true" or os.environ.get("VOI_REQUIRE_ALL") == "1"
LOOPBACK = ("127.", "::1", "localhost")

os.environ["VOI_CACHE"] = "off"  # each test reads the packs as they are; those of the kept packs say so

settings.register_profile("explore", deadline=None, print_blob=True)
settings.register_profile("repeat", settings.get_profile("explore"), derandomize=True)
settings.load_profile("repeat" if REQUIRE_ALL else "explore")


def _stay_on_this_machine(event, args):
    if event == "socket.connect" and isinstance(args[1], tuple) and not str(args[1][0]).startswith(LOOPBACK):
        raise RuntimeError(f"a test reached for {args[1][0]}: tests use this machine only")


sys.addaudithook(_stay_on_this_machine)


@pytest.fixture(scope="session")
def missing():
    """Skip a test for want of an optional program, or fail it where nothing may be skipped."""

    def report(program, command):
        (pytest.fail if REQUIRE_ALL else pytest.skip)(f"{program} is missing; install it with: {command}")

    return report
