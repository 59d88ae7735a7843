"""The site's directory: every address, what stands there, and what becomes of former addresses."""

from __future__ import annotations

import dataclasses
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import NamedTuple
from urllib.parse import unquote

from builder.content.catalogue import Catalogue, faces, small_records
from builder.content.desk import VOCABULARY, name_of
from builder.content.entries import text_faces
from builder.content.faces import TextFace
from builder.content.files import beside
from builder.content.model import StageTerm, Term
from builder.content.places import Places
from builder.content.prose import Target
from builder.media import Media
from builder.pages import addresses
from builder.problems import Place, Problem
from builder.reading.fields import Localised
from builder.reading.suggest import Pool, closest
from builder.reading.yaml import Step

MOST_ENTRIES = 5000  # in one folder of the site
_NOT_PAGES = {"site.yaml", VOCABULARY}  # files from which several pages come
# Names that FAT and NTFS take too: no signs that mean something there, no dot at either end, no names of devices.
_SAFE_SIGNS = re.compile(r"[\w~-](?:[\w.~-]*[\w~-])?\Z")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³])(?:\.|\Z)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_LONGEST_NAME = 200  # bytes; file systems take 255, and ours come and go under longer names


class Occupant(NamedTuple):
    """What stands at an address: the file that it comes from, its record's title and ID, the anchors of its text."""

    file: str
    title: Localised
    id: str
    anchors: tuple[str, ...] = ()
    path: tuple[Step, ...] = ()

    @property
    def record(self) -> str:
        """The record as an editor would name it."""
        return name_of(self.title, self.id)


@dataclass(frozen=True, slots=True)
class Move:
    """What became of a former address; without a target it is gone."""

    kind: str
    target: str | None
    date: str
    reason: Localised | None
    file: str
    path: tuple[Step, ...]


@dataclass(frozen=True)
class Directory:
    """All addresses of a site.

    Args:
        pages: what stands at each address.
        moves: what became of former addresses; every target is a page.
        by_file: the address of the page made from a file of the content.
        hidden: addresses of pages that are not published today.
        files: address of each published attachment, by its path in the content.
        others: addresses of feeds, sitemap and data.
        unread: addresses of pages that are missing only because a mistake keeps their files out.
    """

    pages: dict[str, Occupant] = field(default_factory=dict)
    moves: dict[str, Move] = field(default_factory=dict)
    by_file: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, Occupant] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
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
        return address + anchor if address in self.pages or address in self.others else None

    def address_of(self, path: str, file: str) -> str:
        """The address that a path of a text means, whether or not there is a page."""
        if path.startswith("/"):
            return path[1:] or addresses.HOME
        wanted = beside(file, path)
        return self.by_file.get(wanted, wanted)

    def nearest(self, wanted: str, *, files: bool = False) -> str:
        """What was probably meant: of a similar name in the same folder, or of the same name elsewhere.

        Args:
            wanted: an address that leads nowhere.
            files: look among the content's files too.
        """
        folder, _, name = wanted.rpartition("/")
        by_folder, by_name = self._known if files else self._known_pages
        if folder in by_folder:
            names, pool = by_folder[folder]
            if near := pool.closest(name):
                return names[near]
        return by_name.get(name, "")

    @cached_property
    def _known(self) -> _Known:
        """Addresses and files by folder, and by name."""
        return _by_place((*self.pages, *self.by_file))

    @cached_property
    def _known_pages(self) -> _Known:
        """Addresses by folder, and by name."""
        return _by_place(self.pages)

    def is_unread(self, address: str) -> bool:
        """Whether a page is missing only because its file, or that of its column, section or textbook, has mistakes."""
        while address and address not in self.unread:
            folder = address.rpartition("/")[0]
            address = f"{folder}.html" if folder else ""
        return bool(address)


# The addresses of each folder by name, with the pool of these names; the first address of each name.
_Known = tuple[dict[str, tuple[dict[str, str], Pool]], dict[str, str]]


def _by_place(known: Iterable[str]) -> _Known:
    folders: dict[str, dict[str, str]] = {}
    by_name: dict[str, str] = {}
    for address in known:
        folder, _, name = address.rpartition("/")
        folders.setdefault(folder, {})[name] = address
        by_name[name] = min(address, by_name.get(name, address))
    return {folder: (names, Pool(names)) for folder, names in folders.items()}, by_name


