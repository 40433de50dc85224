"""In Chromium, under a strict content policy, the executor opens a signed bundle and screens as Python does."""

import json
import threading
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from screening import load_case, load_packs, screen
from screening.executors.bundle import bundle, canonical
from screening.executors.signing import signed

ROOT = Path(__file__).parents[2]
SCREEN = """async ({key, given, damaged}) => {
  const {openBundle, readCase, screen, canonical} = await import("/screening.mjs");
  const bytes = new Uint8Array(await (await fetch("/bundle.voi")).arrayBuffer());
  if (damaged) bytes[bytes.length - 9] ^= 1;
  try {
    const opened = await openBundle(bytes, key);
    return canonical(screen(readCase(given, opened), opened));
  } catch (error) {
    return error.name;
  }
}"""


class Strict(SimpleHTTPRequestHandler):
    """Files of one folder, with the content policy of the service."""

    def end_headers(self):
        self.send_header(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; connect-src 'self'"
        )
        super().end_headers()

    def log_message(self, *args):
        """Nothing: the output of a test is its own."""


@pytest.fixture
def key(page, tmp_path):
    """The public key of a bundle that a page of this machine can fetch beside the executor."""
    for module in (ROOT / "screening/executors/javascript").glob("*.mjs"):
        (tmp_path / module.name).write_bytes(module.read_bytes())
    private = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    made = signed(canonical(bundle(load_packs())), private)
    (tmp_path / "bundle.voi").write_bytes(made.content)
    (tmp_path / "index.html").write_text(
        "<!doctype html><html lang=en><title>Offline</title>", encoding="utf-8"
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        yield made.public_key
        server.shutdown()


@pytest.mark.browser
def test_a_case_is_screened_in_the_browser_as_in_python(page, key):
    packs = load_packs()
    file = ROOT / "tests/cases/us-tn-youth-n-a.yaml"
    given = load_case(file.read_bytes(), date(2026, 11, 24), packs=packs)
    seen = page.evaluate(SCREEN, {"key": key, "given": given.to_dict(), "damaged": False})
    assert json.loads(seen)["charges"]
    assert seen.encode() == canonical(screen(given, packs).to_dict())


@pytest.mark.browser
def test_a_damaged_bundle_is_refused_in_the_browser(page, key):
    assert page.evaluate(SCREEN, {"key": key, "given": {}, "damaged": True}) == "BundleError"
