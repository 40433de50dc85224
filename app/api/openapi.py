"""Writes the OpenAPI document: the routes as FastAPI knows them, with our own schemas for what they carry."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.api.shapes import shapes
from app.api.shapes_accounts import account_shapes
from app.api.shapes_record import record_shapes
from app.api.shapes_sharing import sharing_shapes
from app.api.shapes_stages import stage_shapes
from screening import Packs
from screening.schemas import Schema, case_schema, screening_schema

_INNER = "#/$defs/"
_OUTER = "#/components/schemas/"


def openapi(app: FastAPI, packs: Packs) -> dict[str, Any]:
    """OpenAPI 3.1 of all routes but the pages."""
    document = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
    schemas = {
        **_hoisted("case.v1", case_schema(packs.vocabulary)),
        **_hoisted("screening.v1", screening_schema()),
        **shapes(),
        **record_shapes(),
        **account_shapes(),
        **stage_shapes(),
        **sharing_shapes(),
    }
    parts = document.setdefault("components", {})
    parts["schemas"] = {**parts.get("schemas", {}), **schemas}
    return document


def _hoisted(name: str, schema: Schema) -> dict[str, object]:
    """A schema with its definitions beside it, under names that begin with its own."""
    definitions = schema.get("$defs")
    inner = definitions if isinstance(definitions, dict) else {}
    outer = {key: value for key, value in schema.items() if key not in {"$defs", "$schema"}}
    return {
        name: _pointed(outer, name),
        **{f"{name}.{key}": _pointed(value, name) for key, value in inner.items()},
    }


def _pointed(value: object, name: str) -> object:
    """The same with every reference to an own definition turned to where it now stands."""
    if isinstance(value, list):
        return [_pointed(part, name) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        key: f"{_OUTER}{name}.{part.removeprefix(_INNER)}"
        if key == "$ref" and isinstance(part, str)
        else _pointed(part, name)
        for key, part in value.items()
    }
