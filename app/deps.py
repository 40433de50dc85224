"""What routes ask for by type: the packs, the day, the database, and the text of a case as it came in."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends
from sqlalchemy import Engine
from starlette.requests import Request

from app.errors import WrongContentTypeError
from app.metrics import Metrics
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
    packs: Packs = request.app.state.packs
    return packs


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


LoadedPacks = Annotated[Packs, Depends(_packs)]
Today = Annotated[date, Depends(_today)]
Database = Annotated[Engine, Depends(_engine)]
Counters = Annotated[Metrics, Depends(_metrics)]
Coverage = Annotated[Callable[[date], CoverageRows], Depends(_coverage)]
GivenCase = Annotated[CaseText, Depends(_case_text)]
