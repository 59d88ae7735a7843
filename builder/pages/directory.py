"""The site's directory: every address, what stands there, and what becomes of former addresses."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from urllib.parse import unquote

from builder.content.catalogue import Article, Catalogue, Resource, Topic
from builder.content.desk import name_of
from builder.content.markdown import Prose, Target
from builder.content.places import Places
from builder.pages import addresses
from builder.problems import Place, Problem
from builder.reading.fields import Localised
from builder.reading.suggest import closest
from builder.reading.yaml import Step

MOST_ENTRIES = 5000  # in one folder of the site


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands at an address: the file that it comes from, its record's name, the anchors of its text."""

    file: str
    record: str
    anchors: tuple[str, ...] = ()
    path: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """What became of a former address; without a target it is gone."""

    kind: str
    target: str | None
    date: str
    reason: Localised | None
    file: str
    path: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """All addresses of a site.

    Args:
        pages: what stands at each address.
        moves: what became of former addresses; every target is a page.
        by_file: the address of the page made from a Markdown file.
        hidden: addresses of pages that are not published today.
        files: address of each published attachment, by its path in the content.
        unread: addresses of pages that are missing only because their files have mistakes of their own.
    """

    pages: dict[str, Entry] = field(default_factory=dict)
    moves: dict[str, Move] = field(default_factory=dict)
    by_file: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, Entry] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def resolve(self, target: Target, file: str) -> str | None:
        """The address that a link of a text leads to, its anchor too; nothing where there is no page today.

        Args:
            target: as written: a path to a content file, an address from the root with `/` in front, an anchor of the
                same page, or an http(s), mailto or tel address.
            file: the Markdown file that holds it.
        """
        if target.is_external:
            return target.href
        anchor = f"#{target.anchor}" if target.anchor else ""
        if not target.path:
            return anchor or "#"
        address = self.address_of(target.path, file)
        move = self.moves.get(address)
        if move is not None and move.target is not None:
            address = move.target
        if address in self.files:
            return self.files[address] + anchor
        return address + anchor if address in self.pages else None

    def address_of(self, path: str, file: str) -> str:
        """The address that a path of a text means, whether or not there is a page."""
        if path.startswith("/"):
            return path[1:] or addresses.HOME
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
        return self.by_file.get(wanted, wanted)

    def is_unread(self, address: str) -> bool:
        """Whether a page is missing only because its file, or that of its column, section or textbook, has mistakes."""
        while address and address not in self.unread:
            folder = address.rpartition("/")[0]
            address = f"{folder}.html" if folder else ""
        return bool(address)


def make_directory(
    catalogue: Catalogue, page_size: int, files: dict[str, str], places: Places
) -> tuple[Directory, list[Problem]]:
    """Gives every page its address and checks all that depends on addresses.

    Args:
        catalogue: the content.
        page_size: resources on one page of a list.
        files: address of each published attachment, by its path in the content.
        places: finds where a value stands.

    Returns:
        The directory and the problems: addresses taken twice, redirects that go round or lead nowhere, broken links.
    """
    directory = Directory(files=files)
    problems: list[Problem] = []
    folded: dict[str, str] = {}
    for address, entry in _entries(catalogue, page_size):
        if (first := folded.get(address.lower())) is not None:
            problems.append(_taken(address, entry, directory.pages[first], places))
            continue
        folded[address.lower()] = address
        directory.pages[address] = entry
        if entry.file.endswith(".md"):
            directory.by_file[entry.file] = address
    for resource in catalogue.hidden.values():
        address = addresses.resource(resource)
        directory.hidden[address] = Entry(resource.file, name_of(resource.title, resource.id))
        directory.by_file[resource.file] = address
    for file in catalogue.unread:
        if address := addresses.of_file(file):
            directory.unread.add(address)
            directory.by_file[file] = address
    problems += _add_moves(catalogue, directory, folded, places)
    problems += _check_links(catalogue, directory, places)
    problems += _check_folders(directory)
    return directory, problems


