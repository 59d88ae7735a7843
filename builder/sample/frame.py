"""What stands round the resources: settings, sections, columns, topics, pages of text, and the lists at the top."""

from __future__ import annotations

from collections.abc import Iterator

from builder.sample.dice import Dice
from builder.sample.divisions import COLUMNS, DIVISIONS, Division, Strand
from builder.sample.resources import Holdings, resource_id
from builder.sample.text import by_language, listed, scalar

_REDIRECTS = 0.004  # of the resources that are no class hours

_SITE = """\
# A whole site of made-up resources, for benchmarks and trials.
title:
  zh-CN: 示例学习资源目录（虚构）
  en: Sample catalogue of learning resources (made up)
base_url: https://sample.example.org/
languages:
  - zh-CN
  - en
theme: default
page_size: 40
hotlines_max_age_days: 36500
owner:
  zh-CN: 示例机构（虚构）
  en: A made-up organisation
licence: CC-BY-4.0
"""

_LINKS = """\
- id: sample-museum
  title:
    zh-CN: 示例博物馆
    en: Sample Museum
  url: https://museum.example.org/
  summary:
    zh-CN: 虚构的网站，用来展示链接
    en: A made-up site, to show a link
  verified_on: 2022-03-25
- id: sample-science-hall
  title:
    zh-CN: 示例科技馆
    en: Sample Science Hall
  url: https://science.example.org/
  summary:
    zh-CN: 虚构的网站，附有存档地址
    en: A made-up site with an archived copy
  verified_on: 2022-03-25
  archived_url: https://archive.example.org/science/
- id: sample-library
  title:
    zh-CN: 示例图书馆
    en: Sample Library
  summary:
    zh-CN: 虚构的网站，没有网址
    en: A made-up site without an address
"""

_HOTLINES = """\
- id: sample-line-children
  title:
    zh-CN: 示例热线（虚构，请勿拨打）
    en: Sample line (made up, do not call)
  number: 000-0000
  operator:
    zh-CN: 示例机构（虚构）
    en: A made-up organisation
  area:
    zh-CN: 示例地区
    en: Sample area
  hours:
    zh-CN: 每天8:00—20:00
    en: Every day 8:00 to 20:00
  audience:
    - students
    - parents
  languages:
    - zh-CN
    - ug
  verified_on: 2022-03-25
- id: sample-line-teachers
  title:
    zh-CN: 示例教师热线（虚构，请勿拨打）
    en: Sample line for teachers (made up, do not call)
  number: 000-0001
  audience:
    - teachers
  verified_on: 2022-03-25
"""

_PAGES = {
    "about": """\
---
title:
  zh-CN: 关于本示例
  en: About this sample
order: 1
---
## 这是什么

这个站点由程序生成，用来试用和测速。版块和栏目的名称是公开的；资源、教材的内容、人物、学校、文件、数字和热线都是虚构的。

## 怎样使用

请勿把这里的内容当作真实的学习材料引用。[使用帮助](help.md)说明怎样浏览。
""",
    "help": """\
---
title:
  zh-CN: 使用帮助
  en: Help
order: 2
---
## 浏览

1. 从[首页](/index.html)进入一个版块，再选栏目。
2. 教材在[课程教学](/curriculum.html)里，按学段和学科排列。

| 想找什么 | 去哪里 |
|---|---|
| 新的资源 | [最近更新](/new.html) |
| 求助的号码 | [热线](/hotlines.html) |

## 打印

每一页都可以直接打印。
""",
}

_TOPICS = (
    ("sample-topic-reading", "示例专题：读书的四季", "Sample topic: reading", ("classic-reading", "film-television")),
    (
        "sample-topic-health",
        "示例专题：健康每一天",
        "Sample topic: health",
        ("mental-health", "physical-exercise", "life-safety"),
    ),
    (
        "sample-topic-homework",
        "示例专题：作业少而精",
        "Sample topic: homework",
        ("basic-homework", "homework-design", "double-reduction"),
    ),
)
_TOPIC_BODY = """\
这个专题是示例，把几个栏目和几份资源放在一起，方便一次看完。

先挑一份感兴趣的资源，读完以后，再到旁边的栏目里逛一逛。
"""

