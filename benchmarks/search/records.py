"""What can be found, as any server would have to be given it: titles, places, words of facets, texts.

Pages are those that the search of readers knows, and texts are those that it is given, so that both know the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from builder.pages import addresses
from builder.search.texts import entries


@dataclass(frozen=True, slots=True)
class Record:
    """A page that can be found.

    Args:
        address: of the page.
        title: as it is shown.
        others: what else it is called, as in further languages.
        place: title of the textbook or column that it stands in.
        facets: every word that the finder understands as what the page is.
        group: the same for lessons of one subject, grade and title, which are shown as one.
        text: summaries, bodies, keywords, and who made or teaches it where.
    """

    address: str
    title: str
    others: str
    place: str
    facets: str
    group: str
    text: str


def plain(text: str) -> str:
    """Letters, digits and marks alone, each in one form: what is compared."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(character for character in folded if unicodedata.category(character)[0] in "LNM")


def page_of(address: str, known: Container[str]) -> str:
    """The page that answers know by an address: of a further class hour that of its lesson.

    Args:
        address: of any page that is shown.
        known: addresses of the pages that answers may name.
    """
    return address if address in known else re.sub(r"-\d+\.html$", ".html", address)


def texts_of(public: Path) -> dict[str, str]:
    """What is searched of the pages of a built site beside their titles; of a lesson that of all its class hours.

    Each is named by the place of its pack and the number of its row there, as in `stages/primary/chinese-1a 3`.

    Args:
        public: the built site.
    """
    texts: dict[str, str] = {}
    folder = public / addresses.TEXTS
    for file in sorted(folder.rglob("*.js")):
        place = file.relative_to(folder).as_posix().split(".")[0]
        for entry in entries(file.read_bytes()):
            name = f"{place} {entry.row}"
            texts[name] = f"{texts.get(name, '')}{entry.text}\n"
    return texts
