"""The program as a whole: it ends well in every case, with a sentence and never a traceback."""

from __future__ import annotations

import signal
import traceback
from typing import Any

import click

from builder.commands.terminal import EXIT_CONTENT, end, fail, language, language_beside, name_some, show, speak, tell
from builder.language import is_chinese
from builder.signals import Stopped


class ReportError(OSError):
    """The site is built, but the report of it cannot be written."""


class Spoken(click.Context):
    """Gives help in the language of the site, with the program's name as it was called."""

    def get_help(self) -> str:
        """The page of help of the command."""
        if is_chinese(language(self)):
            from builder.commands.help import help_in_chinese

            text = help_in_chinese(self)
        else:
            text = super().get_help()
        return text.replace("\n    catalogue ", f"\n    {self.find_root().info_name} ")


class Program(click.Group):
    """Ends well in every case: a person sees a sentence in the language of the site."""

    context_class = Spoken

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Takes the words of the command line."""
        speak(ctx, language_beside(args))
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise _told(error, ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command."""
        from builder.crew import UnfitCrewError, WorkerDiedError
        from builder.output.publish import BusyError, ObstacleError
        from builder.output.staging import CutOffError, OutputError, StagingError
        from builder.problems import ChangedError, ContentError
        from builder.system import say_refused

        try:
            return super().invoke(ctx)
        except ContentError as error:
            show(error.problems, error.language)
            tell("nothing-written", error.language)
            ctx.exit(EXIT_CONTENT)
        except BusyError as error:
            fail(ctx, "another-build", place=error)
        except ObstacleError as error:
            name_some(error.paths, "in-the-way", language(ctx))
            fail(ctx, "replace-by-clean" if error.replaceable else "move-elsewhere")
        except ChangedError as error:
            fail(ctx, "saved-meanwhile", place=error)
        except WorkerDiedError:
            fail(ctx, "worker-died")
        except UnfitCrewError as error:
            fail(ctx, error.sentence, **error.facts)
        except StagingError as error:
            fail(ctx, "other-output", place=error)
        except (Stopped, KeyboardInterrupt) as error:
            say_stopped(language(ctx), is_build=ctx.invoked_subcommand == "build")
            ctx.exit(128 + (error.number if isinstance(error, Stopped) else signal.SIGINT))
        except OutputError as error:
            sentence = "cut-off" if isinstance(error, CutOffError) else "not-published"
            end(ctx, say_refused(error, language(ctx), sentence))
        except ReportError as error:
            end(ctx, say_refused(error, language(ctx), "report-not-written"))
        except BrokenPipeError:
            raise  # whoever reads what is said has read enough
        except OSError as error:
            end(ctx, say_refused(error, language(ctx)))
        except click.UsageError as error:
            raise _told(error, ctx) from None
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except Exception:
            click.echo(traceback.format_exc(), err=True)
            fail(ctx, "our-fault")


def say_stopped(tag: str, *, is_build: bool = False) -> None:
    """Says that the program was asked to end."""
    from builder.problems import say

    click.echo(f"catalogue: {say('stopped-build' if is_build else 'stopped', tag)}", err=True)


def _told(error: click.UsageError, ctx: click.Context) -> click.UsageError:
    """Wrong usage, to be shown in the language of the site; a page of help is shown as it is."""
    from builder.commands.usage import WrongUsageError

    if isinstance(error, (click.exceptions.NoArgsIsHelpError, WrongUsageError)):
        return error
    return WrongUsageError(error, language(ctx))
