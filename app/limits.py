"""Refuses bodies that are too large before anything reads them, and requests that come too often."""

import ipaddress
import math
import time
from contextlib import suppress

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import BodyTooLargeError, TooManyError
from app.problems import Page, answer
from screening.reading import CASE_BYTES

MOST_BYTES = CASE_BYTES
"""No request may be larger than a case file may be."""


class BodyLimit:
    """Answers 413 by the declared length, or as soon as more than `most` bytes have come in."""

    def __init__(self, app: ASGIApp, page: Page, most: int = MOST_BYTES) -> None:
        self.app = app
        self.page = page
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = _Counted(receive, send, self.most)
        if _declared(scope) <= self.most:
            with suppress(BodyTooLargeError):
                await self.app(scope, body.receive, body.send)
            if not body.is_too_large:
                return
        refusal = BodyTooLargeError(
            f"A body may have {self.most // 1024} KiB.", headers={"Connection": "close"}
        )
        await answer(Request(scope), refusal.problem, self.page)(scope, receive, send)


class _Counted:
    """The two ends of one request, with the bytes that came in counted."""

    def __init__(self, receive: Receive, send: Send, most: int) -> None:
        self._receive = receive
        self._send = send
        self._left = most

    @property
    def is_too_large(self) -> bool:
        return self._left < 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self.is_too_large:
            raise BodyTooLargeError("The body is too large.")
        return message

    async def send(self, message: Message) -> None:
        """What a route makes of half a body is not sent."""
        if not self.is_too_large:
            await self._send(message)


def _declared(scope: Scope) -> int:
    """The length that the client declares; 0 where it declares none, since the bytes are counted anyway."""
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(length) if length.isdigit() and len(length) < 20 else 0


class Rates:
    """How often one client, or one address, may do the same thing; counted in this process only."""

    def __init__(self, **limits: str) -> None:
        self._limits: dict[str, RateLimitItem] = {name: parse(text) for name, text in limits.items()}
        self._counted = FixedWindowRateLimiter(MemoryStorage())

    def count(self, name: str, whose: str) -> None:
        """Counts one more; TooManyError, with the time to wait, where that is one too many."""
        limit = self._limits[name]
        if self._counted.hit(limit, name, whose):
            return
        ends = self._counted.get_window_stats(limit, name, whose).reset_time
        wait = max(1, math.ceil(ends - time.time()))
        raise TooManyError(
            f"Too many attempts in a short time. Try again in {wait} seconds.",
            headers={"Retry-After": str(wait)},
        )


def client_of(request: Request) -> str:
    """Who asks, as the connection or a trusted proxy says. Of IPv6 the network counts: one client has all of it."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if address.version == 6 else host
