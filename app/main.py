"""Puts the service together: routes, error handling, limits, headers and logs around the packs and the database."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from app.access import Access, allow, declared
from app.actions.archive import archive_of
from app.actions.door import PACE
from app.actions.signing_in_oidc import Provider
from app.actions.withdrawals import LawInForce
from app.api import (
    access,
    accounts,
    assess,
    consents,
    decisions,
    disclosures,
    duties,
    health,
    judgements,
    keeping,
    law,
    matters,
    notes,
    questionnaire,
    released,
    schemas,
    screenings,
    sharing,
    stages,
    webhooks,
    withdrawals,
)
from app.deps import guard
from app.headers import SecurityHeaders
from app.limits import BodyLimit, Rates
from app.logs import RequestLog
from app.metrics import Metrics
from app.opening import open_compartments
from app.problems import LastResort, install_problems
from app.settings import Settings
from app.web import routes as web
from screening import load_packs
from screening.cli_packs import kept_in, shipped_packs
from screening.explanation.law import coverage
from screening.result import ENGINE

PARTS = (
    assess,
    questionnaire,
    withdrawals,
    law,
    schemas,
    health,
    accounts,
    screenings,
    keeping,
    disclosures,
    webhooks,
    stages,
    judgements,
    decisions,
    duties,
    matters,
    sharing,
    released,
    consents,
    notes,
    access,
    web,
)
"""In this order: the names under `/law` come before its places."""

STATIC = Path(web.__file__).parent / "static"


def create_app(settings: Settings) -> FastAPI:
    """The whole service. The database is opened when it is first needed, and closed at the end."""
    app = FastAPI(
        title="voi-screening",
        version=ENGINE,
        summary="Case-screening decision support for victim-offender intersectionality. It is no legal advice.",
        lifespan=_lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.packs = (
        load_packs(settings.packs) if settings.packs else shipped_packs(kept_in(settings.cache, os.environ))
    )
    app.state.archive = archive_of(settings.packs)
    app.state.sides = open_compartments(settings)
    app.state.law = LawInForce(app.state.packs, app.state.sides.justice)
    app.state.engine = app.state.sides.justice.engine
    app.state.clock = _now
    app.state.pace = PACE
    app.state.public_url = settings.public_url
    app.state.rates = _rates(settings)
    app.state.provider = _provider(settings)
    app.state.metrics = Metrics()
    app.state.coverage = lru_cache(maxsize=2)(partial(coverage, app.state.packs))
    for part in PARTS:
        app.include_router(part.router)
    app.mount("/static", allow(Access.PUBLIC)(StaticFiles(directory=STATIC)), name="static")
    _require_access(app)
    install_problems(app, web.problem_page)
    _wrap(app, app.state.metrics)
    return app


def _rates(settings: Settings) -> Rates:
    return Rates(
        address=settings.sign_in_limit, client=settings.sign_in_client_limit, assess=settings.assess_limit
    )


def _provider(settings: Settings) -> Provider | None:
    issuer, name, secret = settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret
    if not (issuer and name and secret):
        return None
    return Provider(issuer, name, secret.get_secret_value(), settings.oidc_required_acr)


def _now() -> datetime:
    return datetime.now(UTC)


def undeclared(app: FastAPI) -> list[str]:
    """The routes that do not say who may call them."""
    routes = [
        (one.path, one.original_route.app if isinstance(one.original_route, Mount) else one.endpoint)
        for one in iter_route_contexts(app.routes)
    ]
    return [str(path) for path, endpoint in routes if declared(endpoint) is None]


def unguarded(app: FastAPI) -> list[str]:
    """The routes that are not open to all and have no guard before them."""
    return [
        str(one.path)
        for one in iter_route_contexts(app.routes)
        if declared(one.endpoint) not in (None, Access.PUBLIC) and guard not in _before(one.original_route)
    ]


def _before(route: object) -> list[object]:
    return [one.call for one in route.dependant.dependencies] if isinstance(route, APIRoute) else []


def _require_access(app: FastAPI) -> None:
    missing = undeclared(app)
    if missing:
        raise RuntimeError(f"these routes do not say who may call them: {', '.join(missing)}")
    if open_doors := unguarded(app):
        raise RuntimeError(f"these routes are not guarded: {', '.join(open_doors)}")


def _wrap(app: FastAPI, metrics: Metrics) -> None:
    """The first one added is the innermost: the log sees every answer, also those of the limits and the last resort."""
    app.add_middleware(BodyLimit, page=web.problem_page)
    app.add_middleware(GZipMiddleware, minimum_size=4096, compresslevel=5)
    app.add_middleware(LastResort)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog, count=metrics.count)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    for side in app.state.sides.each():
        side.engine.dispose()
