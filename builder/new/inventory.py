"""Which IDs, addresses and words a site has, found without linking all of it.

Files with mistakes do not stand in the way of new ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from builder.content.catalogue import Textbook
from builder.content.desk import facts_of_grade
from builder.content.files import Role, find_files
from builder.content.model import VocabularyForm
from builder.content.records import Record, read_record
from builder.new.written import RefusalError
from builder.pages import addresses
from builder.problems import ContentError, Place, Problem, count
from builder.reading.fields import ID
from builder.reading.source import Source, decode, split_front_matter
from builder.reading.suggest import closest
from builder.reading.yaml import read_yaml
from builder.settings import read_settings
from builder.system import reason_of

_LISTS = {"links", "hotlines"}


def check_site(site: Path) -> None:
    """A folder must be a site before anything is added to it.

    Raises:
        RefusalError: there is no `site.yaml`.
    """
    if not (site / "site.yaml").is_file():
        raise RefusalError("no-site", folder=site)


def language_of(site: Path) -> str:
    """The language that a site is written in; a guess where its settings have mistakes."""
    return read_settings(site)[1]


def check_free(site: Path, id: str, address: str) -> None:
    """A new ID must be well-formed, and nobody else's; so must the address of its page.

    Args:
        site: the site's folder.
        id: of the new record.
        address: of its page.

    Raises:
        RefusalError: it will not do.
    """
    if not ID.match(id):
        raise RefusalError.of(Problem("bad-id", Place(""), facts={"value": id}))
    for role, file in find_files(site)[0].records:
        if _file_id(role, file) == id:
            raise RefusalError("id-taken", value=id, file=file)
        raw = (site / file).read_bytes()
        if (role == "textbook" or role in _LISTS) and id.encode() in raw and id in _ids_inside(role, file, raw):
            raise RefusalError("id-taken", value=id, file=file)
        if address.encode() in raw.lower() and address in _former_addresses(file, raw):
            raise RefusalError("former-address", file=file, address=address)
    if address in {*addresses.FIXED, *_of_vocabulary(site)}:
        raise RefusalError("page-there", address=address)


def vocabulary(site: Path) -> VocabularyForm:
    """The words that records of a site choose from.

    Raises:
        ContentError: they cannot be read.
    """
    record = read_one(site, "vocabulary", "content/vocabulary.yaml")
    form: VocabularyForm = record.value
    return form


def read_one(site: Path, role: Role, file: str) -> Record:
    """A file that has to be right before something is made from it.

    Raises:
        ContentError: it cannot be read, or has mistakes.
    """
    try:
        record = read_record(role, file, (site / file).read_bytes())
    except OSError as error:
        problem = Problem("unreadable-file", Place(file), facts=reason_of(error))
        raise ContentError([problem], language_of(site)) from None
    if record.value is None or count(record.problems, "error"):
        raise ContentError(record.problems, language_of(site))
    return record


def check_title(title: str) -> None:
    """A title is one line that can be seen.

    Raises:
        RefusalError: it is not.
    """
    _, problems = decode("", title.encode("utf-8", "surrogateescape"))
    if problems:
        raise RefusalError.of(problems[0])
    if not title.strip() or "\n" in title:
        raise RefusalError("title-is-a-line")


def check_word(
    kind: str, value: Any, known: Iterable[Any], where: str = "in-vocabulary", remedy: str = "", **facts: str
) -> None:
    """A word must be one of those that are known.

    Args:
        kind: what it is, a phrase.
        value: the word.
        known: all that there are.
        where: where they stand, a phrase.
        remedy: what to do, a sentence in its place.
        facts: what that sentence names.

    Raises:
        RefusalError: it is not; with the one that was probably meant.
    """
    words = list(known)
    if value not in words:
        guess = closest(str(value), map(str, words))
        said = {"kind": f"@{kind}", "value": str(value), "known": f"@{where}", "guess": guess}
        raise RefusalError.of(Problem("unknown-reference", Place(""), facts=said), remedy, **facts)


def check_grade(grade: int, stage: str, words: VocabularyForm) -> None:
    """A grade must be one of its stage, if that says which it has.

    Raises:
        RefusalError: it is not; with the stages that have it.
    """
    own = next(term.grades for term in words.stages if term.id == stage)
    if own and grade not in own:
        facts = facts_of_grade(grade, [stage], words.stages)
        raise RefusalError.of(Problem("grade-outside-stage", Place(""), facts=facts))


def sections(site: Path) -> dict[str, str]:
    """The files of all sections, by ID."""
    return {file.split("/")[2]: file for role, file in find_files(site)[0].records if role == "section"}


def columns(site: Path) -> dict[str, str]:
    """The files of all columns, by section and ID as in `after-school/classic-reading`."""
    return {"/".join(file.split("/")[2:4]): file for role, file in find_files(site)[0].records if role == "column"}


def textbooks(site: Path) -> dict[str, str]:
    """The files of all textbooks, by the names that they have, which are their IDs."""
    return {_file_id(role, file): file for role, file in find_files(site)[0].records if role == "textbook"}


def files(site: Path, role: Role) -> list[str]:
    """The files of all records of a kind."""
    return [file for known, file in find_files(site)[0].records if known == role]


def next_place(site: Path, role: Role, files: Iterable[str]) -> int:
    """The place behind the last of some records of a kind; those with mistakes do not count."""
    records = (read_record(role, file, (site / file).read_bytes()) for file in files)
    return 1 + max((record.value.form.order for record in records if record.value is not None), default=0)


def pages_of_textbook(book: Textbook) -> Iterator[str]:
    """Addresses of a textbook's class hours."""
    for _, lesson in book.lessons:
        for hour in lesson.hours:
            yield addresses.class_hour(book.id, lesson.id, hour.number)


