"""Traces: rebuilt from stored values, complete, and enough by themselves to recompute the verdict."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from screening import load_packs
from screening.conditions import walk
from screening.rules.trace import recomputed, trace
from screening.truth import Truth
from tests.screening.cases import ALL, charge, screened

ANSWERS = st.dictionaries(
    st.sampled_from(
        [
            "exploitation.commercial_sex",
            "exploitation.before_18",
            "exploitation.third_party",
            "control.threats",
            "control.false_promises",
            "exploitation.ongoing",
            "act.ordered_by_exploiter",
            "act.threatened",
            "act.other_motive",
            "act.reasonable_fear",
        ]
    ),
    st.sampled_from(["yes", "no", "not_known"]),
)
CHARGES = st.sampled_from(
    [
        ("US-TN", "39-13-513"),
        ("US-CA", "236.1(c)(1)"),
        ("US-WI", "943.20"),
        ("US", "1591"),
        ("GB-EAW", "Theft Act 1968 s. 1"),
        ("US-NY", "230.25(2)"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(CHARGES, ANSWERS, st.sampled_from([None, "2004-01-01", "2009-01-01"]), st.booleans())
def test_the_trace_alone_recomputes_the_verdict_of_every_finding(where, answers, born, assumed):
    jurisdiction, section = where
    result = screened(
        charge(section, jurisdiction, date="2026-02-01", status="charged"),
        responses=answers,
        **({"person": {"born": born}} if born else {}),
        **({"assume": ALL} if assumed else {}),
    )
    for finding in result.charges[0].findings:
        traced = result.trace("c1", finding.protection)
        assert recomputed(traced).word == traced["verdict"]
        assert json.loads(json.dumps(traced)) == traced
        assert [part["truth"] for part in traced["elements"]] == [part.truth for part in finding.elements]


def test_a_trace_is_rebuilt_from_stored_values_alone():
    result = screened(charge("943.20", "US-WI", date="2025-06-01"), responses={"act.threatened": "yes"})
    matter = result.judged.matters["c1"]
    stored = list(matter.pack.evaluate(matter.facts))
    assert trace(matter, "us-wi-939.46-1m", tuple(json.loads(json.dumps(stored)))) == result.trace(
        "c1", "us-wi-939.46-1m"
    )


def test_every_kind_of_node_appears_in_a_trace_with_its_truth():
    kinds: set[str] = set()
    for name, pack in load_packs().law.items():
        matter = screened(charge(class_="misdemeanor", jurisdiction=name, date="2026-02-01")).judged.matters[
            "c1"
        ]
        for one in pack.protections:
            traced = trace(matter, one.rule.id)
            for part, element in zip(traced["elements"], one.elements, strict=True):
                assert _count(part["tree"], kinds) == sum(1 for _ in walk(element.tree))
    assert {"all", "any", "not", "fact", "below", "open"} <= kinds


def _count(node, kinds):
    assert node["truth"] in {"yes", "no", "unknown"}
    kinds.update(node)
    kinds.add(str(node.get("node")))
    return 1 + sum(_count(part, kinds) for part in node.get("of", [])) if "node" in node else 1


def test_a_verdict_is_a_truth():
    assert recomputed({"elements": []}) is Truth.YES
