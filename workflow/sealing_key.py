"""The key that signs checkpoints: a file of one account, made once; the web never reads it."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workflow.domain.checkpoint import public_bytes
from workflow.domain.errors import DeskError
from workflow.domain.procedure import Text

_NEXT = ".next"


class KeyUnusable(DeskError):
    """The key that signs checkpoints cannot be used."""

    code = "KEY-UNUSABLE"


def sealing_key(path: Path) -> Ed25519PrivateKey:
    """The key in `path`, made there (0600) when there is none.

    Raises KeyUnusable when it cannot be read, is no Ed25519 key, or others may read it.
    """
    try:
        if not path.exists():
            _write_once(path, Ed25519PrivateKey.generate())
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            zh, en = f"{path} 别人也能读，请改为 0600", f"others may read {path}; make it 0600"
            raise KeyUnusable(Text(zh, en))
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        zh, en = f"{path} 不能读取（{error}）", f"{path} cannot be read ({error})"
        raise KeyUnusable(Text(zh, en)) from error
    if not isinstance(key, Ed25519PrivateKey):
        zh, en = f"{path} 不是 Ed25519 密钥", f"{path} is not an Ed25519 key"
        raise KeyUnusable(Text(zh, en))
    return key


def next_key(path: Path) -> Ed25519PrivateKey:
    """The key that is to follow, kept beside the present one until `take_over`."""
    return sealing_key(path.with_name(path.name + _NEXT))


def key_in_use(path: Path, public: str) -> Ed25519PrivateKey:
    """The key that signs now. `public` is the one that signed last, in hex, empty for none.

    A rotation that was cut short after its checkpoint is brought to its end first.
    """
    following = path.with_name(path.name + _NEXT)
    if following.exists() and public_bytes(sealing_key(following)).hex() == public:
        take_over(path)
    return sealing_key(path)


def take_over(path: Path) -> None:
    """The key that follows becomes the present one."""
    path.with_name(path.name + _NEXT).replace(path)


def _write_once(path: Path, key: Ed25519PrivateKey) -> None:
    """A whole file or none, and never over another: a link does not overwrite."""
    text = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".sealing_key-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        Path(draft).unlink()
