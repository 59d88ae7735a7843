"""What a person sees on the terminal, in the language of the site: sentences, problems, progress, the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import IO, TYPE_CHECKING, NoReturn

import click

from builder.language import language_of

if TYPE_CHECKING:
    from builder.problems import Problem

EXIT_CONTENT, EXIT_FAILED = 1, 2
NAMED_AT_MOST = 10  # files of which there may be many
SLOW = 1.0  # seconds after which progress is shown

_LANGUAGE = "builder.language"  # where the context keeps the one to speak in


def language(ctx: click.Context) -> str:
    """To speak to the editor in: that of the site, or of the one that is to be made."""
    return str(ctx.meta[_LANGUAGE])


def speak(ctx: click.Context, tag: str) -> None:
    """Goes on in another language, a BCP 47 tag."""
    ctx.meta[_LANGUAGE] = tag


def language_beside(words: Sequence[str]) -> str:
    """The language of the site that the words of a command line name, which may be wrong in all else."""
    site = Path()
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == "--":
            break
        if word == "--site" or word.startswith("--site="):
            named = Path(word.partition("=")[2] or following)
            site = named if named.is_dir() else site
    return language_of(site) if (site / "site.yaml").is_file() else _language_of_system()


def _language_of_system() -> str:
    """A BCP 47 tag, or a name of POSIX that is none, such as C."""
    if sys.platform == "win32":
        import ctypes
        import locale

        named = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    else:
        named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return named.partition(".")[0].replace("_", "-") or "en"


def tell(sentence: str, tag: str, **facts: object) -> None:
    """Says a sentence of `SENTENCES`."""
    from builder.problems import say

    click.echo(say(sentence, tag, **facts), err=True)


def name_some(names: Sequence[object], sentence: str, tag: str, **facts: object) -> None:
    """Says a sentence of some files, if there are any, and names the first of them."""
    if names:
        tell(sentence, tag, number=len(names), **facts)
        click.echo("".join(f"  {name}\n" for name in names[:NAMED_AT_MOST]), err=True, nl=False)


def show(problems: Iterable[Problem], tag: str, *, summed: bool = True) -> None:
    """Shows problems to a person who has asked for something else, and how many there are if nothing else says that."""
    from builder.problems import report

    click.echo(report(problems, "full", tag or "en", colour=is_coloured(sys.stderr), summed=summed), nl=False, err=True)


def is_coloured(stream: IO[str]) -> bool:
    """Whether what goes there is for a person who likes colours (no-color.org)."""
    return stream.isatty() and "NO_COLOR" not in os.environ


def wrong(sentence: str, **facts: object) -> click.UsageError:
    """Wrong usage, by a sentence of `SENTENCES`."""
    from builder.problems import say

    return click.UsageError(say(sentence, language(click.get_current_context()), **facts))


def check_site(site: Path) -> None:
    """A folder must be a site before a command works on it.

    Raises:
        click.UsageError: there is no `site.yaml`.
    """
    if not os.path.lexists(site / "site.yaml"):
        raise wrong("no-site", folder=site)


def fail(ctx: click.Context, sentence: str, **facts: object) -> NoReturn:
    """Ends the program with a sentence of `SENTENCES`."""
    from builder.problems import say

    end(ctx, say(sentence, language(ctx), **facts))


def end(ctx: click.Context, message: str) -> NoReturn:
    """Ends the program, which could not do its work."""
    click.echo(f"catalogue: {message}", err=True)
    ctx.exit(EXIT_FAILED)


class Progress:
    """Shows phases that take longer than a second, on a terminal only.

    Args:
        language: a BCP 47 tag.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._phase, self._steps, self._began, self._shown = "", 0, 0.0, ""
        self._is_terminal = sys.stderr.isatty()

    def begin(self, phase: str, steps: int) -> None:
        """A phase begins."""
        self._phase, self._steps, self._began = phase, steps, perf_counter()

    def step(self, done: int) -> None:
        """Shows how far the phase is."""
        if self._is_terminal and perf_counter() - self._began > SLOW:
            far = f"{done * 100 // self._steps} %" if self._steps else f"{done:,}"
            if far != self._shown:
                from builder.problems import say

                click.echo(f"\r{say(f'phase-{self._phase}', self._language)} {far}\033[K", nl=False, err=True)
            self._shown = far

    def end(self) -> None:
        """Clears the line."""
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)
        self._shown = ""

    def lose(self, workers: int) -> None:
        """Says that workers were lost, which may be a sign that the memory is small."""
        tell("workers-lost", self._language, number=workers)
