"""`serve`: what an editor sees in the browser and on the terminal between opening the preview and leaving it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage, HTTPResponse
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from sites import BRIDGE, GOOSE, SECTIONS, make_site
from tools import ROOT, unable

PATIENCE = 20.0  # seconds in which something must happen on the slowest machine
LINKS = "content/links.yaml"
GOOSE_PAGE = "after-school/classic-reading/goose-song.html"
BRIDGE_PAGE = "after-school/popular-science/paper-bridge.html"
BRIDGE_FILE = f"{SECTIONS}/after-school/popular-science/paper-bridge.pdf"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Preview:
    """A running `serve` and what it says."""

    def __init__(self, site: Path, temporary: Path, *arguments: str, environment: Mapping[str, str] | None = None):
        temporary.mkdir(exist_ok=True)
        self.site, self.temporary = site, temporary
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "build.py", "--site", site, "serve", "--now", "2022-04-01", *arguments],
            env={**os.environ, "TMPDIR": str(temporary), **(environment or {})},
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.said: list[str] = []
        self._lines: Queue[str] = Queue()
        self._listening = Thread(target=self._listen, daemon=True)
        self._listening.start()
        self.url = self.line(r"(http://127\.0\.0\.1:\d+/) ").group(1)
        self.port = int(self.url.rstrip("/").rpartition(":")[2])

    def _listen(self) -> None:
        assert self.process.stderr
        with self.process.stderr:
            for line in self.process.stderr:
                self.said.append(line)
                self._lines.put(line)

    def line(self, pattern: str) -> re.Match[str]:
        """The next line that it says like this."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                line = self._lines.get(timeout=max(0.01, end - time.monotonic()))
            except Empty:
                raise AssertionError(f"it did not say {pattern!r}, but: {''.join(self.said)}") from None
            if match := re.search(pattern, line):
                return match

    def ready(self) -> Preview:
        self.line("^站点 · ")
        return self

    def get(self, address: str, **headers: str) -> Answer:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", f"/{address}", headers={n.replace("_", "-"): v for n, v in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def edit(self, file: str, former: str, latter: str) -> None:
        path = self.site / file
        text = path.read_text(encoding="utf-8")
        assert former in text
        path.write_text(text.replace(former, latter), encoding="utf-8")

    def end(self, number: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        self._listening.join(PATIENCE)
        return status


Serve = Callable[..., Preview]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts previews of sites and ends them with the test."""
    previews: list[Preview] = []

    def start(site: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> Preview:
        previews.append(Preview(site, tmp_path / "temporary", *arguments, environment=environment))
        return previews[-1]

    yield start
    for preview in previews:
        _end(preview)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview for the tests that only read."""
    folder = tmp_path_factory.mktemp("running")
    preview = Preview(make_site(folder / "site"), folder / "temporary", "--drafts").ready()
    yield preview
    _end(preview)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return make_site(folder)


@pytest.fixture(scope="module")
def browser_page(browser: Chromium) -> Callable[[], Page]:
    def new() -> Page:
        page = browser.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        return page

    expect.set_options(timeout=PATIENCE * 1000)
    return new


Browser = Callable[[], Page]


# ---- serving


def test_pages_and_files_are_served_as_they_were_built(running: Preview) -> None:
    home = running.get("")
    assert (home.status, home.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert home.body == running.get("index.html").body.replace(b"page=%2Findex.html", b"page=%2F")
    assert "<h1>咏鹅</h1>" in running.get(GOOSE_PAGE).text
    feed = running.get("feeds/after-school.xml")
    assert feed.status == 200
    assert feed.body.startswith(b"<?xml")


def test_only_what_is_sent_has_the_script_that_reloads(running: Preview) -> None:
    sent = running.get(GOOSE_PAGE).text
    (built,) = running.temporary.glob(f"*/site/{GOOSE_PAGE}")
    script = re.findall(r'<script src="/_preview/reload\.js"[^>]* defer></script>(?=</body>)', sent)
    assert len(script) == 1
    assert sent.replace(script[0], "") == built.read_text(encoding="utf-8")
    assert not (running.site / "public").exists()


def test_an_unknown_address_gets_the_404_page(running: Preview) -> None:
    answer = running.get("after-school/nothing.html")
    assert answer.status == 404
    assert "没有找到这个页面" in answer.text


def test_the_404_page_finds_its_styles_below_the_path_of_base_url(site: Path, serve: Serve) -> None:
    text = (site / "site.yaml").read_text(encoding="utf-8")
    (site / "site.yaml").write_text(re.sub(r"(?m)^base_url: .*$", "base_url: https://example.org/lib/", text))
    preview = serve(site).ready()
    (style,) = re.findall(r'rel="stylesheet" href="/(lib/[^"]+)"', preview.get("a/b/c.html").text)
    assert preview.get(style).status == 200
    assert preview.get("lib/").status == 200


def test_a_range_of_a_file_is_sent_alone(running: Preview) -> None:
    whole = (running.site / BRIDGE_FILE).read_bytes()
    (address,) = re.findall(r'href="\.\./\.\./([^"]+\.pdf)"', running.get(BRIDGE_PAGE).text)
    answer = running.get(address, Range="bytes=2-5")
    assert (answer.status, answer.body) == (206, whole[2:6])
    assert answer.headers["Content-Range"] == f"bytes 2-5/{len(whole)}"
    again = running.get(address, Range="bytes=2-5", If_Range=answer.headers["ETag"])
    assert (again.status, again.body) == (206, whole[2:6])
    changed = running.get(address, Range="bytes=2-5", If_Range='"another"')
    assert (changed.status, changed.body) == (200, whole)
    assert running.get(address, Range=f"bytes={len(whole)}-").status == 416


def test_a_foreign_host_name_is_refused(running: Preview) -> None:
    assert running.get("", Host="evil.example").status == 400
    assert running.get("_preview/events", Host=f"evil.example:{running.port}").status == 400
    assert running.get("", Host=f"localhost:{running.port}").status == 200


@pytest.mark.parametrize("way", ["../", "%2e%2e/", "..%2f", "after-school/%2e%2e/%2e%2e/", "/", "%5c..%5c", "%00"])
def test_no_path_leads_out_of_the_output(running: Preview, way: str) -> None:
    (out,) = running.temporary.glob("*/site")
    out.with_name("secret").write_bytes(b"not for you")
    answer = running.get(f"{way}secret")
    assert answer.status == 404
    assert b"not for you" not in answer.body


def test_no_other_site_may_read_a_draft(running: Preview) -> None:
    answer = running.get("data/version.json", Origin="https://evil.example")
    assert answer.status == 200
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_what_a_real_host_forbids_is_forbidden_here(running: Preview) -> None:
    assert "script-src 'self'" in running.get("").headers["Content-Security-Policy"]


# ---- starting


def test_without_a_port_the_next_free_one_is_taken(site: Path, serve: Serve) -> None:
    first, second = serve(site), serve(site)
    assert first.port != second.port
    assert first.ready().get("").status == second.ready().get("").status == 200


def test_a_port_that_is_taken_is_refused_in_a_sentence(site: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, ROOT / "build.py", "--site", site, "serve", "--port", str(port)],
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == f"catalogue: 端口 {port} 已被占用；请去掉 --port，或换一个端口\n"


def test_a_preview_that_the_system_does_not_tell_of_saves_says_so_with_the_remedy(site: Path) -> None:
    alone = ["unshare", "--user", "--map-root-user", "sh", "-c"]  # limits of its own, which no other program feels
    limit = "echo 0 > /proc/sys/user/max_inotify_watches"
    if not shutil.which("unshare") or subprocess.run([*alone, limit], capture_output=True, check=False).returncode:
        unable("no user namespace with limits of its own can be made")
    done = subprocess.run(
        [*alone, f'{limit}; exec "$@"', "sh", sys.executable, ROOT / "build.py", "--site", site, "serve"],
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 2
    last = done.stderr.splitlines()[-1]
    assert last.startswith("catalogue: 系统没有把存盘的消息通知预览（")
    assert "或放宽限制（Linux 上的 fs.inotify.max_user_watches" in last
    assert site.name not in last


def test_the_browser_is_opened_at_the_page_asked_for(site: Path, serve: Serve, tmp_path: Path) -> None:
    note = tmp_path / "opened"
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" > "{note}"\n')
    script.chmod(0o755)
    preview = serve(site, "--open", GOOSE_PAGE, environment={"BROWSER": str(script)}).ready()
    _wait_until(lambda: note.exists() and note.read_text() == f"{preview.url}{GOOSE_PAGE}\n")


def test_drafts_are_shown_only_when_asked_for(site: Path, serve: Serve) -> None:
    path = site / GOOSE
    path.write_text(path.read_text(encoding="utf-8").replace("---\n", "---\nstatus: draft\n", 1), encoding="utf-8")
    (site / BRIDGE).write_text(
        re.sub(r"\[咏鹅\]\([^)]*\)", "咏鹅", (site / BRIDGE).read_text(encoding="utf-8")), encoding="utf-8"
    )
    assert serve(site).ready().get(GOOSE_PAGE).status == 404
    assert serve(site, "--drafts").ready().get(GOOSE_PAGE).status == 200


# ---- saving


def test_a_save_is_told_in_a_line(site: Path, serve: Serve) -> None:
    preview = serve(site).ready()
    preview.edit(GOOSE, "先读题目", "先看题目")
    line = preview.line("goose-song").string
    assert re.fullmatch(r"content/…/goose-song\.md · 写入 1 个页面 · \d+\.\d\d 秒 · 错误 0 个\n", line)


def test_a_save_reloads_the_browser_and_shows_the_new_title(site: Path, serve: Serve, browser_page: Browser) -> None:
    preview, page = serve(site).ready(), browser_page()
    page.goto(preview.url + GOOSE_PAGE)
    expect(page.locator("h1")).to_have_text("咏鹅")
    preview.edit(GOOSE, "title: 咏鹅", "title: 咏鹅新读")
    expect(page.locator("h1")).to_have_text("咏鹅新读")


def test_the_search_page_finds_a_title_once_it_is_saved(site: Path, serve: Serve, browser_page: Browser) -> None:
    preview, page = serve(site).ready(), browser_page()
    page.goto(f"{preview.url}search.html?q=咏鹅")
    expect(page.locator(".found h2").first).to_have_text("咏鹅")
    preview.edit(GOOSE, "title: 咏鹅", "title: 咏鹅新读")
    expect(page.locator(".found h2").first).to_have_text("咏鹅新读")


def test_a_page_that_did_not_change_is_left_alone(site: Path, serve: Serve, browser_page: Browser) -> None:
    preview, page = serve(site).ready(), browser_page()
    page.goto(preview.url + BRIDGE_PAGE)
    page.evaluate("window.untouched = true")
    preview.edit(GOOSE, "先读题目", "先看题目")
    preview.line("goose-song")
    preview.edit(BRIDGE, "几枚硬币", "几枚铜钱")
    expect(page.locator("main")).to_contain_text("几枚铜钱")
    assert page.evaluate("window.untouched") is None

    page.evaluate("window.untouched = true")
    preview.edit(GOOSE, "先看题目", "先读题目")
    preview.line("goose-song")
    page.wait_for_timeout(500)
    assert page.evaluate("window.untouched") is True


def test_a_page_learns_of_a_save_that_came_before_it_listened(site: Path, serve: Serve) -> None:
    preview = serve(site).ready()
    (events,) = re.findall(r'data-events="/([^"]+)"', preview.get(GOOSE_PAGE).text)
    preview.edit(GOOSE, "先读题目", "先看题目")
    preview.line("写入 1 个页面")
    assert _first_event(preview, events.replace("&amp;", "&")) == "reload"
    (events,) = re.findall(r'data-events="/([^"]+)"', preview.get(GOOSE_PAGE).text)
    assert _first_event(preview, events.replace("&amp;", "&")) == "mended"


def test_a_page_of_an_earlier_preview_is_reloaded(running: Preview) -> None:
    assert _first_event(running, f"_preview/events?page=/{GOOSE_PAGE}&stamp=12345678-1") == "reload"


def test_saves_during_a_build_are_made_up_for_by_one_more(site: Path, serve: Serve) -> None:
    preview = serve(site)
    for number in range(12):
        preview.edit(GOOSE, "先读题目" if not number else f"第{number - 1}读", f"第{number}读")
        time.sleep(0.08)
    _wait_until(lambda: "第11读" in preview.get(GOOSE_PAGE).text)
    time.sleep(0.5)
    builds = [line for line in preview.said if "写入" in line]
    assert 1 <= len(builds) < 12


def test_a_file_saved_by_putting_another_in_its_place_is_noticed_each_time(site: Path, serve: Serve) -> None:
    preview = serve(site).ready()
    for title in ("第一个名字", "第二个名字"):
        text = (site / "site.yaml").read_text(encoding="utf-8")
        aside = site / "aside"
        aside.write_text(re.sub(r"(?m)^title: .*$", f"title: {title}", text), encoding="utf-8")
        aside.replace(site / "site.yaml")
        preview.line("^site.yaml · ")
        assert title in preview.get("").text


def test_a_theme_that_appears_later_is_noticed_and_watched(site: Path, serve: Serve) -> None:
    assert not (site / "themes").exists()
    preview = serve(site).ready()
    theme = site / "themes" / "default"
    shutil.copytree(ROOT / "themes" / "default", theme)
    home = theme / "templates" / "home.html"
    home.write_text(home.read_text(encoding="utf-8").replace("{% block main %}", "{% block main %}<b>新主题</b>", 1))
    _wait_until(lambda: "<b>新主题</b>" in preview.get("").text)
    home.write_text(home.read_text(encoding="utf-8").replace("新主题", "再改"))
    _wait_until(lambda: "<b>再改</b>" in preview.get("").text)


def test_the_output_of_a_build_beside_it_is_not_watched(site: Path, serve: Serve) -> None:
    preview = serve(site).ready()
    (site / "public").mkdir()
    (site / "public" / "index.html").write_text("x")
    (site / "content" / ".goose-song.md.swp").write_text("x")
    preview.edit(GOOSE, "先读题目", "先看题目")
    preview.line(r"^content/…/goose-song\.md · ")
    assert len([line for line in preview.said if "写入" in line]) == 2


def test_what_the_watch_has_not_heard_of_is_found_in_the_silence_after_a_save(
    site: Path, serve: Serve, tmp_path: Path
) -> None:
    preview = serve(site).ready()
    other_name = tmp_path / "other-name.md"  # a folder hears nothing of what is written to its file by another name
    os.link(site / BRIDGE, other_name)
    other_name.write_text(other_name.read_text(encoding="utf-8").replace("几枚硬币", "几枚铜钱"), encoding="utf-8")
    preview.edit(GOOSE, "先读题目", "先看题目")
    preview.line(r"^content/…/goose-song\.md · 写入 1 个页面")
    preview.line(r"^content/…/paper-bridge\.md · 写入 \d 个页面")
    assert "几枚铜钱" in preview.get(BRIDGE_PAGE).text


def test_a_page_that_is_damaged_is_made_again_in_the_silence_after_a_save(site: Path, serve: Serve) -> None:
    preview = serve(site).ready()
    (out,) = preview.temporary.glob("*/site")
    (out / BRIDGE_PAGE).write_text("damaged")
    (out / "mine.html").write_text("of another program")
    preview.edit(GOOSE, "先读题目", "先看题目")
    preview.line(r"^站点 · 写入 1 个页面")
    assert "几枚硬币" in preview.get(BRIDGE_PAGE).text
    assert preview.get("mine.html").status == 404


def test_when_the_process_that_builds_has_died_the_next_save_begins_another(site: Path, serve: Serve) -> None:
    boat = site / BRIDGE.replace("paper-bridge", "paper-boat")
    boat.write_text("---\ntitle: 纸船\nkind: article\ndate: 2022-03-05\n---\n折一只纸船。\n", encoding="utf-8")
    boat_page = BRIDGE_PAGE.replace("paper-bridge", "paper-boat")
    preview = serve(site).ready()
    os.kill(_builder_of(preview), signal.SIGKILL)
    boat.unlink()
    preview.line("^catalogue: 构建网站的进程中途结束了；.*保存一个文件，就会重新开始")
    assert preview.get(boat_page).status == 200
    preview.edit(GOOSE, "先读题目", "先看题目")
    preview.line(r"^content/…/goose-song\.md · ")
    assert "先看题目" in preview.get(GOOSE_PAGE).text
    assert preview.get(boat_page).status == 404


# ---- problems


def test_an_error_shows_its_place_and_excerpt_and_goes_when_it_is_mended(
    site: Path, serve: Serve, browser_page: Browser
) -> None:
    preview, page = serve(site).ready(), browser_page()
    page.goto(preview.url + GOOSE_PAGE)
    preview.edit(GOOSE, "kind: article", "kind: articel")
    panel = page.get_by_role("alertdialog", name="内容有 1 处错误")
    expect(panel).to_be_visible()
    expect(panel.locator(".place")).to_have_text(re.compile(rf"{re.escape(GOOSE)}:\d+:7"))
    expect(panel.locator("mark")).to_have_text("articel")
    expect(panel.locator("pre")).to_contain_text("kind: articel")
    expect(panel.locator(".record")).to_have_text("咏鹅 (goose-song)")
    expect(panel.locator(".hint")).to_contain_text("article")
    assert "<h1>咏鹅</h1>" in preview.get(GOOSE_PAGE).text  # the last good site is still there
    preview.edit(GOOSE, "kind: articel", "kind: article")
    expect(panel).to_have_count(0)
    expect(page.locator("h1")).to_have_text("咏鹅")


def test_escape_closes_the_panel_and_a_button_opens_it_again(site: Path, serve: Serve, browser_page: Browser) -> None:
    preview, page = serve(site).ready(), browser_page()
    page.goto(preview.url + GOOSE_PAGE)
    preview.edit(GOOSE, "kind: article", "kind: articel")
    panel = page.get_by_role("alertdialog")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    page.get_by_role("button", name="内容有 1 处错误").click()
    expect(panel).to_be_visible()


def test_what_an_editor_typed_is_shown_and_never_obeyed(site: Path, serve: Serve, browser_page: Browser) -> None:
    preview, page = serve(site).ready(), browser_page()
    page.goto(preview.url + GOOSE_PAGE)
    preview.edit(GOOSE, "kind: article", 'kind: <img src=x onerror="document.title=1">\u202e')
    panel = page.get_by_role("alertdialog")
    expect(panel).to_be_visible()
    assert panel.locator("img").count() == 0
    assert "<img" in panel.inner_text()
    assert "\u202e" not in panel.inner_text()
    assert "U+202E" in panel.inner_text()


def test_a_site_that_is_broken_at_the_start_shows_its_problems_and_recovers(
    site: Path, serve: Serve, browser_page: Browser
) -> None:
    text = (site / GOOSE).read_text(encoding="utf-8")
    (site / GOOSE).write_text(text.replace("kind: article", "kind: articel"), encoding="utf-8")
    preview, page = serve(site), browser_page()
    page.goto(preview.url + GOOSE_PAGE)  # before or after the first build: both must lead to the same
    expect(page.get_by_role("heading", name="内容有 1 处错误")).to_be_visible()
    expect(page.locator(".place")).to_contain_text(GOOSE)
    preview.ready()
    assert preview.get("").status == 503
    preview.edit(GOOSE, "kind: articel", "kind: article")
    expect(page.locator("h1")).to_have_text("咏鹅")


def test_errors_stand_on_the_terminal_and_warnings_are_counted(site: Path, serve: Serve) -> None:
    preview = serve(site).ready()
    preview.edit(GOOSE, "kind: article", "kind: articel")
    assert preview.line("articel").string in preview.said
    assert preview.line("goose-song.md · ").string.rstrip().endswith("错误 1 个")


def test_a_warning_is_told_once_by_the_build_that_finds_it(site: Path, serve: Serve) -> None:
    (site / LINKS).write_text("- {id: a-1, title: 甲, url: 'https://a.example.org'}\n", encoding="utf-8")
    preview = serve(site).ready()
    assert preview.said.count("警告[link-never-verified] 这个网址从未核实，页面上只列名称，不加链接\n") == 1
    text = (site / LINKS).read_text(encoding="utf-8")
    (site / LINKS).write_text(f"# 注\n{text}- {{id: a-2, title: 乙, url: 'https://b.example.org'}}\n", encoding="utf-8")
    preview.line(r"--> content/links\.yaml:3:\d+  乙 \(a-2\)")
    assert preview.line(r"^content/links\.yaml · ").string.endswith("错误 0 个 · 警告 2 个\n")
    preview.edit(GOOSE, "先读题目", "先看题目")
    assert preview.line("goose-song").string.endswith("错误 0 个 · 警告 2 个\n")
    assert "".join(preview.said).count("警告[link-never-verified]") == 2


@pytest.mark.parametrize(
    ("language", "one", "two"), [("zh-CN", "1 处警告", "2 处警告"), ("en", "1 warning", "2 warnings")]
)
def test_warnings_of_what_was_saved_lie_folded_at_the_foot_of_the_page_until_they_are_mended(
    site: Path, serve: Serve, browser_page: Browser, language: str, one: str, two: str
) -> None:
    settings = (site / "site.yaml").read_text(encoding="utf-8")
    if language == "en":
        (site / "site.yaml").write_text(settings.replace("[zh-CN, en]", "[en, zh-CN]"), encoding="utf-8")
    (site / LINKS).write_text("- {id: a-1, title: 甲, url: 'https://a.example.org'}\n", encoding="utf-8")
    preview, page = serve(site), browser_page()
    preview.line("^(站点|site) · ")
    page.goto(preview.url + GOOSE_PAGE)
    folded = page.locator("details.warnings")
    preview.edit(GOOSE, "先读题目", "先<b>读题目")
    expect(folded.locator("summary")).to_have_text(one)  # not that of a file that nobody has touched
    expect(folded.locator("li")).to_be_hidden()
    expect(page.locator("main")).to_contain_text("先<b>读题目")
    page.locator("h1").click()  # nothing lies over the page
    preview.edit(GOOSE, "读题目", "看题目")
    expect(page.locator("main")).to_contain_text("先<b>看题目")
    expect(folded.locator("summary")).to_have_text(one)  # it stands, though it is no news
    folded.locator("summary").click()
    expect(folded.locator("li .place")).to_contain_text(GOOSE)
    expect(folded.locator("li .hint")).to_be_visible()
    preview.edit(LINKS, "title: 甲", "title: 乙")
    expect(folded.locator("summary")).to_have_text(two)
    expect(folded.locator("li")).to_have_count(2)
    assert folded.evaluate("element => element.open")

    preview.edit(GOOSE, "kind: article", "kind: articel")
    panel = page.get_by_role("alertdialog")
    expect(panel.locator("ol:not(details ol) > li")).to_have_count(1)
    expect(folded).to_have_count(1)
    preview.edit(GOOSE, "kind: articel", "kind: article")
    expect(panel).to_have_count(0)
    expect(folded.locator("summary")).to_have_text(two)
    preview.edit(LINKS, "a.example.org'", "a.example.org', verified_on: 2022-03-30")
    expect(folded.locator("summary")).to_have_text(one)
    preview.edit(GOOSE, "<b>", "")
    expect(folded).to_have_count(0)


def test_folded_warnings_cover_nothing_of_a_page_that_is_scrolled_to_its_foot(
    site: Path, serve: Serve, browser_page: Browser
) -> None:
    preview, page = serve(site).ready(), browser_page()
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(preview.url + GOOSE_PAGE)
    height = page.evaluate("document.documentElement.scrollHeight")
    preview.edit(GOOSE, "先读题目", "先<b>读题目")
    folded = page.locator("details.warnings summary")
    expect(folded).to_be_visible()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    top = folded.evaluate("element => element.getBoundingClientRect().top")
    foot = page.locator("body > footer").evaluate("element => element.getBoundingClientRect().bottom")
    assert foot <= top
    preview.edit(GOOSE, "<b>", "")
    expect(folded).to_have_count(0)
    page.wait_for_function("height => document.documentElement.scrollHeight === height", arg=height)


def test_of_many_warnings_that_stand_when_a_preview_begins_a_few_are_shown(site: Path, serve: Serve) -> None:
    links = "".join(f"- {{id: a-{n}, title: 甲, url: 'https://a.example.org'}}\n" for n in range(9))
    (site / LINKS).write_text(links, encoding="utf-8")
    said = "".join(serve(site).ready().said)
    assert said.count("警告[link-never-verified]") == 3
    assert "另有 6 处：link-never-verified × 6；运行 `" in said


def test_a_template_that_fails_is_shown_with_its_line(site: Path, serve: Serve, browser_page: Browser) -> None:
    shutil.copytree(ROOT / "themes" / "default", site / "themes" / "default")
    preview, page = serve(site).ready(), browser_page()
    page.goto(preview.url + GOOSE_PAGE)
    template = "themes/default/templates/resource.html"
    preview.edit(template, "{% block main %}", "{% block main %}{{ nothing.at.all }}")
    panel = page.get_by_role("alertdialog")
    expect(panel.locator(".place").first).to_contain_text(template)
    preview.edit(template, "{{ nothing.at.all }}", "")
    expect(panel).to_have_count(0)


# ---- leaving


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_at_once_and_leaves_nothing_behind(site: Path, serve: Serve, number: int) -> None:
    preview = serve(site).ready()
    before = sorted(site.rglob("*"))
    (events,) = re.findall(r'data-events="/([^"]+)"', preview.get(GOOSE_PAGE).text)
    with closing(HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)) as listening:
        listening.request("GET", f"/{events.replace('&amp;', '&')}")
        listening.getresponse().readline()
        began = time.monotonic()
        assert preview.end(number) == 0
        assert time.monotonic() - began < 3
    assert list(preview.temporary.iterdir()) == []
    assert sorted(site.rglob("*")) == before
    assert _no_process_of(preview)
    assert "Traceback" not in "".join(preview.said)


def test_ctrl_c_during_a_build_ends_the_build_too(site: Path, serve: Serve) -> None:
    shutil.copytree(ROOT / "themes" / "default", site / "themes" / "default")
    endless = "{% block main %}{% for a in 'x' * 100000 %}{% for b in 'x' * 100000 %}{% endfor %}{% endfor %}"
    template = site / "themes" / "default" / "templates" / "resource.html"
    template.write_text(template.read_text(encoding="utf-8").replace("{% block main %}", endless), encoding="utf-8")
    preview = serve(site)
    _wait_until(lambda: any(preview.temporary.rglob(".site.staging")))  # the pages are being rendered
    began = time.monotonic()
    assert preview.end() == 0
    assert time.monotonic() - began < 5
    assert not any("写入" in line for line in preview.said)  # the build was still going on
    assert list(preview.temporary.iterdir()) == []
    assert _no_process_of(preview)


def _end(preview: Preview) -> None:
    """Ends a preview, and where a test has failed, by force."""
    try:
        preview.end()
    except subprocess.TimeoutExpired:
        for folder in _processes_of(preview):
            os.kill(int(folder.name), signal.SIGKILL)
        preview.end()


def _builder_of(preview: Preview) -> int:
    """The process in which a preview builds."""
    names = {folder: (folder / "cmdline").read_bytes() for folder in _processes_of(preview)}
    return next(int(folder.name) for folder, name in names.items() if b"spawn_main" in name)


def _no_process_of(preview: Preview) -> bool:
    _wait_until(lambda: not _processes_of(preview))
    return True


def _processes_of(preview: Preview) -> list[Path]:
    """The processes that have this preview's folder for temporary files in their environment."""
    sign = f"TMPDIR={preview.temporary}\0".encode()

    def is_one(folder: Path) -> bool:
        try:
            return sign in (folder / "environ").read_bytes()
        except OSError:
            return False

    proc = Path("/proc")
    if not proc.is_dir():
        pytest.skip("processes are looked for in /proc, which only Linux has")
    return [folder for folder in proc.glob("[0-9]*") if is_one(folder)]


def _first_event(preview: Preview, address: str) -> str:
    with closing(HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)) as connection:
        connection.request("GET", f"/{address}")
        answer: HTTPResponse = connection.getresponse()
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        while line := answer.readline().decode():
            if line.startswith("event: "):
                return line.removeprefix("event: ").rstrip()
    raise AssertionError("the stream ended without an event")


def _wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
