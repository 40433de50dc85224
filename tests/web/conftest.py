"""The pages as a client without a browser sees them."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="session")
def client(tmp_path_factory):
    """The service in this process, with a database nobody uses here."""
    folder = tmp_path_factory.mktemp("web")
    with TestClient(create_app(Settings(database_url=f"sqlite:///{folder}/voi.db")), headers=HTML) as client:
        yield client


@pytest.fixture(scope="session")
def shown():
    """What a person reads of a page: its text without tags and folds of blanks."""

    def text(html):
        without = re.sub(r"<(script|style|template)\b.*?</\1>", " ", html, flags=re.DOTALL)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", without))).strip()

    return text
