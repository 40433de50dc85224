"""What the service says when it cannot do what was asked, as problems in the shape of RFC 9457."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from screening.errors import Fault


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem, for a program as JSON and for a person as a page. `reference` finds it again in the logs."""

    status: int
    detail: str | None = None
    faults: tuple[Fault, ...] = ()
    reference: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    back: str | None = None
    """The page to go on with after signing in or unlocking."""

    @property
    def title(self) -> str:
        """The usual words for the status."""
        return HTTPStatus(self.status).phrase

    def to_dict(self) -> dict[str, object]:
        """The body of `application/problem+json`; what there is not is left out."""
        shape: dict[str, object] = {"type": "about:blank", "title": self.title, "status": self.status}
        if self.detail:
            shape["detail"] = self.detail
        if self.faults:
            shape["errors"] = [_error(fault) for fault in self.faults]
        if self.reference:
            shape["reference"] = self.reference
        return shape


def _error(fault: Fault) -> dict[str, object]:
    shape: dict[str, object] = {
        "path": fault.path,
        "message": fault.message,
        "expected": fault.expected,
        "nearest": fault.nearest,
    }
    return shape if fault.line is None else {**shape, "line": fault.line}


class AppError(Exception):
    """An answer other than the one asked for, named after the fact, with its status."""

    status = 500

    def __init__(
        self,
        detail: str,
        *,
        faults: Iterable[Fault] = (),
        headers: Mapping[str, str] | None = None,
        back: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.problem = Problem(self.status, detail, tuple(faults), headers=headers or {}, back=back)


class UnreadableError(AppError):
    """The body is not what its content type says."""

    status = 400


class NotFoundError(AppError):
    """Nothing has this name."""

    status = 404


class BodyTooLargeError(AppError):
    """The body is larger than any request may be."""

    status = 413


class WrongContentTypeError(AppError):
    """The body comes in a form that is not read here."""

    status = 415


class CaseRefusedError(AppError):
    """The case can be read, and says something that cannot be."""

    status = 422


class DatabaseAwayError(AppError):
    """The database does not answer, or was never set up."""

    status = 503


class UnprocessableError(AppError):
    """The request can be read, and asks for what cannot be."""

    status = 422


class NotSignedInError(AppError):
    """Nobody is signed in, or the token is not known, not good any more, or not of this service."""

    status = 401


class NotPermittedError(AppError):
    """The account may not do this."""

    status = 403


class ConflictError(AppError):
    """What stands already does not allow it."""

    status = 409


class GoneError(AppError):
    """It was here and was sealed or expunged."""

    status = 410


class ChangedMeanwhileError(AppError):
    """Somebody changed it after it was read."""

    status = 412


class VersionNeededError(AppError):
    """A change has to say which version it was made on."""

    status = 428


class TooManyError(AppError):
    """Too many requests in a short time."""

    status = 429


class LockedError(AppError):
    """The browser was left alone for too long; it stays signed in and waits for the password."""

    status = 423


class ProviderAwayError(AppError):
    """The office's own sign-in server does not answer, or answers what cannot be read."""

    status = 502
