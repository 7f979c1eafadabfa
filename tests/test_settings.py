"""Settings and the session key."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from workflow.secret_key import secret_key
from workflow.settings import WRITTEN, Settings, SettingsError, prepare_folder


def _read(**named: str) -> Settings:
    return Settings.from_env({f"LICENSE_DESK_{name}": value for name, value in named.items()})


def test_it_starts_with_nothing_set() -> None:
    settings = Settings.from_env({"PATH": "/usr/bin"})
    assert settings.data_dir == Path.cwd() / "var"
    assert settings.database_url == f"sqlite+pysqlite:///{Path.cwd()}/var/desk.db"
    assert settings.owner_database_url == settings.database_url
    assert settings.files_url == f"file://{Path.cwd()}/var/files"
    assert settings.redis_url is None
    assert (settings.timezone, settings.language) == ("Asia/Shanghai", "zh")
    assert settings.embedded_database


def test_it_names_the_setting_that_was_probably_meant() -> None:
    with pytest.raises(SettingsError) as refused:
        _read(DATABSE_URL="")
    assert "LICENSE_DESK_DATABSE_URL" in refused.value.says.zh
    assert "LICENSE_DESK_DATABASE_URL" in refused.value.says.zh
    assert "Did you mean LICENSE_DESK_DATABASE_URL?" in refused.value.says.en


def test_it_lets_the_tests_own_settings_stand() -> None:
    _read(TEST_DATABASE_URL="postgresql://elsewhere/x", TEST_REQUIRE="browser")


def test_it_takes_an_empty_value_as_not_set() -> None:
    assert _read(TIMEZONE=" ").timezone == "Asia/Shanghai"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_it_reads_every_spelling_of_a_postgresql_address(scheme: str) -> None:
    settings = _read(DATABASE_URL=f"{scheme}://desk@db/desk")
    assert settings.database_url == "postgresql+psycopg://desk@db/desk"
    assert settings.owner_database_url == settings.database_url
    assert not settings.embedded_database


def test_it_reads_a_valkey_address_as_the_client_spells_it() -> None:
    assert _read(REDIS_URL="valkey://queue:6379/0").redis_url == "redis://queue:6379/0"


def test_it_takes_a_plain_folder_for_files(tmp_path: Path) -> None:
    assert _read(FILES_URL=str(tmp_path)).files_url == tmp_path.as_uri()


def test_it_forgives_a_slash_and_small_letters() -> None:
    settings = _read(BASE_URL="https://desk.example.cn/", LOG_LEVEL="debug")
    assert (settings.base_url, settings.log_level) == ("https://desk.example.cn", "DEBUG")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://root@db/desk"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite://"),
        ("OWNER_DATABASE_URL", "desk.db"),
        ("REDIS_URL", "localhost:6379"),
        ("FILES_URL", "ftp://files"),
        ("SECRET_KEY", "short"),
        ("BASE_URL", "desk.example.cn"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "all"),
        ("TRUSTED_PROXIES", "11"),
        ("TIMEZONE", "Asia/Peking"),
        ("TIMEZONE", "../etc/passwd"),
        ("LANGUAGE", "fr"),
        ("SMTP_URL", "mail.example.cn"),
        ("MAIL_FROM", "desk"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_it_refuses_a_value_that_cannot_be_used(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        _read(**{name: value})
    assert refused.value.name == f"LICENSE_DESK_{name}"
    assert WRITTEN[name].zh in refused.value.says.zh
    assert WRITTEN[name].en in str(refused.value)


def test_it_never_repeats_a_password_in_a_refusal() -> None:
    with pytest.raises(SettingsError) as refused:
        _read(DATABASE_URL="mysql://root:opensesame@db/desk")
    assert "opensesame" not in refused.value.says.zh + refused.value.says.en


def test_it_makes_one_key_and_keeps_it_for_its_owner_alone(tmp_path: Path) -> None:
    settings = _read(DATA_DIR=str(tmp_path / "var"))
    key = secret_key(settings)
    file = tmp_path / "var" / "secret_key"
    assert secret_key(settings) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]


def test_it_makes_one_key_for_all_who_ask_at_once(tmp_path: Path) -> None:
    settings = _read(DATA_DIR=str(tmp_path))
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: secret_key(settings), range(32)))) == 1


def test_it_closes_a_key_file_that_others_could_read(tmp_path: Path) -> None:
    settings = _read(DATA_DIR=str(tmp_path))
    secret_key(settings)
    (tmp_path / "secret_key").chmod(0o644)
    secret_key(settings)
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_it_says_so_when_the_key_file_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_bytes(b"\xff\x00")
    with pytest.raises(SettingsError, match="damaged"):
        secret_key(_read(DATA_DIR=str(tmp_path)))


def test_it_asks_for_a_key_when_several_machines_share_the_database(tmp_path: Path) -> None:
    named = {"DATA_DIR": str(tmp_path), "DATABASE_URL": "postgresql://db/desk"}
    with pytest.raises(SettingsError, match="LICENSE_DESK_SECRET_KEY"):
        secret_key(_read(**named))
    assert secret_key(_read(**named, SECRET_KEY="k" * 32)) == "k" * 32


def test_it_says_so_when_the_data_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError, match=r"LICENSE_DESK_DATA_DIR: the folder .* cannot be"):
        prepare_folder(_read(DATA_DIR=str(tmp_path / "file" / "var")))
