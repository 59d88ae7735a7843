"""A small site with everything that a site can have, and titles that try to break out of where they stand."""

from __future__ import annotations

import io
from pathlib import Path
from textwrap import dedent

from PIL import Image

TODAY = "2026-01-01"
BASE_URL = "https://example.org/school/catalogue/"
HOSTILE = "</script><script>alert(1)</script> & \"双引号\" <b>'单引号'</b>"
POEMS = 12  # with five on a page: three pages

FILES = {
    "site.yaml": f"""
        title: {{zh-CN: 小目录, en: Small catalogue}}
        base_url: {BASE_URL}
        languages: [zh-CN, en]
        page_size: 5
        hotlines_max_age_days: 365
        edit_url: https://git.example.org/edit/{{file}}
        owner: 测试学校
        licence: CC-BY-4.0
        """,
    "content/vocabulary.yaml": """
        stages:
          - {id: primary, title: 小学, grades: [1, 2]}
          - {id: junior, title: 初中, grades: [7], synonyms: [初级中学]}
        grades:
          - {id: 1, title: 一年级}
          - {id: 2, title: 二年级}
          - {id: 7, title: 七年级, synonyms: [初一]}
        subjects:
          - {id: chinese, title: 语文}
          - {id: mathematics, title: 数学}
        editions:
          - {id: unified, title: 统编版, synonyms: [部编版]}
          - {id: northern, title: 北方版}
        volumes:
          - {id: first, title: 上册}
          - {id: second, title: 下册}
        kinds:
          - {id: video, title: 视频}
          - {id: article, title: 文章}
        audiences:
          - {id: students, title: 学生}
          - {id: teachers, title: 教师}
        languages:
          - {id: zh-CN, title: 简体中文}
          - {id: en, title: 英语}
          - {id: ug, title: 维吾尔语, direction: rtl, synonyms: [维语]}
        licences:
          - {id: CC-BY-4.0, title: 署名 4.0, url: https://creativecommons.org/licenses/by/4.0/}
          - {id: CC-BY-SA-4.0, title: 署名相同方式共享 4.0, url: https://creativecommons.org/licenses/by-sa/4.0/}
        """,
    "content/sections/study/_section.yaml": """
        title: {zh-CN: 学习, en: Study}
        summary: 课与诗
        order: 1
        since: 2022-03-01
        audience: [students]
        """,
    "content/sections/study/lessons/_column.yaml": "{title: 教材课程, order: 1, layout: textbooks}",
    "content/sections/study/poems/_column.yaml": """
        title: 古诗
        summary: 每周一首
        order: 2
        layout: list
        evidence: press
        """,
    "content/sections/study/pictures/_column.yaml": "{title: 图画, order: 3, layout: cards}",
    "content/sections/help/_section.yaml": "{title: 求助, order: 2}",
    "content/sections/help/sites/_column.yaml": "{title: 网站, order: 1, layout: links}",
    "content/sections/help/lines/_column.yaml": "{title: 热线, order: 2, layout: hotlines}",
    "content/sections/study/pictures/mountain.md": """
        ---
        title: @HOSTILE@
        kind: video
        date: 2022-03-05
        updated: 2022-03-20
        also_in: [study/poems]
        audience: [students, teachers]
        stages: [primary]
        grades: [1, 2]
        subjects: [chinese]
        keywords: [山, 水]
        authors: [{name: 李敏, organisation: 测试学校}]
        source: 测试来源
        licence: CC-BY-SA-4.0
        cover: {file: mountain.png, alt: 一座山}
        assets:
          - type: video
            url: https://media.example.org/mountain.mp4
            format: video/mp4
            bytes: 48211004
            duration: PT12M30S
            captions: [{language: zh-CN, url: "https://media.example.org/mountain.vtt"}]
          - {type: worksheet, file: mountain.pdf}
          - {type: lesson-plan, url: "https://media.example.org/plan.docx", audience: [teachers]}
        aliases: [study/pictures/hill.html]
        ---
        山里的一天。见[第一首](../poems/poem-01.md)，也见[下文](#路线)。

        ## 路线

        | 站 | 时间 |
        |---|--:|
        | 山脚 | 8 |
        """,
    "content/sections/study/pictures/uyghur.md": """
        ---
        title: {ug: كىتاب ئوقۇش, zh-CN: 读书}
        kind: article
        date: 2022-04-01
        language: ug
        ---
        مەن كىتاب ئوقۇيمەن.
        """,
    "content/textbooks/primary/chinese/chinese-1a.yaml": """
        id: chinese-1a
        title: 语文 一年级上册
        stage: primary
        subject: chinese
        edition: unified
        grade: 1
        volume: first
        generation: new
        publisher: 测试出版社
        licence: CC-BY-SA-4.0
        units:
          - title: 第一单元 识字
            lessons:
              - id: chinese-1a-01
                title: 天地人
                number: 1
                keywords: [识字]
                hours:
                  - title: 第一课时
                    teacher: {name: 张伟, school: 第一小学}
                    duration: PT20M
                    summary: 认识“天、地、人”。
                    assets:
                      - {type: video, url: "https://media.example.org/v/1.m3u8"}
                      - {type: worksheet, url: "https://media.example.org/f/1a.pdf"}
                      - {type: lesson-plan, url: "https://media.example.org/f/1c.docx", audience: [teachers]}
                  - title: 第二课时
                    teacher: {name: 王芳, school: 第一小学}
                    assets:
                      - {type: courseware, url: "https://media.example.org/f/2.pptx"}
              - id: chinese-1a-02
                title: 金木水火土
                summary: 五个字。
                teacher: {name: 刘洋}
          - title: 第二单元 阅读
            lessons:
              - {id: chinese-1a-03, title: 秋天}
        """,
    "content/textbooks/primary/chinese/chinese-1b.yaml": """
        id: chinese-1b
        title: 语文 一年级下册
        stage: primary
        subject: chinese
        edition: unified
        grade: 1
        volume: second
        """,
    "content/textbooks/junior/mathematics/mathematics-7a.yaml": """
        id: mathematics-7a
        title: 数学 七年级上册
        stage: junior
        subject: mathematics
        edition: northern
        grade: 7
        volume: first
        units:
          - title: 有理数
            lessons:
              - {id: mathematics-7a-01, title: 正数和负数}
        """,
    "content/topics/spring.md": """
        ---
        title: 春天专题
        summary: 春天里读的
        gathers: [pictures, poem-03]
        ---
        春天来了。
        """,
    "content/pages/about.md": """
        ---
        title: 关于
        summary: 这是什么
        ---
        一个用来测试的小目录。见[古诗](/study/poems.html)。
        """,
    "content/links.yaml": """
        - {id: museum, title: 示例博物馆, url: "https://museum.example.org/", summary: 文物, verified_on: 2025-12-01}
        - {id: nameless, title: 没有网址的网站}
        """,
    "content/hotlines.yaml": """
        - {id: fresh, title: 新近核实的热线, number: '10101', hours: 全天, verified_on: 2025-12-01}
        - {id: stale, title: 久未核实的热线, number: '20202', verified_on: 2024-01-01}
        """,
    "content/figures.yaml": """
        - {metric: resources, value: 28052, unit: count, period: '2022-03-25', source: seed, as_of: 2022-03-25}
        - {metric: views_per_day_mean, value: 28880000, unit: views/day, period: 2022-03-01/2022-03-25, source: seed}
        """,
    "content/redirects.yaml": """
        - {from: study/verses.html, to: study/poems.html, kind: moved, date: 2023-01-01, reason: 栏目改名}
        - {from: study/closed.html, kind: gone, date: 2023-02-01, reason: 已经结束}
        """,
}


