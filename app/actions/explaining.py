"""Says step by step why somebody may do something with a screening or may not, without a word of what stands in it."""

from collections.abc import Mapping
from uuid import UUID

from app.access import MAY, ONLY_AT, Data, OfficeKind, Permission, Role, Sight, may, viewer
from app.actions.accounts import actor_of, managed_account
from app.actions.sight import eyes_of
from app.actions.work import Work
from app.errors import UnprocessableError
from app.store import grants, screenings, sign_ins
from app.store.accounts import Account, Office, get_office
from app.store.grants import Grant, Reach
from app.store.screenings import State


def why(work: Work, account_id: UUID, permission: Permission, screening_id: UUID | None) -> dict[str, object]:
    """Every step of the decision, in order, and the decision. The account is one that the actor keeps."""
    work.require(Permission.ACCESS_EXPLAIN)
    account = managed_account(work, account_id)
    office = get_office(work.db, account.office_id)
    steps = [*_standing(account), *_of_role(account, office, permission)]
    steps += _of_tokens(work, account, permission)
    cells: dict[str, object] = {}
    if screening_id is not None:
        more, cells = _of_screening(work, account, office, screening_id)
        steps += more
    decides = [one for one in steps if one["allows"] is not None]
    allowed = all(one["allows"] for one in decides)
    work.note("access:explain", "account", account_id, {"permission": permission.value, "allowed": allowed})
    return {
        "account": str(account_id),
        "permission": permission.value,
        "screening": str(screening_id) if screening_id else None,
        "allowed": allowed,
        "steps": steps,
        "cells": cells,
    }


def set_limits(work: Work, given: Mapping[Data, Sight]) -> dict[str, object]:
    """What the people of the own office see at most, below the table. UnprocessableError for what no limit can say."""
    work.require(Permission.ACCOUNT_KEEP)
    office = get_office(work.db, work.actor.office_id)
    if OfficeKind(office.kind) is OfficeKind.OVERSIGHT:
        raise UnprocessableError("Nobody of this office sees content, so there is nothing to limit.")
    office.limits = {data.value: sight.value for data, sight in given.items()}
    work.db.flush()
    work.note("access:limit", "office", office.id, {"limits": dict(office.limits)})
    return dict(office.limits)


def limits_of(work: Work) -> dict[str, object]:
    """The limits of the own office."""
    return dict(get_office(work.db, work.actor.office_id).limits)


def _standing(account: Account) -> list[dict[str, object]]:
    closed = account.disabled_at is not None
    return [_step("account", "The account is closed." if closed else "The account is open.", not closed)]


def _of_role(account: Account, office: Office, permission: Permission) -> list[dict[str, object]]:
    role, kind = Role(account.role), OfficeKind(office.kind)
    able = role in MAY.get(permission, frozenset())
    says = "may" if able else "may not"
    steps = [
        _step("role", f"Role: {role.value}, in an office of the kind {kind.value}.", None),
        _step("permission", f"The role {role.value} {says} do this at all ({permission.value}).", able),
    ]
    if permission in ONLY_AT:
        here = may(role, permission, kind) or kind in ONLY_AT[permission]
        words = ", ".join(sorted(one.value for one in ONLY_AT[permission]))
        steps.append(_step("office", f"It is done only in offices of these kinds: {words}.", here))
    return steps


def _of_tokens(work: Work, account: Account, permission: Permission) -> list[dict[str, object]]:
    """Scopes narrow a machine, not a person; so they are said and do not decide for the person."""
    steps = []
    for token in sign_ins.tokens_of(work.db, account.id):
        row = token[0]
        ended = row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= work.now)
        holds = permission.value in row.scopes and not ended
        says = "has ended" if ended else "has" if holds else "does not have"
        says = f"A machine's token ({row.id}) {says}" + ("." if ended else " this scope.")
        steps.append(_step("scopes", says, None))
    return steps or [_step("scopes", "No machine works for this account.", None)]


def _of_screening(
    work: Work, account: Account, office: Office, screening_id: UUID
) -> tuple[list[dict[str, object]], dict[str, object]]:
    screening = screenings.find_screening(work.db, screening_id)
    alone = None if account.role == Role.SUPERVISOR else account.id
    held = grants.grants_of(work.db, screening_id, office.id, alone, work.now) if screening else ()
    if screening is None or not held:
        says = "The screening is not there, or no grant in force brings it within reach of this account."
        return [_step("grant", says, False)], {}
    head = screenings.get_head(work.db, screening_id)
    readable = screenings.find_key(work.db, screening_id) is not None
    actor_kind, role = OfficeKind(office.kind), Role(account.role)
    steps = [_step("grant", _grant_words(one), True) for one in held]
    state = f"The screening is {State(head.state).value}." if readable else "It was sealed or expunged."
    steps.append(_step("state", state, readable))
    is_author = screening.opened_by == account.id
    column = viewer(role, actor_kind, is_author=is_author)
    words = (
        f"Column of the table: {column.value}." if column else "This role has no column: it sees no content."
    )
    steps.append(_step("column", words, column is not None))
    eyes = eyes_of(actor_of(account, office), screening, State(head.state), held, office.limits)
    cells: dict[str, object] = {
        one.value: {
            "cell": eyes.sight(one).value,
            "shown": bool(eyes.sees(one)),
            "limited": one.value in office.limits,
        }
        for one in Data
    }
    return steps, cells


def _grant_words(one: Grant) -> str:
    until = f" until {one.expires_at.isoformat()}" if one.expires_at else ""
    fields = f", for {', '.join(one.fields)}" if one.fields else ", whole"
    return f"Grant {one.id}: {Reach(one.reach).value}{fields}{until}."


def _step(name: str, says: str, allows: bool | None) -> dict[str, object]:
    return {"step": name, "says": says, "allows": allows}
