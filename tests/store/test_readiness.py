"""The service is ready once its PostgreSQL has the tables."""

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from app.main import create_app
from app.opening import make_keys
from app.settings import Settings
from app.store.session import migrate


@pytest.mark.postgres
def test_a_service_on_postgres_is_ready_after_migrating(postgres, tmp_path):
    url = postgres.url.render_as_string(hide_password=False)
    settings = Settings(_env_file=None, database_url=SecretStr(url), key_file=tmp_path / "voi.key")
    make_keys(settings)
    app = create_app(settings)
    with TestClient(app) as client:
        assert client.get("/health/ready").status_code == 503
        migrate(app.state.engine)
        assert client.get("/health/ready").status_code == 200
