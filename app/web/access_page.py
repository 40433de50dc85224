"""The page on which an auditor reads who may do what and who sees what, drawn from the tables that the service obeys."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.requests import Request

from app.access import MAY, ONLY_AT, Data, OfficeKind, Permission, Role, allow
from app.actions.access_table import DATA, KINDS, PERMISSIONS, ROLES, VIEWERS, cell_words, rules
from app.deps import Guarded
from app.web.signed import signed_html

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=[Guarded])


@router.get("/access")
@allow(Permission.ACCESS_EXPLAIN)
def access_page(request: Request) -> HTMLResponse:
    sees = [(DATA[data], [cell_words(data, of) for of in VIEWERS]) for data in Data]
    may = [
        (
            PERMISSIONS[one],
            [role in MAY[one] for role in Role],
            [KINDS[kind] for kind in OfficeKind if kind in ONLY_AT.get(one, ())],
        )
        for one in Permission
    ]
    values = {
        "here": "access",
        "viewers": list(VIEWERS.values()),
        "sees": sees,
        "roles": [ROLES[one] for one in Role],
        "may": may,
        "rules": rules(),
    }
    return signed_html(request, "access.html", values)
