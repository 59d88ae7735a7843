"""A theme of the site's own says only what it wants otherwise."""

from __future__ import annotations

from pathlib import Path

from built import Tree, texts
from fixtures import build_tree
from small_site import write


def with_theme(site: Path) -> None:
    """Gives a site a theme that replaces one template and one string of the default theme."""
    theme = site / "themes/child"
    write(theme / "theme.yaml", "name: child\nextends: default\n")
    write(theme / "strings/zh-CN.yaml", "lesson_empty: 换过的话。\n")
    write(
        theme / "templates/article.html",
        "{% extends 'default/article.html' %}\n"
        '{% block main %}<p class="own">自家的模板</p>{{ super() }}{% endblock %}\n',
    )
    settings = site / "site.yaml"
    write(settings, settings.read_text(encoding="utf-8") + "theme: child\n")


def test_a_child_theme_changes_just_the_template_and_the_string_that_it_replaces(small_site: Path, small: Tree) -> None:
    with_theme(small_site)
    built = build_tree(small_site, small_site / "public")
    silent = [a for a in small.of_type("lesson") if "还没有视频和其他材料" in small.bytes(a).decode()]
    before, after = small.state(), built.state()
    assert after.keys() == before.keys()
    assert sorted(a for a in after if after[a] != before[a]) == sorted([*silent, *small.of_type("article")])
    for address in silent:
        old = "这一课时还没有视频和其他材料。可以先看看前后的课，或者回到教材目录。"
        assert built.bytes(address).decode() == small.bytes(address).decode().replace(old, "换过的话。")
    page = built.page("about.html")
    assert texts(page, "//p[@class='own']") == ["自家的模板"]
    assert texts(page, "//h1") == ["关于"]


def test_a_string_of_the_sites_settings_replaces_the_themes(small_site: Path, small: Tree) -> None:
    settings = small_site / "site.yaml"
    write(settings, settings.read_text(encoding="utf-8") + "strings: {search: 搜一搜}\n")
    built = build_tree(small_site, small_site / "public")
    assert texts(built.page("search.html"), "//h1") == ["搜一搜"]
    assert texts(small.page("search.html"), "//h1") == ["查找"]


def test_an_asset_of_the_sites_own_theme_takes_the_place_of_the_defaults(small_site: Path, small: Tree) -> None:
    with_theme(small_site)
    write(small_site / "themes/child/assets/script.js", '"use strict";\n')
    built = build_tree(small_site, small_site / "public")
    (script,) = (address for address in built.files if address.startswith("assets/script."))
    assert built.bytes(script) == b'"use strict";\n'
    assert script not in small.files
    assert script in built.page("index.html").xpath("//script/@src")
