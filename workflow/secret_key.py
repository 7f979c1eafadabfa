"""The key that signs sessions: set by the operator, or made once in the data folder."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from workflow.domain.procedure import Text
from workflow.settings import KEY_HINT, SHORTEST_KEY, Settings, SettingsError, prepare_folder


def secret_key(settings: Settings) -> str:
    """The key that signs sessions: the configured one, else made once in the data folder (0600).

    Raises SettingsError when the database is not embedded and no key is set: several machines
    must share one key, and a file on one of them would not be shared.
    """
    if settings.secret_key is not None:
        return settings.secret_key
    if not settings.embedded_database:
        zh = f"数据库不是内置的，必须设置密钥，可用 {KEY_HINT} 生成"
        en = f"must be set when the database is not the embedded one; try: {KEY_HINT}"
        raise SettingsError("SECRET_KEY", Text(zh, en))
    path = prepare_folder(settings) / "secret_key"
    if not path.exists():
        _write_once(path, secrets.token_hex(32))
    path.chmod(0o600)
    key = path.read_text(encoding="utf-8", errors="replace").strip()
    if len(key) < SHORTEST_KEY:
        zh = f"密钥文件 {path} 已损坏，删除后会重新生成，所有人需重新登录"
        en = f"the key file {path} is damaged; delete it to get a new one (all must sign in again)"
        raise SettingsError("SECRET_KEY", Text(zh, en))
    return key


def _write_once(path: Path, text: str) -> None:
    """Put a complete file in place unless another process was faster: a link never overwrites."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        Path(draft).unlink()
