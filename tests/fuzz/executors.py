"""The JavaScript executor under the same inputs: it refuses what Python refuses, and gives the same bytes for the rest."""

import json
import subprocess
import tempfile
from base64 import b64decode, b64encode
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import strategies as st

from screening import READERS, CaseError, load_case, load_packs, screen
from screening.executors.bundle import bundle, canonical
from screening.executors.signing import SigningError, signed
from tests.fuzz.grammar import fewest_escapes, spoiled, values
from tests.fuzz.targets import CASES, TODAY, Target

PROBE = Path(__file__).with_name("probe.mjs")
PEM = ed25519.Ed25519PrivateKey.generate().private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
)


class Executor:
    """One process of Node that answers line by line."""

    def __init__(self, node, bundle_file):
        self._process = subprocess.Popen(
            [node, PROBE, bundle_file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def ask(self, kind, **request):
        """The answer to one request; what the program dies of is the error."""
        self._process.stdin.write(json.dumps({"ask": kind, **request}).encode() + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, self._process.stderr.read().decode()[-2_000:]
        return json.loads(line)

    def close(self):
        """Ends the program."""
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()
        self._process.stderr.close()


@contextmanager
def running(node):
    """The executor on the bundle of the shipped packs."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bundle.json"
        file.write_bytes(canonical(bundle(load_packs())))
        executor = Executor(node, str(file))
        try:
            yield executor
        finally:
            executor.close()


def _python(given, reader):
    try:
        case = load_case(given, today=TODAY)
    except CaseError as error:
        return None, [fault.path for fault in error.faults]
    packs = load_packs()
    return canonical(screen(case, packs, reader=reader).to_dict()).decode(), []


def case_target(executor):
    """Both refuse a case, or both screen it and give equal bytes."""

    def check(raw):
        given = json.loads(raw)
        if not isinstance(given, dict):
            return
        reader = READERS[len(raw) % len(READERS)]
        expected, faults = _python(given, reader)
        answer = executor.ask("case", given=given, reader=reader, today=TODAY.isoformat())
        if "refused" in answer:
            assert answer["refused"] == "CaseError", answer["stack"]
            assert expected is None, f"refused in JavaScript alone: {answer['faults'][:3]}"
            assert answer["faults"]
        else:
            assert expected is not None, f"refused in Python alone: {faults[:3]}"
            assert answer["result"] == expected, _difference(answer["result"], expected)

    return Target("case in JavaScript", values(CASES).map(fewest_escapes).map(str.encode), check)


def _difference(one, other):
    place = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return f"JavaScript …{one[max(0, place - 80) : place + 60]}… Python …{other[max(0, place - 80) : place + 60]}…"


def bundle_target(executor):
    """Only the file that was signed opens; any other is refused as a bundle, and any other key as a key."""
    whole = bundle(load_packs())
    few = {**whole["questionnaire"], "facts": {}, "levels": [], "parts": [], "flag": {"groups": []}}
    small = canonical(
        {
            **whole,
            "law": {},
            "questionnaire": few,
            "needs": [],
            "directory": {},
            "words": {},
            "jurisdictions": [],
        }
    )
    made = signed(small, PEM)

    def check(raw):
        part, _, content = raw.partition(b"\n")
        if part == b"key":
            with suppress(SigningError):
                signed(small, content)
            return
        if part == b"public":
            key, file = content.decode("utf-8", "replace"), made.content
        else:
            key, file = made.public_key, content
        answer = executor.ask("bundle", file=b64encode(file).decode(), key=key)
        if "refused" in answer:
            assert answer["refused"] == "BundleError", answer
            assert (file, key) != (made.content, made.public_key), answer
        else:
            assert answer["opened"] == made.digest
            assert file.partition(b"\n")[2] == small, "opened, and not what was signed"
            assert b64decode(key) == b64decode(made.public_key), "opened with another key"

    def put(part, text):
        return spoiled(st.just(text)).map(lambda raw: part + b"\n" + raw)

    drawn = st.one_of(
        put(b"file", made.content.decode()),
        put(b"file", made.content.decode()),
        st.binary(max_size=300).map(lambda raw: b"file\n" + raw),
        put(b"public", made.public_key),
        put(b"key", PEM.decode()),
    )
    return Target("signed bundle", drawn, check)
