"""What the system has refused, in a reader's language: which thing, why, and what to do."""

from __future__ import annotations

import errno

from builder.problems import say

# Each a reason in `SENTENCES`, beside which stands its remedy.
_KINDS = {
    "disk-full": ("ENOSPC", "EDQUOT"),
    "read-only": ("EROFS",),
    "no-permission": ("EACCES", "EPERM"),
    "other-disk": ("EXDEV",),
    "not-there": ("ENOENT",),
}


def say_refused(error: OSError, language: str, sentence: str = "") -> str:
    """What the system has refused.

    Args:
        error: as the system gave it.
        language: a BCP 47 tag.
        sentence: of `SENTENCES`, with the place, the reason and the remedy; one that fits any purpose where left out.
    """
    name = errno.errorcode.get(error.errno or 0, "")
    kind = next((kind for kind, names in _KINDS.items() if name in names), None)
    reason = say(kind, language) if kind else error.strerror or str(error)
    remedy = say(f"{kind}-remedy" if kind else "any-remedy", language)
    usual = "refused" if error.filename else "refused-somewhere"
    return say(sentence or usual, language, place=error.filename, reason=reason, remedy=remedy)
