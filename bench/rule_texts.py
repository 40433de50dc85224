"""The rule of the benchmark in the languages of other engines, and a function for each that gives its verdict."""

from collections.abc import Callable

import zen
from cel_expr_python import cel
from fhirpathpy import compile as compile_fhirpath
from json_logic import jsonLogic

from bench.rule_cases import COVERED, FACTS, Given

Verdict = bool | None | str
FAILED = "error"

CEL = (
    "jurisdiction == 'XX' && offense_date >= 20190701 "
    "&& charge_class in ['prostitution','misdemeanor','nonviolent_felony','cse'] "
    "&& !serious_injury && commercial_sex && (age_at_offense < 18 || force || fraud || coercion) "
    "&& (under_threat || (third_party_control && !own_profit))"
)
ZEN = (
    "jurisdiction == 'XX' and offense_date >= 20190701 "
    "and charge_class in ['prostitution','misdemeanor','nonviolent_felony','cse'] "
    "and not(serious_injury) and commercial_sex and (age_at_offense < 18 or force or fraud or coercion) "
    "and (under_threat or (third_party_control and not(own_profit)))"
)
FHIRPATH = (
    "jurisdiction = 'XX' and offense_date >= 20190701 and "
    f"({' or '.join(f'charge_class = {one!r}' for one in COVERED)}) "
    "and serious_injury.not() and commercial_sex and (age_at_offense < 18 or force or fraud or coercion) "
    "and (under_threat or (third_party_control and own_profit.not()))"
)


def _var(name: str) -> dict[str, str]:
    return {"var": name}


JSON_LOGIC = {
    "and": [
        {"==": [_var("jurisdiction"), "XX"]},
        {">=": [_var("offense_date"), 20190701]},
        {"in": [_var("charge_class"), list(COVERED)]},
        {"!": [_var("serious_injury")]},
        _var("commercial_sex"),
        {
            "or": [
                {"<": [_var("age_at_offense"), 18]},
                _var("force"),
                _var("fraud"),
                _var("coercion"),
            ]
        },
        {"or": [_var("under_threat"), {"and": [_var("third_party_control"), {"!": [_var("own_profit")]}]}]},
    ]
}


def cel_way() -> Callable[[Given], Verdict]:
    """Missing facts are left out; an error that nothing absorbs is read as unknown."""
    program = cel.NewEnv(variables=dict.fromkeys(FACTS, cel.Type.DYN)).compile(CEL)

    def verdict(row: Given) -> Verdict:
        found = program.eval(data=row).plain_value()
        return found if found is True or found is False else None

    return verdict


def zen_way() -> Callable[[Given], Verdict]:
    """Missing facts are null; what cannot be computed raises."""
    program = zen.compile_expression(ZEN)

    def verdict(row: Given) -> Verdict:
        try:
            return program.evaluate(row)
        except RuntimeError:
            return FAILED

    return verdict


def json_logic_way() -> Callable[[Given], Verdict]:
    def verdict(row: Given) -> Verdict:
        found = jsonLogic(JSON_LOGIC, row)
        return None if found is None else bool(found)

    return verdict


def fhirpath_way() -> Callable[[Given], Verdict]:
    """Missing facts are left out; an empty collection is unknown."""
    program = compile_fhirpath(FHIRPATH)

    def verdict(row: Given) -> Verdict:
        found = program(row)
        return found[0] if found else None

    return verdict
