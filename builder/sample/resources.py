"""Resources of the columns: which there are, what each is about, and its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from builder.sample import people, prose
from builder.sample.dice import Dice
from builder.sample.divisions import COLUMNS, Division, Strand
from builder.sample.subjects import words_of
from builder.sample.tables import words
from builder.sample.text import by_language, listed, scalar
from builder.sample.tongues import CHINESE, ENGLISH, TONGUES, Tongue
from builder.sample.vocabulary import GRADES_OF_STAGE

SOURCE = "示例资源（虚构）"
MEDIA = "https://media.example.org"
FIRST_DAY, UPGRADE, LAST_DAY = date(2020, 1, 1), date(2022, 2, 1), date(2022, 3, 25)
State = Literal["live", "replaced", "retired", "scheduled", "expired", "draft"]
HIDDEN_STATES: tuple[State, ...] = ("replaced", "scheduled", "replaced", "expired", "retired", "draft", "replaced")

_LICENCES = ("CC-BY-4.0", "CC-BY-4.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "all-rights-reserved")
_SUBJECTS_OF_STAGE = {
    "primary": words("chinese mathematics english morality-law science music fine-art physical-education"),
    "junior-high": words("chinese mathematics english morality-law history geography physics chemistry biology"),
    "senior-high": words("chinese mathematics english politics history geography physics chemistry biology"),
}
_BY_SUBJECT = {"elite-lessons", "basic-homework", "subject-training", "homework-design"}
_TAUGHT = {"elite-lessons", "basic-homework"}  # their titles are topics of a subject
_WITH_SHEETS = {"basic-homework", "life-safety", "popular-science"}
_IN_MANY_TONGUES = {"thematic-education", "after-school"}
_FILE_OF_KIND = {
    "document": ("document", "pdf"),
    "e-textbook": ("textbook", "pdf"),
    "slides": ("courseware", "pptx"),
    "worksheet": ("worksheet", "pdf"),
    "exercises": ("exercises", "pdf"),
    "lesson-plan": ("lesson-plan", "docx"),
    "activity": ("worksheet", "pdf"),
}


@dataclass(frozen=True, slots=True)
class Face:
    """What others need to know of a resource to name it."""

    topic: str
    title: str
    stage: str
    subject: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """Published resources of each column, and where one may be found.

    Args:
        seed: of the sample.
        published: number by the column's ID.
    """

    seed: int
    published: dict[str, int]

    def another(self, division: Division, strand: Strand, dice: Dice) -> tuple[str, str] | None:
        """Title and path of some published resource, seen from a column's folder."""
        if dice.chance(0.7) and self.published[strand.id]:
            number = dice.between(1, self.published[strand.id])
            return face(division, strand, number, self.seed).title, f"{resource_id(strand, number)}.md"
        other_division, other = dice.pick(COLUMNS)
        if not self.published[other.id]:
            return None
        number = dice.between(1, self.published[other.id])
        path = f"../../{other_division.id}/{other.id}/{resource_id(other, number)}.md"
        return face(other_division, other, number, self.seed).title, path


def resource_id(strand: Strand, number: int) -> str:
    """ID of a column's resource, counted from 1, the published ones first."""
    return f"{strand.id}-{number:04}"


def sheet_of(strand: Strand) -> str:
    """Name of the document that lies in a column's folder; empty where there is none."""
    return f"{strand.id}-sheet.pdf" if strand.id in _WITH_SHEETS else ""


def cover_of(strand: Strand) -> str:
    """Name of the picture that lies in a column's folder; empty where there is none."""
    return f"{strand.id}-cover.png" if strand.layout == "cards" else ""


def face(division: Division, strand: Strand, number: int, seed: int) -> Face:
    """What a resource is about; the same whoever asks."""
    dice = Dice(seed, f"face of {resource_id(strand, number)}")
    stage = dice.pick(tuple(_SUBJECTS_OF_STAGE))
    subject = dice.pick(_SUBJECTS_OF_STAGE[stage])
    topics = words_of(subject, stage).topics if strand.id in _TAUGHT and dice.chance(0.9) else strand.words
    topic = dice.pick(topics).partition("：")[0]
    return Face(topic, prose.title(division.id, topic, number, dice), stage, subject)


