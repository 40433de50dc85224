"""Opens the database and brings its tables up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, make_url

import migrations

CONNECT_SECONDS = 3
"""So long a database may take to answer before it counts as away."""


def is_own_file(url: str) -> bool:
    """Whether the database is an SQLite file, which no one but this service uses."""
    return make_url(url).get_backend_name() == "sqlite"


def open_engine(url: str) -> Engine:
    """The engine for a URL. Nothing connects yet; the folder of an SQLite file is made. Values stay out of errors."""
    address = make_url(url)
    if is_own_file(url):
        Path(address.database or "").parent.mkdir(parents=True, exist_ok=True)
        return create_engine(address, hide_parameters=True)
    return create_engine(
        address,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=CONNECT_SECONDS,
        connect_args={"connect_timeout": CONNECT_SECONDS},
    )


def migrate(engine: Engine, revision: str = "head") -> None:
    """Brings the tables up to `revision`; does nothing where they are."""
    command.upgrade(migration_config(engine), revision)


def migration_config(engine: Engine) -> Config:
    """The settings of the migrations, which need no file of their own."""
    folder = Path(str(migrations.__file__)).parent
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["engine"] = engine
    return config
