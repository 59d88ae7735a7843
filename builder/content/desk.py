"""The desk where the rules lay down what they find, with what they look things up in."""

from __future__ import annotations

import dataclasses
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from builder.content import words
from builder.content.catalogue import Vocabulary
from builder.content.files import beside
from builder.content.media_types import is_unencrypted, may_be_meant, media_type, medium, why_not_played
from builder.content.model import Asset, Caption, Cover, StageTerm
from builder.content.places import Places
from builder.content.prose import Prose, Target
from builder.content.slips_of_links import says_nothing
from builder.problems import Problem
from builder.reading import meant
from builder.reading.fields import Localised
from builder.reading.forms import id_of, listed, record_name
from builder.reading.localised import texts_by_language
from builder.reading.repair import Steps
from builder.reading.suggest import Pool, folded
from builder.reading.yaml import Step

VOCABULARY = "content/vocabulary.yaml"
_RECORDS = {"column": {"column"}, "resource": {"resource"}, "gathered": {"column", "resource"}}
_PAGE_OF = {"content/links.yaml": "/links.html", "content/hotlines.yaml": "/hotlines.html"}


class Holder(NamedTuple):
    """What has an ID: the phrase for its kind, its title, its file, and where the ID stands in it, if it does."""

    id: str
    kind: str
    title: Localised
    file: str
    path: list[Step]


class Known(Protocol):
    """What there is in a catalogue that records refer to; `kind` is a vocabulary, or one of the kinds of `Names`."""

    def has(self, kind: str, name: str) -> bool:
        """Whether there is something of that kind and name."""

    def nearest(self, kind: str, name: str) -> str:
        """The name that was probably meant; empty where none is like it."""

    def several(self, vocabulary: str, written: str) -> list[str]:
        """The IDs that were meant by one text; none where a part of it is not known."""

    def holder(self, id: str) -> Holder | None:
        """What an ID is of; nothing where there is no such ID."""

    def stages(self) -> Iterable[StageTerm]:
        """The school stages with their grades."""


class Wants:
    """Takes everything for known and remembers what it was asked for, so that a file can be looked at alone."""

    def __init__(self) -> None:
        self.named: set[tuple[str, str]] = set()

    def has(self, kind: str, name: str) -> bool:
        """True."""
        self.named.add((kind, name))
        return True

    def nearest(self, kind: str, name: str) -> str:
        """Nothing, since nothing is looked for."""
        return ""

    def several(self, vocabulary: str, written: str) -> list[str]:
        """None, since none is looked for."""
        return []

    def holder(self, id: str) -> Holder | None:
        """Nothing, since nothing is looked for."""
        return None

    def stages(self) -> Iterable[StageTerm]:
        """None, since none is looked for."""
        return ()