def _file_id(role: Role, file: str) -> str:
    *_, folder, name = file.split("/")
    match role:
        case "section" | "column":
            return folder
        case "resource" | "topic" | "article" | "textbook":
            return name.rsplit(".", 1)[0]
    return ""


def _value(file: str, raw: bytes) -> Any:
    """What a file's YAML holds, as far as it can be read."""
    source, _ = decode(file, raw)
    parts = split_front_matter(source) if source is not None and file.endswith(".md") else source
    head = parts[0] if isinstance(parts, tuple) else parts
    return read_yaml(head)[0] if isinstance(head, Source) else None


def _ids_inside(role: Role, file: str, raw: bytes) -> set[str]:
    """IDs of a textbook's file and its lessons, or of the records of a list."""
    value = _value(file, raw)
    records = _records(value)
    if role == "textbook" and isinstance(value, dict):
        units = _records(value.get("units"))
        records = [value, *(lesson for unit in units for lesson in _records(unit.get("lessons")))]
    return {record["id"] for record in records if isinstance(record.get("id"), str)}


def _former_addresses(file: str, raw: bytes) -> set[str]:
    """Addresses that redirects or aliases of a file begin at."""
    found: list[Any] = []
    queue = [_value(file, raw)]
    while queue:
        node = queue.pop()
        if isinstance(node, dict):
            aliases = node.get("aliases")
            found += [node.get("from"), *(aliases if isinstance(aliases, list) else [])]
            queue += node.values()
        elif isinstance(node, list):
            queue += node
    return {address.lower().lstrip("/") for address in found if isinstance(address, str)}


def _records(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _of_vocabulary(site: Path) -> Iterator[str]:
    """Addresses of pages that are there because of a word in the vocabulary."""
    try:
        raw = (site / "content/vocabulary.yaml").read_bytes()
    except OSError:
        return
    words = _value("content/vocabulary.yaml", raw)
    if isinstance(words, dict):
        yield from (addresses.stage(str(term.get("id"))) for term in _records(words.get("stages")))
        yield from (addresses.audience(str(term.get("id"))) for term in _records(words.get("audiences")))
