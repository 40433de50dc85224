"""The start page, which says what can be tried, and the page shown where something went wrong."""

from html import escape

from fastapi import APIRouter, Response
from starlette.responses import HTMLResponse

from app.access import Access, allow
from app.errors import Problem

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_FRAME = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/plain.css">
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""
_START = """<p>This service shows which laws protect a young person who is accused of something and may have been
trafficked, and what is still unknown. It helps people decide. It does not decide, and it is not legal advice.</p>
<h2>Try first</h2>
<ul>
<li><a href="/api/v1/law">The places whose law is packed</a></li>
<li><a href="/api/v1/offenses/US-TN?q=prostitution">Sections on prostitution in Tennessee</a></li>
<li><a href="/api/v1/coverage">What each place has for a young person of 15</a></li>
<li><a href="/api/v1/questionnaire">The questionnaire, with why each item is asked</a></li>
<li><a href="/api/v1/openapi.json">The description of the API</a></li>
</ul>
<p>To screen a case, send it to <code>/api/v1/assess</code>, or run <code>voi screen</code> with a case file.
Nothing that is sent is stored.</p>"""


@router.get("/")
@allow(Access.PUBLIC)
async def start() -> Response:
    return HTMLResponse(_FRAME.format(title="Screening", body=_START))


def problem_page(problem: Problem) -> Response:
    """A problem for someone at a browser."""
    body = f'<p>{escape(problem.detail or "Something went wrong.")}</p>\n<p><a href="/">Back to the start</a></p>'
    title = escape(problem.title)
    return HTMLResponse(
        _FRAME.format(title=title, body=body),
        problem.status,
        {**problem.headers, "Cache-Control": "no-store"},
    )
