"""The bundle: the same packs give the same bytes, signed so that nobody can change a word, and nothing hidden inside."""

import json
import re
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, x25519
from typer.testing import CliRunner

from screening import load_packs
from screening.cli import app
from screening.executors.bundle import bundle, canonical, digest
from screening.executors.signing import SigningError, signed

JAVASCRIPT = Path(__file__).parents[2] / "screening/executors/javascript"


def pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.fixture(scope="module")
def key_pem():
    return pem(ed25519.Ed25519PrivateKey.generate())


@pytest.fixture
def signed_file(payload, key_pem, tmp_path):
    made = signed(payload, key_pem)
    file = tmp_path / "bundle.voi"
    file.write_bytes(made.content)
    return file, made


def test_every_process_makes_the_same_bytes_whatever_its_hash_seed():
    script = (
        "from screening import load_packs; from screening.executors.bundle import bundle, canonical, digest; "
        "print(digest(canonical(bundle(load_packs()))))"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert made[0] == made[1]
    assert made[0].startswith("sha256:")


def test_canonical_json_has_one_spelling():
    given = {"b": [1.0, 0.125, True, None], "a": "e\u0301 \u2028 \n \u00e9"}
    assert canonical(given) == '{"a":"e\u0301 \u2028 \\n \u00e9","b":[1,0.125,true,null]}'.encode()
    assert canonical(dict(reversed(given.items()))) == canonical(given)


def test_every_screening_of_the_bundle_rests_on_the_packs_of_that_digest(payload):
    packs, made = load_packs(), json.loads(payload)
    assert {name: part["digest"] for name, part in made["law"].items()} == {
        name: pack.digest for name, pack in packs.law.items()
    }
    assert made["questionnaire"]["digest"] == packs.questionnaire.digest


def test_words_nobody_has_confirmed_are_not_in_it():
    packs = load_packs()
    hidden = [one.rule for pack in packs.law.values() for one in pack.protections if one.rule.is_hidden]
    assert hidden
    law = bundle(packs)["law"]
    shown = json.dumps(law, ensure_ascii=False)
    assert [rule.id for rule in hidden if json.dumps(rule.title, ensure_ascii=False) in shown] == []


def test_no_address_of_a_confidential_place_is_in_it(payload):
    listings = json.loads(payload)["directory"]["listings"]
    places = [place for one in listings for place in one["places"]]
    assert any(place["confidential"] for place in places)
    assert [place for place in places if place["confidential"] and place["address"]] == []


def test_a_signed_bundle_opens_with_its_key_alone(ask, signed_file):
    file, made = signed_file
    opened = ask("opened", file=str(file), key=made.public_key)
    assert opened == {"digest": made.digest, "law": sorted(load_packs().law)}
    other = b64encode(ed25519.Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
    assert ask("opened", file=str(file), key=other)["refused"] == "BundleError"
    assert ask("opened", file=str(file), key="AAAA")["refused"] == "BundleError"


@pytest.mark.parametrize("where", [0, 30, -1, -5000])
def test_one_changed_byte_is_refused(ask, signed_file, where):
    file, made = signed_file
    content = bytearray(made.content)
    content[where] ^= 1
    file.write_bytes(content)
    assert ask("opened", file=str(file), key=made.public_key)["refused"] == "BundleError"


def test_a_digest_recomputed_over_changed_bytes_is_refused(ask, signed_file):
    file, made = signed_file
    head, _, body = made.content.partition(b"\n")
    changed = body.replace(b'"barred"', b'"Barred"', 1)
    assert changed != body
    header = {**json.loads(head), "digest": digest(changed)}
    file.write_bytes(json.dumps(header).encode() + b"\n" + changed)
    answer = ask("opened", file=str(file), key=made.public_key)
    assert answer == {"refused": "BundleError", "message": "the bundle was not signed by the expected key"}


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"null\n{}", b'{"signed_bundle":"v1","digest":"","signature":""}\n{}']
)
def test_a_file_that_is_no_bundle_is_refused(ask, tmp_path, signed_file, content):
    file = tmp_path / "other.voi"
    file.write_bytes(content)
    assert ask("opened", file=str(file), key=signed_file[1].public_key)["refused"] == "BundleError"


def test_only_an_ed25519_key_signs(key_pem):
    for wrong in (b"", b"no key", pem(x25519.X25519PrivateKey.generate())):
        with pytest.raises(SigningError, match="expected Ed25519"):
            signed(b"{}", wrong)


def test_the_command_writes_what_the_executor_opens(ask, tmp_path, key_pem):
    key, out = tmp_path / "key.pem", tmp_path / "bundle.voi"
    key.write_bytes(key_pem)
    done = CliRunner().invoke(app, ["bundle", "--key", str(key), "--out", str(out), "--format", "json"])
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert ask("opened", file=str(out), key=said["public_key"])["digest"] == said["digest"]


def test_the_command_says_what_is_wrong_with_a_key(tmp_path):
    out = tmp_path / "bundle.voi"
    for key in (tmp_path / "none.pem", tmp_path):
        done = CliRunner().invoke(app, ["bundle", "--key", str(key), "--out", str(out)])
        assert done.exit_code == 2
        assert "no bundle was written" in done.output
    assert not out.exists()


def test_the_modules_are_small_plain_and_evaluate_no_text():
    modules = sorted(JAVASCRIPT.glob("*.mjs"))
    assert modules
    for module in modules:
        text = module.read_text(encoding="utf-8")
        assert text.startswith("/**"), f"{module.name} says why it exists"
        assert text.count("\n") <= 300, module.name
        code = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        assert not re.search(r"\beval\b|new Function|\bimport\(|\brequire\(|from \"(?!\./)", code), (
            module.name
        )