def pages_of(total: int, page_size: int) -> int:
    """Pages of a list; an empty list has one."""
    return max(1, -(-total // page_size))


def _entries(catalogue: Catalogue, page_size: int) -> Iterator[tuple[str, Entry]]:
    for address in addresses.FIXED:
        yield address, Entry("site.yaml", address)
    for id in catalogue.vocabulary.audiences:
        yield addresses.audience(id), Entry("content/vocabulary.yaml", id)
    for article in catalogue.articles:
        yield (
            addresses.article(article.id),
            Entry(article.file, name_of(article.title, article.id), article.body.anchors),
        )
    for section in catalogue.sections:
        yield addresses.section(section.id), Entry(section.file, name_of(section.title, section.id))
        for column in section.columns:
            entry = Entry(column.file, name_of(column.title, column.id))
            for number in range(1, pages_of(len(column.resources), page_size) + 1):
                yield addresses.column(column, number), entry
    for resource in catalogue.resources.values():
        entry = Entry(resource.file, name_of(resource.title, resource.id), resource.body.anchors)
        yield addresses.resource(resource), entry
    stages: dict[str, dict[str, None]] = {}
    for book in catalogue.textbooks.values():
        stages.setdefault(book.form.stage, {}).setdefault(book.form.subject)
    for stage, subjects in stages.items():
        yield addresses.stage(stage), Entry("content/vocabulary.yaml", stage)
        for subject in subjects:
            yield addresses.subject(stage, subject), Entry("content/vocabulary.yaml", subject)
    for book in catalogue.textbooks.values():
        yield addresses.textbook(book.id), Entry(book.file, name_of(book.title, book.id), path=("id",))
        for u, unit in enumerate(book.units):
            for place, lesson in enumerate(unit.lessons):
                name = name_of(lesson.title, lesson.id)
                entry = Entry(book.file, name, path=("units", u, "lessons", place, "id"))
                for hour in lesson.hours:
                    yield addresses.class_hour(book, lesson, hour.number), entry
    for topic in catalogue.topics:
        yield addresses.topic(topic.id), Entry(topic.file, name_of(topic.title, topic.id), topic.body.anchors)


def _taken(address: str, entry: Entry, first: Entry, places: Places) -> Problem:
    place, other = places.of(entry.file, entry.path), places.of(first.file, first.path)
    return Problem("address-taken", place, entry.record, {"value": address}, (other,))


def _moves(catalogue: Catalogue) -> Iterator[tuple[str, Move]]:
    for index, redirect in enumerate(catalogue.redirects):
        target = _plain(redirect.to) if redirect.to and redirect.kind != "gone" else None
        path: tuple[Step, ...] = (index, "from")
        yield (
            _plain(redirect.from_),
            Move(redirect.kind, target, redirect.date.isoformat(), redirect.reason, "content/redirects.yaml", path),
        )
    for address, file, path, aliases in _aliased(catalogue):
        for index, alias in enumerate(aliases):
            yield _plain(alias), Move("moved", address, "", None, file, (*path, "aliases", index))
    everything = {**catalogue.resources, **catalogue.hidden}
    for resource in catalogue.hidden.values():
        successor = everything.get(resource.form.replaced_by or "")
        if resource.form.status == "retired" and successor is not None:
            target = addresses.resource(successor)
            yield addresses.resource(resource), Move("replaced", target, "", None, resource.file, ("replaced_by",))


def _aliased(catalogue: Catalogue) -> Iterator[tuple[str, str, tuple[Step, ...], tuple[str, ...]]]:
    for resource in chain(catalogue.resources.values(), catalogue.hidden.values()):
        yield addresses.resource(resource), resource.file, (), resource.form.aliases
    for topic in catalogue.topics:
        yield addresses.topic(topic.id), topic.file, (), topic.form.aliases
    for article in catalogue.articles:
        yield addresses.article(article.id), article.file, (), article.form.aliases
    for book in catalogue.textbooks.values():
        yield addresses.textbook(book.id), book.file, (), book.form.aliases
        for u, unit in enumerate(book.units):
            for place, lesson in enumerate(unit.lessons):
                if lesson.form.aliases:
                    path: tuple[Step, ...] = ("units", u, "lessons", place)
                    yield addresses.class_hour(book, lesson), book.file, path, lesson.form.aliases


def _plain(address: str) -> str:
    return unquote(address).lstrip("/")


def _add_moves(catalogue: Catalogue, directory: Directory, folded: dict[str, str], places: Places) -> list[Problem]:
    problems: list[Problem] = []
    written: dict[str, Move] = {}
    for address, move in _moves(catalogue):
        place, record = places.of(move.file, move.path), _record_of(address, move, directory)
        if not _is_safe(address):
            problems.append(Problem("bad-alias", place, record, {"value": address}))
        elif address.lower() in folded:
            if folded[address.lower()] in written:
                other = written[folded[address.lower()]]
                twin = (places.of(other.file, other.path),)
                problems.append(Problem("address-taken", place, record, {"value": address}, twin))
            elif folded[address.lower()] in directory.pages:
                entry = directory.pages[folded[address.lower()]]
                twin = (places.of(entry.file, entry.path),)
                problems.append(Problem("redirect-from-page", place, record, {"value": address}, twin))
        else:
            folded[address.lower()] = address
            written[address] = move
    for address, move in written.items():
        final, chain = move, [address]
        while final.target is not None and final.target in written and final.target not in chain:
            chain.append(final.target)
            final = written[final.target]
        if final.target is not None and final.target in chain:
            if address == min(chain[chain.index(final.target) :]):
                facts = {"value": " → ".join([*chain, final.target])}
                record = _record_of(address, move, directory)
                problems.append(Problem("redirect-loop", places.of(move.file, move.path), record, facts))
        elif final.target is not None and final.target not in directory.pages and final.target not in directory.hidden:
            if len(chain) == 1 and not directory.is_unread(final.target):
                path = (*move.path[:-1], "to") if move.file.endswith("redirects.yaml") else move.path
                facts = {"value": final.target, "guess": _nearest(final.target, directory.pages)}
                problems.append(Problem("redirect-to-nowhere", places.of(move.file, path), facts=facts))
        elif final.target is None or final.target in directory.pages:
            directory.moves[address] = Move(move.kind, final.target, move.date, move.reason, move.file, move.path)
    return problems


def _record_of(address: str, move: Move, directory: Directory) -> str:
    """The record that a former address stands in; redirects of `redirects.yaml` have no name."""
    entry = directory.hidden.get(address) or directory.pages.get(move.target or "")
    return entry.record if entry is not None and entry.file == move.file else ""


def _is_safe(address: str) -> bool:
    """A former address must be a page inside the site."""
    parts = address.split("/")
    return (
        address.endswith(".html") and all(part and not part.startswith(".") for part in parts) and "\\" not in address
    )


def _texts(catalogue: Catalogue) -> Iterator[tuple[str, str, Prose, tuple[Step, ...]]]:
    """Every text with its file, its record's name, and its path where it stands in YAML."""
    records: Iterable[Article | Topic | Resource]
    records = chain(catalogue.articles, catalogue.topics, catalogue.resources.values())
    for record in records:
        yield record.file, name_of(record.title, record.id), record.body, ()
    for book in catalogue.textbooks.values():
        for u, unit in enumerate(book.units):
            for place, lesson in enumerate(unit.lessons):
                name = name_of(lesson.title, lesson.id)
                for number, hour in enumerate(lesson.hours):
                    inner: tuple[Step, ...] = ("hours", number) if lesson.form.hours else ()
                    yield book.file, name, hour.summary, ("units", u, "lessons", place, *inner, "summary")


def _check_links(catalogue: Catalogue, directory: Directory, places: Places) -> list[Problem]:
    problems: list[Problem] = []
    for file, record, body, path in _texts(catalogue):
        for target in body.targets:
            if not target.picture and not target.is_external and (found := _amiss(target, file, body, directory)):
                code, facts = found
                place = places.of(file, path) if path else places.in_text(file, target.line, target.shown)
                problems.append(Problem(code, place, record, facts))
    return problems


def _amiss(target: Target, file: str, body: Prose, directory: Directory) -> tuple[str, dict[str, str]] | None:
    """What is wrong with a link inside the site: a problem's code and its facts."""
    address = directory.resolve(target, file)
    if address is None:
        wanted = directory.address_of(target.path, file)
        if directory.is_unread(wanted):
            return None
        if wanted in directory.hidden:
            return "link-to-hidden", {"value": directory.hidden[wanted].record}
        near = _nearest(wanted, [*directory.pages, *directory.by_file])
        if near:
            near = posixpath.relpath(near, posixpath.dirname(file)) if near in directory.by_file else f"/{near}"
        return "broken-link", {"value": target.shown, "guess": near}
    path, _, anchor = address.partition("#")
    anchors = directory.pages[path].anchors if path in directory.pages else body.anchors if not path else ()
    if anchor and anchor not in anchors:
        facts = {"value": path or directory.by_file.get(file, "#"), "anchor": anchor}
        known = ", ".join(f"#{known}" for known in anchors) or "–"
        return "broken-anchor", {**facts, "known": known, "guess": closest(anchor, anchors)}
    return None


def _nearest(wanted: str, known: Iterable[str]) -> str:
    """What was probably meant: of a similar name in the same folder, or of the same name elsewhere."""
    folder, _, name = wanted.rpartition("/")
    siblings: dict[str, str] = {}
    namesakes: list[str] = []
    for candidate in known:
        its_folder, _, its_name = candidate.rpartition("/")
        if its_folder == folder:
            siblings[its_name] = candidate
        elif its_name == name:
            namesakes.append(candidate)
    return siblings.get(closest(name, siblings)) or min(namesakes, default="")


def _check_folders(directory: Directory) -> list[Problem]:
    entries: dict[str, set[str]] = {}
    for address in (*directory.pages, *directory.moves):
        inner = address
        while "/" in inner:
            folder, _, name = inner.rpartition("/")
            entries.setdefault(folder, set()).add(name)
            inner = folder
    return [
        Problem(
            "crowded-folder",
            Place("content"),
            facts={"value": folder, "number": str(len(names)), "limit": str(MOST_ENTRIES)},
        )
        for folder, names in sorted(entries.items())
        if len(names) > MOST_ENTRIES
    ]
