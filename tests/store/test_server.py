"""The database the record is tested on is the real one."""

import psycopg
import pytest


@pytest.mark.postgres
def test_a_table_can_be_made_filled_and_read(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        assert connection.info.server_version >= 150000
        connection.execute(
            "CREATE TEMPORARY TABLE entry (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), said date NOT NULL)"
        )
        connection.execute("INSERT INTO entry (said) VALUES ('2026-11-24')")
        assert connection.execute("SELECT to_char(said, 'DD Mon YYYY') FROM entry").fetchone() == (
            "24 Nov 2026",
        )
