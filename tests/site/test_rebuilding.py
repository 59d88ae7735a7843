"""The same input gives the same bytes, and an edit changes what shows it and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from built import Tree, digests
from fixtures import build_tree
from small_site import poem, write_small_site

BOOK = "content/textbooks/primary/chinese/chinese-1a.yaml"


def differences(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """Addresses that came, went, and hold something else than before."""
    return {
        "new": sorted(after.keys() - before.keys()),
        "gone": sorted(before.keys() - after.keys()),
        "changed": sorted(name for name in before.keys() & after.keys() if before[name] != after[name]),
    }


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def rebuild(site: Path, *arguments: str) -> Tree:
    return build_tree(site, site / "public", *arguments)


def unnumbered(addresses: Iterable[str]) -> list[str]:
    """Addresses, those of search without digests, and each once."""
    return sorted({re.sub(r"(\.|/)[0-9a-f]{12}\.js$", r"\1js", address) for address in addresses})


LEXICON = ["search/site/lexicon.js", "search/site/lexicon/js"]


def texts_of(pack: str, place: str) -> list[str]:
    """What search has of the texts of a column or a textbook, as `unnumbered` has it."""
    return [f"search/indexes/{pack}.js", f"search/indexes/{pack}/js", *LEXICON, f"search/texts/{pack}/{place}.js"]


@pytest.mark.parametrize(
    ("jobs", "zone", "locale", "seed"),
    [("1", "Asia/Kashgar", "C", "0"), ("2", "America/St_Johns", "tr_TR.UTF-8", "4242")],
)
def test_the_bytes_do_not_depend_on_folder_time_zone_locale_hash_seed_or_workers(
    small: Tree, tmp_path: Path, jobs: str, zone: str, locale: str, seed: str
) -> None:
    site = write_small_site(tmp_path / "elsewhere" / "另一个 文件夹")
    built = build_tree(site, tmp_path / "out", "--jobs", jobs, TZ=zone, LC_ALL=locale, LANG=locale, PYTHONHASHSEED=seed)
    assert built.state() == small.state()


def test_the_bytes_do_not_depend_on_the_day(small: Tree, tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "site")
    assert build_tree(site, site / "public", now="2026-02-03").state() == small.state()


def test_building_again_writes_nothing(small_site: Path) -> None:
    before = digests(small_site / "public")
    report = rebuild(small_site).report
    assert (report["written"], report["removed"], report["changed"]) == (0, 0, [])
    assert digests(small_site / "public") == before


def test_a_new_subject_recolours_no_page(small_site: Path, small: Tree) -> None:
    old = "  - {id: chinese, title: 语文}\n"
    replace(small_site / "content/vocabulary.yaml", old, f"  - {{id: astronomy, title: 天文}}\n{old}")
    assert rebuild(small_site).report["changed"] == ["data/vocabulary.json"]


def test_the_summary_of_a_class_hour_changes_its_page_and_its_textbooks_data_only(
    small_site: Path, small: Tree
) -> None:
    replace(small_site / BOOK, "认识“天、地、人”。", "认识三个字。")
    built = rebuild(small_site)
    texts = texts_of("stages/primary", "chinese-1a")
    expected = ["data/textbooks/chinese-1a.json", "search/index.js", "textbooks/chinese-1a/chinese-1a-01.html"]
    found = differences(small.state(), built.state())
    assert (unnumbered(found["new"]), unnumbered(found["gone"]), found["changed"]) == (texts, texts, expected)
    assert unnumbered(built.report["changed"]) == sorted([*expected, *texts])
    assert built.report["removed"] == 0  # the former texts stay for pages that are open


def test_the_text_of_a_resource_changes_its_page_and_what_quotes_it(small_site: Path, small: Tree) -> None:
    replace(small_site / "content/sections/study/poems/poem-05.md", "诗5的正文。", "诗5的另一篇正文。")
    built = rebuild(small_site)
    found = differences(small.state(), built.state())
    changed = ["data/columns/poems.json", "feeds/study.xml", "search/index.js", "study/poems/poem-05.html"]
    assert found["changed"] == changed
    assert unnumbered(found["new"]) == unnumbered(found["gone"]) == texts_of("sections/study", "poems")
    assert sorted(built.report["changed"]) == sorted([*changed, *found["new"]])


def test_renaming_a_resource_removes_its_old_page_and_nothing_else(small_site: Path, small: Tree) -> None:
    poems = small_site / "content/sections/study/poems"
    (poems / "poem-05.md").rename(poems / "autumn.md")
    built = rebuild(small_site)
    found = differences(small.state(), built.state())
    search = ["search/sections/study.js"]  # the texts are the same, in the same order
    assert unnumbered(found["new"]) == [*search, "study/poems/autumn.html"]
    assert unnumbered(found["gone"]) == [*search, "study/poems/poem-05.html"]
    assert found["changed"] == [
        "data/columns/poems.json",
        "feeds/study.xml",
        "new.html",
        "search/index.js",
        "sitemaps/section-study.xml",
        "study/poems/2.html",
        "study/poems/poem-04.html",
        "study/poems/poem-06.html",
    ]
    assert built.report["removed"] == 1  # the former pack stays for pages that are open


def test_a_new_resource_changes_the_lists_that_show_it_and_the_counts(small_site: Path, small: Tree) -> None:
    path = small_site / "content/sections/study/poems/poem-00.md"
    path.write_text(poem("诗0", "2021-12-01"), encoding="utf-8", newline="\n")
    built = rebuild(small_site)
    found = differences(small.state(), built.state())
    search = [*texts_of("sections/study", "poems"), "search/sections/study.js"]
    assert unnumbered(found["new"]) == sorted([*search, "study/poems/poem-00.html"])
    assert unnumbered(found["gone"]) == sorted(search)
    assert [a for a in found["changed"] if a.startswith("textbooks/") or a.startswith("curriculum")] == []
    assert {"study/poems/3.html", "study.html", "index.html", "figures.html", "study/poems/poem-01.html"} <= set(
        found["changed"]
    )


def test_a_file_that_is_not_ours_is_left_alone_even_by_a_clean_build(small_site: Path, small: Tree) -> None:
    foreign = small_site / "public/study/notes.txt"
    foreign.write_text("mine", encoding="utf-8")
    (small_site / "content/sections/study/poems/poem-05.md").unlink()
    for arguments in ((), ("--clean",)):
        built = rebuild(small_site, *arguments)
        assert foreign.read_text(encoding="utf-8") == "mine"
        search = [*texts_of("sections/study", "poems"), "search/sections/study.js"]
        assert unnumbered(built.files - small.files) == sorted([*search, "study/notes.txt"])
        assert unnumbered(small.files - built.files) == sorted([*search, "study/poems/poem-05.html"])


def test_after_many_edits_the_tree_is_that_of_a_build_from_nothing(small_site: Path, tmp_path: Path) -> None:
    poems = small_site / "content/sections/study/poems"
    (poems / "poem-01.md").rename(poems / "first.md")
    replace(
        small_site / "content/sections/study/pictures/mountain.md", "](../poems/poem-01.md)", "](../poems/first.md)"
    )
    rebuild(small_site)
    replace(small_site / "content/sections/study/_section.yaml", "课与诗", "课、诗与画")
    replace(small_site / BOOK, "第二单元 阅读", "第二单元 朗读")
    rebuild(small_site)
    (poems / "poem-09.md").unlink()
    replace(small_site / "site.yaml", "page_size: 5", "page_size: 6")
    built = rebuild(small_site)
    assert built.state() == build_tree(small_site, tmp_path / "fresh").state()
