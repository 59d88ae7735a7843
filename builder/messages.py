"""What each problem says, in English and Chinese: data only. A code never changes its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from builder.language import is_chinese

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Message:
    """The text of one kind of problem: what happened and why, then what to do."""

    severity: Severity
    en: tuple[str, str]
    zh: tuple[str, str]

    def in_language(self, language: str) -> tuple[str, str]:
        """Message and hint for a BCP 47 tag; English where there is no translation."""
        return self.zh if is_chinese(language) else self.en


def _error(en: str, en_hint: str, zh: str, zh_hint: str) -> Message:
    return Message("error", (en, en_hint), (zh, zh_hint))


def _warning(en: str, en_hint: str, zh: str, zh_hint: str) -> Message:
    return Message("warning", (en, en_hint), (zh, zh_hint))


# Words inside messages that have to be translated with them; a fact that begins with @ names one, and the other facts
# fill its gaps.
PHRASES: dict[str, tuple[str, str]] = {
    "or-file": (
        " An asset may also lie beside this file: write `file: name` instead of `url`.",
        "资源文件也可以放在这个文件旁边：不写 `url`，改写 `file: 文件名`。",
    ),
    "blank": ("a blank", "空格"),
    "from-gbk": (
        "It seems to be in GBK. First open it again with that encoding (VS Code: click on “UTF-8” at the bottom right › Reopen with Encoding › Simplified Chinese (GBK)). When the characters are right, save it as UTF-8 (at the same place: Save with Encoding › UTF-8).",
        "它多半是 GBK 编码。请先用 GBK 重新打开（VS Code：点右下角的“UTF-8” › 通过编码重新打开 › Simplified Chinese (GBK)），看到文字正确后，再存为 UTF-8（还在那里：通过编码保存 › UTF-8）。",
    ),
    "to-utf-8": (
        "Open it with the encoding in which it was written, so that all characters are right, and save it as UTF-8 (in most editors: Save as… › Encoding). If characters are wrong in every encoding, type them anew, or take the file again from where it came.",
        "请用它原来的编码打开，看到文字都正确后，再存为 UTF-8（多数编辑器：另存为 › 编码）。如果换哪种编码都有乱码，请重新输入这些字，或从来源重新取一份文件。",
    ),
    "of-lost-text": (
        " If the text is about such characters, put quotation marks round them.",
        "如果正文就是在讲这种乱码，请给它加上引号。",
    ),
    "no-opening-line": ("the first line is no `---`", "第一行不是 `---`"),
    "no-closing-line": ("the second `---` is missing", "缺少第二行 `---`"),
    "blank-first-line": ("a blank line stands before the first `---`", "第一行 `---` 前面有空行"),
    "wrong-dashes": ("this line is not made of three plain hyphens", "这一行不是三个半角减号"),
    "text": ("text", "文字"),
    "whole-number": ("a whole number", "整数"),
    "number": ("a number", "数字"),
    "list": ("a list", "列表"),
    "record": ("a record", "一条记录"),
    "date": ("a date", "日期"),
    "nothing": ("nothing", "空的"),
    "full-stop": (". ", "。"),
    "section": ("section", "版块"),
    "textbook": ("textbook", "教材"),
    "unit": ("unit", "单元"),
    "lesson": ("lesson", "课"),
    "known-textbooks": (
        "A textbook's ID is the name of its file without the ending.",
        "教材的 ID 是它的文件名，不带扩展名。",
    ),
    "none": ("none", "无"),
    "no-gaps": ("none; write plain text", "无，请只写文字"),
    "scheme-runs": ("would run a program in the reader's browser", "会在读者的浏览器里运行程序"),
    "scheme-holds": (
        "holds a whole file in itself, which nobody can check, translate or mend",
        "把整个文件藏在地址里，没有人能检查和修改",
    ),
    "brackets-apart": ("a blank stands between its brackets", "的方括号和圆括号之间有空格"),
    "bracket-open": ("its last bracket is missing", "少了最后的“)”"),
    "scheme-other": ("cannot be opened on many readers' devices", "在很多读者的设备上打不开"),
    "html-bold": ("Bold words are written `**…**`.", "粗体请写成 `**…**`。"),
    "html-italic": ("Stressed words are written `*…*`.", "强调的文字请写成 `*…*`。"),
    "html-paragraph": (
        "An empty line begins a new paragraph; two spaces at the end of a line break it.",
        "空一行就是另起一段；只想换行，就在行末加两个空格。",
    ),
    "html-heading": ("Headings are written `## …`.", "标题请写成 `## …`。"),
    "html-list": ("Each item of a list begins with `- ` or `1. `.", "列表的每一项以 `- ` 或 `1. ` 开头。"),
    "html-table": ("The cells of a table are divided by `|`.", "表格的各列请用 `|` 隔开。"),
    "html-media": ("Video and sound belong into `assets`.", "音频和视频请写进 `assets`。"),
    "html-link": ("Links are written `[words](address)`.", "链接请写成 `[文字](地址)`。"),
    "html-picture": (
        "Pictures are written `![what it shows](file)`.",
        "图片请写成 `![画面上有什么](文件名)`。",
    ),
    "html-small": ("Write small figures as they are: x², H₂O.", "上标和下标请直接写字符：x²、H₂O。"),
    "html-comment": (
        "Delete it; a note for editors stands among the fields, on a line that begins with `#`.",
        "请删掉它；给编辑看的备注写在字段之间，单独一行，以 `#` 开头。",
    ),
    "html-other": ("Leave the tag out, and keep the words.", "请去掉标签，只留文字。"),
    "no-such-file": ("there is no such file", "没有这个文件"),
    "may-not-be-read": ("you may not read it", "没有读取权限"),
    "is-a-folder": ("it is a folder", "它是文件夹"),
    "name-too-long": ("its name is too long for the system", "文件名太长，系统不支持"),
    "device-name": (
        "Windows keeps this name for a device",
        "Windows 把这个名字留给了设备，不能用作文件名",
    ),
    "long-name": (
        "with its ending it has {number} bytes, and file systems take {limit} at most here",
        "连同扩展名有 {number} 个字节，最多只能有 {limit} 个，否则文件系统存不下",
    ),
    "capitals": ("capital letters", "大小写"),
    "composition": (
        "how letters with marks are encoded, as one character or as two",
        "带符号字母的编码方式（一个字符，还是拆成两个）",
    ),
    "unsafe-signs": ("not every file system takes its signs", "其中有些符号不是各种文件系统都接受"),
    "damaged-disk": ("the disk cannot be read here", "磁盘的这个位置读不出来"),
    "too-many-files": ("too many files are open in the system", "系统里打开的文件太多"),
    "system-says": ("the system says “{said}”", "系统报告了错误（{said}）"),
    "no-such-folder": ("there is no such folder", "没有这个文件夹"),
    "no-such-template": ("there is no template {value}", "没有模板 {value}"),
    "no-such-filter": ("there is no filter {value}", "没有过滤器 {value}"),
    "no-such-test": ("there is no test {value}", "没有测试 {value}"),
    "template-syntax": ("it is not well-formed", "语法不对"),
    "picture-damaged": (
        "it seems to be {kind}, but is damaged or cut off",
        "看起来是 {kind} 图片，但已损坏或不完整",
    ),
    "picture-heic": (
        "it seems to be HEIC, as photos taken by phones often are, which most browsers do not show",
        "看起来是 HEIC 格式（手机拍的照片常用），多数浏览器显示不了",
    ),
    "picture-other": ("it seems to be {kind}", "看起来是 {kind} 文件"),
    "picture-text": ("it holds text", "里面是文字，不是图片"),
    "picture-empty": ("it is empty", "文件是空的"),
    "picture-unknown": ("it is damaged, or no picture", "可能已损坏，或者不是图片"),
    "text-inside": ("it holds plain text", "里面是纯文字"),
    "media-other": ("it is {kind}", "从名字看是 {kind}"),
    "media-format": ("most browsers do not play its format", "多数浏览器不支持这种格式"),
    "media-page": (
        "the address seems to be that of a page, not of the file that is played",
        "看起来是播放页的网址，不是音视频文件本身的网址",
    ),
    "media-other-remedy": (
        "Let `type` say what it is, as in `type: document`, or name the file that is played instead.",
        "请把 `type` 改成它真正的类型，例如 `type: document`，或换成音视频文件。",
    ),
    "media-format-remedy": (
        "Convert it to MP4 (video) or MP3 (sound). If browsers do play it, say so: `format: {example}`.",
        "请先转换成 MP4（视频）或 MP3（音频）。如果确定浏览器能播放，请补上 `format: {example}`。",
    ),
    "media-page-remedy": (
        "Write the address of the file itself, which mostly ends in .mp4, .m3u8 or .mp3. If this is that address, "
        "say so: `format: {example}`. If there is only a page, say `type: other`: readers get a link.",
        "请写文件本身的网址，一般以 .mp4、.m3u8 或 .mp3 结尾。如果这就是文件的网址，请补上 `format: {example}`；"
        "如果只有播放页，请写 `type: other`，读者会看到一个链接。",
    ),
    "unused-file": (
        "Name it in the record that it belongs to, as in `file: {name}` under `assets`. If nobody needs it, delete it, "
        "or put a dot before its name.",
        "请在用到它的记录里写上它的名字，例如 `assets` 下面写 `file: {name}`。用不到就删掉，或在文件名前面加一个点。",
    ),
    "unused-text": (
        "If it is to be a page, let its name end in `.md`: {mended}. If it is for readers to download, name it in a "
        "record, as in `file: {name}` under `assets`. If nobody needs it, delete it, or put a dot before its name.",
        "如果它应当是一个页面，请把扩展名改成 `.md`：{mended}。如果是给读者下载的，请在记录里写上它的名字，例如 `assets` "
        "下面写 `file: {name}`。用不到就删掉，或在文件名前面加一个点。",
    ),
    "unused-document": (
        "If its text is to be a page, make one with `new resource` and copy the text into it. If it is for readers to "
        "download, name it in a record, as in `file: {name}` under `assets`. If nobody needs it, delete it, or put a "
        "dot before its name.",
        "如果它的内容应当是一个页面，请用 `new resource` 命令新建，再把文字复制进去。如果是给读者下载的，请在记录里写上它的名字，"
        "例如 `assets` 下面写 `file: {name}`。用不到就删掉，或在文件名前面加一个点。",
    ),
    "day-ahead": ("is still to come", "还没有到"),
    "day-long-ago": ("is so long ago that it is hardly meant", "早得不像是真的"),
    "day-ahead-remedy": (
        "Mend the day; until then the resource stands before all others under what is new. If it is to appear only "
        "then, add `publish: {value}`.",
        "请改正日期，不然在那天之前，这份资源会一直排在“最新”的最前面。如果要到那天才发布，请加上 `publish: {value}`。",
    ),
    "day-updated-remedy": (
        "Mend the day; until then the resource stands before all others under what is new.",
        "请改正日期，不然在那天之前，这份资源会一直排在“最新”的最前面。",
    ),
    "day-long-ago-remedy": ("Mend the year.", "请改正年份。"),
    "write-value": ("Write a value.", "请写上值。"),
    "or-delete-line": ("Write a value, or delete the line.", "请写上值，或删掉这一行。"),
    "or-delete-key": (
        "Write a value, or delete only `{key}:` with the comma that divides it, and keep the rest of the line.",
        "请写上值；用不到就只删掉 `{key}:` 和隔开它的逗号，这一行的其余部分要保留。",
    ),
    "or-delete-item": (
        "Write a value, or delete only the empty item with its comma, and keep the rest of the line.",
        "请写上值；用不到就只删掉空着的这一项和它的逗号，这一行的其余部分要保留。",
    ),
    "or-in-quotes": (
        " If ＃ is part of the text, put single quotes round the whole value: '…'.",
        "如果“＃”是文字的一部分，请给整个值加上单引号：'…'。",
    ),
    "or-in-one-value": (
        " If it is part of the value before it, put single quotes round that whole value: '…'.",
        "如果它是前面那个值的一部分，请给那个值整个加上单引号：'…'。",
    ),
    "or-one-value": (" For one value alone, delete the `- `.", "如果只有一个值，就去掉 `- `。"),
    "or-own-line": (
        " If `{field}` is another field, write it on a line of its own.",
        "如果 `{field}` 是另一个字段，请把它另起一行。",
    ),
    "or-goes-on": (
        " If the line goes on with the value above, put two more spaces in front of it.",
        "如果这一行是上一行的值没写完，请在行首再加两个空格。",
    ),
    "local-in-text": (
        "Link to the file of the page's record, or to its address from the root: `{mended}`. If readers are meant to see the address itself, put it between backticks.",
        "请链接到那个页面的 .md 文件，或从根开始的地址：`{mended}`。如果就是要给读者看这个地址，请把它放在一对反引号之间。",
    ),
    "local-in-yaml": (
        "Write the address at which readers reach it, beginning with https://.",
        "请写读者能打开的网址，以 https:// 开头。",
    ),
    "local-or-file": (
        "Write the address at which readers reach it, beginning with https://; or put the file beside this one, and write `file: name` instead of `url`.",
        "请写读者能打开的网址，以 https:// 开头；也可以把文件放在这个文件旁边，不写 `url`，改写 `file: 文件名`。",
    ),
    "at-least": ("at least", "至少"),
    "at-most": ("at most", "至多"),
    "yaml-indent": ("the indent does not fit the lines above", "缩进和上面几行对不上"),
    "yaml-no-colon": ("this line has no colon with a space behind it", "这一行没有冒号加空格"),
    "yaml-dash": ("a list cannot begin here", "这里不能开始一个列表"),
    "yaml-no-value": ("a value is missing here", "这里缺少一个值"),
    "yaml-sign": ("nothing can begin with this sign", "这里不能以这个符号开头"),
    "yaml-key": ("a key must be plain text", "键只能是文字"),
    "yaml-other": ("{said}", "从这里开始读不下去"),
    "yaml-colon": ("a `key: value` cannot stand here", "这里不能写 `键: 值`"),
    "asset": ("an asset", "资源文件"),
    "captions": ("a caption track", "字幕"),
    "neither": ("neither", "两样都没有"),
    "both": ("both", "两样都有"),
    "give-one": (
        "Add `url: https://…` if it lies elsewhere, or `file: …` with the name of a file beside this one. If there is none yet, delete the entry.",
        "在别的网站上的，请补上 `url: https://…`；放在这个文件旁边的，请补上 `file: 文件名`。还没有文件的，请先删掉这一项。",
    ),
    "keep-one": (
        "Delete one of the two: `url` is for what lies elsewhere, `file` for a file beside this one.",
        "请删掉其中一个：在别的网站上的用 `url`，放在这个文件旁边的用 `file`。",
    ),
    "stages": ("stage", "学段"),
    "grades": ("grade", "年级"),
    "subjects": ("subject", "学科"),
    "editions": ("edition", "版本"),
    "volumes": ("volume", "册次"),
    "kinds": ("kind", "类型"),
    "audiences": ("audience", "读者对象"),
    "languages": ("language", "语言"),
    "licences": ("licence", "许可"),
    "shown-as-link": ("it is shown as a link", "只显示成链接"),
    "captions-missing": ("no captions are shown", "字幕不会显示"),
    "headings-there": ("Headings there: {known}.", "那里的标题：{known}。"),
    "no-headings": (
        "That page has no headings: leave out `#{anchor}`, or give the text a heading.",
        "那个页面的正文没有标题：请去掉 `#{anchor}`，或先给那段正文加上标题。",
    ),
    "column": ("column", "栏目"),
    "resource": ("resource", "资源"),
    "column-or-resource": ("column or resource", "栏目或资源"),
    "topic": ("topic", "专题"),
    "article": ("page of text", "文字页面"),
    "link": ("linked site", "链接的网站"),
    "hotline": ("hotline", "热线"),
    "link-gathered": (
        " To lead readers to this one, link to it in the topic's text: `[words]({link})`.",
        "想让读者看到它，请在专题的正文里加链接：`[文字]({link})`。",
    ),
    "in-vocabulary": ("The choices stand in content/vocabulary.yaml.", "可选的词见 content/vocabulary.yaml。"),
    "known-columns": (
        "Columns are written as section/column, as in after-school/classic-reading.",
        "栏目写成“版块/栏目”，例如 after-school/classic-reading。",
    ),
    "known-gathered": (
        "A topic gathers columns and resources only, by ID: the name of the folder or file without the ending.",
        "专题只能收栏目和资源，请写它们的 ID：文件夹名，或不带扩展名的文件名。",
    ),
    "known-ids": (
        "Write the ID: the name of its folder or file without the ending.",
        "请写 ID：文件夹名，或不带扩展名的文件名。",
    ),
    "where-top": (
        "Here belong vocabulary.yaml, links.yaml, hotlines.yaml, figures.yaml and redirects.yaml only; a resource is sections/<section>/<column>/<resource>.md, a textbook textbooks/<stage>/<subject>/<textbook>.yaml.",
        "这里只放 vocabulary.yaml、links.yaml、hotlines.yaml、figures.yaml 和 redirects.yaml；资源是 sections/<版块>/<栏目>/<资源>.md，教材是 textbooks/<学段>/<学科>/<教材>.yaml。",
    ),
    "where-section": (
        "A section is sections/<section>/_section.yaml, a column sections/<section>/<column>/_column.yaml, a resource <resource>.md beside it.",
        "版块是 sections/<版块>/_section.yaml，栏目是 sections/<版块>/<栏目>/_column.yaml，资源是旁边的 <资源>.md。",
    ),
    "where-textbook": (
        "A textbook is textbooks/<stage>/<subject>/<textbook>.yaml.",
        "教材是 textbooks/<学段>/<学科>/<教材>.yaml。",
    ),
    "where-markdown": (
        "Here belong .md files with pictures and files that they name.",
        "这里应放 .md 文件和它们用到的图片、文件。",
    ),
}

MESSAGES: dict[str, Message] = {
    # ---- the file as text
    "unreadable-file": _error(
        "this file cannot be read: {reason}",
        "Check the folder and the spelling of its name, and that you may read it; `new` makes what is missing.",
        "无法读取这个文件：{reason}",
        "请检查所在的文件夹、文件名的拼写和读取权限；缺少的文件可以用 `new` 命令生成。",
    ),
    "no-vocabulary": _error(
        "there is no such file, and without it nothing says what stages, subjects and kinds there are",
        "Take it from a backup or from the history of the site, or copy that of a new site: `new site FOLDER` makes one.",
        "没有这个文件；没有它就不知道有哪些学段、学科和类型",
        "请从备份或站点的历史版本里取回；也可以用 `new site 文件夹` 另建一个新站点，复制它的这个文件。",
    ),
    "invalid-utf8": _error(
        "this file is not in the encoding UTF-8, so from here on its text cannot be read",
        "{how}",
        "文件不是 UTF-8 编码，从这里开始的文字读不出来",
        "{how}",
    ),
    "lost-characters": _error(
        "text has been lost here: in the place of characters stands `{value}`, because the file was opened or saved in the wrong encoding ({number} such places in this file)",
        "Saving it again does not bring it back. Take the file again from where it came, open it with the encoding GBK (or GB18030), see that the characters are right, and only then save it as UTF-8. If there is no other copy, type the text anew.{or}",
        "这里的文字已经丢失，变成了 `{value}`：文件曾用错误的编码打开或保存（全文共 {number} 处）",
        "重新保存找不回原来的字。请找到原来的文件，用 GBK（或 GB18030）编码打开，看到文字正确后再存为 UTF-8；找不到的，请重新输入这些字。{or}",
    ),
    "unfinished-merge": _error(
        "two people have changed the same lines, and Git could not decide: the merge is unfinished, and both versions stand in the file",
        "From `<<<<<<<` to `=======` stands one version, from there to `>>>>>>>` the other. Keep the one that is right, or make one of both, and delete the lines with these marks, everywhere in the file. In a text about Git, put a blank in front of such a line.",
        "两个人改了同一处，Git 的合并没有做完，两个版本都留在文件里",
        "`<<<<<<<` 到 `=======` 之间是一个版本，`=======` 到 `>>>>>>>` 之间是另一个版本。请留下正确的那个，或把两个合成一个，再删掉这几行记号，整个文件都要查一遍。如果正文就是在讲 Git，请在这样的行前面加一个空格。",
    ),
    "byte-order-mark": _error(
        "the file begins with an invisible byte order mark",
        "Save it as “UTF-8”, not as “UTF-8 with BOM”.",
        "文件开头有看不见的字节顺序标记（BOM）",
        "请另存为“UTF-8”，不要选“带 BOM 的 UTF-8”。",
    ),
    "control-character": _error(
        "the invisible control character {char} stands here",
        "Delete it and type the text again.",
        "这里有看不见的控制字符 {char}",
        "请删掉它，重新输入这段文字。",
    ),
    "bidi-override": _error(
        "the invisible character {char} turns the direction of the text round, which can hide what it says",
        "Delete it. Right-to-left text needs no such character: say `language: ug`, for example.",
        "看不见的字符 {char} 会颠倒文字方向，可能掩盖真实内容",
        "请删掉它。从右到左的文字不需要这种字符，写明 `language: ug` 等语言即可。",
    ),
    # ---- YAML
    "yaml-syntax": _error(
        "this is not well-formed YAML: {reason}",
        "Compare with the lines round it: each line is `key: value`, and belongs to the line above it by its indent.",
        "YAML 格式有误：{reason}",
        "请对照上下行：每行写成 `键: 值`，用缩进表示从属关系。",
    ),
    "sign-before-value": _error(
        "the value begins with {sign}, which means something else in YAML",
        "Write `{mended}`, with quotes round the whole value.",
        "值以 {sign} 开头，它在 YAML 里另有含义",
        "请写成 `{mended}`，给整个值加上引号。",
    ),
    "colon-in-value": _error(
        "the value holds a colon and a space, so it reads like another key",
        "Write `{mended}`, with quotes round the whole value.{or}",
        "值里有冒号加空格，会被当成另一个键",
        "请写成 `{mended}`，给整个值加上引号。{or}",
    ),
    "sign-before-key": _error(
        "{sign} stands before the name of the field, so the line is not read as a key and its value",
        "Write `{mended}`.",
        "字段名前面有 {sign}，这一行读不出键和值",
        "请写成 `{mended}`。",
    ),
    "full-width-colon": _error(
        "the colon is full-width (：), so the line is not read as a key and its value",
        "Write `{mended}`: a plain colon and a space.",
        "冒号用了全角“：”，这一行读不出键和值",
        "请写成 `{mended}`：半角冒号加一个空格。",
    ),
    "missing-colon": _error(
        "there is no colon behind the name of the field, so the line is not read as a key and its value",
        "Write `{mended}`.{or}",
        "字段名后面没有冒号，这一行读不出键和值",
        "请写成 `{mended}`。{or}",
    ),
    "no-space-after-colon": _error(
        "there is no space after the colon, so the line is not read as a key and its value",
        "Write `{mended}`.",
        "冒号后面没有空格，这一行读不出键和值",
        "请写成 `{mended}`。",
    ),
    "wrong-space-after-colon": _error(
        "the space after the colon is no plain one ({char}), so the line is not read as a key and its value",
        "Write `{mended}`, with a plain space.",
        "冒号后面不是普通空格（{char}），这一行读不出键和值",
        "请写成 `{mended}`，冒号后面用半角空格。",
    ),
    "no-space-after-dash": _error(
        "there is no plain space after the `-`, so the line is not read as an item of a list",
        "Write `{mended}`.",
        "`-` 后面没有半角空格，这一行不会被当成列表里的一项",
        "请写成 `{mended}`。",
    ),
    "other-dash": _error(
        "{sign} is no plain hyphen, so the line is not read as an item of a list",
        "Write `{mended}`, with a hyphen and a space, and likewise the items below.",
        "行首的“{sign}”不是半角减号，这一行不会被当成列表里的一项",
        "请写成 `{mended}`：半角减号加一个空格；下面各项也一样。",
    ),
    "full-width-sign": _error(
        "{sign} is full-width, so what stands between the brackets cannot be divided",
        "Write the plain `{right}`. A text that is meant to hold {sign} needs quotes: '…'.",
        "这里用了全角“{sign}”，读不出括号里的各项",
        "请改成半角 `{right}`。如果“{sign}”是文字的一部分，请给那段文字加单引号：'…'。",
    ),
    "stray-comma": _error(
        "nothing stands in front of this comma, so a value is missing",
        "Delete the comma, or write the missing value in front of it.",
        "这个逗号前面没有值",
        "请删掉这个逗号，或在它前面补上值。",
    ),
    "missing-comma": _error(
        "no comma stands in front of `{value}`, so what is between the brackets cannot be divided",
        "Put a plain comma and a space in front of `{value}`.{or}",
        "`{value}` 前面缺少逗号，括号里的各项分不开",
        "请在 `{value}` 前面加上半角逗号和一个空格。{or}",
    ),
    "wrong-bracket": _error(
        "{sign} cannot close what {opening} has opened",
        "Write {closing} instead.",
        "前面用 {opening} 开头，这里却用 {sign} 结束，两者不配对",
        "请把 {sign} 改成 {closing}。",
    ),
    "stray-bracket": _error(
        "this {sign} closes nothing: no {opening} before it is still open",
        "Delete it, or add the {opening} that belongs to it where the value begins.",
        "这里的 {sign} 是多余的，前面没有与它配对的 {opening}",
        "请删掉它，或在值的开头补上 {opening}。",
    ),
    "not-closed": _error(
        "{sign} opens here and is never closed",
        "Add the {closing} that belongs to it.",
        "这里的 {sign} 没有与它配对的 {closing}",
        "请在值的末尾补上 {closing}。",
    ),
    "quote-in-quotes": _error(
        "the value ends at this {sign}, with which it also begins, but more follows",
        "Write `{mended}`.",
        "值以 {sign} 开头，到这里的 {sign} 就算结束，后面却还有文字",
        "请写成 `{mended}`。",
    ),
    "wrong-closing-quote": _error(
        "the value begins with {sign}, but ends with {wrong}, which closes nothing in YAML",
        "Write `{mended}`, with the same plain quotation mark at both ends.",
        "值以 {sign} 开头，末尾却是 {wrong}，两者不配对",
        "请写成 `{mended}`，首尾用同一种半角引号。",
    ),
    "backslash-in-quotes": _error(
        "between double quotes, a backslash changes what follows it, and here it makes no sense",
        "Write `{mended}`: between single quotes it is a plain sign.",
        "双引号里的反斜杠有特殊含义，这里读不通",
        "请写成 `{mended}`：单引号里的反斜杠就是普通字符。",
    ),
    "tab-indent": _error(
        "the line is indented with a tab",
        "Use spaces: two for each level.",
        "这一行用制表符（Tab）缩进",
        "请改用空格，每一层两个。",
    ),
    "ideographic-indent": _error(
        "the line is indented with a full-width space (U+3000)",
        "Use plain spaces: two for each level.",
        "这一行用全角空格（U+3000）缩进",
        "请改用半角空格，每一层两个。",
    ),
    "no-break-indent": _error(
        "the line is indented with a no-break space (U+00A0), which looks like a plain one",
        "Delete it and type plain spaces: two for each level.",
        "这一行用不换行空格（U+00A0）缩进，它看起来和普通空格一样",
        "请删掉它，改用半角空格，每一层两个。",
    ),
    "full-width-comment": _error(
        "the ＃ is full-width, so what follows it is no comment",
        "Write `{mended}`, with a plain # and a space.{or}",
        "“＃”是全角的，它后面的文字不会被当成注释",
        "请写成 `{mended}`：半角的 # 加一个空格。{or}",
    ),
    "mark-of-a-merge": _error(
        "this line was left by a merge of Git, and is no YAML",
        "Compare the lines above and below it, which may be two versions of the same: keep the one that is right, and delete this line.",
        "这一行是 Git 合并时留下的记号，不属于内容",
        "请对照它上面和下面的各行，那可能是同一处的两个版本：留下正确的，再删掉这一行。",
    ),
    "other-comment": _error(
        "`{value}` is no comment in YAML",
        "Write `{mended}`.",
        "`{value}` 在 YAML 里不是注释",
        "请写成 `{mended}`。",
    ),
    "item-without-dash": _error(
        "no `- ` stands before this item of the list",
        "Write `{mended}`, with the `-` in column {column}.",
        "列表的这一项前面没有 `- `",
        "请写成 `{mended}`，让 `-` 从第 {column} 列开始。",
    ),
    "dividing-line": _error(
        "a line of signs divides nothing here, and cannot be read",
        "Delete it, or make it a comment: `{mended}`.",
        "这一行只有符号，不能用来分隔内容",
        "请删掉它；想留着就写成注释：`{mended}`。",
    ),
    "text-goes-on": _error(
        "no name of a field stands before this line",
        "If it goes on with the value of `{key}`, let it begin in column {column}, and likewise the lines below that belong to it. If it is a field of its own, write it as `key: value`.",
        "这一行前面没有字段名",
        "如果它是 `{key}` 的值没写完，请让它从第 {column} 列开始，下面接着写的各行也一样；如果是另一个字段，请写成 `键: 值`。",
    ),
    "dash-behind-key": _error(
        "a list cannot begin on the line of its name, so `{value}` is not read",
        "For a list, move `{value}` to the next line, and let it begin in column {column}.{or}",
        "列表不能和 `{key}` 写在同一行，`{value}` 读不出来",
        "要写列表，请把 `{value}` 移到下一行，从第 {column} 列开始。{or}",
    ),
    "first-indented": _error(
        "the file begins with an indented line, so `{key}` further below does not belong to it",
        "Let this line, and those that are indented with it, begin in column {column}, as `{key}` does.",
        "文件开头的这一行缩进了，下面的 `{key}` 和它对不上",
        "请让这一行和跟它一起缩进的各行从第 {column} 列开始，与 `{key}` 对齐。",
    ),
    "over-indented": _error(
        "this line stands deeper than the line above, but `{key}` there has its value already",
        "Let it begin in column {column}, below `{key}`.",
        "这一行缩进得比上一行深，而上一行的 `{key}` 已经有值",
        "请让它从第 {column} 列开始，与 `{key}` 对齐。",
    ),
    "misaligned": _error(
        "this line begins in column {here}, which fits none of the lines above",
        "Let it begin in column {column}, below `{key}`.",
        "这一行从第 {here} 列开始，和上面各行的层次都对不上",
        "请让它从第 {column} 列开始，与 `{key}` 对齐。",
    ),
    "duplicate-key": _error(
        "the key `{key}` stands twice in the same record; only one could count",
        "Delete one of the two.",
        "同一条记录里写了两次 `{key}`，只能有一个算数",
        "请删掉其中一个。",
    ),
    "missing-dash": _error(
        "`{key}` begins another record here, but no `- ` stands before it, so it runs into the record above",
        "Write `{mended}`, with the `-` in column {column}, below that of the record above, and the record's other "
        "lines below `{key}`. If no new record is meant, delete the line.",
        "从 `{key}` 起像是新的一条记录，但前面没有 `- `，会和上一条混在一起",
        "请写成 `{mended}`，让 `-` 从第 {column} 列开始，与上一条的 `-` 对齐，这条记录的其余各行与 `{key}` 对齐。如果不是新的一条，请删掉这一行。",
    ),
    "yaml-anchor": _error(
        "YAML anchors (&{name}) are not used here",
        "Delete `&{name}`; write the value out wherever it is needed.",
        "这里不使用 YAML 锚点（&{name}）",
        "请删掉 `&{name}`，需要的地方直接写出值。",
    ),
    "yaml-alias": _error(
        "YAML aliases (*{name}) are not used here",
        "Write the value out, or put quotes round text that begins with `*`.",
        "这里不使用 YAML 别名（*{name}）",
        "请直接写出值；如果文字本身以 `*` 开头，请加引号。",
    ),
    "yaml-tag": _error(
        "YAML tags ({name}) are not used here",
        "Delete it, or put quotes round text that begins with `!`.",
        "这里不使用 YAML 标签（{name}）",
        "请删掉它；如果文字本身以 `!` 开头，请加引号。",
    ),
    "yaml-merge-key": _error(
        "YAML merge keys (<<) are not used here",
        "Write the fields out.",
        "这里不使用 YAML 合并键（<<）",
        "请把各个字段直接写出来。",
    ),
    "several-documents": _error(
        "`---` begins a second document in the same file",
        "One file, one document: delete the line, or make two files.",
        "`---` 在同一个文件里开始了第二个文档",
        "一个文件只写一个文档：请删掉这一行，或拆成两个文件。",
    ),
    "too-deep": _error(
        "lists and records are nested more than {limit} deep",
        "Nothing in the catalogue is that deep: check the indents and brackets.",
        "列表和记录嵌套超过 {limit} 层",
        "目录里没有这么深的结构，请检查缩进和括号。",
    ),
    "not-a-record": _error(
        "the file should hold a record of `key: value` lines, but holds {found}",
        "See the guide for editors, or make the file with `new`.",
        "文件应当是由 `键: 值` 组成的记录，现在却是{found}",
        "请参阅编辑指南，或用 `new` 命令生成文件。",
    ),
    "no-front-matter": _error(
        "the file does not begin with front matter, which is fields between two lines `---`: {why}",
        "Begin with a line `---`, then the fields, then another `---`, then the text.",
        "文件开头没有完整的元数据，即两行 `---` 之间的各个字段：{why}",
        "第一行写 `---`，然后写各字段，再写一行 `---`，下面是正文。",
    ),
    # ---- the form
    "unknown-key": _error(
        "there is no field `{key}` here",
        "Fields here: {known}.",
        "这里没有 `{key}` 这个字段",
        "可用的字段：{known}。",
    ),
    "missing-field": _error(
        "the field `{key}` is missing",
        "Add `{key}: …`.",
        "缺少字段 `{key}`",
        "请补上 `{key}: …`。",
    ),
    "not-a-list": _error(
        "the file should hold a list, each record beginning with `- `",
        "Put `- ` in front of the first line of each record, and two spaces in front of its other lines.",
        "文件应当是一个列表，每条记录以 `- ` 开头",
        "请在每条记录的第一行前加上 `- `，其余各行前加两个空格。",
    ),
    "wrong-type": _error(
        "`{key}` should be {expected}, but is {found}",
        "Write it as in {example}.",
        "`{key}` 应当是{expected}，现在是：{found}",
        "请写成 {example} 这样的形式。",
    ),
    "empty-value": _error(
        "`{key}` has no value",
        "{how}",
        "`{key}` 没有值",
        "{how}",
    ),
    "value-is-comment": _error(
        "`{key}` has no value: after a space, # begins a comment, so `{value}` is lost",
        "Put quotes round the whole value: '…'.",
        "`{key}` 没有值：空格之后的 # 表示注释，`{value}` 丢失了",
        "请给整个值加上单引号：'…'。",
    ),
    "bad-date": _error(
        "`{value}` is not a date in the form year-month-day, or there is no such day",
        "Write year-month-day with hyphens and two digits for month and day, as in 2022-03-05.",
        "`{value}` 不是“年-月-日”形式的日期，或者没有这一天",
        "请写“年-月-日”，月和日各两位数字，例如 2022-03-05。",
    ),
    "bad-period": _error(
        "`{value}` is not a time or period, or its end comes before its beginning",
        "Write 2022, 2022-03 or 2022-03-25, or two of them as in 2022-03-01/2022-03-25; words may follow a comma: 2022-03, first two weeks.",
        "`{value}` 不是时间或时段，或者结束早于开始",
        "请写 2022、2022-03 或 2022-03-25，时段写成 2022-03-01/2022-03-25；说明写在逗号后面，例如 2022-03, first two weeks。",
    ),
    "bad-duration": _error(
        "`{value}` is not a duration",
        "Write it as in PT12M30S (12 minutes 30 seconds) or PT1H5M, in plain digits, at most six in a row.",
        "`{value}` 不是时长",
        "请写成 PT12M30S（12 分 30 秒）或 PT1H5M 这样的形式，用半角数字，每个数字最多六位。",
    ),
    "bad-sha256": _error(
        "`{value}` is not a SHA-256: that has 64 digits 0-9 and a-f in small letters, and this has {number} characters",
        "Copy all of it from where the file comes from, or leave `sha256` out; of a file beside this one it is known.",
        "`{value}` 不是 SHA-256：应当是 64 位数字和小写字母 a-f，这里有 {number} 个字符",
        "请从文件的来源处完整地复制，或去掉 `sha256`；放在旁边的文件会自动得出。",
    ),
    "bad-value": _error(
        "`{value}` will not do for `{key}`: {reason}",
        "See the field's description in the reference.",
        "`{key}` 不能写 `{value}`：{reason}",
        "请查看字段参考里的说明。",
    ),
    "out-of-range": _error(
        "`{key}` must be {bound} {limit}, but is {value}",
        "Write another number.",
        "`{key}` {bound}是 {limit}，现在是 {value}",
        "请换一个数。",
    ),
    "wrong-form": _error(
        "`{value}` is not written as `{key}` has to be",
        "Write it as in {example}.",
        "`{value}` 不符合 `{key}` 的写法",
        "请写成 {example} 这样的形式。",
    ),
    "unknown-choice": _error(
        "`{value}` is not one of the choices for `{key}`",
        "Choices: {known}.",
        "`{key}` 不能选 `{value}`",
        "可选：{known}。",
    ),
    "bad-id": _error(
        "`{value}` cannot be an ID",
        "IDs are lower-case letters a-z and digits, in words joined by `-`, with at least one letter, as in dunhuang-murals-2.",
        "`{value}` 不能用作 ID",
        "ID 由小写字母 a-z 和数字组成，词与词用 `-` 连接，至少含一个字母，例如 dunhuang-murals-2。",
    ),
    "bad-address": _error(
        "`{value}` is not an http(s) address",
        "Write an address that begins with https://.{or}",
        "`{value}` 不是 http(s) 网址",
        "请写以 https:// 开头的网址。{or}",
    ),
    "sign-in-address": _error(
        "the address `{value}` holds “{sign}”, which an address cannot hold here",
        "Write `{mended}`.",
        "网址 `{value}` 里有“{sign}”，网址的这个地方不能有它",
        "请写成 `{mended}`。",
    ),
    "bad-base-url": _error(
        "`{value}` cannot stand before the addresses of pages: it holds a query, a fragment, a user or a password",
        "Write only scheme, host and path, as in https://example.org/catalogue/.",
        "`{value}` 里有查询参数、锚点、用户名或密码，后面不能接页面地址",
        "请只写协议、主机名和路径，例如 https://example.org/catalogue/。",
    ),
    "address-or-file": _error(
        "{thing} needs either `url` or `file`, but has {found}",
        "{remedy}",
        "{thing}要写 `url` 或 `file` 之一，现在{found}",
        "{remedy}",
    ),
    "hours-and-fields": _error(
        "the lesson has `hours` and also `{field}` of its own",
        "Move `{field}` to the class hour it belongs to, or delete `hours`.",
        "这一课写了 `hours`，又在课上写了 `{field}`",
        "请把 `{field}` 移到所属的课时，或删掉 `hours`。",
    ),
    # ---- references
    "unknown-reference": _error(
        "there is no {kind} `{value}`",
        "{known}",
        "没有{kind} `{value}`",
        "{known}",
    ),
    "other-kind": _error(
        "`{value}` is a {other}; here belongs a {kind}",
        "{known}{or}",
        "`{value}` 是{other}，这里要写{kind}",
        "{known}{or}",
    ),
    "grade-outside-stage": _error(
        "grade {value} does not belong to the stage {stage}",
        "Grades there: {known}. Stages with grade {value}: {stages}. Mend the grade or the stage; they stand in content/vocabulary.yaml.",
        "学段 {stage} 没有 {value} 年级",
        "这个学段的年级：{known}。有 {value} 年级的学段：{stages}。请改正年级或学段；学段和年级见 content/vocabulary.yaml。",
    ),
    "duplicate-id": _error(
        "the ID `{value}` is used twice; IDs are unique over the whole catalogue",
        "Give one of the two another ID (the one that is not published yet).",
        "ID `{value}` 用了两次；ID 在整个目录里必须唯一",
        "请给其中一个（尚未发布的那个）换一个 ID。",
    ),
    "duplicate-term": _error(
        "the ID `{value}` stands twice in the same list of the vocabulary",
        "Delete one of the two, or give it another ID.",
        "词表的同一个列表里写了两次 ID `{value}`",
        "请删掉其中一个，或换一个 ID。",
    ),
    "stands-twice": _error(
        "`{value}` stands twice in `{key}`",
        "Delete one of the two.",
        "`{key}` 里写了两次 `{value}`",
        "请删掉其中一个。",
    ),
    "id-is-file-name": _error(
        "the ID is `{value}`, but the file is called {name}",
        "Give both the same name.",
        "ID 是 `{value}`，文件名却是 {name}",
        "请让两者一致。",
    ),
    "wrong-folder": _error(
        "`{field}` is `{value}`, but the file lies in the folder {folder}",
        "Move the file to {right}, or mend `{field}`.",
        "`{field}` 是 `{value}`，文件却放在 {folder}",
        "请把文件移到 {right}，或改正 `{field}`。",
    ),
    "stray-file": _error(
        "nothing reads a file at this place",
        "{where}",
        "文件放在这个位置，程序不会读取",
        "{where}",
    ),
    "missing-file": _error(
        "there is no such file: {value}",
        "Put it beside this file, or mend the name (capital letters count).",
        "找不到文件：{value}",
        "请把它放在这个文件旁边，或改正文件名（区分大小写）。",
    ),
    "wrong-bytes": _error(
        "{name} has {actual} bytes, not {value}",
        "If it is the right file, write `bytes: {actual}`, or leave `bytes` out: the size of a file beside the record is known. If not, put the right file in its place.",
        "{name} 的大小是 {actual} 字节，不是 {value}",
        "如果文件没错，请写 `bytes: {actual}`，或去掉 `bytes`：放在旁边的文件大小会自动得出。如果文件不对，请换成正确的文件。",
    ),
    "wrong-sha256": _error(
        "{name} is not the file whose SHA-256 is given: it has been changed, damaged or mistaken for another",
        "Copy the file anew from where it comes from. If it is the right one, write `sha256: {actual}`, or leave `sha256` out.",
        "{name} 与写明的 SHA-256 不符：文件改过、损坏了，或拿错了",
        "请从来源重新复制这个文件。如果文件没错，请写 `sha256: {actual}`，或去掉 `sha256`。",
    ),
    "leaves-site": _error(
        "`{value}` leads out of the site's folder",
        "Only files of the site can be published. Copy the file in.",
        "`{value}` 指向站点文件夹之外",
        "只能发布站点里的文件，请把文件复制进来。",
    ),
    "address-as-file": _error(
        "`file` is the name of a file beside this one, but `{value}` is an address",
        "Write `url: {value}`.",
        "`file` 要写放在这个文件旁边的文件名，`{value}` 却是网址",
        "请写成 `url: {value}`。",
    ),
    "file-elsewhere": _error(
        "`{value}` lies in another folder; what a record names lies beside it or in a folder below",
        "Copy the file into this folder and write only its name.",
        "`{value}` 在别的文件夹里；文件要放在用到它的记录旁边或下一级文件夹里",
        "请把文件复制到这个文件夹，然后只写文件名。",
    ),
    "backslash-in-path": _error(
        "`{value}` has a backslash, which divides folder and name on some computers only",
        "Write `{mended}`.",
        "`{value}` 里用了反斜杠，只有部分电脑认得它是文件夹与文件名之间的分隔",
        "请写成 `{mended}`。",
    ),
    "symbolic-link": _error(
        "this is a symbolic link; links are not followed, since they can lead out of the site",
        "Replace it with the file itself.",
        "这是符号链接；链接可能指向站点之外，所以不跟随",
        "请换成真正的文件。",
    ),
    "name-of-another-encoding": _error(
        "the file's name is not in UTF-8, as it comes from a ZIP file of an old system; links cannot name it",
        "Give the file another name.",
        "文件名不是 UTF-8 编码（多半来自旧系统打的压缩包），链接没法指向它",
        "请给这个文件重新起名。",
    ),
    "column-without-section": _error(
        "the column lies in a folder that has no _section.yaml",
        "Add {wanted}, or move the column into a section's folder.",
        "栏目所在的文件夹没有 _section.yaml",
        "请新建 {wanted}，或把栏目移到某个版块的文件夹里。",
    ),
    "folder-without-column": _error(
        "the folder has resources but no _column.yaml",
        "Add {wanted}, or move the resources into a column's folder.",
        "文件夹里有资源，却没有 _column.yaml",
        "请新建 {wanted}，或把资源移到某个栏目的文件夹里。",
    ),
    # ---- addresses and links
    "address-taken": _error(
        "two pages want the address {value}",
        "Change the ID or the alias of one of them. Addresses that differ only in capital letters count as the same, and the names of the site's own pages (index, links, new, search …) are taken.",
        "两个页面争用同一个地址 {value}",
        "请改掉其中一个的 ID 或旧地址。只有大小写不同的地址也算相同；index、links、new、search 等是固定页面的名字，不能再用。",
    ),
    "unfit-name": _error(
        "`{value}` cannot be the name of a published file: {reason}",
        "Choose another ID; where it is taken from the name of a file or folder, rename that.",
        "`{value}` 不能用作发布文件的名字：{reason}",
        "请换一个 ID；ID 取自文件名或文件夹名的，请改文件或文件夹的名字。",
    ),
    "alike-names": _error(
        "the names {value} and {other} differ only in {what}, so many disks keep one of the two files",
        "Give one of the two another name; where both hold the same, delete one and name the other.",
        "文件名 {value} 和 {other} 只有{what}不同，在很多磁盘上只能保留其中一个",
        "请给其中一个改名；如果内容相同，请删掉一个，统一用另一个。",
    ),
    "bad-alias": _error(
        "`{value}` cannot be a former address",
        "Write the address of a page from the root, as in after-school/culture-art/old-id.html; its names hold letters, "
        "digits, `-`, `_` and `.`, as every file system takes them.",
        "`{value}` 不能作为旧地址",
        "请写从根开始的页面地址，例如 after-school/culture-art/old-id.html；名称只用各种文件系统都接受的文字、数字、`-`、`_` 和 `.`。",
    ),
    "redirect-loop": _error(
        "the redirects go round in a circle: {value}",
        "Let the last one lead to a page that exists.",
        "跳转绕成了圈：{value}",
        "请让最后一个跳转指向真实存在的页面。",
    ),
    "broken-link": _error(
        "the link leads to {value}, and there is no such page",
        "Link to the file of another record, as in ../classic-reading/abc.md, or to its address from the root, as in /links.html.",
        "链接指向 {value}，但没有这个页面",
        "请链接到另一条记录的文件（如 ../classic-reading/abc.md），或从根开始的地址（如 /links.html）。",
    ),
    "link-without-scheme": _error(
        "the link {value} does not say how its host is reached; on a copy of the site it would lead to a file",
        "Write https: in front of it.",
        "链接 {value} 没有写明协议；从站点的副本里打开时会被当成文件",
        "请在前面加上 https:。",
    ),
    "broken-anchor": _error(
        "the page {value} has no heading `#{anchor}`",
        "{there}",
        "页面 {value} 里没有标题 `#{anchor}`",
        "{there}",
    ),
    "crowded-folder": _error(
        "the folder {value}/ of the site would hold {number} entries; hosts and file systems cope with {limit}",
        "Divide the column into two.",
        "站点文件夹 {value}/ 会有 {number} 个条目，超过托管平台和文件系统能承受的 {limit} 个",
        "请把栏目拆成两个。",
    ),
    "picture-elsewhere": _error(
        "the picture {value} lies elsewhere; pages show only pictures of this site, so that they work offline",
        "Put the picture beside this file and write its name.",
        "图片 {value} 在别的网站上；为了离线可用，页面只显示本站的图片",
        "请把图片放在这个文件旁边，然后写文件名。",
    ),
    "redirect-from-page": _error(
        "the former address {value} is that of a page which still exists",
        "Delete this former address (`from` or one of `aliases`), or mend it.",
        "旧地址 {value} 现在仍是一个页面的地址",
        "请删掉这个旧地址（`from` 或 `aliases` 里的一项），或改正它。",
    ),
    "redirect-to-nowhere": _error(
        "the redirect leads to {value}, and there is no such page",
        "Let `to` be the address of a page from the root, as in after-school/classic-reading.html, or say `kind: gone`.",
        "跳转指向 {value}，但没有这个页面",
        "`to` 请写从根开始的页面地址，例如 after-school/classic-reading.html；如果内容已撤下，请写 `kind: gone`。",
    ),
    "redirect-elsewhere": _error(
        "the redirect leads to {value}, but only pages of this site can take the place of a former address",
        "Let `to` be the address of a page from the root, as in after-school/classic-reading.html. For what has moved to another site, delete `to`, say `kind: gone`, and tell readers in `reason` where it is now.",
        "跳转指向 {value}，而旧地址只能跳转到本站的页面",
        "`to` 请写本站从根开始的页面地址，例如 after-school/classic-reading.html。内容搬到了别的网站，就删掉 `to`，写 `kind: gone`，再用 `reason` 告诉读者现在去哪里找。",
    ),
    "gone-with-target": _error(
        "`kind: gone` says that nothing takes the place of this address, but `to` names {value}",
        "If that page takes its place, write `kind: moved`. If not, delete `to`.",
        "`kind: gone` 表示这个地址没有去处，`to` 却写了 {value}",
        "如果应当跳转到那个页面，请写 `kind: moved`；如果没有去处，请删掉 `to`。",
    ),
    # ---- theme
    "unknown-theme": _error(
        "there is no theme `{value}`",
        "Themes are folders in themes/ with a theme.yaml. Here: {known}.",
        "没有主题 `{value}`",
        "主题是 themes/ 里带有 theme.yaml 的文件夹。现有：{known}。",
    ),
    "theme-loop": _error(
        "the themes extend one another in a circle: {value}",
        "Let one of them extend `default`.",
        "主题互相继承绕成了圈：{value}",
        "请让其中一个继承 `default`。",
    ),
    "no-strings": _error(
        "no theme has the words of the interface in the site's first language, `{value}`",
        "Write {file} with every string of {model} in that language, in a theme of your own that extends `default`; or put another language first.",
        "各主题都没有站点第一语言 `{value}` 的界面文字",
        "请在继承 `default` 的自有主题里新建 {file}，把 {model} 的全部字符串译成这种语言；或者把别的语言放在第一位。",
    ),
    "unknown-string": _error(
        "the theme has no string `{value}` that could be replaced",
        "All its strings stand in {file}.",
        "主题里没有可以替换的字符串 `{value}`",
        "全部字符串见 {file}。",
    ),
    "unknown-gap": _error(
        "no template fills in the `{value}` of the string `{key}`",
        "Gaps that it may have: {known}.",
        "没有模板会填字符串 `{key}` 里的 `{value}`",
        "可用的空位：{known}。",
    ),
    "wrong-braces": _error(
        "the braces of the string `{key}` cannot be read: `{value}`",
        "Write one pair of braces with only a name between them, as in `{example}`. A brace that readers should see is written twice.",
        "字符串 `{key}` 的花括号读不通：`{value}`",
        "请写成 `{example}` 这样的形式：一对花括号，中间只有名字。要给读者看到的花括号请写两个。",
    ),
    "unknown-name": _error(
        "nothing that this template sees is called `{value}`",
        "It sees: {known}.",
        "这个模板里没有叫 `{value}` 的内容",
        "这里可以用：{known}。",
    ),
    "template-error": _error(
        "the template cannot be used: {reason}",
        "Mend it at this line.",
        "模板有误：{reason}",
        "请改正这一行。",
    ),
    "template-too-deep": _error(
        "loops, conditions or brackets are nested too deep here for the template to be used",
        "Count the brackets; put the inner part into a macro, or into a template of its own that is included here.",
        "模板里的循环、条件或括号嵌套得太深，无法使用",
        "请先数一数括号；再把里层移到宏（macro）里，或移到另一个模板里，在这里用 include 引入。",
    ),
    "missing-string": _error(
        "the template uses the string `{value}`, which {file} does not have",
        "Add it there; every language of the interface has every string.",
        "模板用到字符串 `{value}`，但 {file} 里没有",
        "请补上；每种界面语言都要有全部字符串。",
    ),
    "missing-asset": _error(
        "the template uses the file {value}, which no theme has in its assets folder",
        "Add it, or mend the name.",
        "模板用到文件 {value}，但各主题的 assets 文件夹里都没有",
        "请补上文件，或改正名字。",
    ),
    "bad-picture": _error(
        "the picture {value} cannot be used: {reason}",
        "Open it in a program that shows it, and save it as JPEG, PNG or WebP; another name alone does not help. "
        "If no program shows it, take it once more from where it came.",
        "图片 {value} 不能用：{reason}",
        "请用看图软件打开，另存为 JPEG、PNG 或 WebP，只改扩展名没有用；如果打不开，请从来源重新取一份。",
    ),
    "picture-too-large": _error(
        "the picture {value} has more than {limit} pixels, more than readers' phones can take",
        "Make it smaller in a program that edits pictures; 2,560 pixels in width are enough for every screen.",
        "图片 {value} 超过 {limit} 像素，读者的手机吃不消",
        "请用修图软件缩小，宽 2560 像素就足够任何屏幕显示。",
    ),
    "cover-too-high": _error(
        "the cover {value} is {width} pixels wide and {height} high, too narrow to be shown in lists",
        "Cut a part out of it that stands for the whole, at most as high as it is wide.",
        "封面 {value} 宽 {width} 像素、高 {height} 像素，太过细长，列表里显示不了",
        "请截取其中有代表性的一块作封面，高度最好不超过宽度。",
    ),
    "expires-before-publish": _error(
        "the resource expires on {expires}, before it is published on {publish}, so it would never be shown",
        "Set `expires` to a day after `publish`, or leave it out.",
        "{expires} 到期，却要到 {publish} 才发布，所以永远不会显示",
        "请把 `expires` 改成 `publish` 之后的日期，或者删去。",
    ),
    "updated-before-date": _error(
        "the resource was last changed on {updated}, before it was first published on {date}",
        "Mend one of the two days; leave `updated` out where nothing has been changed since.",
        "最近修改（`updated`）是 {updated}，比首次发布（`date`）的 {date} 还早",
        "请改正其中一个日期；发布后没有修改过就去掉 `updated`。",
    ),
    "replaced-by-itself": _error(
        "`{value}` cannot take its own place",
        "Name the resource that takes its place, or leave `replaced_by` out.",
        "`{value}` 不能代替它自己",
        "请写代替它的那份资源的 ID，或者删去 `replaced_by`。",
    ),
    "link-like-a-file": _error(
        "the link leads to `{value}`, which reads like a file of this site",
        "Write `{mended}`.",
        "链接写的是 `{value}`，会被当成本站的文件",
        "请写成 `{mended}`。",
    ),
    "misspelt-scheme": _error(
        "the address `{value}` has a misspelt beginning",
        "Write `{mended}`.",
        "网址 `{value}` 的开头写错了",
        "请写成 `{mended}`。",
    ),
    "file-of-this-computer": _error(
        "`{value}` is a file of your own computer, which readers cannot open",
        "Copy the file beside this one, and write only its name: `{mended}`.",
        "`{value}` 是您自己电脑上的文件，读者打不开",
        "请把文件复制到这个文件旁边，只写文件名：`{mended}`。",
    ),
    "address-of-this-computer": _error(
        "`{value}` works only on your own computer, as the address of a preview does; readers cannot open it",
        "{words}",
        "`{value}` 是您自己电脑上的地址（例如预览），读者打不开",
        "{words}",
    ),
    "second-front-matter": _error(
        "the fields of another record begin here, within the text: one file holds one record, and readers would see the fields",
        "Move all from this line on into a file of its own, whose first line is this `---`; or delete the fields.",
        "正文里又出现了一份元数据：一个文件只能写一条资源，读者会看到这些字段",
        "请把从这一行起的内容移到另一个新文件里（新文件的第一行就是这个 `---`）；多余的，请删掉这些字段。",
    ),
    "refused-scheme": _error(
        "the link {words}: `{value}`",
        "Lead it to an address that begins with https://, to a page of this site, or to a file beside this one.",
        "这个链接{words}：`{value}`",
        "请改成以 https:// 开头的网址、本站的页面，或放在这个文件旁边的文件。",
    ),
    # ---- warnings
    "blank-in-link": _warning(
        "`{value}` is no link or picture, because of the blank in its address; readers see it as it stands",
        "Write `{mended}`. A file's name is best written with `-` instead.",
        "`{value}` 的地址里有空格，读不成链接或图片，读者会看到原样的文字",
        "请写成 `{mended}`；文件名里的空格最好改成 `-`。",
    ),
    "picture-without-alt": _warning(
        "the picture has no alternative text, so those who do not see it get nothing",
        "Say between the square brackets what it shows: `![…]({mended})`.",
        "这张图片没有替代文字，看不见图的人什么也得不到",
        "请在方括号里写清楚画面上有什么：`![…]({mended})`。",
    ),
    "alt-says-nothing": _warning(
        "the alternative text `{value}` does not say what the picture shows",
        "Write it for those who do not see the picture, as in “a red paper lantern in front of a window”.",
        "替代文字 `{value}` 没有说出画面上有什么",
        "请写给看不见图的人听，例如“一盏红色的纸灯笼挂在窗前”。",
    ),
    "raw-html": _warning(
        "`{value}` is HTML, which does nothing in a text: readers see it as it stands",
        "{words} If readers are meant to see it, put it between backticks.",
        "`{value}` 是 HTML，在正文里不起作用，读者会看到原样的文字",
        "{words}如果就是要给读者看这段代码，请把它放在一对反引号之间。",
    ),
    "skipped-heading": _warning(
        "the heading `{value}` skips a level, so those who go by headings look for one that is missing",
        "Write `{mended}`, or put a heading of the level between in front of it.",
        "标题 `{value}` 跳了级，用读屏软件按标题浏览的人会以为漏了内容",
        "请写成 `{mended}`，或在前面补上中间那一级的标题。",
    ),
    "underlined-heading": _warning(
        "the paragraph right above `{value}` becomes a heading",
        "For a line between paragraphs, leave a blank line and write `---`. For a heading, write `{mended}`, and delete this line.",
        "紧挨在 `{value}` 上面的一段文字会变成标题",
        "要画分隔线，请写 `---`，并在它上面空一行；要写标题，请写成 `{mended}`，再删掉这一行。",
    ),
    "indented-prose": _warning(
        "`{value}` is indented by four blanks or a tab, so it is shown as code, in one line however long",
        "Delete the blanks in front of it. If it is code, put it between two lines of three backticks.",
        "`{value}` 前面有四个空格或制表符，会被当成代码显示，也不换行",
        "请删掉行首的空格；网页会自己排版，段落开头不用空格。如果确实是代码，请在它的上下各写一行三个反引号。",
    ),
    "unclosed-fence": _warning(
        "code begins in this line and never ends, so all text below it is shown as code",
        "Write a line {mended} below the code; where there is no code, delete this {mended}.",
        "从这一行开始的代码没有结束，下面的文字都会被当成代码",
        "请在代码后面单独写一行 {mended}；如果没有代码，请删掉这里的 {mended}。",
    ),
    "cells-beyond-head": _warning(
        "this row of the table has more cells than its first row, so `{mended}` is not shown",
        "Give the first and the second row as many cells. A line that belongs to the text of a cell is written `\\|`.",
        "表格的这一行比表头的格数多，多出来的 `{mended}` 不会显示",
        "请给表头和它下面的分隔行补上同样多的格。如果竖线是格子里的文字，请写成 `\\|`。",
    ),
    "tab-table": _warning(
        "these lines are divided by tabs, as pasted from a spreadsheet; readers see no table",
        "Divide the cells by `|`: first `{mended}`, below it `{words}`, then the other rows.",
        "这几行用制表符分列（多半是从 Excel 粘贴来的），网页上不会显示成表格",
        "各列请用 `|` 隔开：第一行写成 `{mended}`，第二行写 `{words}`，下面是其余各行。",
    ),
    "full-width-quote": _warning(
        "`{value}` is no quotation, because its ＞ is full-width",
        "Write `{mended}`.",
        "`{value}` 的“＞”是全角的，不会显示成引文",
        "请写成 `{mended}`。",
    ),
    "bold-underscores": _warning(
        "`{value}` is not set in bold: beside a Chinese character, `__` does nothing",
        "Write `{mended}`. A gap to fill in is written with more of them: `____`.",
        "`{value}` 不会变成粗体：`__` 挨着汉字时不起作用",
        "请写成 `{mended}`。如果是填空的横线，请写长一些：`____`。",
    ),
    "full-width-footnote": _warning(
        "the text of the footnote `{value}` is not found, because its colon is full-width",
        "Write `{mended}`, with a plain colon.",
        "`{value}` 用了全角冒号，读不出脚注的内容",
        "请写成 `{mended}`，用半角冒号加一个空格。",
    ),
    "unused-footnote": _warning(
        "the text of the footnote {value} is not shown, because nothing in the text has the mark `{mended}`",
        "Write `{mended}` where the footnote belongs, or delete it.",
        "脚注 {value} 的内容不会显示：正文里没有 `{mended}` 这个记号",
        "请在要加注的地方写上 `{mended}`，或删掉这条脚注。",
    ),
    "full-width-link": _warning(
        "`{value}` is no link, because its brackets are full-width; readers see it as it stands",
        "Write `{mended}`.",
        "`{value}` 的括号是全角的，不是链接，读者会看到原样的文字",
        "请写成 `{mended}`。",
    ),
    "full-width-picture": _warning(
        "`{value}` is a link and shows no picture, because its ！ is full-width",
        "Write `{mended}`.",
        "`{value}` 的叹号是全角的，只是一个链接，不会显示图片",
        "请写成 `{mended}`。",
    ),
    "broken-brackets": _warning(
        "`{value}` is no link or picture, because {words}; readers see it as it stands",
        "Write `{mended}`.",
        "`{value}` {words}，读不成链接或图片，读者会看到原样的文字",
        "请写成 `{mended}`。",
    ),
    "bare-address": _warning(
        "`{value}` is no link; readers see the address and cannot follow it",
        "Write `<{mended}>`, or with words to read `[…]({mended})`.",
        "`{value}` 不会变成链接，读者点不开",
        "请写成 `<{mended}>`，或配上名称：`[…]({mended})`。",
    ),
    "loose-stars": _warning(
        "`{value}` is not set in bold, because a blank stands within its stars",
        "Write `{mended}`.",
        "`{value}` 的星号里侧有空格，不会变成粗体",
        "请写成 `{mended}`。",
    ),
    "lone-stars": _warning(
        "the stars of `{value}` have no counterpart, so readers see them",
        "Write `**` right before the first and right behind the last of the words in bold, within a paragraph.",
        "`{value}` 的星号没有配成对，读者会看到星号",
        "请在同一段里，紧挨着粗体的第一个字和最后一个字各写一个 `**`。",
    ),
    "list-without-space": _warning(
        "`{value}` and the lines that follow it are no list, and are not shown as one",
        "Begin every item as Markdown does, on a line of its own and with a blank: `{mended}`.",
        "从 `{value}` 起的几行读不成列表，在网页上不会显示成列表",
        "每一项单独一行，开头按 Markdown 的写法并空一格：`{mended}`。",
    ),
    "table-without-rule": _warning(
        "this is no table, because no rule of as many cells stands below its first line",
        "Make its second line `{mended}`.",
        "读不出表格：第一行下面少了格数相同的分隔行",
        "请把第二行写成 `{mended}`。",
    ),
    "full-width-stars": _warning(
        "`{value}` is not set in bold, because its stars are full-width",
        "Write `{mended}`.",
        "`{value}` 的星号是全角的，不会变成粗体",
        "请写成 `{mended}`。",
    ),
    "full-width-table": _warning(
        "this is no table, because its lines are full-width (｜)",
        "Write `|` everywhere in it, and `-` in its second line: `{mended}`.",
        "表格的竖线是全角“｜”，读不出表格",
        "整个表格的竖线请用半角 `|`，第二行用半角 `-`：`{mended}`。",
    ),
    "heading-without-space": _warning(
        "`{value}` is no heading, because no plain space follows the #",
        "Write `{mended}`.",
        "`{value}` 不是标题：# 后面没有半角空格，或 # 是全角的",
        "请写成 `{mended}`。",
    ),
    "unknown-footnote": _warning(
        "the footnote {value} has no text, so readers see its sign as it stands",
        "Add a line of its own, with a plain colon: `{mended}`.",
        "脚注 {value} 没有对应的内容，读者会看到原样的记号",
        "请另起一行写上内容，用半角冒号：`{mended}`。",
    ),
    "empty-link": _warning(
        "the link `{value}` leads nowhere",
        "Write an address or a file between the round brackets, or delete the brackets.",
        "链接 `{value}` 没有写去处",
        "请在圆括号里写上网址或文件名，或去掉括号。",
    ),
    "captions-without-header": _warning(
        "the captions are not shown, because the file does not begin with `WEBVTT`",
        "Let `WEBVTT` be the first line, and leave the second one empty. SRT files have to be converted.",
        "文件开头不是 `WEBVTT`，字幕不会显示",
        "第一行请写 `WEBVTT`，第二行空着。SRT 字幕要先转换成 WebVTT。",
    ),
    "wrong-caption-time": _warning(
        "{number} times of the captions cannot be read, or end before they begin; this is the first",
        "Write it as in `00:04.000 --> 00:07.500`, with a point before the thousandths.",
        "字幕里有 {number} 处时间读不出来，或结束早于开始，这是第一处",
        "请写成 `00:04.000 --> 00:07.500` 这样的形式，毫秒前面用句点。",
    ),
    "unencrypted-media": _warning(
        "`{value}` begins with http:, and browsers play only what comes over https on our pages, so {instead}",
        "Write https: if the host offers it, or put the file beside this one. If neither is possible, leave it: readers get the link.",
        "`{value}` 以 http: 开头，而页面只播放经 https 传送的音视频，所以{instead}",
        "如果对方支持，请改成 https:，或把文件放在这个文件旁边。都做不到就不用管：读者可以点链接。",
    ),
    "not-played": _warning(
        "`{value}` cannot be played: {words}",
        "{remedy}",
        "`{value}` 在页面上播放不了：{words}",
        "{remedy}",
    ),
    "not-as-named": _warning(
        "{value} is not what its name says: {reason}",
        "Open it on your computer. If it does not open, take it once more from where it came; if it does, give it the "
        "ending that fits.",
        "{value} 的内容和扩展名不符：{reason}",
        "请在电脑上打开看看：打不开就从来源重新取一份；能打开，就把扩展名改对。",
    ),
    "unused-file": _warning(
        "no record names this file, so readers do not get it",
        "{remedy}",
        "没有记录用到这个文件，读者看不到它",
        "{remedy}",
    ),
    "unlikely-day": _warning(
        "the day `{field}: {value}` {words}",
        "{remedy}",
        "`{field}: {value}` 这个日期{words}",
        "{remedy}",
    ),
    "textbook-without-lessons": _warning(
        "the textbook has no lessons yet",
        "Add `units:` when its table of contents is known.",
        "这本教材还没有课",
        "知道目录后请补上 `units:`。",
    ),
    "topic-gathers-nothing": _warning(
        "the topic gathers nothing yet, and its text leads nowhere",
        "Write the IDs of columns and resources in `gathers`, as in `gathers: [classic-reading, dunhuang-murals]`.",
        "这个专题还没有收任何内容，正文里也没有链接",
        "请在 `gathers` 里写上栏目和资源的 ID，例如 `gathers: [classic-reading, dunhuang-murals]`。",
    ),
    "replaced-but-shown": _warning(
        "`{value}` takes the place of this resource, which is shown all the same, with a note that there is a newer one",
        "To withdraw it, write `status: retired`: then its address leads to the new one. If both are to be shown, leave it.",
        "`{value}` 已经代替了这份资源，它却还在显示，页面上注明有新的",
        "要撤下它，请写 `status: retired`，旧地址会自动跳转到新的。如果两份都要显示，就不用管。",
    ),
    "equal-titles": _warning(
        "two resources of one kind have the same title in this column, `{value}`, so readers cannot see which is which ({number} such titles in the column)",
        "Say in the title what is different, such as the year, the part or the class; if it is the same resource, delete one of the two.",
        "同一栏目里有两份同类资源都叫 `{value}`，读者分不清（这个栏目里这样的标题共 {number} 个）",
        "请在标题里写出区别，例如年份、第几部分或班级；如果是同一份资源，请删掉其中一个。",
    ),
    "hour-without-assets": _warning(
        "{number} class hours of this textbook have no assets yet; this is the first",
        "Add `assets:` when there is a video, slides or a worksheet.",
        "这本教材有 {number} 个课时还没有资源文件，这是第一个",
        "有了视频、课件或学习任务单后请补上 `assets:`。",
    ),
    "words-together": _warning(
        "`{value}` is one word of `{key}`: only a plain comma divides a list",
        "Write `{mended}`. If it is one word indeed, put it between quotes.",
        "`{value}` 只算 `{key}` 里的一个词：列表要用半角逗号分开",
        "请写成 `{mended}`。如果确实是一个词，请加引号。",
    ),
    "half-quoted": _warning(
        "`{value}` has one quotation mark, where two belong; readers see it as it is",
        "Write `{mended}`, or leave the quotation mark out.",
        "`{value}` 只有一个引号，网页上会照样显示出来",
        "请写成 `{mended}`，或者去掉这个引号。",
    ),
    "lost-text": _warning(
        "`{value}` is lost: after a space, # begins a comment",
        "Put quotes round the whole value to keep it; write `# ` with a space if it is a comment.",
        "`{value}` 丢失了：空格之后的 # 表示注释",
        "要保留这段文字，请给整个值加引号；如果确实是注释，# 后请空一格。",
    ),
    "stale-hotline": _warning(
        "the number was verified on {value}, more than {limit} days ago, so it is withheld from the pages",
        "Call the number, then set `verified_on` to today.",
        "这个号码上次核实是 {value}，已超过 {limit} 天，页面上不再显示",
        "请打电话核实，然后把 `verified_on` 改成今天。",
    ),
    "date-in-future": _warning(
        "{value} is still to come, so nothing can have been verified on that day",
        "Set `verified_on` to the day of the check. Until that day a hotline is withheld from the pages.",
        "{value} 还没有到，不可能在那天核实过",
        "请把 `verified_on` 改成实际核实的日期。在那天之前，热线号码不在页面上显示。",
    ),
    "stale-link": _warning(
        "the site's address was verified on {value}, more than a year ago",
        "Open it in a browser, then set `verified_on` to today.",
        "这个网址上次核实是 {value}，已经超过一年",
        "请用浏览器打开确认，然后把 `verified_on` 改成今天。",
    ),
    "link-never-verified": _warning(
        "the site's address has never been verified, so pages show its name without a link",
        "Open it in a browser, then add `verified_on` with today's date.",
        "这个网址从未核实，页面上只列名称，不加链接",
        "请用浏览器打开确认，然后补上 `verified_on`，写今天的日期。",
    ),
    "title-without-language": _warning(
        "the title counts as {own}, the site's language, but the resource is in {value}",
        "Say which it is, as in `title: {{{value}: …}}`; a title in {own} too lets readers find it.",
        "标题没有写明语言，会算作站点的语言 {own}，但这份资源的语言是 {value}",
        "请写明标题的语言，例如 `title: {{{value}: …}}`；最好也写上 {own} 的标题，方便读者找到。",
    ),
    "own-address": _warning(
        "the link leads to `{value}`, an address of this site (see `base_url` in site.yaml), and there is no such page today",
        "Link to the file of the page's record, or to its address from the root, as in /links.html: that works offline too. If something beside the catalogue stands at this address, leave it.",
        "链接指向 `{value}`，这是本站的地址（见 site.yaml 的 `base_url`），但现在没有这个页面",
        "请链接到那个页面的 .md 文件，或从根开始的地址（如 /links.html），这样离线也能打开。如果那里是目录以外的内容，就不用管。",
    ),
    "link-to-hidden": _warning(
        "the link leads to {value}, which is not published today; it is shown as plain text",
        "If the page is only to come later, nothing is to do: the link appears when the page does. If it has expired or "
        "was withdrawn, take the link out.",
        "链接指向 {value}，它今天没有发布，所以只显示文字",
        "如果页面以后才发布就不用管，到时候链接会自动出现；如果它已经到期或撤下，请去掉这个链接。",
    ),
}
