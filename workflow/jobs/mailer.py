"""The mailer: carries one letter to the SMTP server, or says whether trying again makes sense."""

from __future__ import annotations

import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from socket import SHUT_RDWR, socket
from urllib.parse import unquote, urlsplit

from workflow.services.digest import Mail

PATIENCE = 8.0
"""Seconds the server may be silent."""
LIMIT = 20.0
"""Seconds for a whole letter, however busily the server answers; a job has thirty."""
_BETWEEN_CUTS = 0.1
_READY = 220
_PERMANENT = 500


class MailRefused(Exception):
    """The server will not take this letter, however often it is tried."""


@dataclass(frozen=True, slots=True)
class Mailer:
    """One SMTP server, the address our letters come from, and the seconds a letter may take."""

    url: str
    sender: str
    limit: float = LIMIT

    def send(self, mail: Mail) -> None:
        """Hand the letter over. Raises MailRefused for good, OSError or SMTPException for now."""
        try:
            with self._server() as server:
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

    @contextmanager
    def _server(self) -> Iterator[smtplib.SMTP]:
        """A conversation that ends in time; how it says good-bye does not count."""
        at = urlsplit(self.url)
        host, safe = at.hostname or "localhost", at.scheme == "smtps"
        server = (smtplib.SMTP_SSL if safe else smtplib.SMTP)(timeout=PATIENCE)
        server._host = host  # type: ignore[attr-defined]  # noqa: SLF001 - the name TLS asks for
        with _no_longer_than(self.limit, server):
            try:
                code, said = server.connect(host, at.port or (465 if safe else 25))
                if code != _READY:
                    raise smtplib.SMTPConnectError(code, said)
                server.ehlo()
                if not safe and server.has_extn("starttls"):
                    server.starttls()
                if at.username:
                    server.login(unquote(at.username), unquote(at.password or ""))
                yield server
            finally:
                with suppress(OSError):
                    server.quit()
                server.close()


class NoMailer:
    """Stands in where no mail server is configured: every letter is refused, with the reason."""

    def send(self, mail: Mail) -> None:
        """Raises MailRefused."""
        message = f"no mail server is configured for {mail.to}"
        raise MailRefused(message)


@contextmanager
def _no_longer_than(seconds: float, server: smtplib.SMTP) -> Iterator[None]:
    """Cut the line after so many seconds: one octet at a time keeps every single read in time."""
    done, late = threading.Event(), threading.Event()

    def cut() -> None:
        if done.wait(seconds):
            return
        late.set()
        while not done.wait(_BETWEEN_CUTS):  # it may not be connected yet
            with suppress(OSError):
                if server.sock:
                    socket.shutdown(server.sock, SHUT_RDWR)

    threading.Thread(target=cut, daemon=True).start()
    try:
        yield
    except OSError as error:  # every SMTPException is one
        if not late.is_set():
            raise
        message = f"the mail server had not taken the letter after {seconds:g} seconds"
        raise TimeoutError(message) from error
    finally:
        done.set()


def _refuse(code: int, said: bytes | str, error: Exception) -> None:
    """Above 500 for good; anything else is raised again to be tried later."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    if code >= _PERMANENT:
        message = f"{code} {words}"
        raise MailRefused(message) from error
    raise error
