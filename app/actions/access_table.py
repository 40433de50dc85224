"""The two tables of `app.access` in words for people, made from the tables themselves, so that they cannot differ."""

from collections.abc import Iterable, Mapping
from typing import Final

from app.access import (
    BREAK_GLASS_OPENS,
    MAY,
    NAMED_ONLY,
    ONLY_AT,
    SEES,
    Data,
    OfficeKind,
    Permission,
    Role,
    Sight,
)
from screening.questionnaire.words import Viewer

VIEWERS: Final[Mapping[Viewer, str]] = {
    Viewer.OFFICER: "Officer who wrote it",
    Viewer.POLICE: "Other police",
    Viewer.PROSECUTOR: "Prosecutor",
    Viewer.COMMUNITY_ADVOCATE: "Community advocate",
    Viewer.SYSTEM_ADVOCATE: "System advocate",
    Viewer.DEFENSE: "Defense counsel",
    Viewer.COURT: "Court",
}

ROLES: Final[Mapping[Role, str]] = {
    Role.OFFICER: "Officer",
    Role.PROSECUTOR: "Prosecutor",
    Role.SUPERVISOR: "Supervisor",
    Role.ADVOCATE: "Advocate",
    Role.DEFENSE: "Defense counsel",
    Role.COURT: "Court",
    Role.LAW_EDITOR: "Law editor",
    Role.ADMINISTRATOR: "Administrator",
    Role.AUDITOR: "Auditor",
}

KINDS: Final[Mapping[OfficeKind, str]] = {
    OfficeKind.POLICE: "police agency",
    OfficeKind.PROSECUTOR: "prosecutor's office",
    OfficeKind.COMMUNITY_ADVOCACY: "community advocacy organization",
    OfficeKind.SYSTEM_ADVOCACY: "system advocacy office",
    OfficeKind.DEFENSE: "defense office",
    OfficeKind.COURT: "court",
    OfficeKind.OVERSIGHT: "oversight office",
}

DATA: Final[Mapping[Data, str]] = {
    Data.OBSERVATIONS: "Observations and records",
    Data.OWN_STATEMENTS: "The person's own statements",
    Data.HEALTH: "Health and vulnerability",
    Data.FINDINGS: "Findings and their traces",
    Data.ADVOCATE_NOTES: "An advocate's private notes",
    Data.ADVOCATE_STATEMENT: "An advocate's statement",
    Data.LOCATION: "Location and safety",
    Data.REFERRALS: "Referrals",
    Data.IDENTITY: "Who the person is",
    Data.DECISIONS: "Decisions of the office",
    Data.AUDIT: "Audit log",
}

SIGHTS: Final[Mapping[Sight, str]] = {
    Sight.FULL: "yes",
    Sight.IF_CLEARED: "only what defense counsel cleared",
    Sight.IF_RELEASED: "if released by name",
    Sight.IF_SHARED: "if handed over",
    Sight.WITH_CONSENT: "with the person's consent",
    Sight.OWN: "own",
    Sight.UNTIL_SUBMITTED: "until it is submitted, then no",
    Sight.OWN_OFFICE: "own office",
    Sight.SUMMARY: "summary",
    Sight.OFFERED: "offered, yes or no; never what became of it",
    Sight.CERTIFICATE: "certificate",
    Sight.METADATA: "that it happened, not what",
    Sight.NONE: "no",
}

_CELLS: Final[Mapping[tuple[Data, Viewer], str]] = {
    (Data.OBSERVATIONS, Viewer.POLICE): "need to know",
    (Data.OBSERVATIONS, Viewer.DEFENSE): "once disclosed",
    (Data.OBSERVATIONS, Viewer.COURT): "once filed",
    (Data.OWN_STATEMENTS, Viewer.DEFENSE): "yes, of the client",
    (Data.OWN_STATEMENTS, Viewer.COURT): "once filed by the defense",
    (Data.FINDINGS, Viewer.OFFICER): "summary: what to do, what not to book",
    (Data.FINDINGS, Viewer.COMMUNITY_ADVOCATE): "full, of a released case",
    (Data.ADVOCATE_NOTES, Viewer.COMMUNITY_ADVOCATE): "the author's agency only",
    (Data.ADVOCATE_STATEMENT, Viewer.PROSECUTOR): "yes, as the person agreed",
    (Data.ADVOCATE_STATEMENT, Viewer.COURT): "once filed",
    (Data.LOCATION, Viewer.OFFICER): "own scene only",
    (Data.LOCATION, Viewer.SYSTEM_ADVOCATE): "if needed and handed over by name",
    (Data.IDENTITY, Viewer.POLICE): "need to know",
    (Data.REFERRALS, Viewer.SYSTEM_ADVOCATE): "part of it",
    (Data.REFERRALS, Viewer.DEFENSE): "yes, of the client",
    (Data.DECISIONS, Viewer.COURT): "once filed",
    (Data.AUDIT, Viewer.COMMUNITY_ADVOCATE): "own agency",
}
"""Cells for which the field has a plainer word."""

