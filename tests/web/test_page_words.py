"""Words for people: calm, grade 8, none that judge; and the bounds scale says the same as its cells."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.explanation import page
from screening.explanation.terms import AS_CERTAIN
from screening.rules.finding import ChargeResult
from screening.rules.results import RANK, Result

NEVER = re.compile(
    r"\b((the|a) suspect|suspects|victim-offender|risk|flagged|lied|liar|refused to|not a victim|prostitutes?|perpetrator)\b|!",
    re.IGNORECASE,
)
RANKED = [one for one in Result if one in RANK]


@pytest.mark.parametrize("reader", ["prosecutor", "officer", "advocate"])
@pytest.mark.parametrize("demo", ["mixed", "california", "wisconsin", "empty"])
def test_no_page_uses_a_word_that_judges(client, shown, demo, reader):
    text = shown(client.get("/", params={"demo": demo, "reader": reader}).text)
    text = text.replace("risk and needs", "")
    assert NEVER.findall(text) == []


def test_the_words_of_the_page_are_plain():
    lines = [
        page.TRIED,
        page.WAITING,
        page.still_open(9, 3),
        page.still_open(0, 0),
        *page.ASSUMED.values(),
        *page.SIDES.values(),
    ]
    sentences = [one.split() for line in lines for one in re.split(r"[.:;] ?", line) if one]
    assert max(map(len, sentences)) <= 20
    assert max(len(word) for words in sentences for word in words) <= 13


@pytest.mark.parametrize(
    ("results", "flag", "words"),
    [(1, 0, "1 question can"), (2, 1, "2 questions"), (0, 0, "No further answer")],
)
def test_counts_are_said_in_good_grammar(results, flag, words):
    assert words in page.still_open(results, flag)


def charge(low, high, complete):
    return ChargeResult(
        id="c1",
        jurisdiction="US-TN",
        section=None,
        status="considered",
        mode="principal",
        offense_class=(),
        class_known=False,
        result=low if low is high else Result.CANNOT_TELL,
        at_least=low,
        at_most=high,
        at_least_confidence=None,
        at_most_confidence=None,
        law_complete=complete,
        resolved=True,
        findings=(),
    )


@given(st.sampled_from(RANKED), st.sampled_from(RANKED), st.booleans())
def test_the_scale_in_cells_and_in_words_is_one(low, high, complete):
    if RANK[low] > RANK[high]:
        low, high = high, low
    one = charge(low, high, complete)
    cells, words = page.scale_cells(one), page.scale_sentences(one)
    states = [cell.state for cell in cells]
    assert len(cells) == 8
    assert states.count("certain") <= 1
    if RANK[low]:
        assert states.index("certain") == RANK[low]
        assert all(state == "out" for state in states[: RANK[low]])
    assert all(state == "possible" for state in states[RANK[low] + 1 : RANK[high] + 1])
    assert {"possible", "unread", "certain", "nothing"} >= {state for state, _ in words}
    if RANK[high] > RANK[low]:
        assert AS_CERTAIN[high.value] in " ".join(text for _, text in words)
    if not complete and RANK[high] < 7:
        assert "unread" in states
    assert ("certain" in states) == any(state == "certain" for state, _ in words)


def test_nothing_found_is_certain_only_where_all_was_read():
    assert page.scale_cells(charge(Result.NONE_FOUND, Result.NONE_FOUND, True))[0].state == "certain"
    assert page.scale_cells(charge(Result.NONE_FOUND, Result.BARRED, False))[0].state == "possible"
    assert {
        cell.state
        for cell in page.scale_cells(charge(Result.LAW_NOT_ESTABLISHED, Result.LAW_NOT_ESTABLISHED, False))
    } == {"unread"}
