"""Work grows with what there is, never with its square: each test counts what is done, or takes so much that it would
not end."""

from __future__ import annotations

import os
import pickle
import re
import sys
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any
from unittest import mock

import pytest
from sites import BRIDGE, GOOSE, TODAY, build, make_site, page

from builder import inputs, tasks
from builder.cache import Cache
from builder.content import commonmark
from builder.content.desk import Holder, Names
from builder.content.plain import read_plain_markdown
from builder.inputs import Inputs, look_again, scan
from builder.linking import check
from builder.options import Options
from builder.pages import directory, general
from builder.pages.directory import Move
from builder.reading import suggest
from builder.reading.suggest import Pool
from builder.tasks import Job, MakeTask

PLACES = [f"{place}-{thing}" for place in ("river", "moon", "hill") for thing in ("song", "tale")]
IDS = [f"{place}-{n:04}" for place in PLACES for n in range(4000)]


class Counted(Iterable[str]):
    """Names that count how often they were gone through."""

    def __init__(self, names: list[str]):
        self.names = names
        self.times = 0

    def __iter__(self) -> Iterator[str]:
        self.times += 1
        return iter(self.names)


# ---- what was meant


def test_of_very_many_names_only_few_are_compared_with_a_wrong_one() -> None:
    pool = Pool(IDS)
    with mock.patch.object(suggest, "_edits", wraps=suggest._edits) as edits:
        assert pool.closest("moon-tael-2718") == "moon-tale-2718"
        assert pool.closest("hil-song-0031") == "hill-song-0031"
    assert edits.call_count <= 1000


def test_names_are_put_in_order_once_for_all_wrong_ones() -> None:
    known = Counted(IDS)
    pool = Pool(known)
    assert [pool.closest(name) for name in ("mon-song-0001", "moon-sog-0002", "mon-song-0001")] == [
        "moon-song-0001",
        "moon-song-0002",
        "moon-song-0001",
    ]
    assert known.times == 1


def test_holders_of_ids_are_listed_once_for_all_wrong_references() -> None:
    listed = 0

    def holders() -> Iterator[Holder]:
        nonlocal listed
        listed += 1
        yield Holder("goose", "resource", "咏鹅", "content/goose.md", [])
        yield Holder("goose", "link", "另一个", "content/links.yaml", [0, "id"])

    names = Names(None, {}, holders)
    assert names.holder("moon") is None
    found = names.holder("goose")
    assert found is not None
    assert (found.kind, listed) == ("resource", 1)


def test_files_and_their_measures_are_put_in_order_once_for_all_wrong_ones() -> None:
    files = Counted([f"content/a/{name}.pdf" for name in IDS])
    measures = Counted([f"content/a/{name}.pdf {number}" for number, name in enumerate(IDS)])
    names = Names(None, {"file": files, "bytes": measures, "sha256": []})  # type: ignore[dict-item]
    files.times = measures.times = 0
    for number in range(5):
        assert names.nearest("file", f"content/a/mon-song-000{number}.pdf") == f"moon-song-000{number}.pdf"
        assert names.nearest("bytes", f"content/a/river-song-000{number}.pdf 99") == str(number)
    assert (files.times, measures.times) == (1, 1)


# ---- what was saved


