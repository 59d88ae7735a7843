"""`new`: a well-formed folder, file or block."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.commands.options import Day
from builder.commands.terminal import language, speak, tell, wrong

if TYPE_CHECKING:
    from builder.new.written import New

_title = click.option("--title", required=True, metavar="TITLE", help="In the site's own language.")
_now = click.option(
    "--now",
    type=Day(),
    metavar="DATE",
    help="Date of the resource, as in 2022-03-05; today in UTC when left out.",
)


class _Making(click.Group):
    """Says what was written: its path, then the address of its page."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs one of the commands."""
        from builder.new.written import RefusalError

        try:
            new = super().invoke(ctx)
        except RefusalError as refusal:
            raise click.UsageError(refusal.in_language(language(ctx))) from None
        click.echo(f"{new.file}:{new.line}" if new.line else new.file)
        click.echo(new.address)
        if new.shown_by:
            tell("new-site-made", language(ctx), command=new.shown_by)
        elif new.is_draft:
            tell("is-draft", language(ctx))
        elif new.held:
            _tell_how_to_hold_back(new, language(ctx))
        elif new.line:
            tell("is-live-in-line", language(ctx), file=new.file, line=new.line)
        elif new.hidden:
            tell("is-live", language(ctx), hidden=new.hidden)
        return new


def _tell_how_to_hold_back(new: New, tag: str) -> None:
    """Says which lines would have to be comments, and how they would look."""
    from builder.problems import say

    first, last = new.held[0][0], new.held[-1][0]
    lines = say("line" if first == last else "lines", tag, first=first, last=last)
    shown = "\n".join(f"  {number:>{len(str(last))}} | {text}" for number, text in new.held)
    tell("is-live-in-file", tag, file=new.file, lines=lines, shown=shown)


@click.group(cls=_Making)
def new() -> None:
    """Write a site, a section, a column, a resource, a textbook, a lesson, a topic or a page.

    \b
    Example:
      catalogue new resource after-school/chess/first-moves --title 第一步
    """


@new.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@_title
@click.option(
    "--language",
    type=click.Choice(("zh-CN", "en")),
    default="zh-CN",
    show_default=True,
    help="The site's own language; the other one is there for titles too.",
)
@_now
def site(folder: Path, title: str, language: str, now: date | None) -> New:
    """Write a small, complete site into an empty folder.

    \b
    Example:
      catalogue new site our-school --title 我们的资源目录
    """
    from builder.new.site import new_site

    speak(click.get_current_context(), language)
    return new_site(folder, title=title, language=language, today=now or datetime.now(UTC).date())


@new.command()
@click.argument("id", metavar="ID")
@_title
@click.pass_obj
def section(folder: Path, id: str, title: str) -> New:
    """Write a section, behind the others.

    \b
    Example:
      catalogue new section after-school --title 课后服务
    """
    from builder.new.records import new_section

    return new_section(folder, id, title=title)


@new.command()
@click.argument("path", metavar="SECTION/ID")
@_title
@click.option(
    "--layout",
    type=click.Choice(("list", "cards", "textbooks", "links", "hotlines")),
    default="list",
    show_default=True,
    help="How its content is shown.",
)
@click.pass_obj
def column(folder: Path, path: str, title: str, layout: str) -> New:
    """Write a column of a section, behind its others.

    \b
    Example:
      catalogue new column after-school/chess --title 棋类 --layout cards
    """
    from builder.new.records import new_column

    return new_column(folder, path, title=title, layout=layout)


@new.command()
@click.argument("path", metavar="SECTION/COLUMN/ID")
@_title
@click.option("--kind", metavar="KIND", help="An ID of kinds in vocabulary.yaml; video when left out.")
@_now
@click.pass_obj
def resource(folder: Path, path: str, title: str, kind: str | None, now: date | None) -> New:
    """Write a resource as a draft.

    \b
    Example:
      catalogue new resource after-school/chess/first-moves --title 第一步 --kind article
    """
    from builder.new.records import new_resource

    return new_resource(folder, path, title=title, kind=kind, today=now or datetime.now(UTC).date())


@new.command()
@click.argument("id", metavar="ID")
@_title
@click.option("--stage", required=True, metavar="STAGE", help="An ID of stages in vocabulary.yaml.")
@click.option("--subject", required=True, metavar="SUBJECT", help="An ID of subjects.")
@click.option("--edition", required=True, metavar="EDITION", help="An ID of editions.")
@click.option(
    "--grade",
    "grades",
    type=int,
    multiple=True,
    metavar="N",
    help="Grade, 1 to 12; more than once for a book of several, left out where it has none.",
)
@click.option("--volume", required=True, metavar="VOLUME", help="An ID of volumes.")
@click.pass_obj
def textbook(
    folder: Path, id: str, title: str, stage: str, subject: str, edition: str, grades: tuple[int, ...], volume: str
) -> New:
    """Write a textbook without lessons.

    \b
    Example:
      catalogue new textbook chinese-1a --title 语文 --stage primary --subject chinese --edition unified --volume first
    """
    from builder.new.records import new_textbook

    words = {"stage": stage, "subject": subject, "edition": edition, "volume": volume}
    return new_textbook(folder, id, title=title, words=words, grades=grades)


@new.command()
@click.argument("id", metavar="ID")
@click.option("--textbook", "book", required=True, metavar="BOOK", help="ID of the textbook.")
@_title
@click.option(
    "--unit",
    metavar="UNIT",
    help="Number or title of the unit, the last when left out; a book without units gets one of this title.",
)
@click.option("--new-unit", metavar="TITLE", help="Title of a unit to add behind the others, for this lesson.")
@click.option("--after", metavar="LESSON", help="ID of the lesson before it; the unit's last when left out.")
@click.pass_obj
def lesson(
    folder: Path, id: str, book: str, title: str, unit: str | None, new_unit: str | None, after: str | None
) -> New:
    """Write a lesson into a textbook's file; nothing else of the file changes.

    \b
    Example:
      catalogue new lesson chinese-1a-02 --textbook chinese-1a --unit 1 --title 金木水火土
    """
    from builder.new.lessons import new_lesson

    if new_unit is not None and (unit is not None or after is not None):
        raise wrong("new-unit-alone")
    return new_lesson(folder, id, book=book, title=title, unit=unit, after=after, new_unit=new_unit)


@new.command()
@click.argument("id", metavar="ID")
@_title
@click.pass_obj
def topic(folder: Path, id: str, title: str) -> New:
    """Write a special topic, behind the others; what it gathers is filled in by hand.

    \b
    Example:
      catalogue new topic reading-month --title 读书月
    """
    from builder.new.records import new_topic

    return new_topic(folder, id, title=title)


@new.command()
@click.argument("id", metavar="ID")
@_title
@click.pass_obj
def page(folder: Path, id: str, title: str) -> New:
    """Write a page of text, such as one that helps readers; it is linked at the foot of every page.

    \b
    Example:
      catalogue new page help --title 使用帮助
    """
    from builder.new.records import new_page

    return new_page(folder, id, title=title)
