"""Help in Chinese: for each text that a command or an option is declared with in English."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from copy import copy

import click

from builder.problems import width

CHINESE = {
    "Show this message and exit.": "显示这份说明。",
    "Show the version and exit.": "显示版本号。",
    "Build a national catalogue of school learning resources into a static site.": "把学校课程资源目录生成为静态网站。",
    "The site's folder; the current one when left out. It may also stand behind the command.": (
        "站点的文件夹；不写就是当前文件夹。也可以写在命令后面。"
    ),
    "Show drafts and what is scheduled for later too.": "连草稿和还没到发布日的内容也显示。",
    "The day to build for; today in UTC when left out.": "按哪一天生成；不写就是今天（UTC）。",
    # ---- build
    "Build the site into public/.": "把网站生成到 public/。",
    "Output folder; public/ when left out.": "输出文件夹；不写就是 public/。",
    "Worker processes; one for each core when left out.": "工作进程数；不写就是每个处理器核心一个。",
    "Let the workers of this Dask cluster do the work, as in tcp://192.0.2.1:8786.": (
        "让这个 Dask 集群的工作进程来做，例如 tcp://192.0.2.1:8786。"
    ),
    "Write every file anew, also over files that are not known to be ours.": (
        "每个文件都重新写入，不知道是不是本程序写的也替换。"
    ),
    "Build again aside, from nothing, and compare every byte.": "另外从头生成一遍，逐字节核对。",
    "Say which file a page is written in, what else it shows, and why it was made; or name that file.": (
        "说明页面写在哪个文件、还显示什么、为什么重新生成；也可以写那个文件的路径。"
    ),
    "Leave out what search downloads.": "不生成搜索要下载的文件。",
    "Write what was done as JSON; its folder is made.": "把做了什么写成 JSON；文件夹会自动新建。",
    # ---- check, serve, sample, schema
    "Say everything that a build would refuse or warn of, without building.": "列出构建会报的错误和警告，但不构建。",
    "full: with excerpt and remedy; concise: a line each; json: for programs; github: notes beside the lines of a pull "
    "request; sarif: for code scanners.": (
        "full 附原文和改法；concise 一行一条；json 给程序读；github 在合并请求的代码行旁显示；sarif 给代码扫描工具。"
    ),
    "Show each problem, also where there are many of a kind.": "同一种问题很多时也全部列出。",
    "Fail on warnings too.": "有警告也算不通过。",
    "Show the site in a browser, and again after every save.": "在浏览器里预览网站，每次保存后自动刷新。",
    "Port to use; the first free one from 8000 when left out.": "使用的端口；不写就从 8000 起找第一个空闲的。",
    "Open the browser at this page, as in index.html.": "用浏览器打开这个页面，例如 index.html。",
    "Write a whole site of made-up resources in the published shape, for benchmarks and trials.": (
        "写出一个与公布规模相同、内容虚构的完整站点，用来试用和测速。"
    ),
    "Published resources.": "已发布的资源数。",
    "Another gives another site of the same shape.": "换一个数，就得到规模相同的另一个站点。",
    "Write the JSON Schemas by which an editor knows the fields of each file.": (
        "写出 JSON Schema，编辑器据此知道每种文件有哪些字段。"
    ),
    "Write nothing; fail when they are not up to date.": "不写文件；如果不是最新的，就算不通过。",
    # ---- new
    "Write a site, a section, a column, a resource, a textbook, a lesson, a topic or a page.": (
        "新建站点、版块、栏目、资源、教材、课、专题或页面。"
    ),
    "In the site's own language.": "标题，用站点自己的语言。",
    "Write a small, complete site into an empty folder.": "在空文件夹里新建一个完整的小站点。",
    "The site's own language; the other one is there for titles too.": "站点自己的语言；标题也可以再写另一种语言。",
    "Date of the resource, as in 2022-03-05; today in UTC when left out.": (
        "资源的日期，例如 2022-03-05；不写就是今天（UTC）。"
    ),
    "Write a section, behind the others.": "新建版块，排在最后。",
    "Write a column of a section, behind its others.": "在版块里新建栏目，排在最后。",
    "How its content is shown.": "内容的显示方式。",
    "Write a resource as a draft.": "新建资源，先是草稿。",
    "An ID of kinds in vocabulary.yaml; video when left out.": "vocabulary.yaml 里 kinds 的 ID；不写就是 video。",
    "Write a textbook without lessons.": "新建教材，还没有课。",
    "An ID of stages in vocabulary.yaml.": "vocabulary.yaml 里 stages 的 ID。",
    "An ID of subjects.": "subjects 的 ID。",
    "An ID of editions.": "editions 的 ID。",
    "Grade, 1 to 12; more than once for a book of several, left out where it has none.": (
        "年级，1 到 12；几个年级合用就写几次，不分年级就不写。"
    ),
    "An ID of volumes.": "volumes 的 ID。",
    "Write a lesson into a textbook's file; nothing else of the file changes.": "把一课写进教材文件，别的地方不变。",
    "ID of the textbook.": "教材的 ID。",
    "Number or title of the unit, the last when left out; a book without units gets one of this title.": (
        "单元的序号或标题，不写就是最后一个；教材还没有单元时，用这个标题新建。"
    ),
    "Title of a unit to add behind the others, for this lesson.": "为这一课在最后新增的单元的标题。",
    "ID of the lesson before it; the unit's last when left out.": "排在哪一课后面，写那一课的 ID；不写就排在单元最后。",
    "Write a special topic, behind the others; what it gathers is filled in by hand.": (
        "新建专题，排在最后；收入哪些内容要自己填写。"
    ),
    "Write a page of text, such as one that helps readers; it is linked at the foot of every page.": (
        "新建文字页面，例如使用帮助；每个页面的页脚都有它的链接。"
    ),
}
_SIGNS = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]...", "default: ": "默认：", "required": "必填"}
_HEADINGS = {"Options": "选项", "Commands": "命令"}
_TOKEN = re.compile(r"(?:[!-~]+|\s|.)[，。；：、）”]*")  # what may not be divided
_LEFT_AS_IT_IS = "\b\n"  # says to Click that a paragraph has its lines already


def help_in_chinese(ctx: click.Context) -> str:
    """The page of help of a context's command."""
    formatter = _Formatter(width=ctx.terminal_width, max_width=ctx.max_content_width)
    _in_chinese(ctx.command).format_help(ctx, formatter)
    return formatter.getvalue().rstrip("\n")


