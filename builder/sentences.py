"""What the program says beside problems, in English and Chinese: data only."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    # ---- what ends a command
    "no-dask": (
        "nothing was written, because Dask is not installed; run `pip install 'school-catalogue[dask]'`, then build again",
        "没有写入任何文件：没有安装 Dask；请运行 `pip install 'school-catalogue[dask]'`，再构建一次",
    ),
    "no-scheduler": (
        "nothing was written, because no Dask scheduler answers at {place} ({reason}); "
        "see that it runs and can be reached from here, then build again",
        "没有写入任何文件：{place} 没有 Dask 调度器应答（{reason}）；请确认它在运行，并且从这里连得上，再构建一次",
    ),
    "no-workers": (
        "nothing was written, because the Dask cluster at {place} has no workers; start some, then build again",
        "没有写入任何文件：{place} 的 Dask 集群没有工作进程；请启动几个，再构建一次",
    ),
    "no-program": (
        "nothing was written, because a worker does not have this program ({reason}); "
        "install the same version on every machine of the cluster, then build again",
        "没有写入任何文件：有一个工作进程没有本程序（{reason}）；请在集群的每台机器上安装同一版本，再构建一次",
    ),
    "other-program": (
        "nothing was written, because the worker on {machine} runs another version of this program, of Python or of a "
        "library; install the same there and start the worker anew, then build again",
        "没有写入任何文件：{machine} 上的工作进程用的程序、Python 或库的版本与这里不同；"
        "请在那里安装相同的版本，重新启动它，再构建一次",
    ),
    "other-folder": (
        "nothing was written, because the worker on {machine} does not see this site at {place}; "
        "share the site's folder with all workers, at the same path, then build again",
        "没有写入任何文件：{machine} 上的工作进程在 {place} 看不到这个网站；"
        "请让所有工作进程共享网站的文件夹，路径也要相同，再构建一次",
    ),
    "other-output": (
        "nothing was written, because a worker does not see {place}, where new files wait; "
        "share the output's folder with all workers, at the same path, then build again",
        "没有写入任何文件：有一个工作进程看不到存放新文件的 {place}；"
        "请让所有工作进程共享输出文件夹，路径也要相同，再构建一次",
    ),
    "stopped": ("stopped", "已停止"),
    "stopped-build": (
        "stopped; what has been published is whole, and the next build goes on from there",
        "已停止；已经发布的内容是完整的，下次构建会接着完成",
    ),
    "another-build": (
        "nothing was written, because another build is writing to {place}; wait until it has ended, then build again",
        "没有写入任何文件：另一个构建正在写入 {place}；等它结束后再构建一次",
    ),
    "in-the-way": (
        "{number:,} file{s} or folder{s} stand where the site's own belong, and this program does not know them:",
        "有 {number:,} 个文件或文件夹占了网页的位置，本程序不认识它们：",
    ),
    "move-elsewhere": (
        "nothing was written; move these elsewhere, or choose another folder with `--out`, then build again",
        "没有写入任何文件；请把它们移到别处，或用 `--out` 另选文件夹，再构建一次",
    ),
    "replace-by-clean": (
        "nothing was written; move these elsewhere, or choose another folder with `--out`, then build again. "
        "If they come from an earlier build, `{program} build --clean` replaces them",
        "没有写入任何文件；请把它们移到别处，或用 `--out` 另选文件夹，再构建一次。"
        "如果它们是以前构建出来的，可以用 `{program} build --clean` 替换掉",
    ),
    "saved-meanwhile": (
        "nothing was written, because {place} was saved while the site was being built; build again",
        "没有写入任何文件：构建期间 {place} 被重新保存了；请再构建一次",
    ),
    "nothing-written": ("Nothing was written.", "没有写入任何文件。"),
    "worker-died": (
        "nothing was written, because a worker process ended; if the memory is full, build again with `--jobs 1`",
        "没有写入任何文件：一个工作进程中途结束了；如果是内存不足，请用 `--jobs 1` 再构建一次",
    ),
    "workers-lost": (
        "Workers that ended in the middle of their work: {number}; others have done it again. If the memory is full, "
        "build with fewer `--jobs`.",
        "中途结束的工作进程：{number} 个，它们的工作已由其他进程重做。如果是内存不足，请减少 `--jobs`。",
    ),
    "cluster-died": (
        "nothing was written, because workers of the Dask cluster at {place} ended; look at their logs and their memory, "
        "start them anew and build again, or leave out `--scheduler`",
        "没有写入任何文件：{place} 的 Dask 集群有工作进程中途结束了；"
        "请查看它们的日志和内存，重新启动后再构建一次，或去掉 `--scheduler`",
    ),
    "not-published": (
        "nothing was published, because {place} cannot be written: {reason}; "
        "{remedy}, or choose another folder with `--out`, then build again",
        "没有发布任何文件：{place} 写不进去，{reason}；{remedy}，或用 `--out` 另选文件夹，再构建一次",
    ),
    "cut-off": (
        "publishing stopped half-way, because {place} cannot be written: {reason}; "
        "{remedy}, or choose another folder with `--out`; "
        "every file that is there is whole, and the next build puts the rest in place",
        "发布到一半停下了：{place} 写不进去，{reason}；{remedy}，或用 `--out` 另选文件夹；"
        "已有的文件都是完整的，下次构建会补齐其余的",
    ),
    "report-not-written": (
        "the site is built, but its report {place} cannot be written: {reason}; "
        "{remedy}, or choose another place with `--report`, then build again",
        "网站已经构建好，但报告 {place} 写不进去，{reason}；{remedy}，或用 `--report` 另选位置，再构建一次",
    ),
    "refused": (
        "{place} cannot be used: {reason}; {remedy}, then try again",
        "{place} 用不了，{reason}；{remedy}，再试一次",
    ),
    "refused-somewhere": (
        "the system does not let the program go on: {reason}; {remedy}, then try again",
        "系统不让程序继续，{reason}；{remedy}，再试一次",
    ),
    # ---- why the system has refused something, and what to do about it
    "disk-full": ("the disk is full", "磁盘已满"),
    "disk-full-remedy": ("free some space", "请腾出空间"),
    "read-only": ("the disk is read-only", "磁盘是只读的"),
    "read-only-remedy": ("make it writable", "请把它改为可写"),
    "no-permission": ("permission is missing, or another program holds it open", "没有权限，或文件正被别的程序打开"),
    "no-permission-remedy": (
        "get permission for it and close programs that show it",
        "请取得权限，关闭正在使用它的程序",
    ),
    "other-disk": ("it lies on another disk than the folder around it", "它和上一级文件夹不在同一个磁盘上"),
    "other-disk-remedy": ("use a folder inside it", "请用它里面的一个文件夹"),
    "not-there": ("it is not there", "找不到它"),
    "not-there-remedy": ("put it back, or mend what names it", "请把它放回去，或改正写它名字的地方"),
    "any-remedy": ("mend that", "请先排除"),
    "our-fault": (
        "the program itself failed; this is a fault of ours, please report it with the text above",
        "程序本身出了错，这是我们的问题；请把上面的文字发给我们",
    ),
    "port-taken": (
        "port {port} is taken; leave --port out, or choose another",
        "端口 {port} 已被占用；请去掉 --port，或换一个端口",
    ),
    # ---- phases of the work
    "phase-scan": ("looking for files", "查找文件"),
    "phase-read": ("reading", "读取"),
    "phase-plan": ("planning", "安排页面"),
    "phase-render": ("rendering", "生成页面"),
    "phase-search": ("indexing texts", "编制正文索引"),
    "phase-publish": ("publishing", "发布"),
    "phase-check": ("checking", "检查"),
    "phase-sample": ("writing the sample", "写示例"),
    # ---- build
    "built": (
        "{resources:,} resources · {pages:,} pages · {written:,} written, {removed:,} removed, {unchanged:,} unchanged · "
        "{seconds:.2f} s · {megabytes:.0f} MB",
        "资源 {resources:,} 份 · 页面 {pages:,} 个 · 写入 {written:,}，删除 {removed:,}，未变 {unchanged:,} · "
        "{seconds:.2f} 秒 · {megabytes:.0f} MB",
    ),
    "foreign": (
        "{number:,} file{s} not ours and left alone in {folder}:",
        "{folder} 里有 {number:,} 个文件不是本程序写的，保持原样：",
    ),
    "replaced": (
        "{number:,} file{s} not known to be ours and replaced in {folder}:",
        "{folder} 里有 {number:,} 个文件无法确定是不是本程序写的，已经替换：",
    ),
    "gone": (
        "{number:,} file{s} gone without a redirect; `aliases:` or redirects.yaml keeps old links alive:",
        "{number:,} 个页面删除了，没有留下跳转；写 `aliases:` 或 redirects.yaml 可以让旧链接继续有效：",
    ),
    "different": ("{number:,} file{s} different from a clean build:", "{number:,} 个文件和从头生成的不一样："),
    "verified": (
        "verified: every file is as a clean build makes it",
        "已核对：所有文件都和从头生成的一样",
    ),
    "verified-different": (
        "verified: {number:,} file{s} different from a clean build",
        "已核对：有 {number:,} 个文件和从头生成的不一样",
    ),
    "verified-told-otherwise": (
        "verified: every file is as a clean build makes it, but that counts or warns otherwise",
        "已核对：所有文件都和从头生成的一样，但统计数字或警告不一样",
    ),
    "verified-refused": (
        "verified: a clean build refuses this site, but the output has been taken for right; build with `--clean`, "
        "which will refuse it, too, until the errors are gone",
        "已核对：从头生成会拒绝这个站点，而现有的输出却被当成是对的；改正错误后，请用 `--clean` 构建",
    ),
    "output-in-site": (
        "{folder} holds the site's own files; the output needs a folder of its own",
        "{folder} 里有站点自己的文件；输出要用单独的文件夹",
    ),
    "link-to-nowhere": (
        "{place} is a link that leads nowhere; remove it",
        "{place} 是一个失效的链接，它指向的地方已经没有了；请把它删掉",
    ),
    "jobs-and-scheduler": (
        "--jobs counts processes of this machine; with --scheduler the cluster's workers do the work; leave one of them out",
        "--jobs 是本机的进程数；用了 --scheduler，工作由集群的工作进程来做；请去掉其中一个",
    ),
    "report-place": (
        "{file} cannot be written, because of {there}; choose another place for the report",
        "无法写入 {file}，问题在 {there}；请给报告换一个位置",
    ),
    "no-such-address": (
        "no file has the address {address}; addresses count from the root, as in index.html, and paths from the site's folder",
        "没有地址为 {address} 的文件；地址从根算起，例如 index.html，路径从站点文件夹算起，例如 content/links.yaml",
    ),
    "not-shown-today": (
        "{address} is not published today: a draft, scheduled, expired or retired; with --drafts the first two are",
        "{address} 今天没有发布：可能是草稿、没到日子、过了期或已撤下；前两种加上 --drafts 就能看",
    ),
    "several-pages": (
        "{number:,} pages are written in {file}; ask about one of them, such as {some}",
        "{file} 里写着 {number:,} 个页面；请指明其中一个，例如 {some}",
    ),
    "explained-own": ("written in {number:,} file{s}:", "写在 {number:,} 个文件里，要改就改这里："),
    "explained-shown": (
        "shows something of {number:,} other file{s}:",
        "还显示另外 {number:,} 个文件里的内容：",
    ),
    "explained-shared": (
        "has in common with every page {number:,} file{s}:",
        "和所有页面共用 {number:,} 个文件：",
    ),
    "explained-theme": ("made by {number:,} file{s} of the theme:", "由主题的 {number:,} 个文件生成："),
    "explained-program": (
        "made by the program itself, of no file of the site",
        "由程序自己生成，不取自站点的任何文件",
    ),
    "explained-rest": ("… and {number:,} more", "……另有 {number:,} 个"),
    "made-for": ("made the last time for: {causes}", "上次生成的原因：{causes}"),
    "made-along": (
        "made along with other pages the last time, for {causes}: it shows nothing of that, and stayed as it was",
        "上次是随其他页面一起重做的（因为 {causes}）：它不显示其中的内容，所以保持原样",
    ),
    "changed-since": ("changed since: {causes}", "此后有变化：{causes}"),
    "comma": (", ", "、"),
    # ---- the parts of which a bundle is made, and why else it is made
    "part-program": ("the program", "程序本身"),
    "part-common-settings": ("site.yaml", "site.yaml"),
    "part-common-vocabulary": ("content/vocabulary.yaml", "content/vocabulary.yaml"),
    "part-common-sections": ("sections and columns", "版块和栏目"),
    "part-common-stages": ("which stages and subjects have textbooks", "哪些学段、学科有教材"),
    "part-common-articles": ("titles of pages of text", "文字页面的标题"),
    "part-common-search": ("whether there is search", "有没有搜索"),
    "part-common-early": ("scheduled resources that are shown already", "提前显示的定时发布资源"),
    "part-theme-templates": ("templates of the theme", "主题的模板"),
    "part-theme-strings": ("strings of the theme", "主题的文字"),
    "part-theme-assets": ("styles, scripts and pictures of the theme", "主题的样式、脚本和图片"),
    "part-new": ("it is new", "它是新的"),
    "part-damaged": ("a file in the output was not as it had been written", "输出里有文件在写入之后被改动过"),
    "part-lists": ("resources in its lists, or beside its own", "列表里的资源，或列在它旁边的资源"),
    "part-textbooks": ("other textbooks", "其他教材"),
    "part-replacements": ("resources that take the place of its own", "替代它的资源"),
    "part-topics": ("special topics", "专题"),
    "part-articles": ("its text", "它的文字"),
    "part-texts": ("texts of its pages", "各页的正文"),
    "part-indexes": ("indexes of texts", "正文的索引"),
    "part-linked": ("content/links.yaml", "content/links.yaml"),
    "part-hotlines": ("content/hotlines.yaml", "content/hotlines.yaml"),
    "part-figures": ("content/figures.yaml", "content/figures.yaml"),
    "part-charts": ("charts", "图表"),
    "part-moves": ("former addresses", "旧地址"),
    "part-links": ("where its links lead", "链接通往的地方"),
    "part-attachments": ("files that it names", "它用到的文件"),
    "part-covers": ("covers", "封面"),
    # ---- serve
    "preview-started": ("{url} · building · Ctrl-C ends the preview", "{url} · 正在生成 · 按 Ctrl-C 结束预览"),
    "saved-all-the-time": (
        "a file was saved again and again while the site was built; save once more when that is over",
        "构建期间一直有文件在保存；等保存停下来，再保存一次就会重新构建",
    ),
    "preview-ended": (
        "the process that builds the site has ended; if the memory is full, close other programs; "
        "then save a file to begin another",
        "构建网站的进程中途结束了；如果是内存不足，请关闭别的程序；然后保存一个文件，就会重新开始",
    ),
    "preview-refused": (
        "the pages were not made, because {place} cannot be used: {reason}; {remedy}, then save a file to try again",
        "没有生成页面：{place} 用不了，{reason}；{remedy}，然后保存一个文件再试一次",
    ),
    "cannot-watch": (
        "the system does not tell the preview of saves ({reason}); close other previews and editors that watch folders, "
        "or allow more (on Linux the settings fs.inotify.max_user_watches and fs.inotify.max_user_instances), "
        "then start it again",
        "系统没有把存盘的消息通知预览（{reason}）；请关闭别的预览和监视文件夹的编辑器，"
        "或放宽限制（Linux 上的 fs.inotify.max_user_watches 和 fs.inotify.max_user_instances），再重新启动",
    ),
    "whole-site": ("site", "站点"),
    "and-more": ("{file} and {number} more", "{file} 等 {number} 个文件"),
    "pages-written": ("{number:,} page{s} written", "写入 {number:,} 个页面"),
    "seconds": ("{number:.2f} s", "{number:.2f} 秒"),
    "errors": ("{number:,} error{s}", "错误 {number:,} 个"),
    "warnings": ("{number:,} warning{s}", "警告 {number:,} 个"),
    # ---- sample and schema
    "sampled": (
        "{resources:,} resources · {hours:,} class hours in {books:,} textbooks · {hidden:,} more that are not published",
        "资源 {resources:,} 份 · {books:,} 本教材，共 {hours:,} 个课时 · 另有 {hidden:,} 份没有发布",
    ),
    "schemas-stale": (
        "These are not up to date: `{program} schema` writes them.",
        "这些不是最新的：运行 `{program} schema` 更新。",
    ),
    "schemas-right": ("{folder}/ is up to date.", "{folder}/ 已是最新。"),
    # ---- new
    "is-draft": (
        "It is a draft: --drafts shows it, `status: live` publishes it.",
        "这是草稿：加 --drafts 能看到，改成 `status: live` 就发布。",
    ),
    "is-live": (
        "The next build publishes it. To hold it back, put a dot before its name: {hidden}. As long as it has the dot, "
        "no record may link to it, gather it or name it.",
        "下次构建就会发布。要先不发布，请在名字前面加一个点，改名为 {hidden}。加着点的时候，别的记录不能链接到它，也不能写它的 ID。",
    ),
    "is-live-in-file": (
        "The next build publishes it. To hold it back, put a `#` at the very beginning of {lines} of {file}, like this:\n"
        "{shown}\nTo publish it, delete the `#` again.",
        "下次构建就会发布。暂时不想发布，就打开 {file}，在{lines}的最前面加上 `#`，改成这样：\n{shown}\n"
        "要发布的时候，再把 `#` 删掉。",
    ),
    "line": ("line {first}", "第 {first} 行"),
    "lines": ("each of the lines {first} to {last}", "第 {first} 行到第 {last} 行每一行"),
    "is-live-in-line": (
        "The next build publishes it. To hold it back, take it out of line {line} of {file} again, "
        "and run this command once more when the time has come.",
        "下次构建就会发布。暂时不想发布，就打开 {file}，从第 {line} 行里把它删掉，到时候再运行一次这条命令。",
    ),
    "no-site": (
        "there is no site.yaml in {folder}. Go into the site's folder, name it with `--site DIR`, "
        "or make one with `{program} new site DIR --title …`.",
        "{folder} 里没有 site.yaml。请先进入站点的文件夹，或用 `--site 文件夹` 指明，"
        "或用 `{program} new site 文件夹 --title …` 新建一个。",
    ),
    "folder-not-empty": (
        "the folder {folder} is not empty; a new site needs one of its own",
        "文件夹 {folder} 不是空的；新站点要用单独的文件夹",
    ),
    "id-taken": (
        "the ID `{value}` is taken in {file}; IDs are unique over the whole catalogue",
        "ID `{value}` 已经用在 {file}；ID 在整个目录里必须唯一",
    ),
    "former-address": (
        "{file} says that {address} is a former address; choose another ID",
        "{file} 写明 {address} 是旧地址；请换一个 ID",
    ),
    "page-there": (
        "the site has a page at {address} already; choose another ID",
        "站点已有地址为 {address} 的页面；请换一个 ID",
    ),
    "hour-there": (
        "a class hour of another lesson has its page at {address}; choose another ID",
        "另一课的课时页面地址已经是 {address}；请换一个 ID",
    ),
    "title-is-a-line": (
        "a title is one line of text that is not empty; write it as in `--title 走近敦煌`",
        "标题是一行文字，不能为空；请写成 `--title 走近敦煌` 这样的形式",
    ),
    "no-column-path": (
        "`{value}` should be SECTION/ID, as in after-school/chess",
        "`{value}` 应当写成“版块/ID”，例如 after-school/chess",
    ),
    "no-resource-path": (
        "`{value}` should be SECTION/COLUMN/ID, as in after-school/chess/first-moves",
        "`{value}` 应当写成“版块/栏目/ID”，例如 after-school/chess/first-moves",
    ),
    "new-settings": (
        "What holds for the whole site. The first language is the site's own.",
        "整个网站的设置。列在最前的语言是网站自己的语言。",
    ),
    "new-words": (
        "The words that records choose from, in the order shown. An ID never changes, a title may.",
        "各条记录可以选用的词。这里的先后就是显示的先后；ID 从不改变，名称可以改。",
    ),
    "new-book": (
        "A made-up textbook: copy it, or make your own with ",
        "虚构的教材：可以照着抄一本，也可以新建一本：",
    ),
    "new-site-made": ("`{command}` shows it in a browser while you write", "运行 `{command}`，边写边在浏览器里看"),
    "file-there": ("{file} is there already; it was left as it is", "{file} 已经存在，没有动它"),
    "leads-outside": (
        "{file} would lie outside of the site's folder; a symbolic link leads there",
        "{file} 会落在站点文件夹之外，因为有符号链接指向那里",
    ),
    "lesson-elsewhere": (
        "the lesson `{value}` is not in that unit; leave out `--unit` or `--after`",
        "课 `{value}` 不在那个单元；请去掉 `--unit` 或 `--after`",
    ),
    "no-units": (
        "there is no unit {value}: {book} has none yet. `--unit TITLE` makes the first one.",
        "没有单元 {value}：{book} 还没有单元。写 `--unit 标题` 会新建第一个。",
    ),
    "units": (
        "Write a number or a title. {book} has: {units}. `--new-unit TITLE` adds another.",
        "请写序号或标题。{book} 的单元：{units}。要新增一个单元，请写 `--new-unit 标题`。",
    ),
    "unit-there": (
        "{book} has the unit `{value}` already; write `--unit` instead of `--new-unit`",
        "{book} 已经有单元 `{value}`；请把 `--new-unit` 改成 `--unit`",
    ),
    "new-unit-alone": (
        "--new-unit adds a unit behind the others; leave --unit and --after out",
        "--new-unit 在最后新增一个单元；请去掉 --unit 和 --after",
    ),
    "own-lesson": ("It has to be a lesson of {book}.", "应当是 {book} 里的课。"),
}
