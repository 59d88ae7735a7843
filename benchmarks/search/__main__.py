"""`python -m benchmarks.search`: how well the search of a built site finds, beside a server's over the same records."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from benchmarks.search.checks import answer_problems, form_problems
from benchmarks.search.engines import Cost, Engine, Shipped
from benchmarks.search.metrics import Score, place_of, score, typed_until
from benchmarks.search.queries import FINAL, KINDS, TUNING, Pages, Query, asked_of, mark, read_queries
from benchmarks.search.records import page_of
from benchmarks.search.report import OURS, SERVER, TITLES, Measured, report
from benchmarks.search.sites import Catalogue, build, opened, write_site

SUGGESTED = 8  # by the box in the head of every page
# What is asked before a query in a visit: nothing; words that texts of the sample say; and besides what nothing does
BEFORE = ((), ("听辨主题",), ("听辨主题", "鼛鼓"))
TYPED = ("exact title", "pinyin")  # classes of which it is measured how many characters suffice


@dataclass(frozen=True, slots=True)
class Asked:
    """A query; the pages meant, those that each engine shows, and after how many characters it suggests one."""

    query: Query
    meant: frozenset[str]
    shown: dict[str, list[str]]
    typed: dict[str, int | None]


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
    costs: dict[str, list[list[Cost]]] = {}
    with tempfile.TemporaryDirectory(prefix="catalogue-bench-", dir=folder) as place:
        for name in dict.fromkeys(kind.catalogue for kind in KINDS.values()):
            site = Path(place) / name
            write_site(name, site)
            with opened(build(site)) as catalogue:
                own = asked_of(name, queries)
                problems += answer_problems(own, catalogue.records)
                asked += _ask(catalogue, [query for query in own if final or query.half == TUNING])
                if name == "sample":
                    costs = _costs(catalogue.shipped, [query for query in queries if query.half == TUNING])
    if problems:
        sys.exit("\n".join(problems))
    for one in asked:
        if one.query.half == TUNING and place_of(one.shown[OURS], one.meant) != 1:
            shown = ", ".join(one.shown[OURS][:5]) or "nothing"
            click.echo(f"{one.query.kind}: {one.query.text} · {shown}", err=True)
    halves = {
        half: _measured([one for one in asked if one.query.half == half]) for half in (TUNING, FINAL)[: 1 + final]
    }
    former = results.read_text(encoding="utf-8") if results.exists() else ""
    results.write_text(report(halves, costs, former), encoding="utf-8")
    click.echo(results.read_text(encoding="utf-8"))


def _ask(catalogue: Catalogue, queries: list[Query]) -> Iterator[Asked]:
    engines: dict[str, Engine] = {OURS: catalogue.shipped, TITLES: catalogue.titles, SERVER: catalogue.server}
    known = {record.address for record in catalogue.records}
    pages = Pages(known)

    def shown(engine: Engine, text: str) -> list[str]:
        return [page_of(address, known) for address in engine.answers(text)]

    def suggested(engine: Engine, text: str) -> list[str]:
        return shown(engine, text)[:SUGGESTED]

    for query in queries:
        meant = frozenset(address for answer in query.answers for address in pages.named(answer))
        typing = (TITLES, SERVER) if query.kind in TYPED else ()
        typed = {name: typed_until(partial(suggested, engines[name]), query.text, meant) for name in typing}
        yield Asked(query, meant, {name: shown(engine, query.text) for name, engine in engines.items()}, typed)


def _costs(shipped: Shipped, queries: list[Query]) -> dict[str, list[list[Cost]]]:
    """What queries download, by class: each after all that may be asked before it."""
    found: dict[str, list[list[Cost]]] = {}
    for query in queries:
        found.setdefault(query.kind, []).append([shipped.cost(query.text, after=before) for before in BEFORE])
    return found


def _measured(asked: list[Asked]) -> Measured:
    by_kind = {kind: [one for one in asked if one.query.kind == kind] for kind in KINDS}
    scores = {kind: {name: _score(own, name) for name in (OURS, TITLES, SERVER)} for kind, own in by_kind.items()}
    typed = {kind: {name: [one.typed[name] for one in by_kind[kind]] for name in (TITLES, SERVER)} for kind in TYPED}
    return Measured(scores, typed)


def _score(asked: list[Asked], engine: str) -> Score:
    return score([(one.shown[engine], one.meant) for one in asked])


if __name__ == "__main__":
    main()
