"""Reads a section of law in any usual spelling and says whether one section lies inside another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from screening.law.offenses_model import Code

_SUBS = re.compile(r"\(\s*([0-9a-z]{1,8})\s*\)")
_NUMBER = re.compile(
    r"(?<![a-z0-9.])(\d[0-9a-z]*(?:[.:-]\d*[0-9a-z]+)*(?:-[a-z])?)((?:\s*\(\s*[0-9a-z]{1,8}\s*\))*)"
)
_ACT = re.compile(r"([a-z][a-z ,()'&-]*?\bact,?\s+\d{4}|[a-z][a-z ,()'&-]*?\border,?\s+\d{4})")
_SUBDIVISION = re.compile(r"\bsubd?(?:ivision|section|s)?\b\.?\s*\(?([0-9a-z]{1,4})\)?")
_USC = re.compile(r"(\d+)\s*u\.?\s*s\.?\s*c\.?(?:ode)?(?:\s*a\.?)?")
_SIGN = re.compile(r"(?:^|[^a-z])(?:ss?|sec|sect|section|sections|art|article|rule)\b\.?\s*$")
_PREFIX = re.compile(r"\b([a-z]{2,6})(?=\d)")
_STUCK = re.compile(r"\b(ss?\.?|sec\.?|sect\.?|section|art\.?)(?=\d)")
_YEAR_FIRST = re.compile(r"\b(?:ss?|section|sections|schedule|sch|para)\b\.?\s*")

LONGEST = 200
"""No section is longer as printed; a longer text names none, and is not searched for one."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section as parsed: the code it stands in (empty: the main one), its number, and its subdivisions in order.

    `named` says that the text named the code, so that no other code may be meant.
    """

    code: str
    number: str
    subs: tuple[str, ...] = ()
    named: bool = field(default=False, compare=False)


class Inside(StrEnum):
    """Where a charged section lies in regard to a listed one: inside it, off it, or only in part (a subdivision is missing)."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"


def parse_section(text: str, codes: Sequence[Code] = ()) -> Section | None:
    """The section that `text` names, or None where no number can be found, as in a text longer than any section.

    Spellings are alike in case, section signs, blanks and words around the number; `codes` names the codes of law
    beside the main one. A United States Code title is part of the code ("18 usc"), as an Act of Parliament is.
    """
    if len(text) > LONGEST:
        return None
    plain = _plain(text)
    if plain.startswith(("common law", "at common law")) or plain.endswith("at common law"):
        return Section(
            "common law", re.sub(r"\s*\(?(?:at |contrary to )?common law[,:)]?\s*", " ", plain).strip()
        )
    act = _ACT.search(plain)
    if act:
        return _of_act(plain, act)
    usc = _USC.search(plain)
    title = f"{usc.group(1)} usc" if usc else ""
    rest = plain[usc.end() :] if usc else plain
    found = _numbers(rest)
    if not found:
        return None
    number, subs, before = found
    extra = _SUBDIVISION.search(rest[rest.find(number) + len(number) :]) if not subs else None
    if extra:
        subs = (extra.group(1), *_SUBS.findall(rest[rest.find(extra.group(0)) + len(extra.group(0)) :]))
    return Section(title or _code(before + " " + rest[len(before) :], codes), number, subs)


def _plain(text: str) -> str:
    """Lower case, one kind of dash, section signs as `s.`, and a blank between such a mark and its number."""
    signs = text.lower().replace("\u2013", "-").replace("\u2011", "-").replace("§", " s. ").replace("¶", " ")
    return " ".join(_PREFIX.sub(r"\1 ", _STUCK.sub(r"\1 ", signs)).split())


def inside(charged: Section, listed: Section) -> Inside:
    """Whether the charged section lies inside the listed one (`listed` may stop at a higher subdivision than it)."""
    if charged.code != listed.code or charged.number != listed.number:
        return Inside.NO
    shorter = min(len(charged.subs), len(listed.subs))
    if charged.subs[:shorter] != listed.subs[:shorter]:
        return Inside.NO
    return Inside.YES if len(listed.subs) <= len(charged.subs) else Inside.PARTLY


def _numbers(text: str) -> tuple[str, tuple[str, ...], str] | None:
    matches = list(_NUMBER.finditer(text))
    after_sign = [match for match in matches if _SIGN.search(text[: match.start()])]
    matches = after_sign or matches
    if not matches:
        return None
    best = max(
        matches,
        key=lambda match: (
            any(mark in match.group(1) for mark in ".-:") or bool(match.group(2)),
            -match.start(),
        ),
    )
    return best.group(1), tuple(_SUBS.findall(best.group(2))), text[: best.start()]


def _of_act(plain: str, act: re.Match[str]) -> Section | None:
    rest = plain[: act.start()] + " " + plain[act.end() :]
    name = re.sub(r"^(?:under|of|the|contrary to|s|ss|section)\b\s*", "", act.group(1).strip(" ,"))
    name = re.sub(r"\s+", " ", re.sub(r"^(?:of |the )+", "", name.replace(",", "")))
    found = re.search(r"(\d+[a-z]{0,3})((?:\s*\(\s*[0-9a-z]{1,8}\s*\))*)", _YEAR_FIRST.sub(" ", rest))
    if not found:
        return None
    return Section(name, found.group(1), tuple(_SUBS.findall(found.group(2))))


def _code(words: str, codes: Sequence[Code]) -> str:
    hits = [(len(name), code.key) for code in codes for name in code.says if name.lower() in words]
    return max(hits)[1] if hits else ""
