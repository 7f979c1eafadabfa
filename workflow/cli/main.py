"""The command `license-desk`: commands load when they are called, errors are one line, exit 2."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass

import click

from workflow import lifeline

MISUSE = 2
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: where it is, as `module:attribute`, and what the list of commands says of it."""

    target: str
    says: str = ""
    hidden: bool = False


COMMANDS = {
    "run": Entry("workflow.cli.run:command", "Web, relay, worker and scheduler as one group."),
    "web": Entry("web.command:command", "Serve the pages and the API."),
    "worker": Entry("workflow.cli.worker:command", "Relay and worker: do the jobs."),
    "scheduler": Entry("workflow.jobs.schedule:command", "Enqueue daily and hourly jobs."),
    "migrate": Entry("workflow.cli.database:migrate", "Bring the database to the current schema."),
    "seed": Entry("workflow.cli.seed:command", "Play the demo into an empty database."),
    "user": Entry("workflow.cli.user:command", "Add accounts."),
    "scenario": Entry("workflow.cli.scenario:command", "Play scenario files."),
    "calendar": Entry("workflow.cli.calendar:command", "Load and show holiday notices."),
    "law": Entry("workflow.cli.law:command", "Check, show and draw the rules."),
    "audit": Entry("workflow.cli.audit:command", "Verify and export the trail."),
    "retention": Entry("workflow.cli.retention:command", "Hold, erase and remove what is kept."),
    "bench": Entry("workflow.cli.bench:command", "Measure against a stated limit."),
    "relay": Entry("workflow.jobs.relay:command", hidden=True),
    "rq-worker": Entry("workflow.jobs.worker:command", hidden=True),
    "broker": Entry("workflow.jobs.broker:command", hidden=True),
}


class LazyGroup(click.Group):
    """A group that imports a command only when it is called; help needs no import at all."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return [name for name, entry in COMMANDS.items() if not entry.hidden]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = entry.target.partition(":")
        try:
            command = getattr(importlib.import_module(module), attribute)
        except ModuleNotFoundError as error:
            if error.name is None or not module.startswith(error.name):
                raise
            message = f"{cmd_name} is not part of this installation (no module {module})"
            raise click.UsageError(message) from error
        lifeline.await_start(os.environ)
        if not isinstance(command, click.Command):
            message = f"{entry.target} is not a command"
            raise TypeError(message)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            shown = [(name, COMMANDS[name].says) for name in self.list_commands(_ctx)]
            formatter.write_dl(shown)


@click.group(cls=LazyGroup, no_args_is_help=False)
def license_desk() -> None:
    """License Desk (许可办理台): case work for telecom license procedures."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit; every error is one line on standard error."""
    lifeline.hold(os.environ)
    sys.exit(outcome(arguments))


def outcome(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. 2 is misuse, or work that could not be done."""
    try:
        given = license_desk.main(
            args=None if arguments is None else list(arguments),
            prog_name="license-desk",
            standalone_mode=False,
        )
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - until the exit
        return 0
    except Exception as error:  # noqa: BLE001 - a person sees a line, never a traceback
        if os.environ.get("LICENSE_DESK_LOG_LEVEL", "").upper() == "DEBUG":
            traceback.print_exc()
        print(f"license-desk: {one_line(error)}", file=sys.stderr)  # noqa: T201 - what a command is for
        return MISUSE
    return given if isinstance(given, int) else 0


def one_line(error: Exception) -> str:
    """What a person needs to know of an error, on one line, in the chosen language."""
    if isinstance(error, click.ClickException):
        said = error.format_message()
    elif hasattr(error, "says"):
        english = os.environ.get("LICENSE_DESK_LANGUAGE", "").strip() == "en"
        said = error.says.en if english else error.says.zh
    elif hasattr(error, "orig"):
        said = f"the database refused: {error.orig}"
    else:
        said = str(error) or type(error).__name__
    return " ".join(said.split())


if __name__ == "__main__":
    main()
