"""Puts the service together: routes, error handling, limits, headers and logs around the packs and the database."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache, partial
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from app.access import Access, allow, declared
from app.api import assess, health, law, questionnaire, schemas
from app.headers import SecurityHeaders
from app.limits import BodyLimit
from app.logs import RequestLog
from app.metrics import Metrics
from app.problems import LastResort, install_problems
from app.settings import Settings
from app.store.session import open_engine
from app.web import routes as web
from screening import load_packs
from screening.cli_packs import kept_in, shipped_packs
from screening.explanation.law import coverage
from screening.result import ENGINE

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
    app.state.engine = open_engine(settings.database_url.get_secret_value())
    app.state.metrics = Metrics()
    app.state.coverage = lru_cache(maxsize=2)(partial(coverage, app.state.packs))
    for part in (assess, questionnaire, law, schemas, health, web):
        app.include_router(part.router)
    app.mount("/static", allow(Access.PUBLIC)(StaticFiles(directory=STATIC)), name="static")
    _require_access(app)
    install_problems(app, web.problem_page)
    _wrap(app, app.state.metrics)
    return app


def undeclared(app: FastAPI) -> list[str]:
    """The routes that do not say who may call them."""
    routes = [
        (one.path, one.original_route.app if isinstance(one.original_route, Mount) else one.endpoint)
        for one in iter_route_contexts(app.routes)
    ]
    return [str(path) for path, endpoint in routes if declared(endpoint) is None]


def _require_access(app: FastAPI) -> None:
    missing = undeclared(app)
    if missing:
        raise RuntimeError(f"these routes do not say who may call them: {', '.join(missing)}")


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
    app.state.engine.dispose()