def resource_md(division: Division, strand: Strand, number: int, state: State, holdings: Holdings) -> str:
    """The file of a resource.

    Args:
        division: its section.
        strand: its column.
        number: of the resource in its column, from 1.
        state: whether and why it is published.
        holdings: what else there is.
    """
    id = resource_id(strand, number)
    dice = Dice(holdings.seed, id)
    tongue = _tongue(division, strand, number, dice) if state == "live" else None
    if tongue is not None:
        return _in_tongue(tongue, id, dice)
    about = face(division, strand, number, holdings.seed)
    kind = dice.pick(division.kinds)
    sheet = sheet_of(strand) if number % 25 == 2 else ""
    links = [holdings.another(division, strand, dice) for _ in range(dice.between(1, 2) if dice.chance(0.18) else 0)]
    front = (
        _title(strand, number, about.title, dice),
        f"summary: {scalar(prose.summary(about.topic, dice))}\n" if dice.chance(0.7) else "",
        f"kind: {kind}\n",
        _days(state, dice),
        listed("also_in", _other_columns(strand, dice)) if state == "live" else "",
        listed("audience", list(division.audience)),
        _scope(division, strand, about, dice),
        listed("keywords", _keywords(strand, about, dice)),
        _authors(dice),
        f"source: {SOURCE}\nlanguage: zh-CN\nlicence: {dice.pick(_LICENCES)}\n",
        _cover(strand, number),
        _assets(kind, id, sheet, dice),
        _state(strand, state, holdings, dice),
        f"aliases:\n  - {division.id}/{strand.id}/former-{id}.html\n" if state == "live" and dice.chance(0.012) else "",
    )
    named = [link for link in links if link is not None]
    return f"---\n{''.join(front)}---\n{prose.body(about.topic, named, sheet, dice)}"


def _tongue(division: Division, strand: Strand, number: int, dice: Dice) -> Tongue | None:
    """The language of the few resources that are not in Chinese."""
    if strand.id == "classic-reading" and number <= len(TONGUES):
        return TONGUES[number - 1]
    return dice.pick(TONGUES) if division.id in _IN_MANY_TONGUES and dice.chance(0.012) else None


def _in_tongue(tongue: Tongue, id: str, dice: Dice) -> str:
    noun = dice.below(len(CHINESE))
    titles = {tongue.id: tongue.nouns[noun], "zh-CN": CHINESE[noun]} | (
        {} if tongue.id == "en" else {"en": ENGLISH[noun]}
    )
    front = (
        by_language("title", titles),
        "kind: audio\n",
        _days("live", dice),
        "audience:\n  - students\nstages:\n  - primary\n",
        listed("keywords", [tongue.nouns[noun], CHINESE[noun]]),
        f"source: {SOURCE}\nlanguage: {tongue.id}\nlicence: CC-BY-4.0\n",
        _assets("audio", id, "", dice),
    )
    paragraphs = (tongue.sentence.format(word) for word in tongue.nouns)
    return f"---\n{''.join(front)}---\n" + "\n\n".join(paragraphs) + "\n"


def _title(strand: Strand, number: int, title: str, dice: Dice) -> str:
    if dice.chance(0.03):
        return by_language("title", {"zh-CN": title, "en": f"Sample {number} of {strand.title[1]}"})
    return f"title: {scalar(title)}\n"


def _days(state: State, dice: Dice) -> str:
    """Day of publication, three in five since the upgrade, and of the last change."""
    first = UPGRADE if dice.chance(0.6) else FIRST_DAY
    latest = date(2021, 12, 31) if state == "expired" else LAST_DAY
    first = min(first, latest - timedelta(days=30))
    day = first + timedelta(days=dice.below((latest - first).days + 1))
    if not dice.chance(0.2):
        return f"date: {day}\n"
    return f"date: {day}\nupdated: {day + timedelta(days=dice.below((latest - day).days + 1))}\n"


def _other_columns(strand: Strand, dice: Dice) -> list[str]:
    if not dice.chance(0.08):
        return []
    division, other = dice.pick(COLUMNS)
    return [f"{division.id}/{other.id}"] if other.id != strand.id and other.layout != "textbooks" else []


