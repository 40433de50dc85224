"""Logs what happened and never to whom: one JSON line a request, with the route's template instead of its address."""

import logging
import secrets
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import EventDict, WrappedLogger

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
GONE = 499
"""Logged where the client went away before it had an answer."""

_log = structlog.get_logger()


def configure_logs(level: str, out: TextIO | None = None) -> None:
    """JSON lines on `out` (default: standard output) for our events and those of the libraries."""
    processors: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_messages,
    ]
    structlog.configure(
        processors=[*processors, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(out or sys.stdout),
        cache_logger_on_first_use=out is None,
    )
    handler = logging.StreamHandler(out or sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=processors,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)


def without_messages(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """An exception as its type and places. Its message may hold what a person said, so it is never written."""
    seen = event.pop("exc_info", None)
    error = sys.exc_info()[1] if seen is True else seen[1] if isinstance(seen, tuple) else seen
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["at"] = _places(error.__traceback__)
    return event


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places


class RequestLog:
    """Numbers each request, counts its answer, and logs method, route template, status and milliseconds."""

    def __init__(self, app: ASGIApp, count: Callable[[str, int], None]) -> None:
        self.app = app
        self.count = count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        status = GONE

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {
                    **message,
                    "headers": [*message.get("headers", ()), (b"x-request-id", request_id.encode())],
                }
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            route = route_template(scope)
            self.count(route, status)
            _log.info(
                "request",
                request_id=request_id,
                method=scope["method"] if scope["method"] in METHODS else "other",
                route=route,
                status=status,
                ms=round((time.perf_counter() - begun) * 1000, 1),
            )


def route_template(scope: Scope) -> str:
    """The path as the route declares it; what is mounted by its prefix; `unmatched` where nothing was found."""
    path = getattr(scope.get("route"), "path", None)
    if isinstance(path, str):
        return path
    return f"{scope.get('root_path', '')}/*" if "endpoint" in scope else "unmatched"
