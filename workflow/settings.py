"""Settings: environment variables read once at the edges, handed down as one frozen value."""

from __future__ import annotations

import difflib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from workflow.domain.procedure import Text

PREFIX = "LICENSE_DESK_"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SHORTEST_KEY = 32
MOST_PROXIES = 10
LONGEST_LOCK = 30
KEY_HINT = "openssl rand -hex 32"
_DATABASE = Text(
    "请写 postgresql+psycopg://用户:口令@主机/库名，或 sqlite:///文件路径",
    "write postgresql+psycopg://user:password@host/name, or sqlite:///path/to/file",
)
#: How each setting is written; the keys are every name there is.
WRITTEN = {
    "DATABASE_URL": _DATABASE,
    "OWNER_DATABASE_URL": _DATABASE,
    "REDIS_URL": Text(
        "请写 redis://主机:端口/0，或 unix:///套接字路径",
        "write redis://host:port/0, or unix:///path/to/socket",
    ),
    "DATA_DIR": Text("请写文件夹路径", "write the path of a folder"),
    "FILES_URL": Text("请写文件夹路径，或 file:///路径", "write a folder's path, or file:///path"),
    "SECRET_KEY": Text(
        f"至少 {SHORTEST_KEY} 个字符，可用 {KEY_HINT} 生成",
        f"use at least {SHORTEST_KEY} characters, for instance from: {KEY_HINT}",
    ),
    "SEALING_KEY": Text("请写密钥文件的路径", "write the path of the key's file"),
    "CHECKPOINT_FILE": Text("请写文件路径", "write the path of a file"),
    "CHECKPOINT_MAIL": Text("请写收件邮箱", "write the address that checkpoints are mailed to"),
    "CHECKPOINT_STORE": Text(
        "请写 s3://桶/前缀?years=锁定年数（1 到 30）",
        "write s3://bucket/prefix?years=N, N being how many years it stays locked, 1 to 30",
    ),
    "BASE_URL": Text(
        "请写完整网址，如 https://desk.example.cn",
        "write the whole address, like https://desk.example.cn",
    ),
    "TRUSTED_PROXIES": Text(
        f"请写前置代理的层数，0 到 {MOST_PROXIES}",
        f"write how many proxies stand in front, 0 to {MOST_PROXIES}",
    ),
    "TIMEZONE": Text("没有这个时区，请写 Asia/Shanghai", "no such zone; write Asia/Shanghai"),
    "LANGUAGE": Text("请写 zh 或 en", "write zh or en"),
    "SMTP_URL": Text("请写 smtp://主机:端口", "write smtp://host:port or smtps://host:port"),
    "MAIL_FROM": Text("请写发件邮箱", "write the address that mail is sent from"),
    "LOG_LEVEL": Text("请写 " + "、".join(LOG_LEVELS), "write one of " + ", ".join(LOG_LEVELS)),
    "TEST_DATABASE_URL": _DATABASE,
    "TEST_REQUIRE": Text("请写 browser", "write browser"),
}
T = TypeVar("T")
D = TypeVar("D")