def test_all_that_was_saved_at_once_is_looked_for_among_the_known_files_in_one_pass(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    known = scan(site, Inputs())
    with mock.patch.object(inputs, "_is_within", wraps=inputs._is_within) as asked:
        new = [f"content/files/{number}.txt" for number in range(50)]
        (site / "content/files").mkdir()
        for path in new:
            (site / path).write_text("x", encoding="utf-8")
        found = look_again(site, known, new)
        assert not asked.call_count
        assert found.files.keys() == known.files.keys() | set(new)
        gone = look_again(site, found, [*(f"content/nowhere/{number}" for number in range(50)), "content/files"])
        assert asked.call_count <= len(found.files)
        assert gone.files.keys() == found.files.keys()
        for path in new:
            (site / path).unlink()
        (site / "content/files").rmdir()
        assert look_again(site, found, ["content/files"]).files.keys() == known.files.keys()


# ---- former addresses


def test_a_title_makes_few_of_the_pages_at_former_addresses_anew(tmp_path: Path) -> None:
    rows = "- {{from: old/{0}.html, to: {1}, kind: moved, date: 2022-03-01}}\n"
    pages = {7: "after-school/popular-science/paper-bridge.html"}
    text = "".join(rows.format(n, pages.get(n, "after-school/classic-reading/goose-song.html")) for n in range(2000))
    site = make_site(tmp_path, {"content/redirects.yaml": text})
    with mock.patch.object(general, "moved_page", wraps=general.moved_page) as made:
        build(site, "--jobs", "1")
        assert made.call_count == 2000
        made.reset_mock()
        bridge = site / BRIDGE
        bridge.write_text(bridge.read_text(encoding="utf-8").replace("title: ", "title: 新的", 1), encoding="utf-8")
        build(site, "--jobs", "1")
    assert 1 <= made.call_count <= 40
    assert "新的" in page(site, "old/7.html")
    assert page(site, "_redirects").count("\n") == 2000
    said = build(site, "--explain", "old/7.html").stdout
    assert said.splitlines()[1] == "  content/redirects.yaml" and f"  {BRIDGE}" in said
    assert "moved.html" in said
    assert "content/redirects.yaml" in build(site, "--explain", "_redirects").stdout.splitlines()[1]


# ---- large files


def test_no_large_file_is_held_in_memory(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    goose = site / GOOSE
    goose.write_text(
        goose.read_text(encoding="utf-8").replace("\n---\n", "\nassets: [{type: document, file: large.pdf}]\n---\n", 1),
        encoding="utf-8",
    )
    with (goose.parent / "large.pdf").open("wb") as large:
        large.write(b"%PDF-1.4\n")
        large.truncate(64 << 20)
    build(site, "--jobs", "1")  # what is loaded and kept once is no part of what is measured
    published = next((site / "public").rglob("large*.pdf"))
    for spoil in (published.unlink, published.touch):
        spoil()
        tracemalloc.start()
        build(site, "--jobs", "1")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 32 << 20
        assert published.stat().st_size == 64 << 20


# ---- texts and chains


def steps(work: Callable[[], object]) -> int:
    """How many steps the interpreter takes for some work."""
    taken = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal taken
        frame.f_trace_opcodes = True
        taken += event == "opcode"
        return trace

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)
    return taken


@pytest.mark.parametrize("read", [read_plain_markdown, commonmark.parse])
@pytest.mark.parametrize(
    "part",
    [
        "## 读一读\n\n",
        "[甲](/index.html) 和 [乙](/new.html)，",
        "[甲](goose.md)",
    ],
)
def test_a_text_twice_as_long_takes_about_twice_as_long_to_read(read: Callable[[str], object], part: str) -> None:
    once, twice = (steps(lambda n=n: read(f"读{part * n}".strip())) for n in (200, 400))  # type: ignore[misc]
    assert twice < 2.5 * once


def test_links_that_lead_nowhere_are_taken_out_of_a_text_in_one_pass() -> None:
    prose = commonmark.parse("[甲](goose.md)，[乙](/index.html)，[![丙](a.png)](moon.md)。\n\n" * 2)
    html = prose.with_targets(lambda target: None if target.path.endswith(".md") else target.href)
    assert html == '<p>甲，<a href="/index.html">乙</a>，<img src="a.png" alt="丙" loading="lazy">。</p>\n' * 2
    with mock.patch.object(re, "sub") as sub:
        prose.with_targets(lambda _: None)
    assert not sub.called


def test_a_chain_of_redirects_twice_as_long_takes_about_twice_as_long_to_follow() -> None:
    def chain(length: int) -> dict[str, Move]:
        return {f"{n}.html": Move("moved", f"{n + 1}.html", "", None, "", ()) for n in range(length)}

    once, twice = (steps(lambda n=n: directory._followed(chain(n))) for n in (500, 1000))  # type: ignore[misc]
    assert twice < 2.5 * once
    ends, loops = directory._followed(chain(5) | {"x.html": chain(3)["2.html"], "a.html": chain(5)["4.html"]})
    assert (len(ends), loops) == (7, [])
    assert {end.target for end in ends.values()} == {"5.html"}
    back = Move("moved", "2.html", "", None, "", ())
    assert directory._followed(chain(5) | {"4.html": back}) == ({}, [["2.html", "3.html", "4.html"]])


# ---- what travels, and what is kept


def test_what_all_tasks_share_is_packed_and_unpacked_once_and_without_the_bytes_of_assets(tmp_path: Path) -> None:
    theme = check(Options(make_site(tmp_path), tmp_path / "public", today=TODAY, jobs=1)).theme
    asset = next(asset for asset in theme.assets.values() if len(asset.content) > 1000)
    common: Any = "common"
    job = Job(tmp_path, tmp_path, common, theme, "zh-CN", {}, None, believed=True)
    with mock.patch.object(tasks, "replace", wraps=replace) as packing:
        first, second = (pickle.dumps(MakeTask(job, [], {name: name}, {})) for name in ("a.md", "b.md"))
        packings = packing.call_count
        pickle.dumps(job)
        assert packing.call_count == packings <= len(theme.assets) + 2
    assert asset.content[:500] not in first
    one, other = pickle.loads(first), pickle.loads(second)
    assert one.job is other.job
    assert (one.job.theme.digest, one.digests, other.digests) == (theme.digest, {"a.md": "a.md"}, {"b.md": "b.md"})


def test_drawn_covers_that_the_site_has_no_more_are_thrown_away_after_a_while(tmp_path: Path) -> None:
    folder = tmp_path / ".cache/pictures/reading"
    folder.mkdir(parents=True)
    for name in ("kept.webp", "former.webp", "draft.webp"):
        (folder / name).write_bytes(b"x")
        if name != "draft.webp":
            os.utime(folder / name, (0, 0))
    Cache(tmp_path).keep_pictures(["assets/reading/kept.webp"])
    assert {path.name for path in folder.iterdir()} == {"kept.webp", "draft.webp"}
