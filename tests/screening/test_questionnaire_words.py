"""What the questionnaire says to people: plain enough for a young person, and never asking what the person did."""

import re

import pytest

from screening.questionnaire import AskedBy, Item, PartName, load_questionnaire, notice
from screening.questionnaire.words import AnsweredBy

QUESTIONNAIRE = load_questionnaire()
ITEMS = tuple(QUESTIONNAIRE.items.values())
PUT_TO_THE_PERSON = QUESTIONNAIRE.part(PartName.PART2).items
SEEN_BY_OFFICER = tuple(item for item in ITEMS if item.answered_by in (AnsweredBy.OFFICER, AnsweredBy.PERSON))

# Acts of trafficking or of any offense, with the person as the one who acts.
ACTS = (
    "recruit|groom|sell|sold|advertis|post|force|forc|threaten|beat|hit|hurt|drive|drove|transport|book|collect|"
    "carry|carri|steal|stole|rob|shoot|shot|stab|deal|watch|guard|lure|lie|lied|help them|take part|took part|commit"
)
ASKS_WHAT_THE_PERSON_DID = (
    re.compile(rf"\b(did|have|do|were|would) you (ever )?({ACTS})", re.IGNORECASE),
    re.compile(rf"\b(did|does|has|have) the (young )?person (ever )?({ACTS})", re.IGNORECASE),
    re.compile(
        r"(?<!was )(?<!were )\b(the (young )?person|you) (recruited|sold|drove|booked|collected|forced|robbed)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(your|the person's) (part|role) in\b", re.IGNORECASE),
    re.compile(r"\b(others|other (girls|boys|people)) (who|that) you\b", re.IGNORECASE),
    re.compile(r"\bwhy did (you|the (young )?person)\b", re.IGNORECASE),
)
NEVER_SAID = re.compile(
    r"\b((a|the|this|our) suspect|victim-offender|risk|prostitute|lied|liar|refus\w+ to cooperate|not a victim|"
    r"score of|probability|criminal history|runaway|gender)\b",
    re.IGNORECASE,
)


def grade(text: str) -> float:
    """Flesch-Kincaid grade, with syllables counted as vowel groups less silent endings."""
    sentences = [part for part in re.split(r"[.?!]+", text) if part.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    word = word.lower().strip("'")
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = bool(re.search(r"[^aeiouyl]e$|[^td]ed$|[^aeiouysxzc]es$", word))
    return max(1, groups - silent)


def test_the_grade_tells_easy_from_hard() -> None:
    assert grade("Did anyone say they would hurt you?") < 5
    assert (
        grade("Notwithstanding jurisdictional considerations, incarceration necessitates authorization.") > 20
    )


@pytest.mark.parametrize("item", PUT_TO_THE_PERSON, ids=lambda item: item.id)
def test_each_question_to_the_person_reads_at_grade_8(item: Item) -> None:
    assert grade(item.text) <= 8, item.text


def test_all_questions_to_the_person_together_read_easily() -> None:
    assert grade(" ".join(item.text for item in PUT_TO_THE_PERSON)) <= 6


@pytest.mark.parametrize("asker", AskedBy)
def test_the_notice_is_plain_and_says_the_four_things_it_must(asker: AskedBy) -> None:
    lines = notice(asker, QUESTIONNAIRE.gate)
    text = " ".join(lines)
    assert grade(text) <= 8
    assert all(grade(line) <= 8 for line in lines)
    assert "not stay secret" in text
    assert "lawyer first" in text
    assert "skip any question" in text
    assert "keep children safe" in text, "the duty to report is said before the first question"


def test_only_the_community_advocate_is_there_for_the_person() -> None:
    first = {asker: notice(asker, QUESTIONNAIRE.gate)[0] for asker in AskedBy}
    assert [asker for asker, line in first.items() if "here for you" in line] == [AskedBy.COMMUNITY_ADVOCATE]
    assert "do not work for you" in first[AskedBy.OFFICER]


@pytest.mark.parametrize("item", SEEN_BY_OFFICER, ids=lambda item: item.id)
def test_no_item_of_officer_or_person_asks_what_the_person_did(item: Item) -> None:
    for pattern in ASKS_WHAT_THE_PERSON_DID:
        assert not pattern.search(item.text), item.text


@pytest.mark.parametrize(
    "text",
    [
        "Did you recruit anyone?",
        "Have you ever sold others?",
        "Did the person drive others to the motel?",
        "Does the young person post ads for others?",
        "What was your role in this?",
        "Did you hurt her?",
        "Were you forcing anyone?",
        "Why did you stay?",
        "Who are the other girls that you brought?",
    ],
)
def test_the_lint_finds_questions_about_the_persons_acts(text: str) -> None:
    assert any(pattern.search(text) for pattern in ASKS_WHAT_THE_PERSON_DID)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_words_that_hurt_stand_nowhere(item: Item) -> None:
    anchor = item.anchor
    for text in (item.text, item.why, anchor.means, anchor.counts, anchor.does_not):
        assert not NEVER_SAID.search(text), text
        assert "!" not in text


def test_facts_read_as_clauses_in_a_sentence() -> None:
    for fact in QUESTIONNAIRE.facts.values():
        for clause in filter(None, (fact.label, fact.no_label, *fact.codes.values())):
            assert clause[0].islower(), clause
            assert not clause.endswith((".", "?")), clause
            assert not NEVER_SAID.search(clause), clause


def test_sex_is_asked_nowhere_and_named_only_where_the_law_names_it() -> None:
    asks = re.compile(r"\b(male|female|girl or|boy or|man or woman|sex of|which sex|gender)\b", re.IGNORECASE)
    assert not [item.id for item in ITEMS if asks.search(item.text)]
    assert [item.id for item in ITEMS if "same age, sex" in item.text] == ["act.reasonable_person"]
