"""Sends problems over HTTP: JSON for programs, a page for people, and a last resort for what nobody foresaw."""

import json
from collections.abc import Callable
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import AppError, Problem
from screening.errors import Fault, nearest

MEDIA_TYPE = "application/problem+json"
PROGRAMS = ("/api/", "/health/", "/metrics")
"""Under these paths a problem is JSON whatever the client accepts."""

Page = Callable[[Problem], Response]

_log = structlog.get_logger()


def install_problems(app: FastAPI, page: Page) -> None:
    """Every error that a route or the framework raises becomes a problem; `page` draws it for a browser."""

    async def app_error(request: Request, error: Exception) -> Response:
        return answer(request, error.problem if isinstance(error, AppError) else Problem(500), page)

    async def http_error(request: Request, error: Exception) -> Response:
        return answer(request, _of_http(error), page)

    async def refused(request: Request, error: Exception) -> Response:
        return answer(request, _of_parameters(error), page)

    app.add_exception_handler(AppError, app_error)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, refused)


def problem_response(problem: Problem) -> Response:
    """A problem as JSON. Half characters, which no UTF-8 can hold, become question marks."""
    body = json.dumps(problem.to_dict(), ensure_ascii=False).encode("utf-8", "replace")
    headers = {"Cache-Control": "no-store", **problem.headers}
    return Response(body, problem.status, headers, media_type=MEDIA_TYPE)


class LastResort:
    """Answers what nobody foresaw with a reference number and nothing else; the log has where, never what was said."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except ClientDisconnect:
            return
        except Exception:  # noqa: BLE001 - the edge of the service: nothing may pass but a number
            reference = scope["state"]["request_id"]
            _log.error("unhandled", request_id=reference, exc_info=True)
            if not started:
                await problem_response(Problem(500, reference=reference))(scope, receive, send)


def answer(request: Request, problem: Problem, page: Page) -> Response:
    """A problem as the client wants it: a page for a browser, JSON for a program."""
    for_people = "text/html" in request.headers.get("accept", "")
    if for_people and not request.scope["path"].startswith(PROGRAMS):
        return page(problem)
    return problem_response(problem)


def _of_http(error: Exception) -> Problem:
    if not isinstance(error, HTTPException):
        return Problem(500)
    plain = Problem(error.status_code, headers=error.headers or {})
    if error.status_code == 404:
        return Problem(404, "Nothing is at this address.")
    if error.status_code == 405:
        allowed = plain.headers.get("Allow", "another method")
        return Problem(405, f"This address takes {allowed}.", headers=plain.headers)
    return plain


def _of_parameters(error: Exception) -> Problem:
    errors = error.errors() if isinstance(error, RequestValidationError) else []
    faults = tuple(map(_fault, errors))
    if any(one["type"] == "json_invalid" for one in errors):
        return Problem(400, "The body is no JSON.", faults)
    in_body = any(one["loc"][:1] == ("body",) for one in errors)
    says = "The body says something that cannot be." if in_body else "The address or a header cannot be read."
    return Problem(422, says, faults)


def _fault(error: dict[str, Any]) -> Fault:
    path = ".".join(str(part) for part in error["loc"])
    expected = error.get("ctx", {}).get("expected")
    given, options = (
        error.get("input"),
        str(expected or "").replace("'", "").replace(" or ", ", ").split(", "),
    )
    near = nearest(given, options) if expected and isinstance(given, str) else None
    return Fault(path, str(error["msg"]), expected and str(expected).replace("'", ""), near)
