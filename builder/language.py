"""The language to speak to a site's editors in."""

from __future__ import annotations

import re
from pathlib import Path

_LANGUAGES = re.compile(r"^languages:\s*(?:\[\s*|\n\s*-\s+)['\"]?([A-Za-z][\w-]*)", re.MULTILINE)


def is_chinese(language: str) -> bool:
    """Whether a BCP 47 tag names Chinese, of whatever country or script."""
    return language.split("-", maxsplit=1)[0].lower() == "zh"


def language_of(site: Path) -> str:
    """The language that the editors of a site write in, looked up without reading its settings in full; English where
    there is no site.
    """
    try:
        text = (site / "site.yaml").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "en"
    found = _LANGUAGES.search(text)
    return found[1] if found else "en" if text.isascii() else "zh-CN"
