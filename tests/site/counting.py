"""Counts made from the editors' files alone, to hold the pages against: nothing of the program takes part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Counts:
    """What there is to count.

    Args:
        resources: shown resources that belong to each column, by `section/column`.
        listed: IDs of all shown resources that each column lists, those of other columns too, by `section/column`.
        columns: layout of each column, by `section/column`.
        kinds: resources of each kind.
        hours: class hours of each textbook.
        with_material: class hours that have assets.
        books: the textbooks' files.
        hotlines: IDs of the fresh ones.
    """

    resources: Counter[str]
    listed: dict[str, set[str]]
    columns: dict[str, str]
    kinds: Counter[str]
    hours: dict[str, int]
    with_material: int
    books: dict[str, dict[str, Any]]
    hotlines: list[str]

    @property
    def sections(self) -> set[str]:
        """IDs of the sections."""
        return {column.split("/")[0] for column in self.columns}

    @property
    def all_hours(self) -> int:
        """Class hours of all textbooks."""
        return sum(self.hours.values())

    @property
    def everything(self) -> int:
        """Resources, class hours among them."""
        return self.resources.total() + self.all_hours


def read(path: Path) -> Any:
    """A YAML file, or the front matter of a Markdown file; dates stay texts."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        text = text.split("\n---\n")[0].removeprefix("---\n")
    return yaml.load(text, Loader=LOADER)


def count(site: Path, today: date | None = None) -> Counts:
    """Counts a site's content as it is to be shown on a day, today when left out."""
    day = today or datetime.now(UTC).date()
    content = site / "content"
    resources: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    columns = {}
    listed: dict[str, set[str]] = {}
    for file in sorted(content.glob("sections/*/*/_column.yaml")):
        name = file.parent.relative_to(content / "sections").as_posix()
        columns[name] = read(file).get("layout", "list")
        for path in sorted(file.parent.glob("*.md")):
            form = read(path)
            shown = form.get("status", "live") == "live"
            if shown and form.get("publish", day) <= day <= form.get("expires", day):
                resources[name] += 1
                kinds[form["kind"]] += 1
                for column in (name, *form.get("also_in", [])):
                    listed.setdefault(column, set()).add(path.stem)
    books = {file.stem: read(file) for file in sorted(content.glob("textbooks/*/*/*.yaml"))}
    hours = {
        id: sum(len(lesson.get("hours", "1")) for unit in book.get("units", []) for lesson in unit.get("lessons", []))
        for id, book in books.items()
    }
    lessons = [
        lesson for book in books.values() for unit in book.get("units", []) for lesson in unit.get("lessons", [])
    ]
    with_material = sum(bool(hour.get("assets")) for lesson in lessons for hour in lesson.get("hours", [lesson]))
    age = read(site / "site.yaml").get("hotlines_max_age_days", 365)
    lines = read(content / "hotlines.yaml")
    fresh = [line["id"] for line in lines if (day - line["verified_on"]).days <= age]
    return Counts(resources, listed, columns, kinds, hours, with_material, books, fresh)