def make_directory(
    catalogue: Catalogue, page_size: int, base_url: str, media: Media, places: Places
) -> tuple[Directory, list[Problem]]:
    """Gives every page its address and checks all that depends on addresses.

    Args:
        catalogue: the content.
        page_size: resources on one page of a list.
        base_url: of the home page on the web.
        media: files that records name.
        places: finds where a value stands.

    Returns:
        The directory and the problems: addresses taken twice or that not every file system takes, redirects that go
        round or lead nowhere, broken links.
    """
    files = {file: attachment.address for file, attachment in media.attachments.items()}
    directory = Directory(files=files, others=set(_others(catalogue)))
    problems: list[Problem] = []
    folded: dict[str, str] = {}
    for address, occupant in _occupants(catalogue, page_size):
        if (first := folded.get(address.lower())) is not None:
            if not _are_twins(occupant, directory.pages[first]):
                problems.append(_taken(address, occupant, directory.pages[first], places))
            continue
        folded[address.lower()] = address
        directory.pages[address] = occupant
        if occupant.file not in _NOT_PAGES:
            directory.by_file.setdefault(occupant.file, address)
    for resource in catalogue.hidden.values():
        address = addresses.resource(resource)
        directory.hidden[address] = Occupant(resource.file, resource.title, resource.id)
        directory.by_file[resource.file] = address
    for file in catalogue.unread:
        if address := addresses.of_file(file):
            directory.unread.add(address)
            directory.by_file[file] = address
    problems += _check_names(directory, media, places)
    problems += _add_moves(catalogue, directory, folded, places)
    problems += _check_links(catalogue, directory, base_url, places)
    covers = (variant.address for cover in media.covers.values() for variant in cover)
    problems += _check_folders([*directory.pages, *directory.moves, *directory.others, *files.values(), *covers])
    return directory, problems


