"""Short ways to write a case and to screen it with the shipped packs."""

from datetime import date

from screening import load_case, load_packs, screen

TODAY = date(2026, 11, 24)
ALL = {"victim_status": "yes", "nexus": "yes", "conditions": "yes"}


def charge(section=None, jurisdiction="US-TN", **rest):
    """One charge; `class_` stands for the key `class`."""
    if "class_" in rest:
        rest["class"] = rest.pop("class_")
    return {
        "id": rest.pop("id", "c1"),
        "jurisdiction": jurisdiction,
        **({"section": section} if section else {}),
        **rest,
    }


def screened(*charges, reader="prosecutor", packs=None, **case):
    """The screening of a case with these charges."""
    used = packs or load_packs()
    return screen(
        load_case(
            {"case": "v1", "as_of": "2026-11-24", "charges": list(charges), **case}, today=TODAY, packs=used
        ),
        used,
        reader=reader,
    )


def only(*charges, **case):
    """The result of the first charge."""
    return screened(*charges, **case).charges[0]


def finding(result, protection):
    """The finding of one protection."""
    return next(one for one in result.findings if one.protection == protection)


def element(result, protection, name):
    """The truth word of one element."""
    return next(one.truth for one in finding(result, protection).elements if name in (one.name, one.kind))
