"""What was probably meant by a value that is written in another form, so that its remedy is the value itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from contextlib import suppress
from datetime import date

from builder.reading.fields import ID, seconds
from builder.reading.suggest import closest

_DAY = re.compile(
    r"(?P<year>[0-9]{4})(?:年|[-/.])(?P<month>[0-9]{1,2})(?:月|[-/.])(?P<day>[0-9]{1,2})日?(?:[T ][0-9:.Z+]+)?"
    r"|(?P<all>[0-9]{8})"
)
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_MONTH = re.compile(r"(?P<year>[0-9]{4})(?:年|[-/.])(?P<month>[0-9]{1,2})月?")
_SPOKEN = re.compile(
    r"(?:(?P<h>[0-9]{1,6})(?:小时|h|hours?))?(?:(?P<m>[0-9]{1,6})(?:分钟|分|m|min|minutes?))?(?:(?P<s>[0-9]{1,6})(?:秒钟|秒|s|sec|seconds?))?"
)
_CLOCK = re.compile(r"(?:(?P<h>[0-9]{1,2}):)?(?P<m>[0-9]{1,3}):(?P<s>[0-9]{2})")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z]{3,7})(?P<sign>[:;.：；]?[/／]{2,3}|[:：][/／]?)(?P<rest>[^/／\s].*)")
_BRACKETS = "[]【】［］「」()（）"
_BETWEEN_ITEMS = re.compile(r"[\s，、；,;]+")
_NUMERALS = {sign: number for number, sign in enumerate([*"一二三四五六七八九十", "十一", "十二"], 1)}
_GRADE = r"1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]"
_GRADES = re.compile(rf"(?P<first>{_GRADE})(?:年级)?(?:[-–—~至到]+(?P<last>{_GRADE})(?:年级)?)?")
_DOUBLED = re.compile(r"https?[:：]?/{0,2}(?P<address>https?)[:：]?//(?P<rest>[^/\s].*)", re.IGNORECASE)
_CHOICES = {
    "草稿": ("draft",),
    "发布": ("live",),
    "已发布": ("live",),
    "上线": ("live",),
    "撤下": ("retired", "gone"),
    "下架": ("retired", "gone"),
    "下线": ("retired", "gone"),
    "删除": ("retired", "gone"),
    "迁移": ("moved",),
    "移动": ("moved",),
    "搬走": ("moved",),
    "合并": ("merged",),
    "列表": ("list",),
    "卡片": ("cards",),
    "教材": ("textbook", "textbooks"),
    "课本": ("textbook", "textbooks"),
    "链接": ("links",),
    "热线": ("hotlines",),
    "视频": ("video",),
    "音频": ("audio",),
    "课件": ("courseware",),
    "文档": ("document",),
    "文件": ("document",),
    "学习单": ("worksheet",),
    "学习任务单": ("worksheet",),
    "练习": ("exercises",),
    "习题": ("exercises",),
    "教案": ("lesson-plan",),
    "图片": ("picture",),
    "其他": ("other",),
}
FIELDS = {
    "标题": ("title",),
    "题目": ("title",),
    "名称": ("title",),
    "摘要": ("summary",),
    "简介": ("summary",),
    "类型": ("kind",),
    "日期": ("date",),
    "更新": ("updated",),
    "更新日期": ("updated",),
    "发布日期": ("date",),
    "作者": ("authors",),
    "语言": ("language", "languages"),
    "许可": ("licence",),
    "关键词": ("keywords",),
    "关键字": ("keywords",),
    "读者": ("audience",),
    "读者对象": ("audience",),
    "学段": ("stages", "stage"),
    "年级": ("grades", "grade"),
    "学科": ("subjects", "subject"),
    "版本": ("edition",),
    "册次": ("volume",),
    "单元": ("units",),
    "课": ("lessons",),
    "课时": ("hours",),
    "封面": ("cover",),
    "资源": ("assets",),
    "附件": ("assets",),
    "状态": ("status",),
    "来源": ("source",),
    "网址": ("url",),
    "文件": ("file",),
    "姓名": ("name",),
    "教师": ("teacher",),
    "时长": ("duration",),
    "电话": ("number",),
    "号码": ("number",),
    "核实日期": ("verified_on",),
    "顺序": ("order",),
    "布局": ("layout",),
}
# Quotation marks that a word processor or a Chinese keyboard writes for plain ones.
_QUOTED = re.compile("[“”‘’＂＇「『][^“”‘’＂＇「」『』]+[“”‘’＂＇」』]")
_OTHER_SCHEMES = {"file", "ftp", "ftps", "sftp", "smb", "data", "tel", "mailto", "blob", "about", "urn"}


def day(value: str) -> str:
    """The day as it should be written; empty where the value is none, or might be several."""
    match = _DAY.fullmatch(_narrow(value))
    if match is None:
        return ""
    whole = match["all"]
    year, month, number = (whole[:4], whole[4:6], whole[6:]) if whole else match.group("year", "month", "day")
    try:
        return date(int(year), int(month), int(number)).isoformat()
    except ValueError:
        return ""


def period(value: str) -> str:
    """The day or month as it should be written; empty where the value is neither."""
    match = _MONTH.fullmatch(_narrow(value))
    if match is None or not 1 <= int(match["month"]) <= 12:
        return day(value)
    return f"{match['year']}-{int(match['month']):02}"


def duration(value: str) -> str:
    """The duration as it should be written, of `12:30` or `12分30秒`; empty where the value says none."""
    narrow = _narrow(value)
    with suppress(ValueError):
        seconds(narrow.upper())
        return narrow.upper()
    match = _CLOCK.fullmatch(narrow) or _SPOKEN.fullmatch(narrow.replace(" ", "").lower())
    parts = [(int(match[unit] or 0), unit.upper()) for unit in "hms"] if match else []
    written = "".join(f"{number}{unit}" for number, unit in parts if number)
    return f"PT{written}" if written else ""


def number(value: str) -> str:
    """The number as it should be written, of one in full-width digits or with its thousands divided; else empty."""
    plain = re.sub(r"(?<=[0-9])[ ](?=[0-9]{3})|[ ]*%\Z", "", unicodedata.normalize("NFKC", _bare(value)).strip())
    if _THOUSANDS.fullmatch(plain):
        return plain.replace(",", "")
    return plain if plain != value and _NUMBER.fullmatch(plain) else ""


def choice(value: str, choices: Collection[str]) -> str:
    """The choice whose Chinese name was written; empty where none is called so."""
    return next((word for word in _CHOICES.get(_bare(value).strip(), ()) if word in choices), "")


def field(key: str, known: Collection[str]) -> str:
    """The field whose Chinese name was written; empty where none is called so."""
    return next((name for name in FIELDS.get(key.strip(), ()) if name in known), "")


def key(name: str) -> str:
    """The field that a Chinese name means in every form; the name itself where forms call it differently."""
    names = FIELDS.get(name, ())
    return names[0] if len(names) == 1 else name


def is_field(word: str) -> bool:
    """Whether a word is the name of a field, in English or Chinese."""
    return word in FIELDS or any(word in names for names in FIELDS.values())


def sha256(value: str) -> str:
    """The hash as it should be written, of one in capital letters or with spaces; empty where the value is none."""
    plain = re.sub(r"[\s:-]", "", _bare(value).removeprefix("sha256:")).lower()
    return plain if re.fullmatch(r"[0-9a-f]{64}", plain) else ""


def web_address(value: str) -> str:
    """The http(s) address whose beginning is misspelt or doubled, as `htps://` and `http://https://`; else empty."""
    value, written = _bare(value), value
    if doubled := _DOUBLED.fullmatch(value):
        return f"{doubled['address'].lower()}://{doubled['rest']}"
    match = _SCHEME.fullmatch(value)
    if match is None:
        return ""
    scheme, sign = match["scheme"].lower(), match["sign"]
    is_web = scheme in {"http", "https"}
    if is_web and sign == "://":
        return value if value != written else ""
    if scheme in _OTHER_SCHEMES or not (is_web or len(sign) > 1):
        return ""
    meant = scheme if is_web else closest(scheme, ("http", "https"))
    return f"{meant}://{match['rest']}" if meant else ""


def id(value: str) -> str:
    """The ID as it should be written, of one in other letters, of a file or of an address; empty where it is none."""
    name = unicodedata.normalize("NFKC", _bare(value)).strip().replace("\\", "/").rstrip("/").rpartition("/")[2].lower()
    plain = re.sub(r"[\s_.-]+", "-", re.sub(r"\.(?:md|ya?ml|html)\Z", "", name)).strip("-")
    return plain if ID.match(plain) else ""


def items(written: str) -> list[str]:
    """The items of a list that is written as one text, with or without brackets and dashes."""
    parts = [part for part in _BETWEEN_ITEMS.split(written.strip(_BRACKETS)) if part]
    parts = [re.sub(r"^[-－—·•]+(?=\S)", "", part).strip(_BRACKETS) for part in parts]
    return [part for part in parts if part]


def divided(written: str) -> list[list[str]]:
    """The ways to divide a text into the items of a list: not at all, at its commas, or at its blanks too."""
    text = written.strip(f"{_BRACKETS} ")
    return [[text], [part.strip() for part in re.split("[，、；,;]", text) if part.strip()], items(text)]


def grades(written: str) -> list[int]:
    """The grades of `3-5`, `3、4` and `三至五年级`; none where a part of the text is anything else."""
    text = re.sub(r"(\s*)([-–—~至到]+)\1", r"\2", unicodedata.normalize("NFKC", _bare(written)))
    found: list[int] = []
    for item in items(text):
        match = _GRADES.fullmatch(item)
        if match is None:
            return []
        first, last = (_NUMERALS.get(sign) or int(sign) for sign in (match["first"], match["last"] or match["first"]))
        if last < first:
            return []
        found += range(first, last + 1)
    return list(dict.fromkeys(found))


def _bare(value: str) -> str:
    """A value without what YAML takes for a part of it: other quotation marks round it, a sign that ends it."""
    plain = value.strip().rstrip(",;，；。、")
    return plain[1:-1] if _QUOTED.fullmatch(plain) else plain


def _narrow(value: str) -> str:
    """Digits and signs of a Chinese keyboard as plain ones, and the dashes that word processors make of a hyphen."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", _bare(value)).strip().replace("。", "."))
    return re.sub(r"\s*([年月日])\s*", r"\1", plain)
