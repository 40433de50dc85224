"""No route is open by accident: each says who may call it, and one that does not keeps the service from starting."""

import pytest
from fastapi import APIRouter
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from app import main
from app.access import Access, Permission, allow, declared
from tests.api.conftest import settings_for


def test_every_route_declares_who_may_call_it(app):
    routes = {
        one.path: declared(one.original_route.app if isinstance(one.original_route, Mount) else one.endpoint)
        for one in iter_route_contexts(app.routes)
    }
    assert "/api/v1/assess" in routes
    assert "/static" in routes
    assert [path for path, access in routes.items() if access is None] == []
    record = {path: access for path, access in routes.items() if access is not Access.PUBLIC}
    assert record["/api/v1/screenings/{screening_id}"] is Permission.SCREENING_READ


def test_a_route_of_the_record_without_its_guard_keeps_the_service_from_starting(tmp_path, monkeypatch):
    router = APIRouter(prefix="/api/v1")
    router.add_api_route("/unguarded", allow(Permission.SCREENING_READ)(lambda: None))
    monkeypatch.setattr(main.law, "router", router)
    with pytest.raises(RuntimeError, match="/api/v1/unguarded"):
        main.create_app(settings_for(tmp_path))


def test_a_route_that_declares_nothing_keeps_the_service_from_starting(tmp_path, monkeypatch):
    router = APIRouter(prefix="/api/v1")
    router.add_api_route("/left-open", lambda: None)
    monkeypatch.setattr(main.law, "router", router)
    with pytest.raises(RuntimeError, match="/api/v1/left-open"):
        main.create_app(settings_for(tmp_path))
