"""Who may call a route: every route declares it, and the service does not start with one that declares nothing."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

_DECLARED = "__voi_access__"

Endpoint = TypeVar("Endpoint")


class Access(StrEnum):
    """Who may call a route. Nothing that is served today belongs to a person or an office."""

    PUBLIC = "public"


def allow(access: Access) -> Callable[[Endpoint], Endpoint]:
    """Declares who may call an endpoint: a function, or an application that is mounted."""

    def declare(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _DECLARED, access)
        return endpoint

    return declare


def declared(endpoint: object) -> Access | None:
    """What an endpoint declares; None for one that declares nothing."""
    access = getattr(endpoint, _DECLARED, None)
    return access if isinstance(access, Access) else None
