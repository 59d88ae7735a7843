"""What people do to a site between builds, well or badly, one step at a time."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from collections.abc import Callable, Collection
from datetime import date, timedelta
from pathlib import Path
from random import Random

from PIL import Image
from sites import BOOK, TODAY, make_site

from builder.output.manifest import COPY, MANIFEST, beside, read_manifest

COLUMNS = ("after-school/classic-reading", "after-school/popular-science", "thematic-education/patriotism")
WORDS = ("春", "夏", "秋", "冬", "月亮", "纸桥", "小鹅", "星星")
SECTIONS = "content/sections"
FOLDERS = (*(f"{SECTIONS}/{column}" for column in COLUMNS), "content/topics", "content/pages", str(Path(BOOK).parent))
PICTURES = ("cover.png", "kite.png")
NAMED = re.compile(r"file:|\.png")  # in a text, that it names files beside it
MEDIA = (*PICTURES, "sheet.pdf", "talk.vtt")  # what may lie beside the records of each folder


class Edits:
    """A site, and a day, that change step by step.

    Args:
        folder: where the site is made.
    """

    def __init__(self, folder: Path):
        self.site = make_site(folder / "site")
        self.out = self.site / "public"
        self.today = TODAY
        self.drafts = False
        self.search = True
        self.foreign: dict[str, bytes] = {}
        self._number = 0
        self._settings: bytes | None = None
        self._has_saved = False
        topic = "---\ntitle: 读书周\norder: 1\ngathers: [classic-reading, popular-science]\n---\n"
        (self.site / "content/topics/reading-week.md").write_text(topic, encoding="utf-8")
        self._before, self._when = self.sources(), (self.today, self.drafts)

    def step(self, rng: Random) -> str:
        """Does something, and says what."""
        if self._settings is None:
            self._before, self._when = self.sources(), (self.today, self.drafts)
            edit: Callable[[Random], None] = rng.choice(self.EDITS).__get__(self)
        elif self._has_saved and rng.random() < 0.5:
            edit = self.mend_settings
        else:
            others = [edit for edit in self.EDITS if edit not in {Edits.break_settings, Edits.write_settings}]
            edit, self._has_saved = rng.choice(others).__get__(self), True
        edit(rng)
        return edit.__name__

    def undo(self) -> None:
        """Takes the last step back, as somebody does who has read the errors; not while the settings are broken."""
        if self._settings is not None:
            return
        self.today, self.drafts = self._when
        for path in self.sources().keys() - self._before.keys():
            path.unlink()
        now = self.sources()
        for path, content in self._before.items():
            if now.get(path) != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)

    def yield_to(self, ours: Collection[str]) -> None:
        """Foreign files are so no more where the site has got a file of the same address and content."""
        self.foreign = {address: content for address, content in self.foreign.items() if address not in ours}

    def sources(self) -> dict[Path, bytes]:
        """Every file that the site is made from."""
        paths = [self.site / "site.yaml", *(self.site / "content").rglob("*"), *(self.site / "themes").rglob("*")]
        return {path: path.read_bytes() for path in paths if path.is_file()}

    # ---- resources

    def write_resource(self, rng: Random) -> None:
        """A new resource, or another content for one that is there."""
        self._number += 1
        name = rng.choice([*(path.stem for path in self._resources()), f"resource-{self._number}"])
        found = [path for path in self._resources() if path.stem == name]
        path = found[0] if found else self.site / SECTIONS / rng.choice(COLUMNS) / f"{name}.md"
        path.write_text(self._resource(rng, path.parent, name), encoding="utf-8")

    def write_body(self, rng: Random) -> None:
        """One character of a text becomes another: same size, most often in the same second."""
        if paths := self._resources():
            path = rng.choice(paths)
            text = path.read_text(encoding="utf-8")
            path.write_text(text[:-2] + rng.choice("甲乙丙丁") + "\n", encoding="utf-8")

    def delete_resource(self, rng: Random) -> None:
        """A resource goes."""
        if paths := self._resources():
            rng.choice(paths).unlink()

    def rename_resource(self, rng: Random) -> None:
        """A resource gets another ID."""
        if paths := self._resources():
            self._number += 1
            path = rng.choice(paths)
            path.rename(path.with_stem(f"renamed-{self._number}"))

    def move_resource(self, rng: Random) -> None:
        """A resource goes to another column."""
        if paths := [path for path in self._resources() if not NAMED.search(path.read_text(encoding="utf-8"))]:
            path = rng.choice(paths)
            path.rename(self.site / SECTIONS / rng.choice(COLUMNS) / path.name)

    def swap_folders(self, rng: Random) -> None:
        """Two folders change places, which touches nothing in them; one of the theme may be prepared beside it."""
        templates = self.site / "themes/own/templates"
        if templates.is_dir() and rng.random() < 0.4:
            spare = templates.with_name("spare")
            if not spare.is_dir():
                shutil.copytree(templates, spare)
                for path in spare.rglob("*.html"):
                    path.write_text(path.read_text(encoding="utf-8").translate(str.maketrans("春夏", "夏春")), "utf-8")
            one, other = templates, spare
        else:
            one, other = (self.site / SECTIONS / column for column in rng.sample(COLUMNS, 2))
        aside = one.with_name("aside")
        one.rename(aside)
        other.rename(one)
        aside.rename(other)

    # ---- files beside records

    def write_media(self, rng: Random) -> None:
        """A picture, a worksheet or captions come, or have another content; some are damaged."""
        path = self.site / rng.choice(FOLDERS) / rng.choice(MEDIA)
        match path.suffix:
            case ".png":
                content = _picture(rng)
            case ".vtt":
                begin = rng.choice(["00:01.000", "00:02.000", "00:05.000"])  # the last comes after its end
                content = f"WEBVTT\n\n{begin} --> 00:04.000\n{rng.choice(WORDS)}\n".encode()
            case _:
                content = b"%PDF-1.4 " + rng.choice(WORDS).encode()
        path.write_bytes(content[: len(content) // 2] if rng.random() < 0.1 else content)

    def copy_media(self, rng: Random) -> None:
        """A file takes the place of another, or the name of one that is not there."""
        if paths := self._media():
            path = rng.choice(paths)
            target = self.site / rng.choice(FOLDERS) / f"{rng.choice(MEDIA[:2])[:-4]}{path.suffix}"
            target.write_bytes(path.read_bytes())

    def delete_media(self, rng: Random) -> None:
        """A file beside records goes, which a record may name."""
        if paths := self._media():
            rng.choice(paths).unlink()

    def write_topic(self, rng: Random) -> None:
        """A topic with a cover, or another text."""
        folder = self.site / "content/topics"
        topic = ["---", "title: 读书周", "order: 1", "gathers: [classic-reading, popular-science]"]
        cover = self._cover(rng, folder) if rng.random() < 0.7 else []
        text = "\n".join([*topic, *cover, "---", f"{rng.choice(WORDS)}。{self._shown(rng, folder)}", ""])
        (folder / "reading-week.md").write_text(text, encoding="utf-8")

    # ---- textbooks

    def write_textbook(self, rng: Random) -> None:
        """The book with other lessons, or a second one, or none."""
        name = rng.choice(["chinese-1a", "chinese-1b", "chinese-1c"])
        path = self.site / BOOK.replace("chinese-1a", name)
        cover = "".join(f"{line}\n" for line in self._cover(rng, path.parent)) if rng.random() < 0.4 else ""
        if path.exists() and rng.random() < 0.2:
            path.unlink()
            return
        lessons = "".join(
            f"      - {{id: {name}-{number:02}, title: {rng.choice(WORDS)}, "
            f"summary: '说一说“{rng.choice(WORDS)}”。{self._shown(rng, path.parent)}', "
            f"assets: [{self._asset(rng, path.parent)}]}}\n"
            for number in range(1, rng.randint(1, 4) + 1)
        )
        path.write_text(
            f"id: {name}\ntitle: 语文 {rng.choice(WORDS)}\nstage: primary\nsubject: chinese\nedition: unified\n"
            f"grade: {rng.randint(1, 2)}\nvolume: first\n{cover}units:\n  - title: 第一单元\n    lessons:\n{lessons}",
            encoding="utf-8",
        )

    # ---- what all pages share

    def write_term(self, rng: Random) -> None:
        """A word of the vocabulary is called otherwise."""
        path = self.site / "content/vocabulary.yaml"
        lines = path.read_text(encoding="utf-8").split("\n")
        places = [n for n, line in enumerate(lines) if "title: " in line and "{id: chinese" in line]
        for place in places[:1]:
            head, _, _ = lines[place].partition("title: ")
            lines[place] = f"{head}title: {rng.choice(['语文', '国语', '汉语'])}}}"
        path.write_text("\n".join(lines), encoding="utf-8")

    def write_settings(self, rng: Random) -> None:
        """Other settings, strings and theme."""
        theme = "own" if (self.site / "themes/own/theme.yaml").exists() and rng.random() < 0.5 else "default"
        languages = rng.choice(["zh-CN, en", "zh-CN, en, ug"])
        (self.site / "site.yaml").write_text(
            f"title: {{zh-CN: {rng.choice(WORDS)}目录, en: Test catalogue}}\n"
            f"base_url: https://{rng.choice(['a', 'b'])}.example.org/\nlanguages: [{languages}]\nowner: 示例学校\n"
            f"licence: CC-BY-4.0\npage_size: {rng.choice([5, 6, 24])}\ntheme: {theme}\n"
            f"strings: {{search: {rng.choice(WORDS)}}}\n",
            encoding="utf-8",
        )

    def break_settings(self, rng: Random) -> None:
        """The settings cannot be read, and stay so while other files are saved."""
        path = self.site / "site.yaml"
        self._settings, self._has_saved = path.read_bytes(), False
        path.write_text(rng.choice(["title: [\n", "", "titel: 目录\n"]), encoding="utf-8")

    def mend_settings(self, _: Random) -> None:
        """The settings are what they were."""
        assert self._settings is not None
        (self.site / "site.yaml").write_bytes(self._settings)
        self._settings = None

    def write_theme(self, rng: Random) -> None:
        """A theme of the site's own: templates and strings come, change and go."""
        folder = self.site / "themes/own"
        (folder / "templates").mkdir(parents=True, exist_ok=True)
        (folder / "strings").mkdir(exist_ok=True)
        (folder / "theme.yaml").write_text("name: own\nextends: default\n", encoding="utf-8")
        strings = f"home: {rng.choice(WORDS)}\nfigures: {rng.choice(WORDS)}\n"
        (folder / "strings/zh-CN.yaml").write_text(strings, encoding="utf-8")
        if rng.random() < 0.4:
            asset = folder / "assets" / rng.choice(["extra.css", "style.css"])
            asset.parent.mkdir(exist_ok=True)
            if asset.exists() and rng.random() < 0.3:
                asset.unlink()
            else:
                asset.write_text(f"/* {rng.choice(WORDS)} */\n", encoding="utf-8")
            return
        template = folder / "templates" / rng.choice(["lesson.html", "footer.html", "column.html"])
        if template.exists() and rng.random() < 0.4:
            template.unlink()
            return
        extends = "" if template.name == "footer.html" else f"{{% extends 'default/{template.name}' %}}\n"
        block = (
            f"{{% block title %}}{rng.choice(WORDS)}{{% endblock %}}\n" if extends else f"<p>{rng.choice(WORDS)}</p>\n"
        )
        template.write_text(extends + block, encoding="utf-8")

    def write_lists(self, rng: Random) -> None:
        """Links, hotlines and redirects change."""
        (self.site / "content/redirects.yaml").write_text(
            f"- {{from: {rng.choice(['old', 'older'])}.html, to: about.html, kind: moved, date: 2022-03-01}}\n",
            encoding="utf-8",
        )
        (self.site / "content/hotlines.yaml").write_text(
            f"- {{id: line, title: {rng.choice(WORDS)}, number: '12355', verified_on: 2022-0{rng.randint(1, 3)}-01}}\n",
            encoding="utf-8",
        )

    def write_titles(self, rng: Random) -> None:
        """A section or a column gets another title and place."""
        section = self.site / SECTIONS / "after-school"
        path = rng.choice([section / "_section.yaml", section / "popular-science/_column.yaml"])
        path.write_text(f"title: {rng.choice(WORDS)}\norder: {rng.randint(0, 5)}\n", encoding="utf-8")

    def write_article(self, rng: Random) -> None:
        """A page of text with links, which may lead nowhere for a while."""
        target = rng.choice(["../topics/reading-week.md", "/links.html", "about.md#一", "/nowhere.html"])
        text = f"---\ntitle: 关于\norder: 1\n---\n## 一\n\n[{rng.choice(WORDS)}]({target})\n"
        text += self._shown(rng, self.site / "content/pages") + "\n"
        (self.site / "content/pages/about.md").write_text(text, encoding="utf-8")

    # ---- time, and the hands of others

    def pass_days(self, rng: Random) -> None:
        """It is another day."""
        self.today += timedelta(days=rng.choice([1, 20, 200, -30]))
        self.today = max(self.today, date(2022, 3, 1))

    def show_drafts(self, rng: Random) -> None:
        """Drafts are asked for, or no longer."""
        self.drafts = rng.random() < 0.5

    def show_search(self, rng: Random) -> None:
        """Readers are to find by typing, or not."""
        self.search = rng.random() < 0.6

    def damage_output(self, rng: Random) -> None:
        """Somebody changes, deletes or adds a file in the output."""
        others = {self.out / address for address in self.foreign}
        files = [path for path in self.out.rglob("*") if path.is_file() and path not in others]
        if not files:
            return
        path = rng.choice(sorted(files))
        match rng.randrange(4):
            case 0:
                path.unlink()
            case 1:
                content = path.read_bytes()
                path.write_bytes(bytes([content[0] ^ 1]) + content[1:] if content else b"x")
            case 2:
                shutil.rmtree(path.parent if path.parent != self.out else path.parent / "assets", ignore_errors=True)
            case _:
                name = f"foreign-{len(self.foreign)}.txt"
                self.foreign[name] = b"mine"
                (self.out / name).write_bytes(b"mine")
        self.foreign = {name: content for name, content in self.foreign.items() if (self.out / name).exists()}

    def damage_memory(self, rng: Random) -> None:
        """What is kept between builds is lost, cut off or changed, and perhaps a resource goes at the same time.

        Where the manifest and its copy are damaged both, former files are anybody's.
        """
        known = [beside(self.out, name) for name in (MANIFEST, COPY)]
        kept = [path for path in [*(self.site / ".cache").rglob("*"), *known] if path.is_file()]
        if not kept:
            return
        path = rng.choice(known) if all(map(Path.is_file, known)) and rng.random() < 0.4 else rng.choice(sorted(kept))
        content = path.read_bytes()
        place = rng.randrange(len(content)) if content else 0
        damaged = [None, b"", content[:place], content[:place] + b"\x00" + content[place + 1 :]]
        former = read_manifest(self.out).former
        if (left := rng.choice(damaged)) is None:
            path.unlink()
        else:
            path.write_bytes(left)
        if read_manifest(self.out).files and rng.random() < 0.5:
            self.delete_resource(rng)
        lost = [self.out / address for address in former.keys() - read_manifest(self.out).former.keys()]
        self.foreign |= {path.relative_to(self.out).as_posix(): path.read_bytes() for path in lost if path.exists()}

    EDITS = (
        write_resource,
        write_resource,
        write_body,
        delete_resource,
        rename_resource,
        move_resource,
        swap_folders,
        write_media,
        write_media,
        write_media,
        copy_media,
        delete_media,
        write_topic,
        write_textbook,
        write_textbook,
        write_term,
        write_settings,
        break_settings,
        write_theme,
        write_lists,
        write_titles,
        write_article,
        pass_days,
        show_drafts,
        show_search,
        damage_output,
        damage_memory,
    )

    def _resources(self) -> list[Path]:
        return sorted(self.site.glob(f"{SECTIONS}/*/*/[a-z]*.md"))

    def _media(self) -> list[Path]:
        return sorted(path for folder in FOLDERS for name in MEDIA if (path := self.site / folder / name).exists())

    def _resource(self, rng: Random, folder: Path, name: str) -> str:
        others = [path.stem for path in self._resources() if path.stem != name]
        lines = [
            f"title: {rng.choice(WORDS)}",
            f"kind: {rng.choice(['article', 'video'])}",
            f"date: 2022-03-{rng.randint(1, 28):02}",
            f"status: {rng.choice(['live', 'live', 'live', 'draft', 'retired'])}",
        ]
        options = [
            f"summary: {rng.choice(WORDS)}和{rng.choice(WORDS)}",
            f"publish: 2022-0{rng.randint(3, 6)}-10",
            f"also_in: [{rng.choice(COLUMNS)}]",
            "subjects: [chinese]",
            f"replaced_by: {rng.choice(others)}" if others else "grades: [1]",
            f"aliases: [after-school/was-{name}.html]",
            "audience: [students]",
            "language: ug",
            *self._cover(rng, folder),
            f"assets: [{self._asset(rng, folder)}, {self._asset(rng, folder)}]",
        ]
        lines += rng.sample(options, rng.randint(0, 4))
        link = rng.choice(["", f"[{rng.choice(WORDS)}](/about.html)", "[它](../classic-reading/goose-song.md)"])
        return "---\n" + "\n".join(lines) + f"\n---\n{rng.choice(WORDS)}。{link}{self._shown(rng, folder)}\n"

    def _cover(self, rng: Random, folder: Path) -> list[str]:
        """The line that names a cover, where there is one; seldom where there is none."""
        name = rng.choice(PICTURES)
        is_named = (folder / name).exists() or rng.random() < 0.1
        return [f"cover: {{file: {name}, alt: {rng.choice(WORDS)}}}"] if is_named else []

    def _asset(self, rng: Random, folder: Path) -> str:
        """An asset: a video with captions or without, or a file with its measures, of which some are wrong."""
        path = folder / rng.choice(["kite.png", "sheet.pdf", "talk.vtt"])
        video = "type: video, url: 'https://media.example.org/1.mp4'"
        if not path.exists():
            return f"{{{video}}}"
        if path.suffix == ".vtt":
            return f"{{{video}, captions: [{{language: zh-CN, file: {path.name}}}]}}"
        content = path.read_bytes()
        size = rng.choice(["", "", f", bytes: {len(content)}"]) if rng.random() < 0.9 else ", bytes: 7"
        sha256 = rng.choice(["", f", sha256: {hashlib.sha256(content).hexdigest()}"])
        return f"{{type: {'picture' if path.suffix == '.png' else 'worksheet'}, file: {path.name}{size}{sha256}}}"

    def _shown(self, rng: Random, folder: Path) -> str:
        """A picture in a text, or a link to it, once or twice; where there is none, nothing."""
        name = rng.choice(PICTURES)
        if not (folder / name).exists():
            return ""
        return rng.choice(["", f"![{rng.choice(WORDS)}]({name})", f"![图]({name})[下载]({name})", f"![]({name}) " * 2])


def _picture(rng: Random) -> bytes:
    """A small picture, which is a cover in one size or in two."""
    target = io.BytesIO()
    size = rng.choice([(40, 30), (30, 40), (330, 12)])
    Image.new("RGB", size, rng.choice(["teal", "olive", "navy"])).save(target, "PNG")
    return target.getvalue()
