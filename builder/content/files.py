"""What lies in `content/`: each file has its place, and its place says what it is."""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from builder.content.captions import check_captions
from builder.listing import is_hidden, list_files
from builder.problems import ChangedError, Place, Problem
from builder.reading.source import symbolic_link
from builder.reading.suggest import closest
from builder.stamps import Stamp, is_special

Role = Literal[
    "vocabulary",
    "links",
    "hotlines",
    "figures",
    "redirects",
    "section",
    "column",
    "resource",
    "textbook",
    "topic",
    "article",
]

LARGE: tuple[Role, ...] = ("resource", "textbook")  # of such records others see a face, which is kept between builds

_ROLES: list[tuple[re.Pattern[str], Role]] = [
    (re.compile(r"content/(vocabulary|links|hotlines|figures|redirects)\.yaml\Z"), "vocabulary"),
    (re.compile(r"content/sections/[^/]+/_section\.yaml\Z"), "section"),
    (re.compile(r"content/sections/[^/]+/[^/]+/_column\.yaml\Z"), "column"),
    (re.compile(r"content/sections/[^/]+/[^/]+/[^_/][^/]*\.md\Z"), "resource"),
    (re.compile(r"content/textbooks/[^/]+/[^/]+/[^_/][^/]*\.yaml\Z"), "textbook"),
    (re.compile(r"content/topics/[^_/][^/]*\.md\Z"), "topic"),
    (re.compile(r"content/pages/[^_/][^/]*\.md\Z"), "article"),
]
_NO_CHARACTER = re.compile("[\ud800-\udfff]")  # stands for a byte of a name that is not UTF-8 (PEP 383)
# What editors mean as a record, also where its ending has been changed: `x.MD`, `x.md.txt`.
_RECORD = re.compile(r"\.(md|markdown|ya?ml)(\.txt)?\Z", re.IGNORECASE)
_WHERE = {
    "sections": "@where-section",
    "textbooks": "@where-textbook",
    "topics": "@where-markdown",
    "pages": "@where-markdown",
}


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a site's content.

    Args:
        records: pairs of role and path from the site's folder, sorted by path.
        attachments: paths of all other files, which records may name, by the composed form of these paths.
        sizes: of all of these, in bytes, by path.
        sha256: of attachments, as far as it is known, by path.
        likely: what files that are not read would be under the names that they should have; that they are missing
            need not be said too.
    """

    records: list[tuple[Role, str]] = field(default_factory=list)
    attachments: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    sha256: dict[str, str] = field(default_factory=dict)
    likely: list[tuple[Role, str]] = field(default_factory=list)


def find_files(site: Path, listed: Mapping[str, Stamp] | None = None) -> tuple[Files, list[Problem]]:
    """Says of each file of `content/` what it is; links are not followed, hidden files are passed over.

    Of all other files that are listed it says only where their names cannot be read.

    Args:
        site: the site's folder.
        listed: the stamps of its files, as `list_files` finds them.

    Raises:
        ChangedError: one of them is gone since.
    """
    found, problems = Files(), []
    misnamed: set[str] = set()
    top = site / "content"
    if link := symbolic_link(site, top):
        return found, [link]
    if not top.is_dir():
        return found, [Problem("unreadable-file", Place("content"), facts={"reason": "@no-such-folder"})]
    for file, stamp in dict(list_files(site, "content")).items() if listed is None else listed.items():
        if _NO_CHARACTER.search(file):  # also of a theme: what is written down of it must be text
            name = os.fsencode(file).decode(errors="backslashreplace")
            problems.append(Problem("name-of-another-encoding", Place(name)))
        elif not file.startswith("content/") or is_hidden(file):
            continue
        elif is_special(stamp) and (site / file).is_symlink():
            problems.append(Problem("symbolic-link", Place(file)))
        elif (folder := _folder_meant(file)) and not is_special(stamp):
            _, wrong, rest = file.split("/", 2)
            if wrong not in misnamed:
                facts = {"where": _WHERE[folder], "guess": folder}
                problems.append(Problem("stray-file", Place(f"content/{wrong}"), facts=facts))
            misnamed.add(wrong)
            found.likely.extend([(role, right) for right in [f"content/{folder}/{rest}"] if (role := role_of(right))])
        elif not is_special(stamp) and (role := role_of(file)):
            found.records.append((role, file))
            found.sizes[file] = max(0, stamp.size)
        elif not is_special(stamp) and not _RECORD.search(file) and file.count("/") > 1:
            if (first := found.attachments.setdefault(composed(file), file)) != file:
                names = posixpath.basename(file), posixpath.basename(first)
                facts = {"value": names[0], "other": names[1], "what": "@composition"}
                problems.append(Problem("alike-names", Place(file), facts=facts, others=(Place(first),)))
            found.sizes[file] = stamp.size
            if file.endswith(".vtt"):
                problems += _check_captions(site, file)
        else:
            where = _WHERE.get(file.split("/")[1], "@where-top")
            facts = {"where": where, "guess": _meant(file)}
            right = f"{file.rpartition('/')[0]}/{facts['guess']}"
            found.likely.extend([(role, right)] if (role := role_of(right)) else [])
            problems.append(Problem("stray-file", Place(file), facts=facts))
    found.records.sort(key=lambda record: record[1])
    return found, problems


def _check_captions(site: Path, file: str) -> list[Problem]:
    try:
        return check_captions(file, (site / file).read_bytes())
    except FileNotFoundError as error:
        raise ChangedError(file) from error
    except OSError:  # told where a record names it
        return []


def role_of(file: str) -> Role | None:
    """What a file is, by its place; nothing where it is no record, as one that is hidden."""
    if is_hidden(file):
        return None
    for pattern, role in _ROLES:
        if match := pattern.match(file):
            return match[1] if role == "vocabulary" else role  # type: ignore[return-value]
    return None


def beside(file: str, name: str) -> str:
    """The path of a file that a record names, from the site's folder, in composed form."""
    return composed(posixpath.normpath(posixpath.join(posixpath.dirname(file), name)))


def composed(path: str) -> str:
    """A path with each letter and its marks as one character (Unicode's NFC), as nearly all programs write them.

    macOS takes them apart (NFD), and archives packed there keep it so: the same name to the eye, but not to a disk.
    """
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def _folder_meant(file: str) -> str:
    """The folder of the content that was meant by another name, as `sections` by `Sections`; empty where none was."""
    names = file.split("/")
    return closest(names[1], _WHERE) if len(names) > 2 and names[1] not in _WHERE else ""


def _meant(file: str) -> str:
    """The name that a file should have to be read where it lies; empty where no name would do."""
    folder, _, name = file.rpartition("/")
    stem, _, ending = re.sub(r"\.txt\Z", "", name.lower()).rpartition(".")
    ending = {"yml": "yaml", "markdown": "md"}.get(ending, ending)
    for other in (f"{stem}.{ending}", f"_{stem}.{ending}", f"_{stem.strip('_')}.{ending}", f"{stem}s.{ending}"):
        if other != name and role_of(f"{folder}/{other}"):
            return other
    return ""
