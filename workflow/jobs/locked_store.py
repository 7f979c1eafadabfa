"""An S3 bucket with object lock: what is put there stays as it is until its years are over."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from workflow.domain.workdays import add_years
from workflow.services.checkpoint_copy import Copy

PATIENCE = 20
_TAKEN = frozenset({"PreconditionFailed", "ConditionalRequestConflict"})


class NoStore(Exception):
    """A copy is due and the setting that says where to is gone."""

    def __init__(self) -> None:
        super().__init__("LICENSE_DESK_CHECKPOINT_STORE is not set")


class Differs(Exception):
    """The store holds another text under the name of this checkpoint."""


class LockedStore:
    """The bucket, prefix and years of an address like `s3://bucket/prefix?years=10`.

    Who may write there, where it is and in which region come from the environment as for every
    program of that kind (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, …).
    """

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._bucket, self._prefix = parts.hostname or "", parts.path.strip("/")
        self._years = int(dict(parse_qsl(parts.query))["years"])

    def keep(self, copy: Copy) -> None:
        """Write a copy once and lock it; one that is there already is read and compared.

        Raises Differs, and whatever the store or the way to it refuses.
        """
        import boto3  # noqa: PLC0415 - slow to load, and few need it
        from botocore.config import Config  # noqa: PLC0415
        from botocore.exceptions import ClientError  # noqa: PLC0415

        config = Config(
            connect_timeout=PATIENCE, read_timeout=PATIENCE, retries={"total_max_attempts": 1}
        )
        client = boto3.client("s3", config=config)
        body = copy.note.encode()
        last = add_years(copy.signed.date(), self._years)
        until = datetime.combine(last, copy.signed.timetz())
        key = "/".join(filter(None, (self._prefix, copy.name)))
        try:
            client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=body,
                ContentType="text/plain; charset=utf-8",
                ContentMD5=b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode(),
                IfNoneMatch="*",
                ObjectLockMode="COMPLIANCE",
                ObjectLockRetainUntilDate=until,
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in _TAKEN:
                raise
            if client.get_object(Bucket=self._bucket, Key=key)["Body"].read() != body:
                message = f"{key} holds another text than this checkpoint"
                raise Differs(message) from error
