"""What the full text is searched by: the same in every browser and here, so that nothing hangs on who divides words.

Scripts that put no spaces between words are cut into pairs of neighbouring characters, of which one finds every part of
a text; others into words. Marks above and below letters do not count. `texts.js` has the same definition, and both are
held to one table of cases.
"""

from __future__ import annotations

import re
from operator import add
from unicodedata import category, normalize

# Han with 々 and 〇, Kana, Hangul, and Han of compatibility and of planes 2 and 3 (The Unicode Standard, chapter 18)
_UNSPACED = "\u3005\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}\\W_]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]").match
_MAY_HAVE_MARKS = re.compile("[^\0-\x7f\u2000-\u206f\u3000-\u3029\u3030-\u303f\u4e00-\u9fff\uff01-\uff5e]")


def tokens(text: str) -> list[str]:
    """The tokens of a text, in its order.

    Args:
        text: in any language.
    """
    found: list[str] = []
    for run in _RUN.findall(_folded(text)):
        if len(run) > 1 and _IS_UNSPACED(run):
            found += map(add, run, run[1:])
        else:
            found.append(run)
    return found


def _folded(text: str) -> str:
    """In lower case, each letter in one form and without marks."""
    text = normalize("NFKC", text).lower()
    if not _MAY_HAVE_MARKS.search(text):  # as of most, and told in a tenth of the time
        return text
    apart = normalize("NFD", text)
    return normalize("NFC", "".join([character for character in apart if category(character)[0] != "M"]))
