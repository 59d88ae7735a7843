"""A textbook's file: units, lessons of one to three class hours, what pupils and teachers get."""

from __future__ import annotations

from builder.sample import people
from builder.sample.dice import Dice
from builder.sample.shelf import Book
from builder.sample.subjects import Subject, words_of
from builder.sample.text import by_language, listed, scalar
from builder.sample.vocabulary import GRADES, SUBJECTS, VOLUMES

MEDIA = "https://media.example.org"
_HOURS = (1, 1, 1, 1, 1, 1, 2, 2, 2, 3)  # of a lesson
_LESSONS_OF_UNIT = (3, 4, 4, 5, 6)
_DIGITS = "〇一二三四五六七八九"
_NOTE = {
    "zh-CN": "示例教材（虚构）：单元、课、教师和文件都是编造的。",
    "en": "A sample: its units, lessons, teachers and files are made up.",
}

_OPENINGS = (
    "本课从{start}说起，认识“{topic}”。",
    "这节课以{start}为起点，带同学们走进“{topic}”。",
    "从{start}中能发现什么？带着这个问题，我们一起学习“{topic}”。",
    "学习“{topic}”之前，先看看{start}，说说已经知道了什么。",
    "围绕“{topic}”，本课用{start}引出问题，再一步一步往下想。",
    "“{topic}”并不难懂：课上先观察{start}，再动手试一试。",
)
_MIDDLES = (
    "学完以后，能够{skill}。",
    "重点是{skill}，难点在于把前后的知识连起来。",
    "课中安排了两次小组活动，请同学们试着{skill}。",
    "请准备好学习任务单，边看边记，学会{skill}。",
    "通过三个由浅入深的例子，练习{skill}，并说清每一步的理由。",
)
_ENDINGS = (
    "",
    "",
    "",
    "课后练习分为必做和选做两部分。",
    "最后用一分钟回顾今天的收获。",
    "需要复习的同学，可以从第八分钟的小结看起。",
    "建议和家人一起完成课后的小任务。",
)
_AGAIN = ("{}：练习", "{}：拓展", "{}：复习", "{}：实践活动")
_PART = ("第一课时", "第二课时", "第三课时")
_SHEETS = (("worksheet", "a.pdf"), ("exercises", "b.pdf"))


def textbook_yaml(book: Book, hours: int, seed: int) -> str:
    """The file of a textbook.

    Args:
        book: which one.
        hours: class hours in it, at least one.
        seed: of the sample.
    """
    dice = Dice(seed, book.id)
    lessons = _split_hours(hours, dice)
    titles = _titles(book, len(lessons))
    words = words_of(book.subject, book.stage)
    lines = [_head(book, dice)]
    number, unit = 0, 0
    while number < len(lessons):
        unit += 1
        size = dice.pick(_LESSONS_OF_UNIT)
        lines.append(f"  - title: 第{_chinese(unit)}单元 {titles[number].partition('：')[0]}\n    lessons:\n")
        for title, parts in zip(titles[number : number + size], lessons[number : number + size], strict=True):
            number += 1
            lines.append(_lesson(book, number, title, parts, words, dice))
    return "".join(lines)


def title_of(book: Book) -> str:
    """The title on the cover."""
    volume = VOLUMES[book.volume][0]
    return f"{SUBJECTS[book.subject][0]} {GRADES[str(book.grade)][0] if book.grade else ''}{volume}"


def _head(book: Book, dice: Dice) -> str:
    optional = f"grade: {book.grade}\n" if book.grade else ""
    generation = f"generation: {book.generation}\n" if book.generation else ""
    former = f"aliases:\n  - textbooks/former-{book.id}.html\n" if dice.chance(0.01) else ""
    return (
        f"id: {book.id}\ntitle: {title_of(book)}\nstage: {book.stage}\nsubject: {book.subject}\n"
        f"edition: {book.edition}\n{optional}volume: {book.volume}\n{generation}"
        f"publisher: 示例出版社（虚构）\nlanguage: zh-CN\n{by_language('note', _NOTE)}{former}units:\n"
    )


def _split_hours(hours: int, dice: Dice) -> list[int]:
    """Class hours of each lesson, one to three."""
    lessons = []
    while hours:
        lessons.append(min(hours, dice.pick(_HOURS)))
        hours -= lessons[-1]
    return lessons


