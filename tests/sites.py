"""Small whole sites in a temporary folder, and the program run on them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from click.testing import CliRunner, Result

from builder.cli import program
from builder.content.catalogue import Catalogue
from builder.content.files import find_files
from builder.content.places import Places
from builder.content.reader import entry_of, link_entries, read_file
from builder.problems import Problem
from builder.settings import read_settings

INVALID = Path(__file__).parent / "invalid"
BASE = INVALID / "_base"
TODAY = date(2022, 4, 1)
NOTES = {"case.yaml", "expected.txt"}  # files of a case that are not of its site

SECTIONS = "content/sections"
GOOSE = f"{SECTIONS}/after-school/classic-reading/goose-song.md"
BRIDGE = f"{SECTIONS}/after-school/popular-science/paper-bridge.md"
BOOK = "content/textbooks/primary/chinese/chinese-1a.yaml"


def make_site(tmp_path: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """A copy of the base site with some files written anew, of whose theme it is known from a build that it is good.

    Args:
        tmp_path: the folder to make it in; what lies there already stays.
        files: contents by path from the site's folder; None removes the file.
    """
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    for name, content in {**_kept_of_the_theme(), **(files or {})}.items():
        path = tmp_path / name
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return tmp_path


@cache
def _kept_of_the_theme() -> dict[str, bytes]:
    """What a build keeps of the base site's theme, which takes forty times as long to check as all else of a site."""
    with TemporaryDirectory() as folder:
        site = shutil.copytree(BASE, Path(folder) / "site")
        build(site)
        return {f".cache/{name}": (site / ".cache" / name).read_bytes() for name in ("theme", "templates")}


def make_case(tmp_path: Path, case: Path) -> Path:
    """The base site with the files of a case over it.

    Its `case.yaml` may say what files cannot: `remove`, paths to take away; `bytes`, contents by path with `\\xNN` for
    a byte; `symlinks`, targets by path.
    """
    make_site(tmp_path)
    for path in case.rglob("*"):
        if path.is_file() and path.name not in NOTES:
            target = tmp_path / path.relative_to(case)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    notes = case / "case.yaml"
    told = yaml.safe_load(notes.read_text(encoding="utf-8")) if notes.is_file() else {}
    for name in told.get("remove", []):
        (tmp_path / name).unlink()
    for name, text in told.get("bytes", {}).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(unescaped(text))
    for name, target in told.get("symlinks", {}).items():
        (tmp_path / name).symlink_to(target)
    return tmp_path


def unescaped(text: str) -> bytes:
    """A text in UTF-8, with `\\xNN` standing for one byte."""
    return re.sub(rb"\\x([0-9a-f]{2})", lambda match: bytes.fromhex(match[1].decode()), text.encode())


def catalogue(site: Path, command: str, *arguments: str, now: date | None = TODAY) -> Result:
    """Runs a command of the program on a site, in this process."""
    day = ["--now", now.isoformat()] if now else []
    return CliRunner().invoke(program, ["--site", str(site), command, *day, *arguments], prog_name="catalogue")


def build(site: Path, *arguments: str, now: date = TODAY) -> Result:
    """Builds a site that is expected to be right."""
    result = catalogue(site, "build", "--jobs", "1", *arguments, now=now)
    assert result.exit_code == 0, result.output
    return result


def page(site: Path, address: str) -> str:
    """The text of a published page."""
    return (site / "public" / address).read_text(encoding="utf-8")


def read(site: Path, today: date = TODAY, *, drafts: bool = False) -> tuple[Catalogue, list[Problem]]:
    """The catalogue of a site and the problems of its content, through the real reader."""
    settings, _, problems = read_settings(site)
    assert settings is not None, problems
    files, problems = find_files(site)
    places = Places(site)
    entries = [entry_of(read_file(site, role, file), places) for role, file in files.records]
    found, more = link_entries(site, files, entries, settings, today, drafts=drafts)
    assert found is not None, more
    return found, problems + more


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and modification time (nanoseconds) of every file below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in _files(folder)
    }


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