class Names:
    """Everything that records may refer to.

    Args:
        vocabulary: its words; without it, all words are taken for known.
        others: names by kind: `column` (section/column), `resource`, `gathered` (columns and resources), `file`,
            `bytes` and `sha256` (a file with its size or hash behind it).
        holders: gives every ID of the catalogue with what it is of.

    Of the kind `grade in stages` the names are IDs of stages and a grade, as in `primary/junior-high/8`.
    """

    def __init__(
        self,
        vocabulary: Vocabulary | None,
        others: Mapping[str, Collection[str]],
        holders: Callable[[], Iterable[Holder]] = tuple,
    ):
        self._vocabulary = vocabulary
        self._holders = holders
        self._answers: dict[tuple[str, str], str] = {}
        self._names: dict[str, Collection[str]] = dict(others)
        for field in dataclasses.fields(Vocabulary):
            if vocabulary is not None:
                self._names[field.name] = {str(id) for id in getattr(vocabulary, field.name)}
        self._names["grade in stages"] = {f"{stage.id}/{grade}" for stage in self.stages() for grade in stage.grades}

    def has(self, kind: str, name: str) -> bool:
        """Whether there is something of that kind and name."""
        if kind == "grade in stages":
            return name in self._names[kind] or self._may_be(*name.rsplit("/", 1))
        return kind not in self._names or name in self._names[kind]

    def _may_be(self, stages: str, grade: str) -> bool:
        """Whether a grade may be one of some stages; what is not known, or is not said, may be right."""
        if self._vocabulary is None or not self.has("grades", grade):
            return True
        terms = [self._vocabulary.stages.get(stage) for stage in stages.split("/")]
        return any(term is None or not term.grades or int(grade) in term.grades for term in terms)

    def cover(self, wants: frozenset[tuple[str, str]]) -> bool:
        """Whether all that a record refers to is there."""
        return wants <= self._pairs or all(self.has(kind, name) for kind, name in wants)

    def stages(self) -> Iterable[StageTerm]:
        """The school stages with their grades."""
        return () if self._vocabulary is None else self._vocabulary.stages.values()

    @cached_property
    def _pairs(self) -> set[tuple[str, str]]:
        return {(kind, name) for kind, names in self._names.items() for name in names}

    def nearest(self, kind: str, name: str) -> str:
        """The name that was probably meant; words of a vocabulary are found by their titles too."""
        if (kind, name) not in self._answers:
            self._answers[kind, name] = self._nearest(kind, name)
        return self._answers[kind, name]

    def _nearest(self, kind: str, name: str) -> str:
        if kind == "file":
            folder = self._folders.get(posixpath.dirname(name))
            near = "" if folder is None else folder.closest(posixpath.basename(name))
            return near if may_be_meant(name, near) else ""
        if kind == "bytes":
            return self._bytes.get(name.rpartition(" ")[0], "")
        if kind == "sha256":
            return self._sha256.get(name.rpartition(" ")[0], "")
        if self._vocabulary is not None and hasattr(self._vocabulary, kind):
            return words.nearest(self._vocabulary, kind, name)
        if kind == "column":
            return self._nearest_column(name)
        return self._pools[kind].closest(name) or self._of_title(kind, name)

    def _of_title(self, kind: str, title: str) -> str:
        """The ID of what is called by a title, where that is one of a kind, or of any where none is given."""
        wanted = folded(title)
        titled = (holder for holder in self._holders() if not kind or holder.id in self._names[kind])
        texts = (
            (holder.id, [holder.title] if isinstance(holder.title, str) else holder.title.values()) for holder in titled
        )
        return next((id for id, known in texts if wanted in map(folded, known)), "")

    def _nearest_column(self, name: str) -> str:
        """The column meant by a whole name, or by its own part without that of the section."""
        own = self._columns.get(self._own_parts.closest(name.rpartition("/")[2]), "")
        return (self._pools["column"].closest(name) or own) if "/" in name else own

    @cached_property
    def _pools(self) -> dict[str, Pool]:
        return {kind: Pool(names) for kind, names in self._names.items()}

    @cached_property
    def _folders(self) -> dict[str, Pool]:
        """The names of files by folder."""
        folders: dict[str, list[str]] = {}
        for file in self._names["file"]:
            folder, name = posixpath.split(file)
            folders.setdefault(folder, []).append(name)
        return {folder: Pool(names) for folder, names in folders.items()}

    @cached_property
    def _columns(self) -> dict[str, str]:
        """Columns by their own part, without that of the section."""
        return {column.rpartition("/")[2]: column for column in sorted(self._names["column"], reverse=True)}

    @cached_property
    def _own_parts(self) -> Pool:
        return Pool(self._columns)

    @cached_property
    def _bytes(self) -> dict[str, str]:
        return _measures(self._names["bytes"])

    @cached_property
    def _sha256(self) -> dict[str, str]:
        return _measures(self._names["sha256"])

    def several(self, vocabulary: str, written: str) -> list[str]:
        """The IDs that were meant by one text; none where a part of it is not known."""
        return [] if self._vocabulary is None else words.several(self._vocabulary, vocabulary, written)

    def holder(self, id: str) -> Holder | None:
        """What an ID is of; nothing where there is no such ID."""
        return self._by_id.get(id)

    @cached_property
    def _by_id(self) -> dict[str, Holder]:
        """What each ID is of; of two that share one, the first."""
        return {holder.id: holder for holder in reversed(list(self._holders()))}

    def in_words(self, problem: Problem) -> Problem:
        """A problem of a form whose remedy names the IDs that were meant."""
        if problem.code == "bad-id" and problem.facts.get("key", "id") != "id" and not problem.facts["guess"]:
            guess = self._of_title("", problem.facts["value"])
            return dataclasses.replace(problem, facts={**problem.facts, "guess": guess})
        return problem if self._vocabulary is None else words.with_ids(problem, self._vocabulary)


