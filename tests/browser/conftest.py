"""A real browser and a running service for the tests that look at pages the way a person does."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
QUIET = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
READY_WITHIN = 90.0


@pytest.fixture(scope="module")
def chromium(missing):
    """The installed Chromium, headless; a test opens its own context.

    It lives as long as one module: the driver keeps an event loop running, and other tests start loops of their own.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        missing("Chromium", "sudo apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """An empty page in a context of its own: no cookies, no storage, nothing left by another test."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def accessibility_faults():
    """A function from a page to the ids of the accessibility rules that it breaks, as axe sees them."""
    axe = AXE.read_text(encoding="utf-8")

    def faults(page):
        page.evaluate(axe)  # not as a script tag: the pages allow no script but their own
        return [fault["id"] for fault in page.evaluate("axe.run().then(result => result.violations)")]

    return faults


@pytest.fixture(scope="session")
def server_url(tmp_path_factory):
    """The service as `voi serve` runs it, in an empty folder on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with _serving(port, tmp_path_factory.mktemp("service")) as process:
        _wait_until_ready(process, url)
        yield url


@contextmanager
def _serving(port, folder):
    command = [Path(sys.executable).with_name("voi"), "serve"]
    env = {**os.environ, "VOI_HOST": "127.0.0.1", "VOI_PORT": str(port)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(10)


def _wait_until_ready(process, url):
    end = time.monotonic() + READY_WITHIN
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/health/ready", timeout=2):
                return
        except (OSError, urllib.error.HTTPError):
            time.sleep(0.05)
    pytest.fail(f"`voi serve` was not ready within {READY_WITHIN:.0f} s (exit {process.poll()})")
