"""On PostgreSQL the application may work as a role that owns neither tables nor triggers."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.storage.trail_rows import COPY, NAMES, ask, attack, short_trail
from tests.support.cast import moment
from workflow.cli.main import outcome
from workflow.services import sequencing, trail
from workflow.storage.database import open_database
from workflow.storage.grants import APPEND_ONLY, NoSuchRole, grant

ROLE = "license_desk_app"
WEAKER = (
    "CREATE OR REPLACE FUNCTION refuse_trail_change() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN NEW; END'"
)
FORGED = (
    "INSERT INTO public.events (chain, subject_id, seq, at, actor, role, action, prev, hash, body)"
    " VALUES ('company', 1, 900, 't', '1', 'handler', 'x', 'h', 'i', '{}')"
)


@pytest.fixture
def application(postgres_url, monkeypatch, capsys):
    """The database as the application sees it after `migrate`, and as its owner does."""
    owner = open_database(postgres_url)
    attack(owner, f"DROP ROLE IF EXISTS {ROLE}", f"CREATE ROLE {ROLE} LOGIN")
    url = sa.make_url(postgres_url).set(username=ROLE).render_as_string(hide_password=False)
    monkeypatch.setenv("LICENSE_DESK_OWNER_DATABASE_URL", postgres_url)
    monkeypatch.setenv("LICENSE_DESK_DATABASE_URL", url)
    assert outcome(["migrate"]) == 0
    assert f"{ROLE} may append to the trail" in capsys.readouterr().out
    used = open_database(url)
    yield used, owner
    used.close()
    attack(owner, f"DROP OWNED BY {ROLE}", f"DROP ROLE {ROLE}")
    owner.close()


def test_it_works_as_the_application_and_refuses_it_every_change(application):
    used, owner = application
    cast, _, events = short_trail(used)
    sequencing.catch_up(used)
    with used.transaction() as tx:
        trail.keep(tx, trail.verify(tx), moment())
    everything = [ask(owner, f"SELECT * FROM {table}") for table in APPEND_ONLY]  # noqa: S608
    again = COPY.format(id="id", seq="seq", prev="prev", hash="hash")
    for statement in (
        *(f"{act} {table}" for table in APPEND_ONLY for act in ("DELETE FROM", "TRUNCATE")),
        "UPDATE events SET body = body",
        "UPDATE leaves SET hash = hash",
        "UPDATE checkpoints SET root = root",
        f"INSERT INTO events {NAMES} {again} ON CONFLICT (id) DO UPDATE SET body = ''",
        *(f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in APPEND_ONLY),
        "ALTER TABLE events DISABLE TRIGGER events_append_only",
        "DROP TRIGGER events_append_only ON events",
        "DROP TABLE leaves",
        WEAKER,
        "SET session_replication_role = 'replica'",
        "UPDATE alembic_version SET version_num = '0'",
    ):
        with pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be owner"):
            attack(used, statement, i=events[2][0])
    assert [ask(owner, f"SELECT * FROM {table}") for table in APPEND_ONLY] == everything  # noqa: S608
    assert cast.open_case()


def test_it_is_not_fooled_by_a_temporary_table_of_the_same_name(application):
    """The trigger must ask the trail and not what a session put in front of it."""
    used, _ = application
    short_trail(used)
    with pytest.raises(sa.exc.DBAPIError, match="not the next link"):
        attack(
            used,
            "CREATE TEMPORARY TABLE events (chain text, subject_id int, seq int, hash text)",
            "INSERT INTO pg_temp.events VALUES ('company', 1, 899, 'h')",
            FORGED,
        )


def test_it_names_a_role_that_does_not_exist(postgres_database):
    with pytest.raises(NoSuchRole, match="nobody_here"):
        grant(postgres_database, "nobody_here")
