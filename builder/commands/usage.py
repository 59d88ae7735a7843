"""Wrong usage, told in the language of the site: what Click says, in Chinese.

Click's sentences are known by their form; one that a later Click words otherwise is shown as it comes.
"""

from __future__ import annotations

import re
from typing import IO, Any

import click

from builder.language import is_chinese

_ENGLISH_AND_CHINESE = tuple(
    (re.compile(english, re.DOTALL), chinese)
    for english, chinese in (
        (r"Invalid value for (?P<name>.+?): (?P<rest>.+)", "{name} 的值不对：{rest}"),
        (r"Invalid value: (?P<rest>.+)", "值不对：{rest}"),
        (r"Missing argument (?P<name>'.+?')\.(?P<rest>.*)", "缺少参数 {name}。{rest}"),
        (r"Missing option (?P<name>'.+?')\.(?P<rest>.*)", "缺少选项 {name}。{rest}"),
        (r"Missing command\.", "缺少命令。"),
        (r"No such option '?(?P<name>[^' ]+?)'?\.(?P<rest>.*)", "没有选项 '{name}'。{rest}"),
        (r"No such command (?P<name>'.+?')\.(?P<rest>.*)", "没有命令 {name}。{rest}"),
        (r" *Did you mean (?P<name>.+)\?", "是不是要写 {name}？"),
        (r" *\(Did you mean one of: (?P<name>.+)\?\)", "是不是要写其中一个：{name}？"),
        (r" *\(Possible (?:options|commands): (?P<name>.+)\)", "可用的有：{name}。"),
        (r"Option (?P<name>'.+?') requires an argument\.", "选项 {name} 后面要写值。"),
        (r"Option (?P<name>'.+?') does not take a value\.", "选项 {name} 后面不写值。"),
        (r"Got unexpected extra arguments? \((?P<name>.+)\)", "多出了参数：{name}"),
        (r"(?P<name>'.*') is not one of (?P<known>.+?)\.", "{name} 不能选；可选：{known}。"),
        (r"(?P<name>'.*') is not a valid integer(?: range)?\.", "{name} 不是整数。"),
        (r"(?P<name>\S+) is not in the range (?P<range>.+)\.", "{name} 不在范围 {range} 之内。"),
        (r"(?:Directory|File|Path) (?P<name>'.*') does not exist\.", "{name} 不存在。"),
        (r"(?:Directory|Path) (?P<name>'.*') is a file\.", "{name} 是文件，这里要文件夹。"),
        (r"(?:File|Path) (?P<name>'.*') is a directory\.", "{name} 是文件夹，这里要文件。"),
        (r"(?P<name>'.*') is not a date; write it as in (?P<rest>.+)", "{name} 不是日期；请写成 {rest} 这样的形式"),
    )
)


class WrongUsageError(click.UsageError):
    """Wrong usage that is shown in a language.

    Args:
        error: what is wrong.
        language: a BCP 47 tag.
    """

    def __init__(self, error: click.UsageError, language: str):
        self._is_chinese = is_chinese(language)
        message = error.format_message()
        super().__init__(_in_chinese(message) if self._is_chinese else message, error.ctx)

    def show(self, file: IO[Any] | None = None) -> None:
        """Shows how the command is called, where help is, and what is wrong."""
        if not self._is_chinese:
            super().show(file)
            return
        if self.ctx is not None:
            from builder.commands.help import usage_in_chinese

            click.echo(usage_in_chinese(self.ctx), err=True)
            click.echo(f"运行 `{self.ctx.command_path} --help` 可以看说明。\n", err=True)
        click.echo(f"错误：{self.message}", err=True)


def _in_chinese(message: str) -> str:
    """What Click says, in Chinese; as it is where it is not known."""
    for english, chinese in _ENGLISH_AND_CHINESE:
        if found := english.fullmatch(message.strip()):
            parts = {name: part.strip() for name, part in found.groupdict().items()}
            if rest := parts.get("rest"):
                parts["rest"] = _in_chinese(rest)
            return chinese.format_map(parts)
    return message
