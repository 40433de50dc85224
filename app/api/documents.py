"""How the API writes its answers, and how it describes them."""

from typing import Any

from fastapi import Response
from pydantic import TypeAdapter

from app.problems import MEDIA_TYPE

JSON = "application/json"
SCHEMA_JSON = "application/schema+json"
NO_STORE = {"Cache-Control": "no-store"}
"""For answers made from a case: no browser and no proxy keeps one."""

STORABLE = r"^[^\x00]*$"
"""A pattern for text that is kept in a column as it is; PostgreSQL keeps no NUL."""

REVALIDATE = {"Cache-Control": "no-cache"}
Described = dict[int | str, dict[str, Any]]

_json: TypeAdapter[object] = TypeAdapter(Any)


def json_response(value: object, headers: dict[str, str] | None = None, media_type: str = JSON) -> Response:
    """A value made of dict, list, str, int, float, bool and None, as JSON."""
    return Response(_json.dump_json(value), headers=headers or REVALIDATE, media_type=media_type)


def described(answer: str, says: str, *problems: int, media_type: str = JSON, status: int = 200) -> Described:
    """The answers of a route: the one asked for, by the name of its schema, and the problems it may have instead."""
    shown: Described = {status: _answer(answer, says, media_type)}
    return shown | {one: _answer("problem", _PROBLEMS[one], MEDIA_TYPE) for one in problems}


def nothing(says: str, *problems: int) -> Described:
    """The answers of a route that has nothing to say when all went well."""
    shown: Described = {204: {"description": says}}
    return shown | {one: _answer("problem", _PROBLEMS[one], MEDIA_TYPE) for one in problems}


def ref(name: str) -> dict[str, str]:
    """A reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def _answer(name: str, says: str, media_type: str) -> dict[str, Any]:
    return {"description": says, "content": {media_type: {"schema": ref(name)}}}


_PROBLEMS = {
    400: "The body is not what its content type says.",
    401: "Nobody is signed in, or the token is not good.",
    403: "The account may not do this.",
    404: "Nothing has this name, or it is out of the caller's reach.",
    409: "What stands already does not allow it.",
    410: "It was here and was sealed or expunged.",
    412: "It was changed after it was read; `ETag` has the version it has now.",
    413: "The body is too large.",
    415: "The body comes in a form that is not read here.",
    422: "What was sent can be read and says something that cannot be; `errors` has every fault.",
    428: "The change has to say which version it is meant for (`If-Match`).",
    429: "Too many requests in a short time; `Retry-After` says when to ask again.",
    503: "The database does not answer; `Retry-After` says when to ask again.",
}
