"""The public pages: screen a case and read the packed law; nothing that is sent to them is kept."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
