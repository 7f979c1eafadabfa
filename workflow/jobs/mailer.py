"""The mailer: carries one letter to the SMTP server, or says whether trying again makes sense."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

from workflow.services.digest import Mail

PATIENCE = 8.0
"""Seconds the server may take for one answer; a job has thirty for the whole letter."""
_PERMANENT = 500


class MailRefused(Exception):
    """The server will not take this letter, however often it is tried."""


@dataclass(frozen=True, slots=True)
class Mailer:
    """One SMTP server and the address our letters come from."""

    url: str
    sender: str

    def send(self, mail: Mail) -> None:
        """Hand the letter over. Raises MailRefused for good, OSError or SMTPException for now."""
        try:
            with self._connect() as server:
                server.send_message(self._letter(mail))
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            _refuse(code, said, error)
        except smtplib.SMTPResponseException as error:
            _refuse(error.smtp_code, error.smtp_error, error)

    def _letter(self, mail: Mail) -> EmailMessage:
        letter = EmailMessage(policy=SMTP)
        letter["From"], letter["To"], letter["Subject"] = self.sender, mail.to, mail.subject
        # the same at every attempt, so that a mailbox can tell a repeated letter
        letter["Message-ID"] = f"<{mail.reference}@{self.sender.rpartition('@')[2].rstrip('>')}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(mail.body)
        return letter

    def _connect(self) -> smtplib.SMTP:
        at = urlsplit(self.url)
        host = at.hostname or "localhost"
        if at.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, at.port or 465, timeout=PATIENCE)
        else:
            server = smtplib.SMTP(host, at.port or 25, timeout=PATIENCE)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls()
        if at.username:
            server.login(unquote(at.username), unquote(at.password or ""))
        return server


class NoMailer:
    """Stands in where no mail server is configured: every letter is refused, with the reason."""

    def send(self, mail: Mail) -> None:
        """Raises MailRefused."""
        message = f"no mail server is configured for {mail.to}"
        raise MailRefused(message)


def _refuse(code: int, said: bytes | str, error: Exception) -> None:
    """Above 500 for good; anything else is raised again to be tried later."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    if code >= _PERMANENT:
        message = f"{code} {words}"
        raise MailRefused(message) from error
    raise error
