"""What is wrong with a theme is told by `check`, whether or not a page shows it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from sites import TODAY, build, catalogue, make_site, page, state
from tools import ROOT

from builder.options import Options
from builder.preview.session import Session
from builder.problems import ContentError
from builder.rendering.checks import PLANNED, WRITTEN, check_templates

HOME = "{% extends 'default/home.html' %}\n"


def themed(tmp_path: Path, files: Mapping[str, str], strings: str = "") -> Path:
    """The base site with a theme of its own that extends the default one.

    Args:
        tmp_path: the folder to make it in.
        files: of the theme, by path from its folder.
        strings: of `site.yaml`, as YAML in one line.
    """
    site = make_site(tmp_path, {f"themes/own/{name}": text for name, text in files.items()})
    (site / "themes/own").mkdir(parents=True, exist_ok=True)
    (site / "themes/own/theme.yaml").write_text("name: own\nextends: default\n", encoding="utf-8")
    with (site / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("theme: own\n" + (f"strings: {strings}\n" if strings else ""))
    return site


def told(site: Path) -> list[str]:
    """What `check` says of a site, a problem in a line."""
    return catalogue(site, "check", "--format", "concise").stdout.splitlines()


# ---- assets


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("a.b/logo", r"assets/a\.b/logo\.[0-9a-f]{10}"),
        ("fonts/a#b?c 1.woff2", r"assets/fonts/a-b-c-1\.[0-9a-f]{10}\.woff2"),
        ("site.min.css", r"assets/site\.min\.[0-9a-f]{10}\.css"),
    ],
)
def test_a_file_of_a_theme_is_published_under_a_name_that_leads_to_it(tmp_path: Path, name: str, address: str) -> None:
    templates = {"templates/home.html": HOME + "{% block foot %}<i>{{ asset('" + name + "') }}</i>{% endblock %}\n"}
    site = themed(tmp_path, {**templates, f"assets/{name}": "x"})
    build(site)
    match = re.search(f"<i>({address})</i>", page(site, "index.html"))
    assert match is not None
    assert (site / "public" / match[1]).read_bytes() == b"x"


# ---- links


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder beside the site, with a file that nobody means to publish."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["assets/leak.txt", "templates/leak.html", "strings/zh-CN.yaml"])
def test_a_link_in_a_theme_is_not_followed(tmp_path: Path, outside: Path, name: str) -> None:
    site = themed(tmp_path, {"templates/home.html": HOME})
    link = site / "themes/own" / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(outside / "secret.txt")
    (line,) = told(site)
    assert line.startswith(f"themes/own/{name}: 错误[symbolic-link]")
    assert catalogue(site, "build", "--jobs", "1").exit_code == 1
    assert not (site / "public").exists()


@pytest.mark.parametrize("name", ["assets", "templates", "strings", "assets/pictures"])
def test_a_folder_of_a_theme_that_is_a_link_is_not_followed(tmp_path: Path, outside: Path, name: str) -> None:
    site = themed(tmp_path, {"templates/home.html": HOME, "assets/a.txt": "a"})
    if (site / "themes/own" / name).exists():
        shutil.rmtree(site / "themes/own" / name)
    (site / "themes/own" / name).symlink_to(outside)
    (line,) = told(site)
    assert line.startswith(f"themes/own/{name}: 错误[symbolic-link]")


@pytest.mark.parametrize("name", ["site.yaml", "content", "themes", "themes/own", "themes/own/theme.yaml"])
def test_a_part_of_the_site_that_lies_outside_is_refused(tmp_path: Path, outside: Path, name: str) -> None:
    site = themed(tmp_path, {"templates/home.html": HOME})
    shutil.move(site / name, outside / "part")
    (site / name).symlink_to(outside / "part")
    lines = told(site)
    assert any(line.startswith(f"{name}: ") and "[symbolic-link]" in line for line in lines)
    before = state(site)
    assert catalogue(site, "build", "--jobs", "1").exit_code == 1
    assert state(site) == before


def test_a_link_in_the_place_of_a_theme_is_refused_wherever_it_leads(tmp_path: Path, outside: Path) -> None:
    site = make_site(tmp_path)
    (site / "themes").mkdir()
    (site / "themes/default").symlink_to(outside / "default")
    for _ in range(2):
        assert any(line.startswith("themes/default: 错误[symbolic-link]") for line in told(site))
        shutil.copytree(ROOT / "themes/default", outside / "default", dirs_exist_ok=True)


def test_settings_that_are_replaced_by_a_link_to_themselves_are_refused_by_every_build(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    build(site)
    (site / "site.yaml").rename(site / "real.yaml")
    (site / "site.yaml").symlink_to("real.yaml")
    assert any("[symbolic-link]" in line for line in told(site))
    assert catalogue(site, "build", "--jobs", "1").exit_code == 1


def test_a_template_that_cannot_be_compiled_is_told_by_every_build_of_a_preview(tmp_path: Path) -> None:
    site = themed(tmp_path / "site", {"templates/home.html": HOME})
    options = Options(site, tmp_path / "preview", today=TODAY, jobs=1)
    session = Session(options)
    session.build(options, set())
    twice = "{% block a %}{% endblock %}{% block a %}{% endblock %}\n"
    (site / "themes/own/templates/unused.html").write_text(twice, encoding="utf-8")
    settings = site / "site.yaml"
    for saved in ("themes/own/templates/unused.html", "site.yaml"):
        with pytest.raises(ContentError) as refused:
            session.build(options, {saved})
        assert any(problem.place.file.endswith("unused.html") for problem in refused.value.problems)
        settings.write_text(settings.read_text(encoding="utf-8") + "page_size: 6\n", encoding="utf-8")


def test_a_site_may_be_reached_by_a_link_itself(tmp_path: Path, outside: Path) -> None:
    themed(tmp_path, {"templates/home.html": HOME})
    (outside / "site").symlink_to(tmp_path)
    assert told(outside / "site") == []


# ---- templates


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{{ 1|nope }}", "没有过滤器 nope"),
        ("{% if false %}{{ 1|nope }}{% endif %}", "没有过滤器 nope"),
        ("{% filter nope %}{% endfilter %}", "没有过滤器 nope"),
        ("{% if 1 is nope %}{% endif %}", "没有测试 nope"),
        ("{% extends 'nope.html' %}", "没有模板 nope.html"),
        ("{% include 'nope.html' %}", "没有模板 nope.html"),
        ("{% include ['nope.html', 'nor.html'] %}", "没有模板 nope.html, nor.html"),
        ("{% import 'nope.html' as m %}", "没有模板 nope.html"),
        ("{% from 'nope.html' import m %}", "没有模板 nope.html"),
        ("{{ fragment('nope.html', frame.chrome) }}", "没有模板 nope.html"),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "block 'a' defined twice"),
    ],
)
def test_a_template_that_could_not_be_used_is_told_before_the_build(tmp_path: Path, line: str, reason: str) -> None:
    (told_line,) = told(themed(tmp_path, {"templates/spare.html": f"<p>\n  {line}\n</p>\n"}))
    place, text = told_line.split(": ", 1)
    assert place.startswith("themes/own/templates/spare.html:2:")
    assert text == f"错误[template-error] 模板有误：{reason}"


@pytest.mark.parametrize(
    "line",
    [
        "{{ 1|number }}{{ 'a'|upper }}{% if 1 is odd %}{% endif %}",
        "{% include 'nope.html' ignore missing %}",
        "{% include ['nope.html', 'macros.html'] %}",
        "{% extends name %}",
        "{{ fragment('footer.html', frame.chrome) }}",
        "{% extends 'default/home.html' %}",
    ],
)
def test_a_template_that_can_be_used_is_not_complained_of(tmp_path: Path, line: str) -> None:
    assert told(themed(tmp_path, {"templates/spare.html": line})) == []


@pytest.mark.parametrize(
    "line",
    [
        "{% for s in sections %}" * 50 + "{% endfor %}" * 50,  # more than any Python takes
        "{% if sections %}" * 120 + "{% endif %}" * 120,
        "{% if sections %}" + "{% elif topics %}" * 3000 + "{% endif %}",
        "{{ " + "(" * 150 + "1" + ")" * 150 + " }}",
        "{{ " + "[" * 1000 + "1" + "]" * 1000 + " }}",
        "{{ 1" + " + 1" * 3000 + " }}",
        "{{ " + "not " * 600 + "1 }}",
        "{{ root" + "|upper" * 300 + " }}",
        "{{ frame" + ".site" * 400 + " }}",
    ],
    ids=lambda line: line[:16],
)
def test_a_template_that_is_nested_too_deep_is_told_before_the_build(tmp_path: Path, line: str) -> None:
    site = themed(tmp_path, {"templates/home.html": f"<p>\n  {line}\n</p>\n"})
    (told_line,) = told(site)
    assert told_line.startswith("themes/own/templates/home.html:2:3: 错误[template-too-deep]")
    assert catalogue(site, "build", "--jobs", "1").exit_code == 1


def test_twenty_loops_in_one_another_are_not_too_deep(tmp_path: Path) -> None:
    line = "{% for l in frame.breadcrumbs %}" * 20 + "{% endfor %}" * 20
    site = themed(tmp_path, {"templates/links.html": line})
    assert told(site) == []
    build(site)


def test_a_mistyped_filter_gets_the_one_that_was_meant(tmp_path: Path) -> None:
    result = catalogue(themed(tmp_path, {"templates/spare.html": "{{ 1|numbr }}"}), "check")
    assert "是不是要写 `number`？" in result.stdout


# ---- names and fields


@pytest.mark.parametrize(
    ("template", "line", "code", "guess"),
    [
        ("home", "<p>{{ framme.title.value }}</p>", "unknown-name", "frame"),
        ("home", "{% if false %}{{ nope }}{% endif %}", "unknown-name", ""),
        ("home", "{{ range(3) }}", "unknown-name", ""),
        ("home", "{% for s in sections %}{{ loop.index }}{% endfor %}{{ s.title.value }}", "unknown-name", ""),
        ("home", "{% for s in sections %}{{ x }}{% endfor %}", "unknown-name", ""),
        ("home", "{{ frame.titel.value }}", "unknown-key", "title"),
        ("home", "{% for s in sections %}{{ s.titel.value }}{% endfor %}", "unknown-key", "title"),
        ("home", "{{ frame.site.licence.adress }}", "unknown-key", "address"),
        ("home", "{{ (sections|first).title.valeu }}", "unknown-key", "value"),
        ("home", "{{ sections[0].title.valeu }}", "unknown-key", "value"),
        ("home", "{% with s = frame.site %}{{ s.titel }}{% endwith %}", "unknown-key", "title"),
        ("home", "{{ cards }}", "unknown-name", ""),
        ("header", "{{ frame }}", "unknown-name", ""),
        ("header", "{{ site.titel.value }}", "unknown-key", "title"),
        ("macros", "{% macro new(a) %}{{ frame }}{% endmacro %}", "unknown-name", ""),
        ("macros", "{% macro new(a, b=c) %}{{ a }}{{ caller() }}{% endmacro %}", "unknown-name", ""),
        ("spare", "{{ nope }}", "unknown-name", ""),
    ],
)
def test_a_name_or_field_that_is_not_there_is_told_before_the_build(
    tmp_path: Path, template: str, line: str, code: str, guess: str
) -> None:
    text = f"{{% extends 'default/{template}.html' %}}\n" if template == "home" else "\n"
    block = f"{{% block main %}}{line}{{% endblock %}}" if template == "home" else line
    if template in {"header", "macros"}:
        whole = (ROOT / f"themes/default/templates/{template}.html").read_text(encoding="utf-8")
        text, block = whole, line
    site = themed(tmp_path, {f"templates/{template}.html": f"{text}{block}\n"})
    (told_line,) = told(site)
    place, said = told_line.split(": ", 1)
    assert place.startswith(f"themes/own/templates/{template}.html:{text.count(chr(10)) + 1}:")
    assert said.startswith(f"错误[{code}]")
    shown = catalogue(site, "check").stdout
    assert not guess or f"是不是要写 `{guess}`？" in shown


def test_each_fault_of_a_line_is_told_at_its_own_place(tmp_path: Path) -> None:
    text = (
        "nope {{ frame.title.titel }}{{ frame.titel }}{{ nope }}{{ nope }}{{ t.nope }}{{ t['nope'] }}"
        "{{ 1|nope }}{{ 2|nope }}{% if 1 is nope or 2 is not nope %}{% endif %}{{ asset('nope') }}{{ asset('nope') }}"
    )
    lines = told(themed(tmp_path, {"templates/home.html": f"{HOME}{{% block main %}}\n{text}\n{{% endblock %}}\n"}))
    places = [line.partition(": ")[0].rpartition("home.html:")[2] for line in lines]
    starts = [found.start() for found in re.finditer("titel|(?<!^)nope", text)]  # where it begins it is no code
    assert places == [f"3:{start + 1}" for start in starts]


def test_a_filter_that_there_is_not_hides_no_other_fault(tmp_path: Path) -> None:
    home = HOME + "{% block main %}{{ 1|nope }}{{ framme }}{% endblock %}"
    spare = "{{ 1|nope }}{% block a %}{% endblock %}{% block a %}{% endblock %}{{ t.nope }}"
    files = {"templates/home.html": home, "templates/spare.html": spare, "strings/zh-CN.yaml": "home: '{nope}'\n"}
    assert [re.findall(r"/([\w-]+\.\w+):.*\[([\w-]+)\]", line)[0] for line in told(themed(tmp_path, files))] == [
        ("zh-CN.yaml", "unknown-gap"),
        ("home.html", "template-error"),
        ("home.html", "unknown-name"),
        ("spare.html", "template-error"),
        ("spare.html", "template-error"),
        ("spare.html", "missing-string"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{{ root }}{{ site.title.value }}{{ m.icon('video') }}{{ frame.canonical }}{{ frame.root }}",
        "{{ nope is defined }}{{ nope|default('x') }}{{ frame.nope is defined }}{{ frame.nope|default('') }}",
        "{% set x = frame.site %}{% block inner scoped %}{{ x.title.value }}{% endblock %}",
        "{% if true %}{% set x = 1 %}{% endif %}{{ x }}",
        "{% for s in sections %}{% include 'part.html' %}{% endfor %}",
        "{% macro a(b, c=frame) %}{{ b }}{{ c }}{{ varargs }}{% endmacro %}{{ a(1) }}",
        "{% call(b) m.keys(root, ()) %}{{ b }}{% endcall %}",
        "{{ self.title() }}{{ super() }}",
        "{% if frame.type == 'column' %}{{ t.search }}{% endif %}{{ asset('style.css') }}",
    ],
)
def test_a_name_that_is_there_in_any_way_is_not_complained_of(tmp_path: Path, line: str) -> None:
    text = f"{HOME}{{% block main %}}{line}{{% endblock %}}"
    part = {"templates/part.html": "{{ s.title.value }}"} if "part.html" in line else {}
    assert told(themed(tmp_path, {"templates/home.html": text, **part})) == []


def test_what_stands_round_every_page_may_ask_for_what_one_kind_of_page_has(tmp_path: Path) -> None:
    text = (
        "{% extends 'default/base.html' %}{% block foot %}{% if frame.type == 'column' %}{{ pager.number }}{% endif %}"
    )
    site = themed(tmp_path, {"templates/base.html": text + "{% endblock %}"})
    assert told(site) == []
    build(site)


def test_a_template_that_may_lead_anywhere_is_given_the_benefit_of_the_doubt(tmp_path: Path) -> None:
    home = HOME + "{% block main %}{% set part = 1 %}{% include 'part-' ~ frame.type ~ '.html' %}{% endblock %}"
    assert told(themed(tmp_path, {"templates/home.html": home, "templates/part-home.html": "{{ part }}"})) == []


# ---- gaps of strings


@pytest.mark.parametrize(
    ("string", "code", "column", "guess"),
    [
        ("page_number: 第 {nope} 页", "unknown-gap", 16, ""),
        ("page_number: 第 {nubmer} 页", "unknown-gap", 16, "{number}"),
        ("page_number: 第 {0} 页", "unknown-gap", 16, ""),
        ("page_number: 第 {} 页", "unknown-gap", 16, ""),
        ("open_named: 打开 {title}", "unknown-gap", 16, ""),
        ("unit_views: '{views} 次'", "unknown-gap", 14, ""),
        ("for_whom: '给 {whom} 看'", "unknown-gap", 14, ""),
        ("home: 首页 {count}", "unknown-gap", 10, ""),
        ("home: 首页 {nope}", "unknown-gap", 10, ""),
        ("asset_video: '{name}'", "unknown-gap", 15, ""),
        ("page_number: 第 {number 页", "wrong-braces", 14, ""),
        ("page_number: 第 number} 页", "wrong-braces", 14, ""),
        ("page_number: 第 {number:d} 页", "wrong-braces", 14, ""),
        ("page_number: 第 {number.x} 页", "wrong-braces", 14, ""),
    ],
)
def test_a_gap_that_no_template_fills_is_told(tmp_path: Path, string: str, code: str, column: int, guess: str) -> None:
    site = themed(tmp_path, {"strings/zh-CN.yaml": f"home: 首页\n{string}\n".replace("home: 首页\nhome", "home")})
    (line,) = told(site)
    number = 1 if string.startswith("home") else 2
    assert line.startswith(f"themes/own/strings/zh-CN.yaml:{number}:{column}: 错误[{code}]")
    shown = catalogue(site, "check").stdout
    assert not guess or f"是不是要写 `{guess}`？" in shown
    (line,) = told(themed(tmp_path / "settings", {}, f"\n  {string}"))
    assert line.startswith("site.yaml:") and f"错误[{code}] " in line


@pytest.mark.parametrize(
    "string",
    [
        "page_number: '{number} / {number}'",
        "page_number: 某一页",
        "page_number: '{{number}} {number:>3}'",
        "home: '首页 { } {{'",
        "resources_count: '{count} 个'",
        "unit_parsecs: '{value} 秒差距'",
        "for_whom: '{audience}请进'",
        "open_named: '{name}（打开）'",
    ],
)
def test_a_string_that_can_be_filled_is_not_complained_of(tmp_path: Path, string: str) -> None:
    site = themed(tmp_path, {"strings/zh-CN.yaml": f"{string}\n"})
    assert told(site) == []
    build(site)


def test_a_string_of_a_themes_own_may_hold_what_its_templates_fill(tmp_path: Path) -> None:
    home = (
        HOME + "{% block main %}{{ t.greeting|fill(name='x') }}{% set s = t.other %}{{ s|fill(day=1) }}{% endblock %}"
    )
    files = {"templates/home.html": home, "strings/zh-CN.yaml": "greeting: '{name}好'\nother: '第 {day} 天'\n"}
    assert told(themed(tmp_path, files)) == []
    files["strings/zh-CN.yaml"] = "greeting: {one: '{name}好', other: '{day}好'}\nother: '第 {name} 天'\n"
    first, second = told(themed(tmp_path / "wrong", files))
    assert "zh-CN.yaml:1:36: 错误[unknown-gap]" in first and "zh-CN.yaml:2:11: 错误[unknown-gap]" in second


def test_a_gap_that_only_a_replaced_template_fills_is_told(tmp_path: Path) -> None:
    column = (ROOT / "themes/default/templates/column.html").read_text(encoding="utf-8")
    changed = column.replace("t.page_of|fill(number=", "t.page_of|fill(page=")
    site = themed(tmp_path, {"templates/column.html": changed, "strings/zh-CN.yaml": "page_of: '{page}'\n"})
    assert told(site) == []
    (site / "themes/own/strings/zh-CN.yaml").write_text("page_of: '{number}'\n", encoding="utf-8")
    assert "unknown-gap" in told(site)[0]


# ---- strings


@pytest.mark.parametrize(
    ("string", "code", "place"),
    [
        ("date_format: '{jahr}'", "wrong-form", "2:14"),
        ("date_format: '{0}'", "wrong-form", "2:14"),
        ("date_format: '{year'", "wrong-form", "2:14"),
        ("month_format: '{day}'", "wrong-form", "2:15"),
        ("date_format: [a]", "wrong-type", "2:14"),
        ("month_format: {one: a, other: b}", "wrong-type", "2:15"),
        ("months: x", "wrong-type", "2:9"),
        ("months: [一月]", "wrong-form", "2:9"),
    ],
)
def test_a_string_that_dates_cannot_be_written_with_is_told(tmp_path: Path, string: str, code: str, place: str) -> None:
    (line,) = told(themed(tmp_path, {"strings/zh-CN.yaml": f"home: 首页\n{string}\n"}))
    assert line.startswith(f"themes/own/strings/zh-CN.yaml:{place}: 错误[{code}]")
    name = string.partition(":")[0]
    (line,) = told(themed(tmp_path / "settings", {}, f"{{{string}}}"))
    assert line.startswith("site.yaml:") and f"错误[{code}] " in line and f"`{name}`" in line


def test_strings_of_the_settings_may_be_lists_like_the_themes(tmp_path: Path) -> None:
    months = ", ".join(f"{number:02}月" for number in range(1, 13))
    site = themed(tmp_path, {}, f"{{months: [{months}], date_format: '{{year}}·{{month_name}}·{{day:02}}'}}")
    build(site)
    assert "2022·03月·05" in page(site, "after-school/classic-reading/goose-song.html")


def test_a_notice_of_the_site_stands_on_every_page_and_no_site_has_one_unasked(tmp_path: Path) -> None:
    site = themed(tmp_path, {}, "{site_notice: 试运行}")
    build(site)
    pages = [path.read_text(encoding="utf-8") for path in (site / "public").rglob("*.html")]
    assert pages and all("试运行" in text for text in pages)
    plain = themed(tmp_path / "plain", {})
    build(plain)
    assert "bulletin" not in page(plain, "index.html")


def test_a_theme_of_the_sites_own_gives_the_interface_another_language(tmp_path: Path) -> None:
    words = (ROOT / "themes/default/strings/en.yaml").read_text(encoding="utf-8")
    site = themed(tmp_path, {"strings/ug.yaml": words.replace("home: Home", "home: باش بەت")})
    settings = (site / "site.yaml").read_text(encoding="utf-8").replace("[zh-CN, en]", "[ug, zh-CN, en]")
    (site / "site.yaml").write_text(settings, encoding="utf-8")
    assert told(site) == []
    build(site)
    assert "باش بەت" in page(site, "links.html")
    (site / "themes/own/strings/ug.yaml").unlink()
    (line,) = told(site)
    assert line.startswith("site.yaml:3:13: error[no-strings]")


def test_words_of_a_theme_in_other_languages_than_the_sites_are_left_out(tmp_path: Path) -> None:
    site = themed(tmp_path, {"strings/en.yaml": "home: Start\n"})
    build(site)
    assert "Start" not in page(site, "links.html")


def test_a_string_of_the_settings_that_lost_its_place_in_the_theme_is_told_although_the_theme_was_good(
    tmp_path: Path,
) -> None:
    """With it the theme as a whole is as it was, so that what was found of it before could be believed."""
    strings = "themes/own/strings/zh-CN.yaml"
    site = themed(tmp_path, {"strings/zh-CN.yaml": "slogan: 好好学习\n"}, "{slogan: 天天向上}")
    (site / "themes/own/templates").mkdir()
    (site / "themes/own/templates/home.html").write_text(
        HOME + "{% block foot %}{{ t.slogan }}{% endblock %}\n", encoding="utf-8"
    )
    build(site)
    (site / strings).write_text("", encoding="utf-8")
    result = catalogue(site, "build", "--jobs", "1")
    assert result.exit_code == 1
    assert "[unknown-string]" in result.stderr


def test_a_theme_must_have_the_strings_that_titles_are_made_of_whatever_its_templates_ask_for() -> None:
    strings = {name: "一" for name in PLANNED if name != "class_hour_number"}
    found = check_templates({}, strings, set(), {}, "themes/own/strings/zh-CN.yaml")
    missing = {problem.facts["value"] for problem in found if problem.code == "missing-string"}
    assert missing == {"class_hour_number", *WRITTEN}
