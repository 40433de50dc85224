"""Sections in any usual spelling: the number counts, its marks, codes and blanks do not."""

import pytest

from screening import load_packs


@pytest.mark.parametrize(
    ("jurisdiction", "typed", "entry"),
    [
        ("US-TN", "39-13-513", "39-13-513"),
        ("US-TN", "T.C.A. § 39-13-513(d)", "39-13-513"),
        ("US-TN", "TCA§39-13-513", "39-13-513"),
        ("US-TN", "39 13 513", "39-13-513"),
        ("US", "1591", "1591"),
        ("US", "18 U.S.C. §1591(a)(1)", "1591"),
        ("US", "21 USC 841", "21 U.S.C. § 841"),
        ("US-CA", "PC 647(b)(2)", "647(b)(2)"),
        ("US-CA", "PC 647b", "647(b)"),
        ("US-OR", "ORS167.007", "167.007"),
        ("US-CA", "Health & Safety Code section 11350", "Cal. Health & Safety Code § 11350"),
        ("US-NY", "Penal Law § 230.30 subd. 2", "230.30(2)"),
        ("US-WI", "s. 944.30 (1m)", "944.30"),
        ("US-SC", "16-13-30(B)(1)", "16-13-30(B)(1)"),
        ("US-TX", "481.121(b)(1)", "Health & Safety Code 481.121"),
        ("GB-EAW", "Street Offences Act 1959 s. 1", "Street Offences Act 1959 s. 1"),
        ("GB-EAW", "section 1(1) of the Street Offences Act 1959", "Street Offences Act 1959 s. 1"),
        ("GB-EAW", "SOA 2003 s.49", "Sexual Offences Act 2003 s. 49"),
        ("GB-EAW", "OAPA 1861 s. 18", "Offences against the Person Act 1861 s. 18"),
        ("GB-EAW", "common law murder", "common law murder"),
    ],
)
def test_a_section_is_found_however_it_is_typed(jurisdiction, typed, entry):
    index = load_packs().law[jurisdiction].index
    section = index.parse(typed)
    assert section is not None
    assert [found.section for found, _ in index.find(section)] == [entry]


@pytest.mark.parametrize(
    ("jurisdiction", "typed"),
    [
        ("US-OR", "no such section"),
        ("US-CA", "Cal. Penal Code § 601"),
        ("GB-EAW", "Identity Documents Act 2010 s. 4"),
        ("US-TN", "99-1-1"),
    ],
)
def test_a_section_that_is_not_there_is_not_taken_for_another(jurisdiction, typed):
    index = load_packs().law[jurisdiction].index
    section = index.parse(typed)
    assert section is None or index.find(section) == ()


def test_every_catalogued_section_finds_its_own_entry():
    for pack in load_packs().law.values():
        for entry in pack.index.catalog.offenses:
            section = pack.index.parse(entry.section)
            assert section is not None
            assert entry in [found for found, _ in pack.index.find(section)], (
                pack.law.jurisdiction,
                entry.section,
            )
