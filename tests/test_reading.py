"""The units that read the editors' files: text, YAML, forms, did-you-mean, the width of what is shown."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from builder.content.model import ResourceForm, TextbookForm
from builder.problems import Place, Problem, width
from builder.reading import meant
from builder.reading.forms import fill_in
from builder.reading.source import Source, decode, split_front_matter
from builder.reading.suggest import closest
from builder.reading.yaml import locate, read_yaml


def lies_inside(place: Place, text: str) -> bool:
    """Whether a place is the whole file or a stretch of one of its lines, or the end of one."""
    if place.line == 0:
        return True
    lines = text.split("\n")
    if place.line > len(lines):
        return False
    line = lines[place.line - 1]
    return place.text == line and 1 <= place.column <= len(line) + 1 and place.column + place.length <= len(line) + 2


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


# ---- what was meant


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("2026-9-5", "2026-09-05"),
        ("2026/9/5", "2026-09-05"),
        ("2026.09.05", "2026-09-05"),
        ("2026 年 9 月 5 日", "2026-09-05"),
        ("２０２６－９－５", "2026-09-05"),
        ("20260905", "2026-09-05"),
        ("2026-09-05 08:00", "2026-09-05"),
        ("“2026-09-05”", "2026-09-05"),
        ("2026-09-05；", "2026-09-05"),
        ("2026-02-30", ""),
        ("9/5/2026", ""),
        ("2026-9", ""),
        ("今天", ""),
    ],
)
def test_a_day_in_another_form_is_shown_as_it_should_be_written(written: str, right: str) -> None:
    assert meant.day(written) == right


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("3-5", [3, 4, 5]),
        ("３～５", [3, 4, 5]),
        ("3 — 5", [3, 4, 5]),
        ("10-12", [10, 11, 12]),
        ("三至五年级", [3, 4, 5]),
        ("三年级到五年级", [3, 4, 5]),
        ("[三、四年级]", [3, 4]),
        ("1，2", [1, 2]),
        ("3 -5", [3, 5]),
        ("5-3", []),
        ("13", []),
        ("初一", []),
        ("第三课", []),
    ],
)
def test_grades_in_another_form_are_shown_as_a_list(written: str, right: list[int]) -> None:
    assert meant.grades(written) == right


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("after-school/classic-reading", "classic-reading"),
        ("../classic-reading/goose-song.md", "goose-song"),
        ("Goose_Song 2", "goose-song-2"),
        ("ｍｏｏｎ", "moon"),
        ("咏鹅", ""),
        ("2022", ""),
    ],
)
def test_an_id_in_another_form_is_shown_as_it_should_be_written(written: str, right: str) -> None:
    assert meant.id(written) == right


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("12:30", "PT12M30S"),
        ("1:02:03", "PT1H2M3S"),
        ("20分钟", "PT20M"),
        ("1小时5分", "PT1H5M"),
        ("pt12m30s", "PT12M30S"),
        ("PT１２M", "PT12M"),
        ("‘PT12M’", "PT12M"),
        ("PT99999999999999999999H", ""),
        ("750", ""),
        ("", ""),
        ("很长", ""),
    ],
)
def test_a_duration_in_another_form_is_shown_as_it_should_be_written(written: str, right: str) -> None:
    assert meant.duration(written) == right


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("1,234", "1234"),
        ("1 234", "1234"),
        ("１２", "12"),
        ("“12”", "12"),
        ("50%", "50"),
        ("12，", "12"),
        ("6.5", ""),
        ("12 3", ""),
        ("很多", ""),
    ],
)
def test_a_number_in_another_form_is_shown_as_it_should_be_written(written: str, right: str) -> None:
    assert meant.number(written) == right


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("htps://example.org/a", "https://example.org/a"),
        ("http//example.org", "http://example.org"),
        ("https：//example.org/一：二", "https://example.org/一：二"),
        ("https:example.org", "https://example.org"),
        ("“https://example.org/a”", "https://example.org/a"),
        ("https://example.org", ""),
        ("HTTP://example.org", ""),
        ("ftp://example.org", ""),
        ("javascript:alert(1)", ""),
        ("http/moon.md", ""),
        ("abc://example.org", ""),
    ],
)
def test_an_address_with_a_misspelt_beginning_is_shown_as_it_should_be_written(written: str, right: str) -> None:
    assert meant.web_address(written) == right


# ---- did you mean


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("标提", "标题"),
        ("题标", "标题"),
        ("年纪", "年级"),
        ("标题", "标题"),
        ("stagse", "stages"),
        ("Stages", "stages"),
        ("replaced-by", "replaced_by"),
        ("ｔｉｔｌｅ", "title"),
    ],
)
def test_a_mistyped_word_finds_the_one_that_was_meant(written: str, meant: str) -> None:
    assert closest(written, ["标题", "年级", "教材", "stages", "title", "replaced_by"]) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("math", "mathematics"),
        ("Maths", "mathematics"),
        ("art", "fine-art"),
        ("zh", "zh-CN"),
        ("CC-BY", "CC-BY-4.0"),
        ("道德", "道德与法治"),
    ],
)
def test_a_part_of_a_word_finds_the_word(written: str, meant: str) -> None:
    known = ["mathematics", "arts-fine-art", "fine-art", "zh-Hant", "zh-CN", "CC-BY-4.0", "CC-BY-SA-4.0", "道德与法治"]
    assert closest(written, known) == meant


@pytest.mark.parametrize("written", ["书", "x", "体育", "quite-different", ""])
def test_a_word_like_none_that_is_known_gets_no_guess(written: str) -> None:
    assert closest(written, ["标题", "年级", "教材", "stages", "title"]) == ""


def test_a_short_word_is_not_taken_for_a_longer_one() -> None:
    assert closest("9", ["1", "2", "一年级", "二年级"]) == ""


# ---- width


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("咏鹅", 4), ("：", 2), ("ａ", 2), ("Ünï", 3), ("u\u0308", 1), ("ئۇي", 3), ("·—", 2), ("", 0)],
)
def test_a_double_width_character_takes_two_columns(text: str, columns: int) -> None:
    assert width(text) == columns


# ---- text


def test_a_file_with_windows_line_ends_reads_like_any_other() -> None:
    source, problems = decode("a.yaml", b"a: 1\r\nb: 2\rc: 3\n")
    assert source is not None
    assert (source.text, problems) == ("a: 1\nb: 2\nc: 3\n", [])


def test_a_byte_order_mark_does_not_hide_the_other_mistakes() -> None:
    source, problems = decode("a.yaml", b"\xef\xbb\xbfa: 1\xe2\x80\xae\n")
    assert source is not None
    assert codes(problems) == ["byte-order-mark", "bidi-override"]


@pytest.mark.parametrize("char", ["\ufffe", "\uffff", "\x0b", "\u2028", "\x80", "\x96"])
def test_a_character_that_feeds_and_pages_cannot_hold_is_refused(char: str) -> None:
    source, problems = decode("a.md", f"正{char}文\n".encode())
    assert (source, codes(problems)) == (None, ["control-character"])


def test_the_place_of_a_wrong_byte_counts_characters_not_bytes() -> None:
    source, (problem,) = decode("a.yaml", "title: 咏鹅".encode() + b"\xff\n")
    assert source is None
    assert (problem.place.line, problem.place.column) == (1, 10)


@pytest.mark.parametrize(
    ("raw", "how"),
    [
        ("title: 一首写鹅的诗\n".encode("gbk"), "@from-gbk"),
        ("title: 一首写鹅的诗，𠮷\n".encode("gb18030"), "@from-gbk"),
        ("title: 咏鹅".encode() + "咏鹅".encode("gbk"), "@to-utf-8"),  # of two encodings
        ("title: 咏鹅".encode("utf-16"), "@to-utf-8"),
        ("title: café\n".encode("latin-1"), "@to-utf-8"),
    ],
)
def test_a_file_is_to_be_opened_as_gbk_only_if_it_seems_to_be(raw: bytes, how: str) -> None:
    source, (problem,) = decode("a.yaml", raw)
    assert source is None
    assert (problem.code, problem.facts["how"]) == ("invalid-utf8", how)


@pytest.mark.parametrize("text", ["甲\ufffd\ufffd乙\n丙\ufffd", "甲锟斤拷锟斤拷锟乙\n锟斤拷丙"])
def test_lost_characters_are_told_once_with_how_many_places_there_are(text: str) -> None:
    source, (problem,) = decode("a.md", text.encode())
    assert source is not None
    assert (problem.code, problem.place.line, problem.place.column) == ("lost-characters", 1, 2)
    assert problem.facts["number"] == "2"


@pytest.mark.parametrize(
    "text", ["“锟斤拷”和《锟斤拷锟斤拷》", "锟斤", "=======\n", " <<<<<<< HEAD\n", "<<<<<<<<\n", ">>>>>>>a\n"]
)
def test_what_only_looks_like_lost_text_or_a_merge_is_left_alone(text: str) -> None:
    assert decode("a.md", text.encode())[1] == []


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", ">>>>>>> main", "<<<<<<<"])
def test_one_mark_of_an_unfinished_merge_that_is_left_is_enough(mark: str) -> None:
    source, (problem,) = decode("a.md", f"甲\r\n{mark}\r\n乙\r\n".encode())
    assert source is None
    assert (problem.code, problem.place.line, problem.place.length) == ("unfinished-merge", 2, len(mark))


def test_three_hyphens_inside_the_text_do_not_end_the_front_matter_early() -> None:
    parts = split_front_matter(Source("a.md", "---\ntitle: 甲---乙\nkind: a\n---\n正文\n\n---\n\n再说\n"))
    assert isinstance(parts, tuple)
    head, body, first = parts
    assert (head.text, body, first) == ("\ntitle: 甲---乙\nkind: a\n", "正文\n\n---\n\n再说\n", 4)


@pytest.mark.parametrize("text", ["---\n---\n", "---\n---", "--- \n---\t\n"])
def test_front_matter_may_be_empty(text: str) -> None:
    parts = split_front_matter(Source("a.md", text))
    assert isinstance(parts, tuple)
    assert (parts[0].text, parts[1]) == ("\n", "")


# ---- YAML


@pytest.mark.parametrize("written", ["1984", "2022-03-05", "12:30", "0123", "no", "1e3", "0x1F", "3.10", "yes", "NaN"])
def test_what_looks_like_a_number_a_date_or_a_truth_value_is_text(written: str) -> None:
    assert read_yaml(Source("a.yaml", f"title: {written}\n")) == ({"title": written}, [])


@pytest.mark.parametrize(
    ("written", "char", "code"),
    [
        (r"\u202E", "U+202E", "bidi-override"),
        (r"\u2066", "U+2066", "bidi-override"),
        (r"\0", "U+0000", "control-character"),
        (r"\x08", "U+0008", "control-character"),
        (r"\r", "U+000D", "control-character"),
        (r"\N", "U+0085", "control-character"),
        (r"\x96", "U+0096", "control-character"),
        (r"\uFFFF", "U+FFFF", "control-character"),
    ],
)
def test_what_may_not_stand_in_a_text_may_not_be_written_as_an_escape(written: str, char: str, code: str) -> None:
    source = Source("a.yaml", f'"{written}k": 1\nt: "咏{written}鹅"\n')
    value, problems = read_yaml(source)
    assert value == {"k": "1", "t": "咏鹅"}
    assert [(p.code, p.place.line, p.place.column, p.facts["char"]) for p in problems] == [
        (code, 1, 1, char),
        (code, 2, 4, char),
    ]


def test_escapes_of_line_ends_tabs_and_letters_are_read() -> None:
    assert read_yaml(Source("a.yaml", r't: "甲\n乙\t\u4e19 \"丁\""')) == ({"t": '甲\n乙\t丙 "丁"'}, [])


def test_a_character_that_stands_in_the_file_itself_is_told_once() -> None:
    source, problems = decode("a.yaml", 't: "a\u202eb"\n'.encode())
    assert source is not None
    value, more = read_yaml(source)
    assert (value, codes(problems + more)) == ({"t": "ab"}, ["bidi-override"])


def test_half_a_surrogate_pair_is_no_text() -> None:
    value, problems = read_yaml(Source("a.yaml", r't: "\ud800"'))
    assert (value, [problem.severity for problem in problems]) == (None, ["error"])


def test_an_empty_value_is_nothing_and_empty_quotes_are_text() -> None:
    value, problems = read_yaml(Source("a.yaml", "a:\nb: ~\nc: ''\nd: 'null'\n"))
    assert (value, problems) == ({"a": None, "b": None, "c": "", "d": "null"}, [])


def test_a_comment_in_the_usual_form_is_no_lost_text() -> None:
    assert read_yaml(Source("a.yaml", "a: 咏鹅 # 骆宾王\nb: '甲 #乙'\nc: C#\n"))[1] == []


def test_every_full_width_colon_of_a_file_is_found_at_once() -> None:
    value, problems = read_yaml(Source("a.yaml", "甲：1\n乙： 2\n丙: {丁：3, 戊：4}\n"))
    assert value == {"甲": "1", "乙": "2", "丙": {"丁": "3", "戊": "4"}}
    places = [(p.code, p.place.line, p.place.column) for p in problems]
    assert [place[:2] for place in places] == [("full-width-colon", n) for n in (1, 2, 3, 3)]
    assert places[2] == ("full-width-colon", 3, 6)


@pytest.mark.parametrize(
    ("written", "value", "found"),
    [
        ("{zh-CN: 月亮，en: Moon}", {"zh-CN": "月亮", "en": "Moon"}, [("full-width-sign", 18)]),
        (
            "{zh-CN：月亮，en: Moon}",
            {"zh-CN": "月亮", "en": "Moon"},
            [("full-width-colon", 14), ("full-width-sign", 17)],
        ),
        ("{a: 1；b: 2、c: 3}", {"a": "1", "b": "2", "c": "3"}, [("full-width-sign", 13), ("full-width-sign", 18)]),
        ("｛zh-CN: 月亮, en: Moon｝", {"zh-CN": "月亮", "en": "Moon"}, [("full-width-sign", 8)]),
        ("｛en: Moon}", {"en": "Moon"}, [("full-width-sign", 8)]),
        ("[月亮, 太阳］", ["月亮", "太阳"], [("full-width-sign", 15)]),
    ],
)
def test_a_full_width_sign_between_brackets_is_named_and_the_rest_is_read(
    written: str, value: object, found: list[tuple[str, int]]
) -> None:
    read, problems = read_yaml(Source("a.yaml", f"title: {written}\ndate：2022-03-05\n"))
    assert read == {"title": value, "date": "2022-03-05"}
    assert sorted((p.code, p.place.column) for p in problems if p.place.line == 1) == found
    assert [(p.code, p.place.column) for p in problems if p.place.line == 2] == [("full-width-colon", 5)]


@pytest.mark.parametrize(
    "text",
    ["title: ［美］马克·吐温\n", "title: {zh-CN: 月亮，太阳}\n", "a: {en: 'x，en：y'}\n", "a: |\n  {a，en：b}\n"],
)
def test_full_width_signs_that_belong_to_a_text_stay(text: str) -> None:
    assert read_yaml(Source("a.yaml", text))[1] == []


@pytest.mark.parametrize(
    ("text", "told", "value"),
    [
        ("a: ['it's', b]\n", [("quote-in-quotes", 1, 8)], {"a": ["it's", "b"]}),
        ("a: {en: 'it's', ug: 'x'}\n", [("quote-in-quotes", 1, 12)], {"a": {"en": "it's", "ug": "x"}}),
        ("a: 'it's me'\nb: c\n", [("quote-in-quotes", 1, 7)], {"a": "it's me", "b": "c"}),
        ('a: "他说"好""\n', [("quote-in-quotes", 1, 7)], {"a": '他说"好"'}),
        ("a: 'b' c\n", [("quote-in-quotes", 1, 6)], {"a": "'b' c"}),
        ("a: 'b\nc: 'd\n", [("not-closed", 1, 4), ("not-closed", 2, 4)], {"a": "b", "c": "d"}),
        ("a: 'b\nc: d\ne: 'f'\n", [("not-closed", 1, 4)], {"a": "b", "c": "d", "e": "f"}),
        ("a: 'b\nc: d'\n", [("not-closed", 1, 4)], {"a": "b", "c": "d'"}),
        ('a: "C:\\课"\nb: c\n', [("backslash-in-quotes", 1, 7)], {"a": "C:\\课", "b": "c"}),
    ],
)
def test_a_quotation_mark_in_the_wrong_place_is_shown_and_the_rest_is_read(
    text: str, told: list[tuple[str, int, int]], value: object
) -> None:
    found, problems = read_yaml(Source("a.yaml", text))
    assert [(problem.code, problem.place.line, problem.place.column) for problem in problems] == told
    assert found == value


@pytest.mark.parametrize(
    "text", ["a: 'b\n  c'\nd: e\n", "a: |\n  b: 'c\n  d: e\n", 'a: "b: \\"c\\""\nd: e\n', "a: it's\nb: 'c''d'\n"]
)
def test_quotation_marks_that_are_right_are_left_alone(text: str) -> None:
    assert read_yaml(Source("a.yaml", text)) == (yaml.safe_load(text), [])


def test_a_bracket_that_is_never_closed_is_not_laid_to_the_commas_in_it() -> None:
    assert codes(read_yaml(Source("a.yaml", "keywords: [灯笼、折纸\nkind: a\ndate: b\n"))[1]) == ["not-closed"]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("kind: a\ntitle:\u3000月亮\n", "wrong-space-after-colon", (2, 7)),
        ("kind: a\ntitle:\u00a0月亮\n", "wrong-space-after-colon", (2, 7)),
        ("kind: a\n\u00a0title: 月亮\n", "no-break-indent", (2, 1)),
    ],
)
def test_a_space_that_only_looks_like_one_is_told_on_its_own_line(text: str, code: str, place: tuple[int, int]) -> None:
    (problem,) = read_yaml(Source("a.yaml", text))[1]
    assert (problem.code, (problem.place.line, problem.place.column)) == (code, place)


@pytest.mark.parametrize(
    ("text", "told", "value"),
    [
        ("u: - a: 1\n    b: 2\n  - a: 3\n", [("dash-behind-key", 1, 4, 3)], {"u": [{"a": "1", "b": "2"}, {"a": "3"}]}),
        (
            "u: - a: 1\n     b: 2\n   - a: 3\n",
            [("dash-behind-key", 1, 4, 4)],
            {"u": [{"a": "1", "b": "2"}, {"a": "3"}]},
        ),
        ("u: - a\n- b\n", [("dash-behind-key", 1, 4, 1)], {"u": ["a", "b"]}),
        ("u: -\n  a: 1\n  b: 2\n", [("dash-behind-key", 1, 4, 1)], {"u": [{"a": "1", "b": "2"}]}),
        ("u: - a: 1, 2\nb: c\n", [("dash-behind-key", 1, 4, 3)], {"u": [{"a": "1, 2"}], "b": "c"}),
        (
            "u: - a\n   - b\nc: - d\n   - e\n",
            [("dash-behind-key", 1, 4, 4), ("dash-behind-key", 3, 4, 4)],
            {"u": ["a", "b"], "c": ["d", "e"]},
        ),
    ],
)
def test_a_list_that_begins_behind_its_name_is_told_with_its_column_and_the_rest_of_the_file_is_read(
    text: str, told: list[tuple[str, int, int, int]], value: object
) -> None:
    found, problems = read_yaml(Source("a.yaml", f"{text}z：1\n"))
    assert isinstance(found, dict)
    assert (found.pop("z"), found) == ("1", value)
    *lists, last = sorted(problems, key=lambda problem: problem.place)
    assert [(p.code, p.place.line, p.place.column, int(p.facts["column"])) for p in lists] == told
    assert (last.code, last.place.line, last.place.column) == ("full-width-colon", text.count("\n") + 1, 2)


def test_a_value_is_found_where_it_stands_even_below_a_list_that_begins_behind_its_name() -> None:
    source = Source("a.yaml", "u: - a: 1\n     b: [2]\nc: - d\nz: 3\n")
    paths: list[list[str | int]] = [["u", 0, "a"], ["u", 0, "b", 0], ["c", 0], ["z"]]
    places = [locate(source, path) for path in paths]
    assert [(place.line, place.column, place.length) for place in places] == [
        (1, 9, 1),
        (2, 10, 1),
        (3, 6, 1),
        (4, 4, 1),
    ]
    assert [place.text for place in places] == source.lines[:4]


@pytest.mark.parametrize(
    "text",
    [
        "title: C＃大调\n",
        "title: ＃1 挑战\n",
        "title: 来聊 ＃读书＃\n",
        "title: '甲 ＃ 乙'\n",
        "title: |\n  甲\n  ＃ 乙\n",
        "a: [甲 ＃ 乙]\n",
        "summary: 甲\n  - 乙\n",
        "summary:\n  1. 甲\n",
        "summary: |\n  things:\n  1. a\n  2. b\n",
        "summary: |\n  things:\n  * a\n  * b\n",
        "summary:\n  甲\n  // 乙\n",
        "- 甲\n  乙 - 丙\n",
    ],
)
def test_what_only_looks_like_a_comment_or_an_item_stays_in_its_text(text: str) -> None:
    assert read_yaml(Source("a.yaml", text)) == (yaml.safe_load(text), [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a:\n  - b: [c]\n    d: e\n   f: g\n", [("misaligned", 4, 1)]),
        ("a: 'b'\nc: 甲: 乙\nd: [e]\nf: 丙: 丁\n", [("colon-in-value", 2, 4), ("colon-in-value", 4, 4)]),
        ("a: [{b: c} {d: e}]\n", [("missing-comma", 1, 12)]),
        ("a: {b: c: d}\n", [("colon-in-value", 1, 8)]),
        ("a: [{b: c]}\n", [("stray-bracket", 1, 10), ("not-closed", 1, 4)]),
        ("a: [b,\n  c\nd: e\n", [("not-closed", 1, 4)]),
        ("a: {b: c]\nd: [e}\n", [("wrong-bracket", 1, 9), ("wrong-bracket", 2, 6)]),
        ("a:\n  - b 甲\n    c: d\n", [("missing-colon", 2, 5)]),
        ("a: |\n  b：c\n  d:\n  * e\nf:\n  - g\n - h\n", [("misaligned", 7, 1)]),
        ("*a: b\n&c: d\n%e: f\n", [("sign-before-key", 1, 1), ("sign-before-key", 2, 1), ("sign-before-key", 3, 1)]),
    ],
)
def test_the_line_that_is_wrong_is_told_and_not_what_is_right_beside_it(
    text: str, told: list[tuple[str, int, int]]
) -> None:
    value, problems = read_yaml(Source("a.yaml", text))
    assert [(problem.code, problem.place.line, problem.place.column) for problem in problems] == told
    assert value is not None


def test_an_item_in_a_wrong_column_is_told_with_that_of_the_list_whose_items_begin_as_it_does() -> None:
    value, problems = read_yaml(Source("a.yaml", "a:\n  - b: c\n    d:\n      - e: f\n    - b: g\n      h: i\n"))
    assert [(problem.code, problem.facts["column"]) for problem in problems] == [("misaligned", "3")]
    assert value == {"a": [{"b": "c", "d": [{"e": "f"}]}, {"b": "g", "h": "i"}]}


def test_a_full_width_colon_inside_a_value_stays() -> None:
    assert read_yaml(Source("a.yaml", "title: 主题：副题\n")) == ({"title": "主题：副题"}, [])


def test_a_value_is_found_even_where_an_alias_leads_nowhere() -> None:
    place = locate(Source("a.yaml", "a: *b\nc: *d\ne: f\n"), ["e"])
    assert (place.line, place.column) == (3, 4)


def test_a_value_is_found_even_where_another_line_had_to_be_mended() -> None:
    source = Source("a.yaml", "title：咏鹅\ngrades: [1, 2]\n")
    place = locate(source, ["grades", 1])
    assert (place.line, place.column, place.length) == (2, 13, 1)


plain = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff")
texts = st.text(plain, max_size=20)
bodies = st.recursive(
    texts,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(texts.filter(lambda k: "：" not in k), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), bodies, min_size=1, max_size=5), st.booleans())
def test_what_a_yaml_writer_writes_as_text_is_read_back_as_it_was(value: dict[str, object], flow: bool) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_style="'", default_flow_style=flow, width=1000)
    assert read_yaml(Source("a.yaml", text)) == (value, [])


signs = [*"＃：:-\n\t\u3000\u00a0[]{}'\"#&*!|>%@`?,，\\~咏 ", "title", "kind：", ": ", "<<", "---", "..."]
slips = st.lists(
    st.sampled_from([*signs, "\n  ", "\n- ", "a: ", "b: 1\n", "a: - b", "题目 "]),
    max_size=30,
).map("".join)


@given(st.binary(max_size=80) | slips.map(str.encode) | st.text(max_size=60).map(lambda text: text.encode("utf-8")))
@example(b"a\xe2\x80\xa8b: [\n")
@example("：{a".encode())
@example(b"? [a]\n: b\n")
@example(b"\t?")
@example("{a：b, a：c}".encode())
@example(b"a: - b\n   - c: - d\n\tz")
@example("a: [b\n- ＃ c\n  － d\n".encode())
@example("a:\n－ b\n-\n－c\n".encode())
def test_no_bytes_make_the_reader_fail_and_every_problem_lies_inside_the_file(raw: bytes) -> None:
    source, problems = decode("a.yaml", raw)
    text = raw.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if source is not None:
        value, found = read_yaml(source)
        problems += found
        for form in (ResourceForm, TextbookForm):
            problems += fill_in(form, value, source)[1]
    assert [problem for problem in problems if not lies_inside(problem.place, text)] == []
    assert all(problem.message("zh-CN") and problem.message("en") for problem in problems)


# ---- forms


def test_every_wrong_field_of_a_record_is_told_at_once() -> None:
    source = Source("a.md", "title: 咏鹅\nkind: [a]\ndate: 2022-02-30\ngrades: [一, 2]\ncolour: red\n")
    form, problems = fill_in(ResourceForm, read_yaml(source)[0], source)
    assert form is None
    assert sorted((p.code, p.place.line, p.place.column) for p in problems) == [
        ("bad-date", 3, 7),
        ("unknown-key", 5, 1),
        ("wrong-type", 2, 7),
        ("wrong-type", 4, 10),
    ]