def _titles(book: Book, number: int) -> list[str]:
    """Titles of lessons: a book begins in its subject's list where its grade and volume stand."""
    topics = words_of(book.subject, book.stage).topics
    place = (book.grade * 2 + (book.volume == "second")) if book.grade else list(VOLUMES).index(book.volume)
    start = place * 5 % len(topics)
    titles = []
    for lesson in range(number):
        again, topic = divmod(lesson, len(topics))
        title = topics[(start + topic) % len(topics)]
        form = _AGAIN[(again - 1) % len(_AGAIN)] if again else "{}"
        titles.append(form.format(title.replace("：", "·") if again else title))
    return titles


def _lesson(book: Book, number: int, title: str, hours: int, words: Subject, dice: Dice) -> str:
    id = f"{book.id}-{number:02}"
    keywords = [*title.split("：")[:1], dice.pick(words.topics).partition("：")[0]]
    former = f"        aliases:\n          - textbooks/former/{id}.html\n" if dice.chance(0.002) else ""
    head = (
        f"      - id: {id}\n        title: {scalar(title)}\n        number: {number}\n"
        + listed("keywords", list(dict.fromkeys(keywords)), "        ")
        + former
    )
    if hours == 1:
        return head + _hour(book, title, words, "        ", dice)
    parts = (
        f"          - title: {_PART[part]}\n" + _hour(book, title, words, "            ", dice) for part in range(hours)
    )
    return f"{head}        hours:\n{''.join(parts)}"


def _hour(book: Book, topic: str, words: Subject, indent: str, dice: Dice) -> str:
    minutes, seconds = dice.between(12, 24), dice.below(60)
    return (
        f"{indent}teacher:\n{indent}  name: {people.name(dice)}\n{indent}  school: {people.school(dice, book.stage)}\n"
        f"{indent}duration: PT{minutes}M{seconds}S\n"
        f"{indent}summary: {scalar(_summary(topic, words, dice))}\n"
        f"{indent}assets:\n{_assets(minutes * 60 + seconds, indent + '  ', dice)}"
    )


def _summary(topic: str, words: Subject, dice: Dice) -> str:
    skill = dice.pick(words.skills)
    if dice.chance(0.05):
        skill = f"**{skill}**"
    opening = dice.pick(_OPENINGS).format(start=dice.pick(words.starts), topic=topic)
    return opening + dice.pick(_MIDDLES).format(skill=skill) + dice.pick(_ENDINGS)


def _assets(seconds: int, indent: str, dice: Dice) -> str:
    """The video and, for most class hours, what goes with it."""
    file = f"{dice.below(16**10):010x}"
    length = f"{indent}  duration: PT{seconds // 60}M{seconds % 60}S\n"
    if dice.chance(0.6):
        lines = [f"{indent}- type: video\n{indent}  url: {MEDIA}/v/{file}.m3u8\n{length}"]
    else:
        size = seconds * dice.between(80_000, 160_000)
        lines = [f"{indent}- type: video\n{indent}  url: {MEDIA}/v/{file}.mp4\n{indent}  bytes: {size}\n{length}"]
    if dice.chance(0.12):
        return lines[0]
    lines.append(_asset("courseware", f"{file}.pptx", (800_000, 12_000_000), indent, dice))
    for kind, ending in _SHEETS:
        if dice.chance(0.95):
            lines.append(_asset(kind, f"{file}{ending}", (90_000, 900_000), indent, dice))
    if dice.chance(0.9):
        plan = _asset("lesson-plan", f"{file}c.docx", (30_000, 400_000), indent, dice)
        lines.append(f"{plan}{indent}  audience:\n{indent}    - teachers\n")
    return "".join(lines)


def _asset(kind: str, file: str, sizes: tuple[int, int], indent: str, dice: Dice) -> str:
    """A file to fetch; for two in five its size is known."""
    size = f"{indent}  bytes: {dice.between(*sizes)}\n" if dice.chance(0.4) else ""
    return f"{indent}- type: {kind}\n{indent}  url: {MEDIA}/f/{file}\n{size}"


def _chinese(number: int) -> str:
    """A number from 1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")
