"""What several commands can be told: drafts, the day, and all that makes the options of a build."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.commands.terminal import check_site

if TYPE_CHECKING:
    from builder.options import Options


class Day(click.ParamType[date]):
    """A day as in 2022-03-05."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that is written."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write it as in 2022-03-05", param, ctx)


with_drafts = click.option("--drafts", is_flag=True, help="Show drafts and what is scheduled for later too.")
with_now = click.option("--now", type=Day(), metavar="DATE", help="The day to build for; today in UTC when left out.")


def options_of(site: Path, now: date | None, **more: Any) -> Options:
    """What to build and how, of what was said on the command line; what was not said keeps its usual value."""
    from builder.options import Options

    check_site(site)
    given: dict[str, Any] = {name: value for name, value in more.items() if value is not None}
    given.setdefault("out", site / "public")
    if now is not None:
        given["today"] = now
    return Options(site=site, **given)
