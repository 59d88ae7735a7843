"""What the full text is searched by: the same in every browser and here, so that nothing hangs on who divides words.

Scripts that put no spaces between words are cut into pairs of neighbouring characters, of which one finds every part of
a text; others into words. Marks above and below letters do not count, but where they write vowels or stacked letters,
as in Tibetan. `texts.js` has the same definition, and both are held to one table of cases; characters that Unicode has
got since one of the two was made may be told otherwise.
"""

from __future__ import annotations

import re
from operator import add
from unicodedata import category, normalize

# Han with 々 and 〇, Kana, Hangul, and Han of compatibility and of planes 2 and 3 (The Unicode Standard, chapter 18)
_UNSPACED = (
    "\u3005\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
# Blocks whose marks are a part of words: from Devanagari to the Vedic extensions without Mongolian's selectors, and
# from Syloti Nagri to Meetei Mayek (The Unicode Standard, chapters 12 to 16)
_WRITTEN_WITH_MARKS = (range(0x0900, 0x180B), range(0x1810, 0x1D00), range(0xA800, 0xAC00))
_MARKS = {chr(code) for block in _WRITTEN_WITH_MARKS for code in block if category(chr(code))[0] == "M"}
_RUN = re.compile(f"[{_UNSPACED}]+|(?:[^{_UNSPACED}\\W_]|[{''.join(sorted(_MARKS))}])+")
_DOT = re.compile(f"(?<=[{_UNSPACED}])[\u00b7\u2022\u2027\u30fb](?=[{_UNSPACED}])")  # of a name, as in 列夫·托尔斯泰
_APART = 3  # more than the two between tokens of a phrase of which the one between them is not asked for
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]").match
_MAY_HAVE_MARKS = re.compile("[^\0-\x7f\u2000-\u206f\u3000-\u3029\u3030-\u303f\u4e00-\u9fff\uff01-\uff5e]")


def tokens(text: str) -> tuple[list[str], list[int]]:
    """The tokens of a text in its order, and the position of each.

    Neighbours have neighbouring positions where their characters overlap, and no others have.

    Args:
        text: in any language.
    """
    found: list[str] = []
    positions: list[int] = []
    position = 0
    for run in _RUN.findall(_folded(text)):
        if len(run) > 1 and _IS_UNSPACED(run):
            found += map(add, run, run[1:])
            positions += range(position, position + len(run) - 1)
        else:
            found.append(run)
            positions.append(position)
        position = positions[-1] + _APART
    return found, positions


def _folded(text: str) -> str:
    """In lower case, each letter in one form and without marks that do not count; names without the dots in them."""
    text = _DOT.sub("", normalize("NFKC", text)).lower()
    if not _MAY_HAVE_MARKS.search(text):  # as of most, and told in a tenth of the time
        return text
    apart = normalize("NFD", text)
    return normalize("NFC", "".join([one for one in apart if category(one)[0] != "M" or one in _MARKS]))
