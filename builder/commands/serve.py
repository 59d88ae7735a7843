"""`serve`: the preview, and what it says on the terminal."""

from __future__ import annotations

from datetime import date
from threading import Thread
from typing import TYPE_CHECKING

import click

from builder.commands.options import with_drafts, with_now
from builder.commands.terminal import check_site, fail, language, show, tell

if TYPE_CHECKING:
    from builder.preview.worker import Answer


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port to use; the first free one from 8000 when left out.")
@with_drafts
@with_now
@click.option("--open", "address", metavar="ADDRESS", help="Open the browser at this page, as in index.html.")
@click.pass_context
def serve(ctx: click.Context, port: int | None, drafts: bool, now: date | None, address: str | None) -> None:
    """Show the site in a browser, and again after every save.

    \b
    Example:
      catalogue serve --drafts --open after-school.html
    """
    from builder.preview import server
    from builder.preview.watch import UnwatchableError

    check_site(ctx.obj)
    try:
        listening = server.listen(port)
    except server.PortTakenError as taken:
        fail(ctx, "port-taken", port=taken)
    else:
        try:
            server.serve(server.Preview(ctx.obj, drafts, now), listening, _Previewing(address, language(ctx)))
        except UnwatchableError as error:
            fail(ctx, "cannot-watch", reason=error)


class _Previewing:
    """Tells of the preview's builds, a line each; `address` is opened in the browser when it is there."""

    def __init__(self, address: str | None, language: str):
        self._address, self._language = address, language

    def started(self, url: str) -> None:
        """Says where the preview is."""
        tell("preview-started", self._language, url=url)
        if self._address is not None:
            import webbrowser

            page = url + self._address.removeprefix("/")
            Thread(target=webbrowser.open, args=(page,), daemon=True).start()  # some browsers keep their caller waiting

    def built(self, saved: list[str], answer: Answer) -> None:
        """Says what a build did and how many problems there are."""
        from builder.problems import say

        show([*answer.errors, *answer.fresh], answer.language, summed=False)
        if answer.failure:
            click.echo(f"catalogue: {answer.failure}", err=True)
        language = answer.language
        first, *others = saved or [say("whole-site", language)]
        parts = first.split("/")
        file = "/".join([parts[0], "…", parts[-1]]) if len(parts) > 2 else first
        pages = sum(written.endswith(".html") for written in answer.written)
        counts = [
            say("and-more", language, file=file, number=len(others)) if others else file,
            say("pages-written", language, number=pages),
            say("seconds", language, number=answer.seconds),
            say("errors", language, number=len(answer.errors)),
            *([say("warnings", language, number=answer.warnings)] if answer.warnings else []),
        ]
        click.echo(" · ".join(counts), err=True)