def _measures(written: Iterable[str]) -> dict[str, str]:
    """The sizes or hashes of files by file."""
    return {file: right for file, _, right in (measure.rpartition(" ") for measure in written)}


class Desk:
    """Collects problems; one of a value that was wrong in itself is left out.

    Args:
        places: finds where a value stands.
        known: what records may refer to.
        mended: paths of values that were wrong in themselves, by file.
    """

    def __init__(self, places: Places, known: Known, mended: Mapping[str, frozenset[Steps]]):
        self.problems: list[Problem] = []
        self._places = places
        self._known = known
        self._mended = mended

    def add(self, code: str, file: str, path: Sequence[Step], record: str, key: bool = False, **facts: str) -> None:
        """A problem with a value, unless the value was wrong in itself."""
        if self.is_told(file, path):
            return
        self.problems.append(Problem(code, self._places.of(file, path, key=key), record, facts))

    def is_told(self, file: str, path: Sequence[Step]) -> bool:
        """Whether a value, or a part of it, was wrong in itself, so that nothing more need be said of it."""
        if file not in self._mended or not path:
            return False
        here = tuple(path)
        return any(here[: len(told)] == told or told[: len(here)] == here for told in self._mended[file])

    def lacks(self, file: str, path: Sequence[Step], field: str) -> None:
        """A field that is missing beside the one at a path."""
        self.problems.append(Problem("missing-field", self._places.of(file, path, key=True), facts={"key": field}))

    def add_twins(self, code: str, places: list[tuple[str, list[Step], bool]], record: str, **facts: str) -> None:
        """A problem of several places; each is a file, a path and whether its key is meant, the last one leads."""
        first, *others = (self._places.of(file, path, key=key) for file, path, key in reversed(places))
        self.problems.append(Problem(code, first, record, facts, tuple(others)))

    def unknown(
        self,
        file: str,
        record: str,
        kind: str,
        value: object,
        guess: str,
        path: list[Step],
        where: str,
        key: bool = False,
    ) -> None:
        """A reference that leads nowhere; `kind` and `where` name phrases."""
        facts = {"kind": f"@{kind}", "value": str(value), "known": f"@{where}", "guess": guess}
        self.add("unknown-reference", file, path, record, key, **facts)

    def refer(
        self,
        file: str,
        record: str,
        kind: str,
        name: str,
        path: list[Step],
        phrases: tuple[str, str],
        key: bool = False,
        own: str = "",
    ) -> bool:
        """A reference to something of a kind, not to the record of its `own` ID; whether that is there.

        `phrases` name the kind and where such names stand.
        """
        if self._known.has(kind, name):
            return True
        holder = self._known.holder(name.rpartition("/")[2]) if kind in _RECORDS else None
        if holder is not None and holder.kind not in _RECORDS[kind]:
            facts = {"kind": f"@{phrases[0]}", "other": f"@{holder.kind}", "known": f"@{phrases[1]}"}
            facts["or"] = "@link-gathered" if kind == "gathered" else ""
            link = _PAGE_OF.get(holder.file) or posixpath.relpath(holder.file, posixpath.dirname(file))
            self.add("other-kind", file, path, record, key, **facts, value=name, link=link)
        else:
            guess = self._known.nearest(kind, name)
            self.unknown(file, record, phrases[0], name, guess if guess != own else "", path, phrases[1], key)
        return False

    def term(self, file: str, record: str, vocabulary: str, value: object, path: list[Step]) -> None:
        """One reference to a vocabulary."""
        if value is not None:
            self.refer(file, record, vocabulary, str(value), path, (vocabulary, "in-vocabulary"))

    def terms(self, file: str, record: str, vocabulary: str, values: Sequence[object], path: list[Step]) -> None:
        """A list of references to a vocabulary."""
        for index, value in enumerate(values):
            if self._known.has(vocabulary, str(value)):
                continue
            guess = self._known.nearest(vocabulary, str(value))
            if len(self._known.several(vocabulary, str(value))) > 1:  # one item, but several were meant
                ids = [id for other in values for id in self._known.several(vocabulary, str(other)) or [str(other)]]
                guess = listed(str(path[-1]), list(dict.fromkeys(ids)))
            self.unknown(file, record, vocabulary, value, guess, [*path, index], "in-vocabulary")
        self.each_once(file, record, values, path)

    def each_once(self, file: str, record: str, values: Sequence[object], path: list[Step]) -> None:
        """What a list names stands in it once."""
        if len(values) == len(set(values)):
            return
        for index, value in enumerate(values):
            if value in values[:index] and not self.is_told(file, [*path, index]):
                place = self._places.of(file, [*path, index])
                self.problems.append(
                    Problem("stands-twice", place, record, {"value": str(value), "key": str(path[-1])})
                )

    def grade(self, file: str, record: str, stages: Sequence[str], field: str, grade: int, path: list[Step]) -> None:
        """A grade belongs to one of the stages that stand in a field beside it."""
        wanted = "/".join((*stages, str(grade)))
        if stages and not self.is_told(file, [field]) and not self._known.has("grade in stages", wanted):
            facts = facts_of_grade(grade, stages, self._known.stages())
            self.add("grade-outside-stage", file, path, record, False, **facts)

    def languages(self, file: str, form: Any, path: Steps = ()) -> None:
        """The languages of all texts by language of a form."""
        for text in texts_by_language(form, path):
            for language in text.texts:
                if self._known.has("languages", language):
                    continue
                id = str(getattr(text.record, "id", id_of(file)))
                name = name_of(text.record.title, id) if id and hasattr(text.record, "title") else id
                where = [*text.path, language]
                self.refer(file, name, "languages", language, where, ("languages", "in-vocabulary"), key=True)

    def file(self, file: str, record: str, name: str, path: list[Step]) -> bool:
        """A file beside a record; whether it is there."""
        if code := self._amiss(file, name):
            if code == "address-as-file" and path[:1] == ["cover"]:
                code = "picture-elsewhere"
            self.add(code, file, path, record, False, **self._facts(code, file, name))
        return not code

    def cover(self, file: str, record: str, cover: Cover | None) -> None:
        """The cover of a record, where it has one: its file is there, and its alternative text says what it shows."""
        if cover is None:
            return
        self.file(file, record, cover.file, ["cover", "file"])
        texts = {"": cover.alt} if isinstance(cover.alt, str) else cover.alt
        for language, alt in texts.items():
            if says_nothing(alt, cover.file):
                path = ["cover", "alt", language] if language else ["cover", "alt"]
                self.add("alt-says-nothing", file, path, record, value=alt)

    def _amiss(self, file: str, name: str) -> str:
        """What is wrong with the name of a file that should lie beside a record; an empty string if nothing is."""
        if re.match(r"(?i)https?:", name) or meant.web_address(name):
            return "address-as-file"
        right = name.replace("\\", "/")
        wanted = beside(file, right)
        if wanted.startswith(("/", "../")) or re.match(r"[A-Za-z]:", name):
            return "leaves-site"
        if ".." in right.split("/"):
            return "file-elsewhere"
        if not self._known.has("file", wanted):
            return "missing-file"
        return "backslash-in-path" if right != name else ""

    def _facts(self, code: str, file: str, name: str) -> dict[str, str]:
        right = name.replace("\\", "/")
        near = self._known.nearest("file", beside(file, right)) if code == "missing-file" else ""
        return {"value": name, "mended": right, "guess": posixpath.join(posixpath.dirname(right), near) if near else ""}

    def texts(self, file: str, record: str, body: Prose, path: list[Step] | None = None) -> None:
        """Pictures in a text lie beside it, and its links say how to reach their hosts; the text may stand in YAML."""
        for target in body.targets:
            if target.picture:
                self.picture(file, record, target, path)
            elif target.href.startswith("//"):
                place = self._places.of(file, path) if path else self._places.in_text(file, target)
                self.problems.append(Problem("link-without-scheme", place, record, {"value": target.shown}))

    def picture(self, file: str, record: str, target: Target, path: list[Step] | None) -> None:
        """A picture of a Markdown file's body, or of a text in YAML at a path."""
        is_elsewhere = re.match(r"[a-z][a-z0-9+.-]+:|//", target.href) or meant.web_address(target.shown)
        code = "picture-elsewhere" if is_elsewhere else self._amiss(file, target.shown)
        if code:
            place = self._places.of(file, path) if path else self._places.in_text(file, target)
            self.problems.append(Problem(code, place, record, self._facts(code, file, target.shown)))

    def assets(self, file: str, record: str, assets: Sequence[Asset], path: list[Step]) -> None:
        """Assets of a resource or class hour."""
        for index, asset in enumerate(assets):
            here = [*path, index]
            self._either(file, record, asset, "@asset", here)
            if asset.file is not None and self.file(file, record, asset.file, [*here, "file"]):
                self._measured(file, record, asset, here)
            if (words := why_not_played(asset)) and (asset.url is None) != (asset.file is None):
                self._not_played(file, record, asset, here, words)
            elif is_unencrypted(asset.url) and _is_played(asset):
                self._unencrypted(file, record, asset.url, [*here, "url"], "@shown-as-link")
            if asset.audience:
                self.terms(file, record, "audiences", asset.audience, [*here, "audience"])
            for number, caption in enumerate(asset.captions):
                track = [*here, "captions", number]
                self.term(file, record, "languages", caption.language, [*track, "language"])
                self._either(file, record, caption, "@captions", track)
                if caption.file is not None:
                    self.file(file, record, caption.file, [*track, "file"])
                if is_unencrypted(caption.url) and not is_unencrypted(asset.url) and _is_played(asset):
                    self._unencrypted(file, record, caption.url, [*track, "url"], "@captions-missing")

    def _either(self, file: str, record: str, part: Asset | Caption, thing: str, path: list[Step]) -> None:
        """An asset or caption track lies elsewhere or beside the record, and says which."""
        if (part.url is None) == (part.file is None):
            found, remedy = ("@neither", "@give-one") if part.url is None else ("@both", "@keep-one")
            self.add("address-or-file", file, path, record, thing=thing, found=found, remedy=remedy)

    def _not_played(self, file: str, record: str, asset: Asset, path: list[Step], words: str) -> None:
        facts = {"value": str(asset.file or asset.url), "kind": media_type(asset)}
        facts |= {"words": f"@{words}", "remedy": f"@{words}-remedy"}
        facts["example"] = "video/mp4" if asset.type == "video" else "audio/mpeg"
        self.add("not-played", file, [*path, "file" if asset.url is None else "url"], record, False, **facts)

    def _unencrypted(self, file: str, record: str, url: str | None, path: list[Step], instead: str) -> None:
        self.add("unencrypted-media", file, path, record, value=str(url), instead=instead)

    def _measured(self, file: str, record: str, asset: Asset, path: list[Step]) -> None:
        """Size and SHA-256 that a record gives of a file are those of the file."""
        name = str(asset.file)
        for field, value in (("bytes", asset.bytes), ("sha256", asset.sha256)):
            measure = f"{beside(file, name)} {value}"
            if value is None or self._known.has(field, measure):
                continue
            if actual := self._known.nearest(field, measure):
                self.add(f"wrong-{field}", file, [*path, field], record, value=str(value), actual=actual, name=name)


def _is_played(asset: Asset) -> bool:
    return medium(asset, media_type(asset)) in {"video", "audio"}


def facts_of_grade(grade: int, stages: Sequence[str], terms: Iterable[StageTerm]) -> dict[str, str]:
    """What is to be said of a grade that belongs to none of some stages.

    Args:
        grade: from 1.
        stages: IDs of the stages.
        terms: all stages.
    """
    terms = list(terms)
    right = [term.id for term in terms if grade in term.grades]
    own = {known for term in terms if term.id in stages for known in term.grades}
    return {
        "value": str(grade),
        "stage": ", ".join(stages),
        "known": ", ".join(map(str, sorted(own))),
        "stages": ", ".join(right) or "@none",
    }


def name_of(title: Localised, id: str) -> str:
    """A record as an editor would name it."""
    return record_name({"title": title, "id": id})