def usage_in_chinese(ctx: click.Context) -> str:
    """How a context's command is called, in one line of its help."""
    formatter = _Formatter(width=ctx.terminal_width, max_width=ctx.max_content_width)
    ctx.command.format_usage(ctx, formatter)
    return formatter.getvalue().rstrip("\n")


def _in_chinese(command: click.Command) -> click.Command:
    """A copy of a command, and of the commands inside it, that says in Chinese what it is for."""
    told = copy(command)
    text, gap, example = inspect.cleandoc(command.help or "").partition("\n\n")
    told.help = CHINESE.get(text, text) + gap + example.replace("Example:", "例子：")
    if isinstance(told, click.Group):
        told.commands = {name: _in_chinese(inner) for name, inner in told.commands.items()}
    return told


class _Formatter(click.HelpFormatter):
    """Knows the Chinese for what Click writes, and that its characters are twice as wide."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How a command is called."""
        super().write_usage(prog, _with_signs(args), "用法：")

    def write_heading(self, heading: str) -> None:
        """A title over a list."""
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands, each with what it does."""
        listed = list(rows)
        beside = min(max(len(name) for name, _ in listed), col_max) + col_spacing + 2
        super().write_dl([(name, _told(text, self.width - beside)) for name, text in listed], col_max, col_spacing)


def _told(text: str, columns: int) -> str:
    """What an option does, with its default and whether it is required, in lines of so many columns."""
    said, gap, extra = text.rpartition("  [") if text.endswith("]") else (text, "", "")
    lines = [""]
    for token in _TOKEN.findall(f"{CHINESE.get(said, said)}{gap}{_with_signs(extra)}".strip()):
        if width(lines[-1] + token) > columns:
            lines.append("")
        lines[-1] += token
    return _LEFT_AS_IT_IS + "\n".join(line.strip() for line in lines)


def _with_signs(text: str) -> str:
    for english, chinese in _SIGNS.items():
        text = text.replace(english, chinese)
    return text