# Metric, value, unit, period, scope. Invented, and of no size that could be taken for real.
_FIGURES = (
    ("resources", 100, "count", "2022-01", ""),
    ("resources", 200, "count", "2022-02", ""),
    ("resources", 300, "count", "2022-03", ""),
    ("views_per_day_mean", 1000, "views/day", "2022-03", "sample"),
    ("views_per_day_peak", 2000, "views/day", "2022-03", "sample"),
    ("views_share_students", 50, "percent", "2022-03", ""),
    ("views_share_teachers", 30, "percent", "2022-03", ""),
    ("views_share_parents", 20, "percent", "2022-03", ""),
)


def frame_files(holdings: Holdings) -> Iterator[tuple[str, str]]:
    """Path and text of every file but the vocabulary, textbooks and resources."""
    yield "site.yaml", _SITE
    yield "content/links.yaml", _LINKS
    yield "content/hotlines.yaml", _HOTLINES
    yield "content/figures.yaml", _figures()
    yield "content/redirects.yaml", _redirects(holdings)
    for name, text in _PAGES.items():
        yield f"content/pages/{name}.md", text
    for place, (id, zh, en, columns) in enumerate(_TOPICS, 1):
        gathers = [*columns, *(resource_id_of(column, holdings) for column in columns if holdings.published[column])]
        front = by_language("title", {"zh-CN": zh, "en": en}) + f"order: {place}\n" + listed("gathers", gathers)
        yield f"content/topics/{id}.md", f"---\n{front}---\n{_TOPIC_BODY}"
    for place, division in enumerate(DIVISIONS, 1):
        yield f"content/sections/{division.id}/_section.yaml", _section(division, place)
        for number, strand in enumerate(division.columns, 1):
            yield f"content/sections/{division.id}/{strand.id}/_column.yaml", _column(strand, number)


def resource_id_of(column: str, holdings: Holdings) -> str:
    """The resource of a column that a topic gathers."""
    strand = next(strand for _, strand in COLUMNS if strand.id == column)
    return resource_id(strand, holdings.published[column])


def _section(division: Division, place: int) -> str:
    zh, en = division.title
    summary = {"zh-CN": f"示例版块“{zh}”，内容均为虚构", "en": "A sample section; all its contents are made up"}
    return (
        by_language("title", {"zh-CN": zh, "en": en})
        + by_language("summary", summary)
        + f"order: {place}\n"
        + (f"since: {division.since}\n" if division.since else "")
        + listed("audience", list(division.audience))
    )


def _column(strand: Strand, place: int) -> str:
    zh, en = strand.title
    summary = {"zh-CN": f"示例栏目“{zh}”，内容均为虚构", "en": "A sample column; all its contents are made up"}
    return (
        by_language("title", {"zh-CN": zh, "en": en})
        + by_language("summary", summary)
        + f"order: {place}\nlayout: {strand.layout}\nevidence: {strand.evidence}\n"
    )


def _figures() -> str:
    head = "# Invented figures, to show the page.\n"
    return head + "".join(
        f"- metric: {metric}\n  value: {value}\n  unit: {scalar(unit)}\n  period: {scalar(period)}\n"
        + (f"  scope: {scope}\n" if scope else "")
        + "  source: 示例（虚构）\n"
        for metric, value, unit, period, scope in _FIGURES
    )


def _redirects(holdings: Holdings) -> str:
    """Former addresses: moved, merged and gone in turn, and one that leads to another former address."""
    dice = Dice(holdings.seed, "redirects")
    first = _former(0)
    lines = [f"- from: renamed/twice.html\n  to: {first}\n  kind: moved\n  date: 2022-03-01\n"]
    for number in range(max(3, round(sum(holdings.published.values()) * _REDIRECTS))):
        division, strand = COLUMNS[number % len(COLUMNS)]
        kind = ("moved", "merged", "gone")[number % 3]
        lines.append(f"- from: {_former(number)}\n")
        if kind == "moved":
            lines.append(f"  to: {division.id}/{strand.id}.html\n")
        elif kind == "merged":
            there = holdings.published[strand.id]
            page = f"/{resource_id(strand, dice.between(1, there))}" if there else ""
            lines.append(f"  to: {division.id}/{strand.id}{page}.html\n")
        lines.append(f"  kind: {kind}\n  date: 2022-03-{dice.between(10, 25)}\n")
        if dice.chance(0.5):
            lines.append(f"  reason: {'示例：活动已经结束' if kind == 'gone' else '示例：内容换了地方'}\n")
    return "".join(lines)


def _former(number: int) -> str:
    division, strand = COLUMNS[number % len(COLUMNS)]
    return f"{division.id}/{strand.id}/moved-{number:04}.html"
