"""Texts of resources: titles, summaries and Markdown bodies of two to five paragraphs."""

from __future__ import annotations

from builder.sample.dice import Dice

_TITLES = {
    "thematic-education": (
        "{}",
        "{}",
        "{}：小学版",
        "{}：中学版",
        "“{}”里的道理",
        "从“{}”说起",
        "主题班会：{}",
        "说说“{}”",
        "小组讨论：{}",
        "{}（配音故事）",
    ),
    "curriculum": (
        "{}",
        "{}",
        "{}（课例）",
        "{}：基础篇",
        "{}：提高篇",
        "{}：精讲",
        "{}：周练",
        "{}：小结",
        "{}：答疑",
    ),
    "after-school": (
        "{}",
        "{}",
        "小课堂：{}",
        "一起来：{}",
        "工作坊：{}",
        "{}（亲子版）",
        "周末时光：{}",
        "社团活动：{}",
    ),
    "teacher-training": (
        "{}",
        "{}的思考与实践",
        "{}：案例分析",
        "谈“{}”",
        "专题研修：{}",
        "{}十问",
        "{}：工作纸",
        "{}：观察报告",
    ),
    "family-education": (
        "{}",
        "{}",
        "家长课堂：{}",
        "和孩子聊“{}”",
        "{}：三个误区",
        "小贴士：{}",
        "{}：一位母亲的记录",
    ),
    "reform-experience": (
        "{}",
        "{}：一所学校的做法",
        "{}：实施一年",
        "调查报告：{}",
        "经验交流：{}",
        "{}：问答",
        "{}：难点与对策",
    ),
}
_WHERE = (
    "示例第一小学",
    "示例第三初级中学",
    "示例第二高级中学",
    "示例市青少年活动中心",
    "示例镇中心小学",
    "示例县实验学校",
)
_WHO = ("同学们", "老师和同学", "孩子和家长", "高年级的同学", "初到这里的人", "一个四人小组")
_OPENINGS = (
    "这份资源从“{topic}”讲起，适合{who}一起看，也适合一个人慢慢读。",
    "说到“{topic}”，{who}常常会问：为什么是这样？不妨先看一看，再想一想。",
    "在{where}，“{topic}”是大家最喜欢的话题之一，每次都有新的发现。",
    "“{topic}”看起来平常，细想却有不少学问。这里用三个小故事慢慢道来。",
    "去年秋天，{where}的{who}围绕“{topic}”做了一次小小的尝试，记录如下。",
    "关于“{topic}”，书上写得很简单；真正做一遍，才知道哪里容易出错。",
    "本资源介绍“{topic}”的来龙去脉，并给出可以马上动手的建议。",
    "先不急着下结论。关于“{topic}”，我们准备了几张图和一段短片，请{who}边看边记。",
)
_MIDDLES = (
    "做之前，先和同伴商量好分工：一个人观察，一个人记录，一个人负责提醒时间。每隔五分钟交换一次，谁也不会觉得无聊。",
    "这里有一个容易忽略的地方：开头的准备越细，后面就越顺利。请把要用的东西列成清单，用一样，划掉一样。",
    "{where}的做法是把一件大事分成几件小事，每天只做一件。坚持三个星期以后，变化就看得见了。",
    "有人觉得慢，有人觉得难，这都很正常。记下自己的感受，过一个月再回头看，也许会有不同的想法。",
    "遇到意见不一样的时候，先把对方的话复述一遍，再说自己的理由。讨论的目的不是分出输赢，而是多看到一面。",
    "资料里的数字都是为示例编写的，用来说明方法。真正去做的时候，请用自己量到、数到、问到的数字。",
    "如果时间不够，可以只看前一半；后一半是给想继续深入的{who}准备的，难度稍大，不必勉强。",
    "把看到的画下来，比只用文字记更容易想起细节。画得像不像没有关系，标清楚日期和地点就好。",
    "整个过程分为准备、进行和回顾三步。每一步都有一个小问题，回答得出来，再进入下一步。",
    "安全永远排在第一位。需要用到剪刀、热水或者外出的时候，请先告诉身边的大人。",
)
_ENDINGS = (
    "最后，请用一句话写下今天的收获，贴在教室或者冰箱门上。",
    "看完以后，试着把“{topic}”讲给一位没有看过的人听。讲得清楚，才算真的明白。",
    "欢迎{who}把自己的做法写下来，下一次可以从更有意思的地方开始。",
    "学习没有标准的速度。今天没有想通的地方，留到明天再想，也很好。",
    "做完别忘了收拾场地，把借来的东西放回原处。",
    "以上内容为示例，人物和学校都是虚构的。",
)
_HEADINGS = ("准备", "步骤", "观察与记录", "想一想", "可以这样做", "常见的问题", "延伸阅读", "给家长的话", "小结")
_ITEMS = (
    "一支铅笔和一个本子",
    "两张同样大小的纸",
    "先说说自己的猜想",
    "认真看一遍短片",
    "记下时间和地点",
    "和同伴交换记录",
    "找出一处不同",
    "写下一个新的问题",
    "画一张示意图",
    "问问家里的长辈",
    "留出十分钟讨论",
    "把结果讲给大家听",
)
_NOTES = (
    "只做一次，可能碰巧；多做几次，结果才更可信。",
    "这里的时间只是参考，可以按自己的情况调整。",
    "表中的数字是为示例编写的。",
    "低年级的同学可以请大人帮忙写字。",
)


