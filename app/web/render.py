"""Draws pages from templates: every value is escaped, and every word about law comes from `screening.explanation`."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.errors import Problem
from app.web.places import place_name
from screening.explanation import page, terms
from screening.explanation.facts import day_words
from screening.result import ENGINE

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TEMPLATES = Path(__file__).parent / "templates"
NO_STORE = {"Cache-Control": "no-store"}
"""What people enter stays in no cache, not in that of the browser either."""


def _moment_words(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return f"{day_words(moment.date())}, {moment:%H:%M}"


def _date_words(text: str) -> str:
    try:
        return day_words(date.fromisoformat(text))
    except ValueError:
        return text


def _days_in_words(text: str) -> str:
    return _ISO_DAY.sub(lambda found: _date_words(found.group()), text)


def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(terms=terms, page=page, engine=ENGINE)
    env.filters.update(
        day=day_words,
        moment=_moment_words,
        date_words=_date_words,
        days_in_words=_days_in_words,
        listed=terms.listed,
        sentence=terms.sentence,
        place=place_name,
    )
    return env


ENVIRONMENT = _environment()


def draw(template: str, values: Mapping[str, object]) -> str:
    """A template with its values, as text."""
    return ENVIRONMENT.get_template(template).render(values)


def html(
    template: str, values: Mapping[str, object], *, status: int = 200, kept: bool = False
) -> HTMLResponse:
    """A page. `kept`: it holds nothing that anybody entered, so a browser may keep it."""
    return HTMLResponse(draw(template, values), status, headers={} if kept else NO_STORE)


def problem_page(problem: Problem) -> Response:
    """A problem as a page for people, with every fault and a way on: to sign-in, or by the password that unlocks."""
    if problem.status == 401 and problem.back:
        address = f"/sign-in?{urlencode({'back': problem.back})}"
        return RedirectResponse(address, 303, headers=NO_STORE)
    if problem.status == 423:
        response = html(
            "account/unlock.html", {"here": "", "back": problem.back or "", "refused": None}, status=423
        )
    else:
        response = html("problem.html", {"problem": problem, "here": ""}, status=problem.status)
    response.headers.update(problem.headers)
    return response
