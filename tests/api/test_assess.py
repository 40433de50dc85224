"""A case goes in, a screening comes out, and nothing of it stays."""

import json
from pathlib import Path

import pytest
import yaml
from sqlalchemy import func, inspect, select

from app.store.base import Base
from screening import READERS, load_case, load_packs, screen


def post(client, case, **params):
    return client.post("/api/v1/assess", json=case, params=params)


def test_the_answer_is_what_the_same_case_gives_in_python(client, case):
    answer = post(client, case)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == screen(load_case(case), load_packs()).to_dict()


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_gets_the_words_of_that_reader(client, case, reader):
    case["responses"] = {"control.threats": {"value": "yes", "source": "own_statement"}}
    answer = post(client, case, reader=reader).json()
    assert answer["reader"] == reader
    assert answer["withheld"] == (0 if reader == "advocate" else 1)


def test_without_a_reader_the_view_is_the_prosecutors(client, case):
    assert post(client, case).json()["reader"] == "prosecutor"


def test_the_day_of_screening_is_today_unless_the_case_says_otherwise(client, case):
    assert post(client, case).json()["as_of"] == "2026-11-24"
    del case["as_of"]
    assert len(post(client, case).json()["as_of"]) == len("2026-11-24")


def test_the_same_case_in_yaml_gives_the_same_answer(client, case):
    headers = {"Content-Type": "application/yaml; charset=utf-8"}
    answer = client.post("/api/v1/assess", content=yaml.safe_dump(case), headers=headers)
    assert answer.json() == post(client, case).json()


def test_an_assumption_is_said_in_the_answer(client, case):
    answer = post(client, {**case, "assume": {"nexus": "yes"}}).json()
    assert answer["assume"] == {"nexus": "yes"}


def test_no_one_on_the_way_keeps_the_answer(client, case):
    assert post(client, case).headers["cache-control"] == "no-store"
    assert post(client, {**case, "verdict": 1}).headers["cache-control"] == "no-store"


def test_nothing_is_stored(client, app, case):
    case["responses"] = {"control.threats": {"value": "yes", "note": "Alias Marigold"}}
    post(client, case)
    with app.state.engine.connect() as connection:
        names = set(inspect(connection).get_table_names()) - {"alembic_version", "installation"}
        counts = {name: select(func.count()).select_from(Base.metadata.tables[name]) for name in names}
        assert {name for name, count in counts.items() if connection.scalar(count)} == set()
    assert b"Marigold" not in Path(app.state.engine.url.database).read_bytes()


def test_text_of_any_script_comes_back_whole(client, case):
    case["charges"][0]["section"] = "§ 39‑13‑513 “продажа” 未成年"
    answer = post(client, case)
    assert answer.json()["charges"][0]["section"] == case["charges"][0]["section"]
    assert json.loads(answer.content.decode("utf-8"))
