"""Made-up people and where they work; every place is plainly called a sample."""

from __future__ import annotations

from builder.sample.dice import Dice
from builder.sample.tables import words

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
_GIVEN = words(
    "敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 玲 辉 燕 晓雯 志远 雨桐 子涵 思源 文博 佳怡 海燕 建国 春梅 "
    "立新 玉兰 国栋 晨曦 一鸣 若兰 清源 书敏 云帆 安然 念慈 嘉禾 秋实 知夏 怀瑾 望舒 景行 修远 星辰 亦凡"
)
_NUMBERS = "一二三四五六七八九"
_ORGANISATIONS = words(
    "示例教育科学研究院 示例市教师发展中心 示例少年科学馆 示例图书馆 示例市青少年活动中心 示例出版社 示例博物馆 "
    "示例师范大学 示例电化教育馆 示例县教研室"
)
_SCHOOL_OF_STAGE = {
    "primary": "小学",
    "primary-54": "小学",
    "junior-high": "初级中学",
    "junior-54": "初级中学",
    "senior-high": "高级中学",
}


def name(dice: Dice) -> str:
    """A person's name."""
    return dice.pick(_SURNAMES) + dice.pick(_GIVEN)


def school(dice: Dice, stage: str) -> str:
    """A school of a stage."""
    return f"示例第{dice.pick(_NUMBERS)}{_SCHOOL_OF_STAGE[stage]}"


def organisation(dice: Dice) -> str:
    """An institute, library or museum."""
    return dice.pick(_ORGANISATIONS)
