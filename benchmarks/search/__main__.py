"""`python -m benchmarks.search`: how well the search of a built site finds, beside a server's over the same records."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.search.checks import answer_problems, form_problems
from benchmarks.search.engines import Engine
from benchmarks.search.metrics import Score, place_of, score, typed_until
from benchmarks.search.queries import FINAL, KINDS, TUNING, Query, asked_of, end_of, mark, read_queries
from benchmarks.search.records import page_of
from benchmarks.search.report import Measured, report
from benchmarks.search.sites import Catalogue, build, opened, write_site

SUGGESTED = 8  # by the box in the head of every page
TYPED = ("exact title", "pinyin")  # classes of which it is measured how many characters suffice


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with what ours and the server show: pages, and after how many characters of it that was meant."""

    query: Query
    pages: tuple[list[str], list[str]]
    typed: tuple[int | None, int | None]


@click.command()
@click.option("--final", is_flag=True, help="Look at the final half too: only when all is done.")
@click.option("--mark", "marks", is_flag=True, help="Only write into the queries' file which half each belongs to.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to build: /dev/shm for memory; else a disk.")
@click.option(
    "--results", type=click.Path(path_type=Path), default=Path(__file__).with_name("RESULTS.md"), show_default=True
)
def main(final: bool, marks: bool, folder: Path | None, results: Path) -> None:
    """Ask the queries of the half for tuning; write the report, and name each that has not its answer first."""
    if marks:
        mark()
        return
    queries = read_queries()
    if problems := list(form_problems(queries)):
        sys.exit("\n".join(problems))
    asked: list[Asked] = []
    with tempfile.TemporaryDirectory(prefix="catalogue-bench-", dir=folder) as place:
        for name in dict.fromkeys(kind.catalogue for kind in KINDS.values()):
            site = Path(place) / name
            write_site(name, site)
            with opened(site, build(site)) as catalogue:
                own = asked_of(name, queries)
                problems += answer_problems(own, catalogue.records)
                asked += _ask(catalogue, [query for query in own if final or query.half == TUNING])
    if problems:
        sys.exit("\n".join(problems))
    for one in asked:
        if one.query.half == TUNING and place_of(one.pages[0], one.query.answers) != 1:
            click.echo(f"{one.query.kind}: {one.query.text} · {', '.join(one.pages[0][:5]) or 'nothing'}", err=True)
    halves = {
        half: _measured([one for one in asked if one.query.half == half]) for half in (TUNING, FINAL)[: 1 + final]
    }
    former = results.read_text(encoding="utf-8") if results.exists() else ""
    results.write_text(report(halves, former), encoding="utf-8")
    click.echo(results.read_text(encoding="utf-8"))


def _ask(catalogue: Catalogue, queries: list[Query]) -> Iterator[Asked]:
    known = {record.address for record in catalogue.records}

    def shown(engine: Engine, text: str) -> list[str]:
        return [end_of(page_of(address, known)) for address in engine.answers(text)]

    def typed(engine: Engine, query: Query) -> int | None:
        def suggested(text: str) -> list[str]:
            return shown(engine, text)[:SUGGESTED]

        return typed_until(suggested, query.text, frozenset(query.answers)) if query.kind in TYPED else None

    for query in queries:
        ours, theirs = catalogue.shipped, catalogue.server
        pages = shown(ours, query.text), shown(theirs, query.text)
        yield Asked(query, pages, (typed(ours, query), typed(theirs, query)))


def _measured(asked: list[Asked]) -> Measured:
    by_kind = {kind: [one for one in asked if one.query.kind == kind] for kind in KINDS}
    scores = {kind: (_score(own, 0), _score(own, 1)) for kind, own in by_kind.items()}
    typed = {kind: ([one.typed[0] for one in by_kind[kind]], [one.typed[1] for one in by_kind[kind]]) for kind in TYPED}
    return Measured(scores, typed)


def _score(asked: list[Asked], engine: int) -> Score:
    return score([(one.pages[engine], one.query.answers) for one in asked])


if __name__ == "__main__":
    main()