def write_small_site(folder: Path) -> Path:
    """Writes the site into a folder that is not there yet, and returns the folder."""
    hostile = "'" + HOSTILE.replace("'", "''") + "'"
    for name, text in FILES.items():
        write(folder / name, dedent(text).lstrip("\n").replace("@HOSTILE@", hostile))
    poems = folder / "content/sections/study/poems"
    for number in range(1, POEMS + 1):
        write(poems / f"poem-{number:02}.md", poem(f"诗{number}", f"2022-01-{number:02}"))
    write(poems / "poem-draft.md", poem("草稿", "2022-02-01", "status: draft"))
    write(poems / "poem-later.md", poem("以后", "2022-02-02", "publish: 2030-01-01"))
    write(poems / "poem-expired.md", poem("过期", "2022-02-03", "expires: 2025-01-01"))
    write(poems / "poem-retired.md", poem("退役", "2022-02-04", "status: retired\nreplaced_by: poem-02"))
    pictures = folder / "content/sections/study/pictures"
    (pictures / "mountain.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    (pictures / "mountain.png").write_bytes(picture())
    return folder


def poem(title: str, date: str, more: str = "") -> str:
    """The file of a resource in the column of poems."""
    return f"---\ntitle: {title}\nkind: article\ndate: {date}\nsubjects: [chinese]\n{more}\n---\n{title}的正文。\n"


def picture() -> bytes:
    """A PNG of 640 by 400 pixels."""
    target = io.BytesIO()
    Image.linear_gradient("L").resize((640, 400)).convert("RGB").save(target, "PNG")
    return target.getvalue()


def write(path: Path, text: str) -> None:
    """Writes a text file and the folders that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
