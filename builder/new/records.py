"""New sections, columns, resources, textbooks, topics and pages: one file each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from builder.content.catalogue import Column, Resource
from builder.content.files import Role
from builder.content.records import read_record
from builder.new import inventory
from builder.new.written import New, RefusalError, as_yaml, write_new
from builder.pages import addresses
from builder.problems import count

USUAL_KIND = "video"


def new_section(site: Path, id: str, *, title: str) -> New:
    """Writes a section that stands behind all others.

    Args:
        site: the site's folder.
        id: of the section.
        title: in the site's language.

    Raises:
        RefusalError: the ID or the title will not do.
    """
    inventory.check_site(site)
    address = addresses.section(id)
    inventory.check_free(site, id, address)
    order = inventory.next_place(site, "section", inventory.sections(site).values())
    file = f"content/sections/{id}/_section.yaml"
    _write(site, "section", file, {"title": title, "order": order})
    return New(file, address)


def new_column(site: Path, path: str, *, title: str, layout: str) -> New:
    """Writes a column that stands behind the others of its section.

    Args:
        site: the site's folder.
        path: section and ID, as in `after-school/chess`.
        title: in the site's language.
        layout: how its content is shown.

    Raises:
        RefusalError: there is no such section, or the ID or the title will not do.
    """
    inventory.check_site(site)
    section, id = _divided(path, 2, "no-column-path")
    inventory.check_word("section", section, inventory.sections(site), "known-ids")
    address = f"{section}/{id}.html"
    inventory.check_free(site, id, address)
    beside = [file for name, file in inventory.columns(site).items() if name.startswith(f"{section}/")]
    order = inventory.next_place(site, "column", beside)
    file = f"content/sections/{section}/{id}/_column.yaml"
    column: Column = _write(site, "column", file, {"title": title, "order": order, "layout": layout})
    return New(file, addresses.column(column))


def new_resource(site: Path, path: str, *, title: str, kind: str | None, today: date) -> New:
    """Writes a resource as a draft.

    Args:
        site: the site's folder.
        path: section, column and ID, as in `after-school/chess/first-moves`.
        title: in the site's language.
        kind: an ID of the vocabulary's kinds; video when left out, or the first where there is no such kind.
        today: the date that it gets.

    Raises:
        RefusalError: there is no such column or kind, or the ID or the title will not do.
        ContentError: the vocabulary cannot be read.
    """
    inventory.check_site(site)
    section, column, id = _divided(path, 3, "no-resource-path")
    inventory.check_word("column", f"{section}/{column}", inventory.columns(site), "known-columns")
    kinds = [term.id for term in inventory.vocabulary(site).kinds]
    kind = kind or (USUAL_KIND if USUAL_KIND in kinds or not kinds else kinds[0])
    inventory.check_word("kinds", kind, kinds)
    address = f"{section}/{column}/{id}.html"
    inventory.check_free(site, id, address)
    file = f"content/sections/{section}/{column}/{id}.md"
    resource: Resource = _write(
        site, "resource", file, {"title": title, "kind": kind, "date": today, "status": "draft"}
    )
    return New(file, addresses.resource(resource), is_draft=True)


def new_textbook(
    site: Path,
    id: str,
    *,
    title: str,
    words: Mapping[str, str],
    grades: Sequence[int],
) -> New:
    """Writes a textbook without lessons.

    Args:
        site: the site's folder.
        id: of the book.
        title: in the site's language.
        words: IDs of its `stage`, `subject`, `edition` and `volume`.
        grades: that it is for; none in senior high school.

    Raises:
        RefusalError: a word is not in the vocabulary, a grade not in the stage, or the ID or the title will not do.
        ContentError: the vocabulary cannot be read.
    """
    inventory.check_site(site)
    known = inventory.vocabulary(site)
    for facet in ("stage", "subject", "edition", "volume"):
        terms = f"{facet}s"
        inventory.check_word(terms, words[facet], [term.id for term in getattr(known, terms)])
    for grade in grades:
        inventory.check_word("grades", grade, [term.id for term in known.grades])
        inventory.check_grade(grade, words["stage"], known)
    address = addresses.textbook(id)
    inventory.check_free(site, id, address)
    record: dict[str, Any] = {"id": id, "title": title}
    record |= {facet: words[facet] for facet in ("stage", "subject", "edition")}
    if grades:
        record["grade"] = grades[0] if len(grades) == 1 else list(grades)
    record["volume"] = words["volume"]
    file = f"content/textbooks/{words['stage']}/{words['subject']}/{id}.yaml"
    _write(site, "textbook", file, record)
    return New(file, address)


def new_topic(site: Path, id: str, *, title: str) -> New:
    """Writes a topic that stands behind all others and gathers nothing yet.

    Args:
        site: the site's folder.
        id: of the topic.
        title: in the site's language.

    Raises:
        RefusalError: the ID or the title will not do.
    """
    return _text(site, "topic", f"content/topics/{id}.md", id, addresses.topic(id), title)


def new_page(site: Path, id: str, *, title: str) -> New:
    """Writes a page of text that stands behind the others at the foot of every page.

    Args:
        site: the site's folder.
        id: of the page.
        title: in the site's language.

    Raises:
        RefusalError: the ID or the title will not do.
    """
    return _text(site, "article", f"content/pages/{id}.md", id, addresses.article(id), title)


def _text(site: Path, role: Role, file: str, id: str, address: str, title: str) -> New:
    inventory.check_site(site)
    inventory.check_free(site, id, address)
    _write(site, role, file, {"title": title, "order": inventory.next_place(site, role, inventory.files(site, role))})
    return New(file, address)


def _divided(path: str, number: int, refusal: str) -> list[str]:
    parts = path.strip("/").split("/")
    if len(parts) != number:
        raise RefusalError(refusal, value=path)
    return parts


def _write(site: Path, role: Role, file: str, fields: dict[str, Any]) -> Any:
    """Writes a file, once it is certain that it can be read; gives the record that it makes."""
    inventory.check_title(fields["title"])
    text = as_yaml(fields)
    if file.endswith(".md"):
        text = f"---\n{text}---\n"
    record = read_record(role, file, text.encode())
    if record.value is None or count(record.problems, "error"):
        raise RefusalError.of(record.problems[0])
    write_new(site, file, text)
    return record.value