def _scope(division: Division, strand: Strand, about: Face, dice: Dice) -> str:
    """Stages, grades and subjects."""
    by_subject = strand.id in _BY_SUBJECT
    if division.id == "reform-experience" and dice.chance(0.4):
        return ""
    stages = [about.stage] if by_subject or dice.chance(0.6) else list(_SUBJECTS_OF_STAGE)[: dice.between(1, 3)]
    text = listed("stages", stages)
    if len(stages) == 1 and division.id in {"thematic-education", "curriculum", "after-school"} and dice.chance(0.7):
        grades = GRADES_OF_STAGE[stages[0]]
        first = dice.below(len(grades))
        chosen = grades[first : first + dice.between(1, 3)]
        text += "grades:\n" + "".join(f"  - {grade}\n" for grade in chosen)
    return text + (listed("subjects", [about.subject]) if by_subject or dice.chance(0.2) else "")


def _keywords(strand: Strand, about: Face, dice: Dice) -> list[str]:
    others = [strand.title[0]] if strand.id in _TAUGHT else [dice.pick(strand.words), strand.title[0]]
    return list(dict.fromkeys([about.topic, *others]))


def _authors(dice: Dice) -> str:
    if dice.chance(0.15):
        return ""
    authors = (
        f"  - name: {people.name(dice)}\n    organisation: {people.organisation(dice)}\n"
        for _ in range(2 if dice.chance(0.15) else 1)
    )
    return "authors:\n" + "".join(authors)


def _cover(strand: Strand, number: int) -> str:
    if not cover_of(strand) or number % 20 != 3:
        return ""
    return f"cover:\n  file: {cover_of(strand)}\n  alt: 示例图画：太阳挂在两座小山上\n"


def _assets(kind: str, id: str, sheet: str, dice: Dice) -> str:
    """What the reader gets; an article has nothing but its text."""
    items = []
    if kind == "video" or (kind == "activity" and dice.chance(0.5)):
        items.append(_video(id, "", dice))
    if kind == "collection":
        items += [_video(f"{id}-{part}", f"第{'一二三四'[part - 1]}集", dice) for part in range(1, dice.between(3, 5))]
    if kind == "audio":
        seconds = dice.between(90, 900)
        items.append(
            f"  - type: audio\n    url: {MEDIA}/a/{id}.mp3\n    format: audio/mpeg\n    bytes: {seconds * 16_000}\n"
            f"    duration: PT{seconds // 60}M{seconds % 60}S\n"
        )
    if kind == "website":
        items.append(f"  - type: other\n    url: https://www.example.org/{id}/\n    format: text/html\n")
    if sheet:
        items.append(f"  - type: worksheet\n    file: {sheet}\n    format: application/pdf\n")
    if kind in _FILE_OF_KIND:
        what, ending = _FILE_OF_KIND[kind]
        size = dice.between(60_000, 6_000_000)
        items.append(f"  - type: {what}\n    url: {MEDIA}/f/{id}.{ending}\n    bytes: {size}\n")
    return "assets:\n" + "".join(items) if items else ""


def _video(name: str, title: str, dice: Dice) -> str:
    seconds = dice.between(120, 1800)
    titled = f"    title: {title}\n" if title else ""
    captions = (
        f"    captions:\n      - language: zh-CN\n        url: {MEDIA}/v/{name}.vtt\n" if dice.chance(0.2) else ""
    )
    return (
        f"  - type: video\n{titled}    url: {MEDIA}/v/{name}.mp4\n    format: video/mp4\n"
        f"    bytes: {seconds * dice.between(60_000, 180_000)}\n"
        f"    duration: PT{seconds // 60}M{seconds % 60}S\n{captions}"
    )


def _state(strand: Strand, state: State, holdings: Holdings, dice: Dice) -> str:
    match state:
        case "draft":
            return "status: draft\n"
        case "scheduled":
            return "publish: 2099-01-01\n"
        case "expired":
            return "expires: 2022-01-31\n"
        case "retired":
            return "status: retired\n"
        case "replaced":
            there = holdings.published[strand.id]
            successor = f"replaced_by: {resource_id(strand, dice.between(1, there))}\n" if there else ""
            return f"status: retired\n{successor}"
    return ""
