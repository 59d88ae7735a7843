"""A new site: small, complete, and free of warnings on the first day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shlex import quote
from string import Template

from builder.listing import is_hidden
from builder.new.inventory import check_title
from builder.new.written import New, RefusalError, as_yaml, write_new
from builder.pages.addresses import HOME
from builder.problems import PROGRAM, say
from builder.schema import editor_settings, schema_files

LANGUAGES = ("zh-CN", "en")
_STARTER = Path(__file__).resolve().parent / "starter"
_IGNORED = "/public/\n/.public.*\n/.cache/\n"


def new_site(folder: Path, *, title: str, language: str, today: date) -> New:
    """Writes a site that can be built at once.

    Args:
        folder: where; it must be empty or not there yet.
        title: of the site.
        language: one of `LANGUAGES`, the site's own; titles are given in the other one too.
        today: the date of its first resource.

    Raises:
        RefusalError: the folder holds something, or the title will not do.
        OSError: the folder cannot be written to.
    """
    check_title(title)
    if folder.is_dir() and any(folder.iterdir()):
        raise RefusalError("folder-not-empty", folder=folder)
    facts = {
        "title": as_yaml({"title": title}).removeprefix("title: ").rstrip("\n"),
        "first": language,
        "second": next(other for other in LANGUAGES if other != language),
        "today": today.isoformat(),
        **{name: say(f"new-{name}", language) for name in ("settings", "words", "book")},
        "program": PROGRAM if PROGRAM == "catalogue" else f"{PROGRAM} --site {quote(str(folder))}",
    }
    texts = {".gitignore": _IGNORED, ".vscode/settings.json": editor_settings(), **schema_files()}
    for part in ("common", language):
        for path in sorted((_STARTER / part).rglob("*.*")):
            file = path.relative_to(_STARTER / part).as_posix()
            if not is_hidden(file):
                texts[file] = Template(path.read_text(encoding="utf-8")).substitute(facts)
    for file, text in texts.items():
        write_new(folder, file, text)
    return New(str(folder / "site.yaml"), HOME, shown_by=f"{PROGRAM} --site {quote(str(folder))} serve")
