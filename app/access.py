"""Who may do and see what: two tables, and nothing that is not in them is allowed."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from screening.questionnaire.words import Viewer

_DECLARED = "__voi_access__"

Endpoint = TypeVar("Endpoint")


class Access(StrEnum):
    """Who may call a route that asks for no permission of its own."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"


class OfficeKind(StrEnum):
    """What an office is. Only a community advocacy organisation can promise to keep what it hears."""

    POLICE = "police"
    PROSECUTOR = "prosecutor"
    COMMUNITY_ADVOCACY = "community_advocacy"
    SYSTEM_ADVOCACY = "system_advocacy"
    DEFENSE = "defense"
    COURT = "court"
    OVERSIGHT = "oversight"


class Role(StrEnum):
    """What a person is in an office."""

    OFFICER = "officer"
    PROSECUTOR = "prosecutor"
    SUPERVISOR = "supervisor"
    ADVOCATE = "advocate"
    DEFENSE = "defense"
    COURT = "court"
    LAW_EDITOR = "law_editor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """What can be done. A route declares one of these, `public`, or `signed_in`."""

    SCREENING_OPEN = "screening:open"
    SCREENING_READ = "screening:read"
    SCREENING_RESPOND = "screening:respond"
    SCREENING_SUBMIT = "screening:submit"
    SCREENING_REVIEW = "screening:review"
    SCREENING_CLOSE = "screening:close"
    SCREENING_SHARE = "screening:share"
    FINDING_OVERRIDE = "finding:override"
    ADVOCATE_VIEW = "advocate_view:record"
    ASSESSMENT_RECORD = "assessment:record"
    DISPOSITION_RECORD = "disposition:record"
    DISPOSITION_SIGN = "disposition:sign"
    STATEMENT_CLEAR = "statement:clear"
    FACT_SUBMIT = "fact:submit"
    DUTY_READ = "duty:read"
    DUTY_DO = "duty:do"
    BREAK_GLASS = "screening:break_glass"
    NOTE_KEEP = "note:keep"
    CONSENT_KEEP = "consent:keep"
    DISCLOSURE_KEEP = "disclosure:keep"
    EXPORT = "screening:export"
    HOLD = "screening:hold"
    ERASE = "screening:erase"
    ACCOUNT_KEEP = "account:keep"
    OFFICE_READ = "office:read"
    WEBHOOK_KEEP = "webhook:keep"
    AUDIT_READ = "audit:read"
    ACCESS_EXPLAIN = "access:explain"
    LAW_WITHDRAW = "law:withdraw"


_SCREENERS = frozenset({Role.OFFICER, Role.PROSECUTOR, Role.SUPERVISOR, Role.ADVOCATE})
_READERS = _SCREENERS | {Role.DEFENSE, Role.COURT}
_DECIDERS = frozenset({Role.PROSECUTOR, Role.SUPERVISOR})

MAY: Final[Mapping[Permission, frozenset[Role]]] = {
    Permission.SCREENING_OPEN: _SCREENERS,
    Permission.SCREENING_READ: _READERS,
    Permission.SCREENING_RESPOND: _SCREENERS,
    Permission.SCREENING_SUBMIT: _SCREENERS,
    Permission.SCREENING_REVIEW: _DECIDERS,
    Permission.SCREENING_CLOSE: _DECIDERS | {Role.ADVOCATE},
    Permission.SCREENING_SHARE: _DECIDERS | {Role.DEFENSE},
    Permission.FINDING_OVERRIDE: _DECIDERS,
    Permission.ADVOCATE_VIEW: frozenset({Role.ADVOCATE}),
    Permission.ASSESSMENT_RECORD: _DECIDERS | {Role.ADVOCATE},
    Permission.DISPOSITION_RECORD: _DECIDERS,
    Permission.DISPOSITION_SIGN: frozenset({Role.SUPERVISOR}),
    Permission.STATEMENT_CLEAR: frozenset({Role.DEFENSE}),
    Permission.FACT_SUBMIT: frozenset({Role.DEFENSE}),
    Permission.DUTY_READ: _SCREENERS,
    Permission.DUTY_DO: _SCREENERS,
    Permission.BREAK_GLASS: frozenset({Role.OFFICER, Role.PROSECUTOR, Role.SUPERVISOR}),
    Permission.NOTE_KEEP: frozenset({Role.ADVOCATE}),
    Permission.CONSENT_KEEP: frozenset({Role.ADVOCATE}),
    Permission.DISCLOSURE_KEEP: _DECIDERS,
    Permission.EXPORT: _READERS,
    Permission.HOLD: _DECIDERS,
    Permission.ERASE: frozenset({Role.SUPERVISOR}),
    Permission.ACCOUNT_KEEP: frozenset({Role.ADMINISTRATOR}),
    Permission.OFFICE_READ: frozenset(Role),
    Permission.WEBHOOK_KEEP: frozenset({Role.ADMINISTRATOR}),
    Permission.AUDIT_READ: frozenset({Role.AUDITOR, Role.ADMINISTRATOR, Role.SUPERVISOR}) | _SCREENERS,
    Permission.ACCESS_EXPLAIN: frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
    Permission.LAW_WITHDRAW: frozenset({Role.LAW_EDITOR}),
}
"""Which roles may do what at all; whose screening it is and what was released decide the rest."""

_ADVOCACY = frozenset({OfficeKind.COMMUNITY_ADVOCACY})
_JUSTICE = frozenset(OfficeKind) - _ADVOCACY
ONLY_AT: Final[Mapping[Permission, frozenset[OfficeKind]]] = {
    Permission.NOTE_KEEP: _ADVOCACY,
    Permission.CONSENT_KEEP: _ADVOCACY,
    Permission.SCREENING_SHARE: _JUSTICE,
    Permission.BREAK_GLASS: _JUSTICE,
}
"""What can be done in offices of some kinds only, whatever the role: private notes and consents belong to community
advocates alone, and nothing of theirs is shared or broken open."""


class Data(StrEnum):
    """The kinds of content that are shown or kept back by themselves."""

    OBSERVATIONS = "observations"
    OWN_STATEMENTS = "own_statements"
    HEALTH = "health"
    FINDINGS = "findings"
    ADVOCATE_NOTES = "advocate_notes"
    ADVOCATE_STATEMENT = "advocate_statement"
    LOCATION = "location"
    REFERRALS = "referrals"
    IDENTITY = "identity"
    DECISIONS = "decisions"
    AUDIT = "audit"


class Sight(StrEnum):
    """How much of a kind of content someone sees, most first: an office can set a later word for its people, no earlier."""

    FULL = "full"
    IF_CLEARED = "if_cleared"
    IF_RELEASED = "if_released"
    IF_SHARED = "if_shared"
    WITH_CONSENT = "with_consent"
    OWN = "own"
    UNTIL_SUBMITTED = "until_submitted"
    OWN_OFFICE = "own_office"
    SUMMARY = "summary"
    OFFERED = "offered"
    CERTIFICATE = "certificate"
    METADATA = "metadata"
    NONE = "none"


def _row(cells: str) -> Mapping[Viewer, Sight]:
    return dict(zip(Viewer, map(Sight, cells.split()), strict=True))


SEES: Final[Mapping[Data, Mapping[Viewer, Sight]]] = {
    # the columns:          officer         police     prosecutor  community    system      defense   court
    Data.OBSERVATIONS: _row(
        "own            if_shared  full        if_released  full        if_shared if_shared"
    ),
    Data.OWN_STATEMENTS: _row(
        "until_submitted none    if_cleared  with_consent none        full      if_shared"
    ),
    Data.HEALTH: _row("until_submitted      none       none        with_consent none        full      none"),
    Data.FINDINGS: _row(
        "summary            none       full        full         summary     full      certificate"
    ),
    Data.ADVOCATE_NOTES: _row("none         none       none        own_office   none        none      none"),
    Data.ADVOCATE_STATEMENT: _row(
        "none     none       full        full         full        full      if_shared"
    ),
    Data.LOCATION: _row("own                none       none        full         if_shared   none      none"),
    Data.REFERRALS: _row("offered           none       offered     full         summary     full      none"),
    Data.IDENTITY: _row("own                if_shared  full        if_released  if_shared   full      full"),
    Data.DECISIONS: _row(
        "none              none       full        summary      summary     full      if_shared"
    ),
    Data.AUDIT: _row("own                   none       own_office  own_office   own         none      none"),
}
"""Who sees what of a screening that reached them (practice of the field: confidentiality, self-incrimination, privilege).
Roles without a column, such as administrators, auditors and law editors, see no content at all; see `viewer`. Across the
wall a community advocate sees at most what was released by name; on their own side an agency sees all that it has."""

NAMED_ONLY: Final = frozenset({Data.OWN_STATEMENTS, Data.HEALTH, Data.LOCATION, Data.ADVOCATE_STATEMENT})
"""What is never handed over with the rest of a screening, but only where it is named."""

BREAK_GLASS_OPENS: Final = frozenset({Data.OBSERVATIONS, Data.IDENTITY, Data.LOCATION})
"""What imminent danger opens for a day: enough to find somebody, and no word of theirs."""


_OF_ROLE: Final[Mapping[Role, Viewer]] = {
    Role.PROSECUTOR: Viewer.PROSECUTOR,
    Role.DEFENSE: Viewer.DEFENSE,
    Role.COURT: Viewer.COURT,
}
_OF_SUPERVISOR: Final[Mapping[OfficeKind, Viewer]] = {
    OfficeKind.POLICE: Viewer.POLICE,
    OfficeKind.PROSECUTOR: Viewer.PROSECUTOR,
}


def viewer(role: Role, kind: OfficeKind, *, is_author: bool = False) -> Viewer | None:
    """The column of a person; None for those who never see content."""
    if role is Role.ADVOCATE:
        community = kind is OfficeKind.COMMUNITY_ADVOCACY
        return Viewer.COMMUNITY_ADVOCATE if community else Viewer.SYSTEM_ADVOCATE
    if role is Role.SUPERVISOR:
        return _OF_SUPERVISOR.get(kind)
    if role is Role.OFFICER:
        return Viewer.OFFICER if is_author else Viewer.POLICE
    return _OF_ROLE.get(role)


def sight(data: Data, of: Viewer, limits: Mapping[str, object]) -> Sight:
    """The cell of a viewer, as far as their office leaves it: `limits` can only take away."""
    cell, limit = SEES[data][of], limits.get(data.value)
    if limit is None:
        return cell
    order = list(Sight)
    known = limit in [one.value for one in Sight]
    return max(cell, Sight(str(limit)), key=order.index) if known else Sight.NONE


def may(role: Role, permission: Permission, kind: OfficeKind | None = None) -> bool:
    """Whether a role may do something at all, in an office of this kind (None: of some kind)."""
    return role in MAY.get(permission, frozenset()) and (
        kind is None or permission not in ONLY_AT or kind in ONLY_AT[permission]
    )


def allow(access: Access | Permission) -> Callable[[Endpoint], Endpoint]:
    """Declares who may call an endpoint: a function, or an application that is mounted."""

    def declare(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _DECLARED, access)
        return endpoint

    return declare


def declared(endpoint: object) -> Access | Permission | None:
    """What an endpoint declares; None for one that declares nothing."""
    access = getattr(endpoint, _DECLARED, None)
    return access if isinstance(access, Access | Permission) else None