def pages_of(total: int, page_size: int) -> int:
    """Pages of a list; an empty list has one."""
    return max(1, -(-total // page_size))


def _occupants(catalogue: Catalogue, page_size: int) -> Iterator[tuple[str, Occupant]]:
    for address in addresses.FIXED:
        yield address, Occupant("site.yaml", "", address)
    for id, term in catalogue.vocabulary.audiences.items():
        yield addresses.audience(id), _term(catalogue, "audiences", term)
    for article in catalogue.articles:
        yield addresses.article(article.id), Occupant(article.file, article.title, article.id, article.body.anchors)
    for section in catalogue.sections:
        yield addresses.section(section.id), Occupant(section.file, section.title, section.id)
        for column in section.columns:
            occupant = Occupant(column.file, column.title, column.id)
            for number in range(1, pages_of(len(column.resources), page_size) + 1):
                yield addresses.column(column, number), occupant
    for resource in catalogue.resources.values():
        anchors = resource.texts[0].anchors if resource.texts else ()
        yield addresses.resource(resource), Occupant(resource.file, resource.title, resource.id, anchors)
    words = catalogue.vocabulary
    for stage, subjects in stages(catalogue).items():
        yield addresses.stage(stage), _term(catalogue, "stages", words.stages[stage])
        for subject in subjects:
            yield addresses.subject(stage, subject), _term(catalogue, "subjects", words.subjects[subject])
    for book in catalogue.textbooks.values():
        yield addresses.textbook(book.id), Occupant(book.file, book.title, book.id, path=("id",))
        for path, lesson in book.lessons:
            title = {book.language: lesson.title} if book.language and isinstance(lesson.title, str) else lesson.title
            occupant = Occupant(book.file, title, lesson.id, path=(*path, "id"))
            for number in range(1, lesson.hours + 1):
                yield addresses.class_hour(book.id, lesson.id, number), occupant
    for topic in catalogue.topics:
        yield addresses.topic(topic.id), Occupant(topic.file, topic.title, topic.id, topic.body.anchors)


def _term(catalogue: Catalogue, kind: str, term: Term | StageTerm) -> Occupant:
    """A word of the vocabulary that has a page."""
    index = list(getattr(catalogue.vocabulary, kind)).index(term.id)
    return Occupant(VOCABULARY, term.title, term.id, path=(kind, index, "id"))


def stages(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The stages that have textbooks, each with its subjects, in the order of the shelves."""
    found: dict[str, dict[str, None]] = {}
    for book in catalogue.textbooks.values():
        if book.stage in catalogue.vocabulary.stages and book.subject in catalogue.vocabulary.subjects:
            found.setdefault(book.stage, {}).setdefault(book.subject)
    return {stage: tuple(subjects) for stage, subjects in found.items()}


def _are_twins(one: Occupant, other: Occupant) -> bool:
    """Whether two records share an ID, which is told as that."""
    return one.id == other.id and _NOT_PAGES.isdisjoint((one.file, other.file))


def _taken(address: str, occupant: Occupant, first: Occupant, places: Places) -> Problem:
    place, other = places.of(occupant.file, occupant.path), places.of(first.file, first.path)
    return Problem("address-taken", place, occupant.record, {"value": address}, (other,))


def _check_names(directory: Directory, media: Media, places: Places) -> Iterator[Problem]:
    """Names that not every disk takes on which the site may be kept; each is told once, where it is written.

    A folder has the name of a page beside it.
    """
    told = set()
    for address, occupant in chain(directory.pages.items(), directory.hidden.items()):
        name = posixpath.basename(address)
        why = _why_unfit(name)
        at = (occupant.file, occupant.path)
        if why and why["reason"] != "@unsafe-signs" and at not in told:  # an ID with such signs is told as that
            told.add(at)
            yield Problem("unfit-name", places.of(*at), occupant.record, {"value": occupant.id, **why})
    published = {attachment.file: attachment.address for attachment in media.attachments.values()}
    published |= {variant.file: variant.address for cover in media.covers.values() for variant in cover}
    folded: dict[str, str] = {}
    for file, address in sorted(published.items()):
        if why := _why_unfit(posixpath.basename(address)):
            yield Problem("unfit-name", Place(file), facts={"value": posixpath.basename(file), **why})
        if (first := folded.setdefault(file.casefold(), file)) != file:
            facts = {"value": posixpath.basename(file), "other": posixpath.basename(first), "what": "@capitals"}
            yield Problem("alike-names", Place(file), facts=facts, others=(Place(first),))


def _why_unfit(name: str) -> dict[str, str]:
    """Why some file system would not take a name, as facts of a problem; nothing where all do."""
    if _DEVICE.match(name):
        return {"reason": "@device-name"}
    if (length := len(name.encode())) > _LONGEST_NAME:
        return {"reason": "@long-name", "number": str(length), "limit": str(_LONGEST_NAME)}
    return {} if _SAFE_SIGNS.match(name) else {"reason": "@unsafe-signs"}


def _moves(catalogue: Catalogue) -> Iterator[tuple[str, Move]]:
    """What became of former addresses, each as it is written."""
    for index, redirect in enumerate(catalogue.redirects):
        target = _plain(redirect.to) if redirect.to and redirect.kind != "gone" else None
        path: tuple[Step, ...] = (index, "from")
        yield (
            redirect.from_,
            Move(redirect.kind, target, redirect.date.isoformat(), redirect.reason, "content/redirects.yaml", path),
        )
    for address, file, path, aliases in _aliased(catalogue):
        for index, alias in enumerate(aliases):
            yield alias, Move("moved", address, "", None, file, (*path, "aliases", index))
    everything = {**catalogue.resources, **catalogue.hidden}
    for resource in catalogue.hidden.values():
        successor = everything.get(resource.replaced_by or "")
        if resource.status != "draft" and successor is not None and successor.id != resource.id:
            target = addresses.resource(successor)
            yield addresses.resource(resource), Move("replaced", target, "", None, resource.file, ("replaced_by",))


def _aliased(catalogue: Catalogue) -> Iterator[tuple[str, str, tuple[Step, ...], tuple[str, ...]]]:
    for resource in chain(catalogue.resources.values(), catalogue.hidden.values()):
        yield addresses.resource(resource), resource.file, (), resource.aliases
    for topic in catalogue.topics:
        yield addresses.topic(topic.id), topic.file, (), topic.form.aliases
    for article in catalogue.articles:
        yield addresses.article(article.id), article.file, (), article.form.aliases
    for book in catalogue.textbooks.values():
        yield addresses.textbook(book.id), book.file, (), book.aliases
        for path, lesson in book.lessons:
            if lesson.aliases:
                yield addresses.class_hour(book.id, lesson.id), book.file, path, lesson.aliases


def _plain(address: str) -> str:
    return unquote(address).lstrip("/")


def _as_alias(written: str) -> str:
    """The former address that was probably meant by one that cannot be; empty where it is not to be seen."""
    path = re.sub(r"(?i)\Ahttps?://[^/]*/", "", unquote(written)).replace("\\", "/").strip("/ ").replace(" ", "-")
    path = re.sub(r"(?<=\.html)[?#].*", "", path)
    meant = path if "." in path.rpartition("/")[2] else f"{path}.html"
    return meant if path and _is_safe(meant) else ""


def _add_moves(catalogue: Catalogue, directory: Directory, folded: dict[str, str], places: Places) -> list[Problem]:
    problems: list[Problem] = []
    written: dict[str, Move] = {}

    def add(code: str, address: str, move: Move, other: Occupant | Move | None = None, **facts: str) -> None:
        twin = () if other is None else (places.of(other.file, other.path),)
        record = _record_of(address, move, directory)
        problems.append(Problem(code, places.of(move.file, move.path), record, {"value": address, **facts}, twin))

    for as_written, move in _moves(catalogue):
        address = _plain(as_written)
        if not _is_safe(address):
            add("bad-alias", address, move, value=as_written, guess=_as_alias(as_written))
        elif address.lower() in folded:
            standing = folded[address.lower()]
            if standing in written:
                add("address-taken", address, move, written[standing])
            elif standing in directory.pages:
                add("redirect-from-page", address, move, directory.pages[standing])
        else:
            folded[address.lower()] = address
            written[address] = move
    ends, loops = _followed(written)
    for loop in loops:
        begin = loop.index(min(loop))
        address, move = loop[begin], written[loop[begin]]
        facts = {"value": " → ".join([*loop[begin:], *loop[: begin + 1]])}
        record = _record_of(address, move, directory)
        problems.append(Problem("redirect-loop", places.of(move.file, move.path), record, facts))
    for address, final in ends.items():
        move = written[address]
        if final.target is not None and final.target not in directory.pages and final.target not in directory.hidden:
            if final is move and not directory.is_unread(final.target):
                path = (*move.path[:-1], "to") if move.file.endswith("redirects.yaml") else move.path
                if _ELSEWHERE.match(final.target):
                    code, guess = "redirect-elsewhere", _own_page(final.target, directory)
                else:
                    code, guess = "redirect-to-nowhere", directory.nearest(final.target)
                facts = {"value": final.target, "guess": guess}
                problems.append(Problem(code, places.of(move.file, path), facts=facts))
        elif final.target is None or final.target in directory.pages:
            directory.moves[address] = Move(move.kind, final.target, move.date, move.reason, move.file, move.path)
    return problems


def _followed(written: dict[str, Move]) -> tuple[dict[str, Move], list[list[str]]]:
    """The last move that each former address leads to, and the loops that lead nowhere; each step is taken once."""
    ends: dict[str, Move] = {}
    loops: list[list[str]] = []
    seen: set[str] = set()
    for address in written:
        passed: list[str] = []
        here: str | None = address
        while here is not None and here in written and here not in seen:
            seen.add(here)
            passed.append(here)
            here = written[here].target
        if here in ends:
            ends.update(dict.fromkeys(passed, ends[here]))
        elif here in passed:
            loops.append(passed[passed.index(here) :])
        elif passed and here not in seen:
            ends.update(dict.fromkeys(passed, written[passed[-1]]))
    return {address: ends[address] for address in written if address in ends}, loops


def _own_page(url: str, directory: Directory) -> str:
    """The page of this site in a folder that a whole address may mean, whatever host and folders stand before it."""
    parts = _ELSEWHERE.sub("", url).split("/")
    ends = ("/".join(parts[start:]) for start in range(1, len(parts) - 1))
    return next((end for end in ends if end in directory.pages), "")


def _record_of(address: str, move: Move, directory: Directory) -> str:
    """The record that a former address stands in; redirects of `redirects.yaml` have no name."""
    entry = directory.hidden.get(address) or directory.pages.get(move.target or "")
    return entry.record if entry is not None and entry.file == move.file else ""


def _is_safe(address: str) -> bool:
    """A former address must be a page inside the site, and its name one that every file system takes."""
    *folders, name = address.split("/")
    return (
        name.endswith(".html")
        and not any(folder.endswith(".html") for folder in folders)
        and not any(map(_why_unfit, (*folders, name)))
    )


def texts(catalogue: Catalogue) -> Iterator[tuple[str, TextFace]]:
    """Every text that has links or headings, with its file."""
    for record in small_records(catalogue):
        for text in text_faces(record):
            yield record.file, text
    for face in faces(catalogue):
        for text in face.texts:
            yield face.file, text


def _check_links(catalogue: Catalogue, directory: Directory, base_url: str, places: Places) -> list[Problem]:
    problems: list[Problem] = []
    for file, text in texts(catalogue):
        for target in text.targets:
            if target.picture:
                continue
            if target.is_external:
                found = _amiss_at(target, base_url, file, directory, catalogue.attachments)
            else:
                found = _amiss(target, file, text.anchors, directory, catalogue.attachments)
            if found:
                code, facts = found
                place = places.of(file, text.path) if text.path else places.in_text(file, target)
                problems.append(Problem(code, place, text.record, facts))
    return problems


def _amiss_at(
    target: Target, base_url: str, file: str, directory: Directory, attachments: Collection[str]
) -> tuple[str, dict[str, str]] | None:
    """What is wrong with a link to a whole address that is one of this site."""
    root, href = (address.partition(":")[2] for address in (base_url, target.href))
    if href[: len(root)].lower() != root.lower():
        return None
    path, sign, anchor = href[len(root) :].partition("#")
    own = dataclasses.replace(target, href=f"/{path.partition('?')[0]}{sign}{anchor}")
    found = _amiss(own, file, (), directory, attachments)
    if found and found[0] in {"broken-link", "link-to-hidden"}:
        return "own-address", {"value": target.shown, "guess": found[1].get("guess", "")}
    return found


def _amiss(
    target: Target, file: str, own: tuple[str, ...], directory: Directory, attachments: Collection[str]
) -> tuple[str, dict[str, str]] | None:
    """What is wrong with a link inside the site: a problem's code and its facts."""
    address = directory.resolve(target, file)
    if address is None:
        wanted = directory.address_of(target.path, file)
        if directory.is_unread(wanted):
            return None
        if wanted in directory.hidden:
            return "link-to-hidden", {"value": directory.hidden[wanted].record}
        right = target.path.replace("\\", "/")
        if right != target.path and (
            directory.address_of(right, file) in directory.pages or beside(file, right) in attachments
        ):
            return "backslash-in-path", {"value": target.shown, "mended": target.shown.replace("\\", "/")}
        near = directory.nearest(wanted, files=True)
        if near:
            near = posixpath.relpath(near, posixpath.dirname(file)) if near in directory.by_file else f"/{near}"
        return "broken-link", {"value": target.shown, "guess": near}
    path, _, anchor = address.partition("#")
    anchors = directory.pages[path].anchors if path in directory.pages else own if not path else ()
    if anchor and anchor not in anchors:
        facts = {"value": path or directory.by_file.get(file, "#"), "anchor": anchor}
        near = closest(anchor, anchors)
        facts["known"] = ", ".join(f"#{known}" for known in anchors)
        facts["there"] = "@headings-there" if anchors else "@no-headings"
        return "broken-anchor", {**facts, "guess": f"#{near}" if near else ""}
    return None


def _others(catalogue: Catalogue) -> Iterator[str]:
    yield addresses.SITEMAP
    yield from addresses.DATA
    yield from (addresses.feed(section.id) for section in catalogue.sections)
    yield from (addresses.data_of("columns", id) for id in catalogue.columns)
    yield from (addresses.data_of("textbooks", id) for id in catalogue.textbooks)


def _check_folders(published: list[str]) -> list[Problem]:
    entries: dict[str, set[str]] = {}
    for address in published:
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
