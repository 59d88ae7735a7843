"""The words that the sample's records choose from, and `vocabulary.yaml` made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from builder.sample.text import by_language

Names = Mapping[str, tuple[str, str]]

STAGES = {
    "primary": ("小学", "Primary school"),
    "junior-high": ("初中", "Junior high school"),
    "senior-high": ("高中", "Senior high school"),
    "primary-54": ("小学（五•四学制）", "Primary school (5+4 system)"),
    "junior-54": ("初中（五•四学制）", "Junior high school (5+4 system)"),
}
GRADES_OF_STAGE = {
    "primary": range(1, 7),
    "junior-high": range(7, 10),
    "senior-high": range(10, 13),
    "primary-54": range(1, 6),
    "junior-54": range(6, 10),
}
GRADES = {
    "1": ("一年级", "Grade 1"),
    "2": ("二年级", "Grade 2"),
    "3": ("三年级", "Grade 3"),
    "4": ("四年级", "Grade 4"),
    "5": ("五年级", "Grade 5"),
    "6": ("六年级", "Grade 6"),
    "7": ("七年级", "Grade 7"),
    "8": ("八年级", "Grade 8"),
    "9": ("九年级", "Grade 9"),
    "10": ("高一", "Senior 1"),
    "11": ("高二", "Senior 2"),
    "12": ("高三", "Senior 3"),
}
SUBJECTS = {
    "chinese": ("语文", "Chinese"),
    "mathematics": ("数学", "Mathematics"),
    "english": ("英语", "English"),
    "morality-law": ("道德与法治", "Morality and law"),
    "politics": ("思想政治", "Ideology and politics"),
    "history": ("历史", "History"),
    "geography": ("地理", "Geography"),
    "science": ("科学", "Science"),
    "physics": ("物理", "Physics"),
    "chemistry": ("化学", "Chemistry"),
    "biology": ("生物学", "Biology"),
    "music": ("音乐", "Music"),
    "fine-art": ("美术", "Fine art"),
    "physical-education": ("体育与健康", "Physical education and health"),
    "information-technology": ("信息技术", "Information technology"),
    "general-technology": ("通用技术", "General technology"),
    "labour-technology": ("劳动与技术", "Labour and technology"),
}
EDITIONS = {
    "unified": ("统编版", "Unified edition"),
    "pep": ("人教版", "People’s Education edition"),
    "pep-a": ("人教A版", "People’s Education edition A"),
    "pep-y1": ("人教版（一年级起点）", "People’s Education edition (from grade 1)"),
    "pep-hubei": ("人教鄂教版", "Renjiao Ejiao edition"),
    "bnu": ("北师大版", "Beijing Normal University edition"),
    "beijing": ("北京版", "Beijing edition"),
    "sujiao": ("苏教版", "Sujiao edition"),
    "suke": ("苏科版", "Suke edition"),
    "sushao": ("苏少版", "Sushao edition"),
    "yilin": ("译林版", "Yilin edition"),
    "fltrp": ("外研社版", "Waiyanshe edition"),
    "oxford-shanghai": ("牛津上海版", "Oxford Shanghai edition"),
    "hujiao": ("沪教版", "Hujiao edition"),
    "hukeji": ("沪科技版", "Hukeji edition"),
    "jiaoke": ("教科版", "Jiaoke edition"),
    "luke": ("鲁科版", "Luke edition"),
    "renmei": ("人美版", "Renmei edition"),
    "renyin": ("人音版", "Renyin edition"),
}
VOLUMES = {
    "first": ("上册", "Book 1 (first half)"),
    "second": ("下册", "Book 2 (second half)"),
    "full-year": ("全一册", "Whole year"),
    "compulsory-first": ("必修 上册", "Compulsory, first book"),
    "compulsory-second": ("必修 下册", "Compulsory, second book"),
    "compulsory-1": ("必修 第一册", "Compulsory, book 1"),
    "compulsory-2": ("必修 第二册", "Compulsory, book 2"),
    "compulsory-3": ("必修 第三册", "Compulsory, book 3"),
    "compulsory-4": ("必修 第四册", "Compulsory, book 4"),
    "selective-first": ("选择性必修 上册", "Selective compulsory, first book"),
    "selective-middle": ("选择性必修 中册", "Selective compulsory, middle book"),
    "selective-1": ("选择性必修 第一册", "Selective compulsory, book 1"),
    "selective-2": ("选择性必修 第二册", "Selective compulsory, book 2"),
    "selective-3": ("选择性必修 第三册", "Selective compulsory, book 3"),
    "selective-4": ("选择性必修 第四册", "Selective compulsory, book 4"),
}
# By list and ID
SYNONYMS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "stages": {"primary-54": ("五四制", "五四制小学", "五四学制"), "junior-54": ("五四制", "五四制初中", "五四学制")},
    "grades": {
        "7": ("初一",),
        "8": ("初二",),
        "9": ("初三",),
        "10": ("高一年级", "十年级", "10年级"),
        "11": ("高二年级", "十一年级", "11年级"),
        "12": ("高三年级", "十二年级", "12年级"),
    },
    "subjects": {
        "morality-law": ("道法",),
        "politics": ("政治", "思政"),
        "biology": ("生物",),
        "physical-education": ("体育",),
        "information-technology": ("信息科技",),
        "labour-technology": ("劳动",),
    },
    "editions": {"unified": ("部编版",), "pep-a": ("人教版",), "pep-y1": ("人教版",), "fltrp": ("外研版",)},
    "kinds": {
        "slides": ("PPT", "幻灯片"),
        "lesson-plan": ("教案",),
        "worksheet": ("学习单", "任务单"),
        "exercises": ("习题", "练习题"),
    },
    "volumes": {
        "first": ("上学期", "第一学期"),
        "second": ("下学期", "第二学期"),
        "full-year": ("全册",),
        "compulsory-1": ("必修一", "必修1"),
        "compulsory-2": ("必修二", "必修2"),
        "compulsory-3": ("必修三", "必修3"),
        "compulsory-4": ("必修四", "必修4"),
        "selective-1": ("选择性必修一", "选必一", "选修一", "选修1"),
        "selective-2": ("选择性必修二", "选必二", "选修二", "选修2"),
        "selective-3": ("选择性必修三", "选必三", "选修三", "选修3"),
        "selective-4": ("选择性必修四", "选必四", "选修四", "选修4"),
    },
    "languages": {
        "en": ("英文",),
        "ug": ("维语", "维吾尔文"),
        "kk-Arab": ("哈萨克文", "哈语"),
        "bo": ("藏文",),
        "mn-Mong": ("蒙语", "蒙古文"),
        "ko": ("朝鲜文", "韩语"),
    },
}
KINDS = {
    "video": ("视频", "Video"),
    "audio": ("音频", "Audio"),
    "document": ("文档", "Document"),
    "slides": ("课件", "Slides"),
    "worksheet": ("学习任务单", "Worksheet"),
    "exercises": ("练习", "Exercises"),
    "lesson-plan": ("教学设计", "Lesson plan"),
    "e-textbook": ("电子教材", "Electronic textbook"),
    "collection": ("合集", "Collection"),
    "activity": ("活动", "Activity"),
    "article": ("文章", "Article"),
    "website": ("网站", "Website"),
}
AUDIENCES = {
    "students": ("学生", "Students"),
    "teachers": ("教师", "Teachers"),
    "parents": ("家长", "Parents"),
}
LANGUAGES = {
    "zh-CN": ("简体中文", "Chinese (simplified)"),
    "en": ("英语", "English"),
    "ug": ("维吾尔语", "Uyghur"),
    "kk-Arab": ("哈萨克语（阿拉伯字母）", "Kazakh (Arabic script)"),
    "bo": ("藏语", "Tibetan"),
    "mn-Mong": ("蒙古语（传统蒙古文）", "Mongolian (traditional script)"),
    "ko": ("朝鲜语", "Korean"),
}
RIGHT_TO_LEFT = ("ug", "kk-Arab")
LICENCES = {
    "CC-BY-4.0": ("知识共享 署名 4.0 国际", "Creative Commons Attribution 4.0 International"),
    "CC-BY-SA-4.0": (
        "知识共享 署名—相同方式共享 4.0 国际",
        "Creative Commons Attribution-ShareAlike 4.0 International",
    ),
    "CC-BY-NC-4.0": (
        "知识共享 署名—非商业性使用 4.0 国际",
        "Creative Commons Attribution-NonCommercial 4.0 International",
    ),
    "all-rights-reserved": ("保留所有权利", "All rights reserved"),
}


def vocabulary_yaml() -> str:
    """`content/vocabulary.yaml`."""
    stages = {id: "    grades:\n" + "".join(f"      - {grade}\n" for grade in GRADES_OF_STAGE[id]) for id in STAGES}
    languages = {id: f"    direction: {'rtl' if id in RIGHT_TO_LEFT else 'ltr'}\n" for id in LANGUAGES}
    return "".join(
        (
            "# The words that records choose from. Order here is the order shown.\n",
            _terms("stages", STAGES, stages),
            _terms("grades", GRADES),
            _terms("subjects", SUBJECTS),
            _terms("editions", EDITIONS),
            _terms("volumes", VOLUMES),
            _terms("kinds", KINDS),
            _terms("audiences", AUDIENCES),
            _terms("languages", LANGUAGES, languages),
            _terms("licences", LICENCES),
        )
    )


def _terms(name: str, terms: Names, more: Mapping[str, str] | None = None) -> str:
    return f"{name}:\n" + "".join(_lines(terms, more or {}, SYNONYMS.get(name, {})))


def _lines(terms: Names, more: Mapping[str, str], synonyms: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    for id, (zh, en) in terms.items():
        yield f"  - id: {id}\n" + by_language("title", {"zh-CN": zh, "en": en}, "    ") + more.get(id, "")
        if id in synonyms:
            yield f"    synonyms: [{', '.join(synonyms[id])}]\n"