def title(section: str, topic: str, number: int, dice: Dice) -> str:
    """A title; now and then of one in a series.

    Args:
        section: ID of the section.
        topic: what it speaks of.
        number: of the resource in its column, from 1.
        dice: of the resource.
    """
    text = dice.pick(_TITLES[section]).format(topic)
    return f"{text}（第{number}期）" if dice.chance(0.35) else text


def summary(topic: str, dice: Dice) -> str:
    """One to three sentences."""
    sentences = [_sentence(_OPENINGS, topic, dice)]
    if dice.chance(0.5):
        sentences.append(_sentence(_ENDINGS, topic, dice))
    return "".join(sentences)


def body(topic: str, links: list[tuple[str, str]], file: str, dice: Dice) -> str:
    """A Markdown text.

    Args:
        topic: what it speaks of.
        links: titles and paths of other resources to name.
        file: name of a file beside it to name, or empty.
        dice: of the resource.
    """
    first, *middles = dice.some(_MIDDLES, dice.between(1, 4))
    blocks = [_sentence(_OPENINGS, topic, dice) + _filled(first, dice)]
    headed, noted = dice.chance(0.4), dice.chance(0.12)
    headings = sorted(dice.some(range(len(_HEADINGS)), len(middles)))
    for middle, heading in zip(middles, headings, strict=True):
        if headed:
            blocks.append(f"## {_HEADINGS[heading]}")
        blocks.append(_filled(middle, dice))
        if dice.chance(0.25):
            blocks.append(dice.pick((_bullets, _steps, _table))(dice))
    ending = _sentence(_ENDINGS, topic, dice)
    if links:
        ending += "还可以看看" + "和".join(f"[{name}]({path})" for name, path in links) + "。"
    if file:
        ending += f"需要打印的同学，请下载[记录表]({file})。"
    blocks.append(ending + ("[^1]" if noted else ""))
    if noted:
        blocks.append(f"[^1]: {dice.pick(_NOTES)}")
    return "\n\n".join(blocks) + "\n"


def _sentence(choices: tuple[str, ...], topic: str, dice: Dice) -> str:
    return _filled(dice.pick(choices), dice, topic)


def _filled(text: str, dice: Dice, topic: str = "") -> str:
    return text.format(topic=topic, where=dice.pick(_WHERE), who=dice.pick(_WHO))


def _bullets(dice: Dice) -> str:
    return "\n".join(f"- {item}" for item in dice.some(_ITEMS, dice.between(3, 5)))


def _steps(dice: Dice) -> str:
    return "\n".join(f"{number}. {item}。" for number, item in enumerate(dice.some(_ITEMS, dice.between(3, 5)), 1))


def _table(dice: Dice) -> str:
    rows = "\n".join(
        f"| 第{day}次 | {dice.between(3, 40)} | {dice.between(1, 12)} |" for day in "一二三四"[: dice.between(2, 4)]
    )
    return f"| 次数 | 时间（分钟） | 结果 |\n|---|---:|---:|\n{rows}"