PERMISSIONS: Final[Mapping[Permission, str]] = {
    Permission.SCREENING_OPEN: "Open a screening",
    Permission.SCREENING_READ: "Read a screening within reach",
    Permission.SCREENING_RESPOND: "Add responses",
    Permission.SCREENING_SUBMIT: "Submit a screening",
    Permission.SCREENING_REVIEW: "Review a screening",
    Permission.SCREENING_CLOSE: "Close a screening",
    Permission.SCREENING_SHARE: "Hand a screening on, and take it back (the defense: file it to a court)",
    Permission.FINDING_OVERRIDE: "Disagree with a finding, with a reason",
    Permission.ADVOCATE_VIEW: "Say an advocate's view",
    Permission.ASSESSMENT_RECORD: "Record a qualified assessment",
    Permission.DISPOSITION_RECORD: "Record what was done with a charge",
    Permission.DISPOSITION_SIGN: "Sign off what another person decided",
    Permission.STATEMENT_CLEAR: "Clear or withhold a statement of the client",
    Permission.FACT_SUBMIT: "Submit facts for the defense",
    Permission.DUTY_READ: "See duties and their times",
    Permission.DUTY_DO: "Record that a duty was done",
    Permission.BREAK_GLASS: "Open a screening in imminent danger",
    Permission.NOTE_KEEP: "Keep private notes",
    Permission.CONSENT_KEEP: "Keep a person's consent",
    Permission.DISCLOSURE_KEEP: "Keep the disclosure register",
    Permission.EXPORT: "Export what is seen",
    Permission.HOLD: "Put a legal hold on a screening",
    Permission.ERASE: "Seal or expunge a screening",
    Permission.ACCOUNT_KEEP: "Keep the accounts of the office",
    Permission.OFFICE_READ: "See the names of offices",
    Permission.WEBHOOK_KEEP: "Keep the addresses that are told of events",
    Permission.AUDIT_READ: "Read the audit log, as far as the table goes",
    Permission.ACCESS_EXPLAIN: "Read this page, and ask why somebody may or may not",
    Permission.LAW_WITHDRAW: "Withdraw an entry of the law at once",
}


def cell_words(data: Data, of: Viewer) -> str:
    """What a cell of the table says to a reader."""
    return _CELLS.get((data, of)) or SIGHTS[SEES[data][of]]


def rules() -> list[str]:
    """What holds beside the table."""
    named = _listed(DATA[one] for one in Data if one in NAMED_ONLY)
    broken = _listed(DATA[one] for one in Data if one in BREAK_GLASS_OPENS)
    return [
        "What is not in these tables is not allowed. Administrators, auditors and law editors see no content.",
        "The table says what is seen of a screening that is within reach. A screening out of reach reads as not there.",
        f"These are never handed over with the rest, only by name: {named}.",
        (
            "Community advocates keep what they have in a compartment of their own, with its own key. Nobody of the justice "
            "side reads it, administrators included, and nothing is matched across. On their own side an agency sees all it "
            "has; of the justice side a community advocate sees what was released by name, until it ends."
        ),
        (
            "An advocate's statement of the community side crosses by written consent, to the offices the person named, and "
            "can no longer be read once the consent ends. Whoever exploits the person, or is a guardian with a conflict, "
            "cannot sign for them."
        ),
        (
            f"Imminent danger opens for 24 hours, to one account, with a reason: {broken}. The supervisor and the office "
            "whose screening it is are told at once. It never opens the community advocates' compartment."
        ),
        "An office can take cells away for its own people. It can add none.",
        (
            "Own statements count for prosecutors and officers only once defense counsel cleared them, and what they may be "
            "used for stands with every copy."
        ),
        (
            "A supervisor sees what the office's own people reach: in a prosecutor's office as a prosecutor, in a police "
            "agency as other police. A guardian ad litem has no account here; the court hands on what was filed."
        ),
    ]


def access_table() -> dict[str, object]:
    """Both tables and the rules beside them, as data with words."""
    return {
        "sees": [
            {
                "data": data.value,
                "words": DATA[data],
                "cells": [
                    {"viewer": of.value, "sight": SEES[data][of].value, "words": cell_words(data, of)}
                    for of in Viewer
                ],
            }
            for data in Data
        ],
        "may": [
            {
                "permission": one.value,
                "words": PERMISSIONS[one],
                "roles": [role.value for role in Role if role in MAY[one]],
                "only_at": [kind.value for kind in OfficeKind if kind in ONLY_AT.get(one, ())],
            }
            for one in Permission
        ],
        "rules": rules(),
    }


def _listed(words: Iterable[str]) -> str:
    return ", ".join(one.lower() for one in words)
