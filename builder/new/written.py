"""How new text is written down: in one style, never over what is there."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from builder.problems import Problem


class RefusalError(Exception):
    """What was asked for cannot be made; nothing was written. The text says why and what to do."""

    @classmethod
    def of(cls, problem: Problem) -> RefusalError:
        """The refusal that a problem of the content is a reason for."""
        return cls(f"{problem.message('en')}. {problem.hint('en')}".rstrip())


@dataclass(frozen=True, slots=True)
class New:
    """What was written.

    Args:
        file: path of the file, from the site's folder.
        line: where in it, from 1; 0 where the whole file is new.
        address: of the page that it makes, from the site's root.
        is_draft: the page is shown with `--drafts` only.
    """

    file: str
    address: str
    line: int = 0
    is_draft: bool = False


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
        raise RefusalError(f"{file} would lie outside of the site's folder; a symbolic link leads there")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        raise RefusalError(f"{file} is there already; it was left as it is") from None


def replace_text(path: Path, text: str) -> None:
    """Puts a new text into a file, all of it or nothing; its permissions stay."""
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_bytes(text.encode())
        shutil.copymode(path, aside)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
