"""How new text is written down: in one style, never over what is there."""

from __future__ import annotations

import dataclasses
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from builder.problems import Problem, in_language, say


class RefusalError(Exception):
    """What was asked for cannot be made; nothing was written.

    Args:
        sentence: of `SENTENCES`, that says why and what to do.
        facts: what it names.
        problem: of the content that is the reason; the sentence says what to do about it, if there is one.
    """

    def __init__(self, sentence: str, *, problem: Problem | None = None, **facts: object):
        super().__init__(sentence, facts)
        self._sentence, self._facts, self._problem = sentence, facts, problem

    @classmethod
    def of(cls, problem: Problem, remedy: str = "", **facts: object) -> RefusalError:
        """The refusal that a problem of the content is a reason for."""
        return cls(remedy, problem=problem, **facts)

    def in_language(self, language: str) -> str:
        """Why it cannot be made and what to do, for a BCP 47 tag."""
        said = say(self._sentence, language, **self._facts) if self._sentence else ""
        if self._problem is None:
            return said
        problem = (
            dataclasses.replace(self._problem, facts={**self._problem.facts, "known": said}) if said else self._problem
        )
        return f"{problem.message(language)}{in_language('full-stop', language)}{problem.hint(language)}".rstrip()

    def __str__(self) -> str:
        return self.in_language("en")


@dataclass(frozen=True, slots=True)
class New:
    """What was written.

    Args:
        file: path of the file, from the site's folder.
        line: where in it, from 1; 0 where the whole file is new.
        address: of the page that it makes, from the site's root.
        is_draft: the page is shown with `--drafts` only.
        shown_by: the command that shows a whole site that is new.
        held: the lines that would hold it back, each with its number and as it would be written; none where the whole
            file is new, or where it stands in one line with others.
    """

    file: str
    address: str
    line: int = 0
    is_draft: bool = False
    shown_by: str = ""
    held: tuple[tuple[int, str], ...] = ()

    @property
    def hidden(self) -> str:
        """The path under which it would be passed over, if it is content: with a dot before its name."""
        path = PurePosixPath(self.file)
        own = path.parent if path.name.startswith("_") else path  # a section or column is its folder
        return own.with_name(f".{own.name}").as_posix() if self.file.startswith("content/") else ""


class _Dumper(yaml.SafeDumper):
    """Indents lists under their key, two spaces for each level."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)


def as_yaml(value: Any, *, one_line: bool = False) -> str:
    """Values as editors write them: fields in their order, quotes only where YAML needs them."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=one_line
    )
    return text


def write_new(site: Path, file: str, text: str) -> None:
    """Writes a file that must not be there yet.

    Args:
        site: the site's folder.
        file: path from the site's folder.
        text: its content.

    Raises:
        RefusalError: there is such a file, or the path leads out of the site by a symbolic link.
        OSError: the folder cannot be written to.
    """
    path = site / file
    if not path.resolve().is_relative_to(site.resolve()):
        raise RefusalError("leads-outside", file=file)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        raise RefusalError("file-there", file=file) from None


def replace_text(path: Path, text: str) -> None:
    """Puts a new text into a file, all of it or nothing; its permissions stay."""
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_bytes(text.encode())
        shutil.copymode(path, aside)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