class SettingsError(Exception):
    """A setting cannot be used; `says` tells in both languages what to do."""

    def __init__(self, name: str, says: Text) -> None:
        self.name = PREFIX + name
        self.says = Text(f"{self.name}：{says.zh}", f"{self.name}: {says.en}")
        super().__init__(self.says.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the environment decides. A URL that is None means the embedded default.

    `trusted_proxies` counts the proxies in front whose forwarded headers are believed.
    `sealing_key` and `checkpoint_file` are None while they lie in the data folder, in nobody else's
    keeping.
    """

    data_dir: Path
    database_url: str
    owner_database_url: str
    files_url: str
    sealing_key: Path | None = None
    checkpoint_file: Path | None = None
    checkpoint_mail: str | None = None
    checkpoint_store: str | None = None
    redis_url: str | None = None
    secret_key: str | None = None
    base_url: str | None = None
    trusted_proxies: int = 0
    timezone: str = "Asia/Shanghai"
    language: Literal["zh", "en"] = "zh"
    smtp_url: str | None = None
    mail_from: str | None = None
    log_level: str = "INFO"

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read and check every `LICENSE_DESK_*` name; an empty value counts as not set.

        Raises SettingsError for a name that does not exist or a value that cannot be used.
        """
        read = _Reader(environ)
        data_dir = read.one("DATA_DIR", _path, Path("var").absolute())
        database_url = read.one("DATABASE_URL", _database, _sqlite_in(data_dir))
        return cls(
            data_dir=data_dir,
            database_url=database_url,
            owner_database_url=read.one("OWNER_DATABASE_URL", _database, database_url),
            files_url=read.one("FILES_URL", _files, (data_dir / "files").as_uri()),
            sealing_key=read.one("SEALING_KEY", _path, None),
            checkpoint_file=read.one("CHECKPOINT_FILE", _path, None),
            checkpoint_mail=read.one("CHECKPOINT_MAIL", _mail, None),
            checkpoint_store=read.one("CHECKPOINT_STORE", _store, None),
            redis_url=read.one("REDIS_URL", _redis, None),
            secret_key=read.one("SECRET_KEY", _key, None),
            base_url=read.one("BASE_URL", _address, None),
            trusted_proxies=read.one("TRUSTED_PROXIES", _proxies, 0),
            timezone=read.one("TIMEZONE", _zone, "Asia/Shanghai"),
            language=read.one("LANGUAGE", _language, "zh"),
            smtp_url=read.one("SMTP_URL", _smtp, None),
            mail_from=read.one("MAIL_FROM", _mail, None),
            log_level=read.one("LOG_LEVEL", _level, "INFO"),
        )

    @property
    def embedded_database(self) -> bool:
        """True when the database is a SQLite file, so one machine holds everything."""
        return self.database_url.startswith("sqlite")

    @property
    def sealing_key_path(self) -> Path:
        """Where the key that signs checkpoints lies: in the data folder unless put elsewhere."""
        return self.sealing_key or self.data_dir / "sealing_key"

    @property
    def checkpoint_path(self) -> Path:
        """The file that checkpoints are appended to: in the data folder unless put elsewhere."""
        return self.checkpoint_file or self.data_dir / "checkpoints.txt"


class _Reader:
    """The environment's own names, refused as a whole when one of them does not exist."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._given = {
            name.removeprefix(PREFIX): value.strip()
            for name, value in environ.items()
            if name.startswith(PREFIX)
        }
        for name in sorted(self._given.keys() - WRITTEN.keys()):
            near = PREFIX + difflib.get_close_matches(name, sorted(WRITTEN), n=1, cutoff=0)[0]
            zh, en = f"没有这个设置，是否想写 {near}？", f"no such setting. Did you mean {near}?"
            raise SettingsError(name, Text(zh, en))

    def one(self, name: str, check: Callable[[str], T | None], default: D) -> T | D:
        """The checked value, or `default` where nothing is set."""
        value = self._given.get(name)
        if not value:
            return default
        try:
            checked = check(value)
        except (ValueError, RuntimeError):  # an impossible port or address, an unknown home
            checked = None
        if checked is None:
            raise SettingsError(name, WRITTEN[name])
        return checked


def _path(value: str) -> Path:
    return Path(value).expanduser().absolute()


def _sqlite_in(data_dir: Path) -> str:
    return f"sqlite+pysqlite:///{data_dir / 'desk.db'}"


def _database(value: str) -> str | None:
    scheme, _, rest = value.partition("://")
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"} and rest:
        _ = urlsplit(f"postgresql://{rest}").port
        return f"postgresql+psycopg://{rest}"
    if scheme in {"sqlite", "sqlite+pysqlite"} and len(rest) > 1 and rest != "/:memory:":
        return f"sqlite+pysqlite://{rest}"
    return None


def _redis(value: str) -> str | None:
    """The client library knows Valkey only by its older name."""
    scheme, _, rest = value.partition("://")
    if scheme not in {"redis", "rediss", "unix", "valkey", "valkeys"} or not rest:
        return None
    if scheme != "unix":
        _ = urlsplit(f"redis://{rest}").port
    return f"{scheme.replace('valkey', 'redis')}://{rest}"


def _files(value: str) -> str | None:
    if "://" not in value:
        return _path(value).as_uri()
    return value if value.startswith("file:///") else None


def _store(value: str) -> str | None:
    parts = urlsplit(value)
    years = dict(parse_qsl(parts.query)).get("years", "")
    known = years.isascii() and years.isdigit() and 1 <= int(years) <= LONGEST_LOCK
    return value if parts.scheme == "s3" and parts.hostname and known else None


def _key(value: str) -> str | None:
    return value if len(value) >= SHORTEST_KEY else None


def _address(value: str) -> str | None:
    parts = urlsplit(value)
    whole = parts.scheme in {"http", "https"} and parts.hostname and not parts.query
    return value.rstrip("/") if whole else None


def _proxies(value: str) -> int | None:
    number = int(value) if value.isascii() and value.isdigit() else MOST_PROXIES + 1
    return number if number <= MOST_PROXIES else None


def _zone(value: str) -> str | None:
    try:
        return ZoneInfo(value).key
    except (KeyError, ValueError, OSError):
        return None


def _language(value: str) -> Literal["zh", "en"] | None:
    known: dict[str, Literal["zh", "en"]] = {"zh": "zh", "en": "en"}
    return known.get(value)


def _smtp(value: str) -> str | None:
    parts = urlsplit(value)
    return value if parts.scheme in {"smtp", "smtps"} and parts.hostname else None


def _mail(value: str) -> str | None:
    person, _, host = value.rstrip(">").rpartition("@")
    return value if person and host else None


def _level(value: str) -> str | None:
    return value.upper() if value.upper() in LOG_LEVELS else None


def prepare_folder(settings: Settings) -> Path:
    """Create the data folder for this account alone and see that it can be written."""
    folder = settings.data_dir
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        why = error.strerror
        zh, en = f"{folder} 不能写入（{why}）", f"the folder {folder} cannot be written ({why})"
        raise SettingsError("DATA_DIR", Text(zh, en)) from error
