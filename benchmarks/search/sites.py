"""The catalogues that queries are asked of, built with search as a reader gets them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.search.engines import Fts5, Shipped
from benchmarks.search.records import Record, texts_of

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "build.py"
SAMPLE = 28_052  # resources; answers in the sample are those of this size


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A built catalogue.

    Args:
        records: that can be found in it.
        titles: the search that readers get while they type.
        shipped: the same with texts, as on the search page.
        server: the one that it is set beside.
    """

    records: list[Record]
    titles: Shipped
    shipped: Shipped
    server: Fts5


def write_site(name: str, site: Path) -> None:
    """Puts the sources of a catalogue into a folder.

    Args:
        name: `content`, the catalogue of the repository, or `sample`.
        site: the folder; it is made.
    """
    if name == "sample":
        _program("sample", str(site), "--resources", str(SAMPLE))
        return
    shutil.copytree(ROOT / "content", site / "content")
    shutil.copy(ROOT / "site.yaml", site)


def build(site: Path) -> Path:
    """Builds a site, and gives what was built.

    Args:
        site: its folder.
    """
    _program("--site", str(site), "build")
    return site / "public"


@contextmanager
def opened(public: Path) -> Iterator[Catalogue]:
    """A built catalogue with its engines.

    Args:
        public: what was built.
    """
    texts = texts_of(public)
    with closing(Shipped(public, texts=False)) as titles, closing(Shipped(public, texts=True)) as shipped:
        records = [Record(**page, text=texts.get(said, "")) for page, said in titles.pages()]
        yield Catalogue(records, titles, shipped, Fts5(records))


def _program(*arguments: str) -> None:
    done = subprocess.run([sys.executable, PROGRAM, *arguments], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
