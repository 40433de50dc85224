"""What routes ask for by type: the packs, the day, the database, and the text of a case as it came in."""

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from app import cookies
from app.access import Access, Permission, declared
from app.actions import sign_ins
from app.actions.accounts import actor_of_token
from app.actions.archive import Archive
from app.actions.devices import device_of
from app.actions.door import Door
from app.actions.sign_ins import Standing
from app.actions.withdrawals import LawInForce
from app.actions.work import Actor, Work
from app.errors import LockedError, NotPermittedError, NotSignedInError, WrongContentTypeError
from app.limits import Rates, client_of
from app.metrics import Metrics
from app.store.compartments import Compartments
from screening import Packs

# Dependencies are coroutines: FastAPI would run plain functions in a thread, at more cost than they have.
CoverageRows = list[dict[str, object]]

_FORMS = {"application/json": "json", "application/yaml": "yaml"}
_CHARSET = re.compile(r';\s*charset\s*=\s*"?([^\s;"]+)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CaseText:
    """The bytes of a case file and the form they are in, `json` or `yaml`."""

    body: bytes
    form: str


async def _packs(request: Request) -> Packs:
    """The packs as they are in force: without the entries that an editor withdrew."""
    law: LawInForce = request.app.state.law
    return law.known() if law.is_fresh else await run_in_threadpool(law.packs)


async def _law(request: Request) -> LawInForce:
    law: LawInForce = request.app.state.law
    return law


async def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day of the office, by the zone of its machine, as on the command line


async def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


async def _metrics(request: Request) -> Metrics:
    metrics: Metrics = request.app.state.metrics
    return metrics


async def _coverage(request: Request) -> Callable[[date], CoverageRows]:
    coverage: Callable[[date], CoverageRows] = request.app.state.coverage
    return coverage


async def _case_text(request: Request) -> CaseText:
    """The raw body, so that the strict reader meets it first. What it calls itself is looked at before it is read."""
    given = request.headers.get("content-type", "")
    charset = _CHARSET.search(given)
    form = _FORMS.get(given.partition(";")[0].strip().lower())
    if form is None or (charset and charset[1].lower() not in {"utf-8", "utf8"}):
        raise WrongContentTypeError(f"A case comes as {' or '.join(_FORMS)}, in UTF-8.")
    return CaseText(await request.body(), form)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one request of the record is worked on: who acts, and what it takes to act."""

    actor: Actor
    sides: Compartments
    packs: Packs
    archive: Archive
    now: datetime
    today: date
    request: str | None

    @contextmanager
    def work(self) -> Iterator[Work]:
        """One transaction on the actor's side of the wall; it is committed before the answer is made."""
        own = self.sides.of(self.actor.kind)
        with own.work() as db:
            yield Work(
                self.actor, own, db, self.sides, self.packs, self.archive, self.now, self.today, self.request
            )


async def guard(request: Request) -> None:
    """Lets a request in only as its route declares; what declares nothing lets nobody in."""
    access = declared(request.scope["endpoint"])
    if access is Access.PUBLIC:
        return
    actor = await run_in_threadpool(_actor, request)
    secret: str | None = request.state.secret
    if secret and request.method not in cookies.SAFE:
        await cookies.require_own_form(request, secret)
    if access is None or (isinstance(access, Permission) and not actor.may(access)):
        raise NotPermittedError(f"This account may not do this ({access or 'undeclared'}).")
    request.state.actor = actor


def _actor(request: Request) -> Actor:
    """Who a token works for, or who is signed in. A token goes first: no other site can make a browser send one."""
    state, now = request.app.state, request.app.state.clock()
    request.state.secret = None
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind:
        found = actor_of_token(state.sides, token.strip(), now) if kind.lower() == "bearer" else None
        if found:
            return found[0]
        raise _not_signed_in(request)
    secret = cookies.secret_in(request)
    held = sign_ins.use(state.sides, secret, now, request_id(request)) if secret else None
    if held is None or held.standing not in (Standing.OPEN, Standing.LOCKED):
        raise _not_signed_in(request)
    if held.standing is Standing.LOCKED:
        raise LockedError(
            "Locked: this browser was not used for half an hour. Give the password to go on.",
            back=_back(request),
        )
    request.state.secret = secret
    return held.actor()


def _not_signed_in(request: Request) -> NotSignedInError:
    return NotSignedInError(
        "Sign in, or send a token: Authorization: Bearer …",
        headers={"WWW-Authenticate": "Bearer"},
        back=_back(request),
    )


def _back(request: Request) -> str | None:
    """The page to come back to; a request that changes something is not sent again by itself."""
    return request.url.path if request.method == "GET" else None


def request_id(request: Request) -> str | None:
    """The number that the logs and the audit events have for this request."""
    number: str | None = getattr(request.state, "request_id", None)
    return number


async def _door(request: Request) -> Door:
    state = request.app.state
    device = device_of(request.headers.get("user-agent", ""))
    return Door(state.sides, state.clock(), request_id(request), device, state.pace)


def limited(*names: str) -> Callable[[Request], Awaitable[None]]:
    """A dependency that counts requests of one client under each name, and refuses one too many."""

    async def count(request: Request) -> None:
        rates: Rates = request.app.state.rates
        for name in names:
            rates.count(name, client_of(request))

    return count


async def _desk(request: Request) -> Desk:
    state, now = request.app.state, request.app.state.clock()
    return Desk(
        request.state.actor,
        state.sides,
        await _packs(request),
        state.archive,
        now,
        now.astimezone().date(),
        request_id(request),
    )


InForce = Annotated[LawInForce, Depends(_law)]
LoadedPacks = Annotated[Packs, Depends(_packs)]
Today = Annotated[date, Depends(_today)]
Database = Annotated[Engine, Depends(_engine)]
Counters = Annotated[Metrics, Depends(_metrics)]
Coverage = Annotated[Callable[[date], CoverageRows], Depends(_coverage)]
GivenCase = Annotated[CaseText, Depends(_case_text)]
Guarded = Depends(guard)
AtDoor = Annotated[Door, Depends(_door)]
OnDesk = Annotated[Desk, Depends(_desk)]
