"""What the system has refused, in a reader's language: which thing, why, and what to do."""

from __future__ import annotations

import errno

from builder.problems import in_language, say

# Each a reason in `SENTENCES`, beside which stands its remedy.
_KINDS = {
    "disk-full": ("ENOSPC", "EDQUOT"),
    "read-only": ("EROFS",),
    "no-permission": ("EACCES", "EPERM"),
    "other-disk": ("EXDEV",),
    "not-there": ("ENOENT",),
}

# Each a phrase in `PHRASES`: why a file of the content cannot be read.
_REASONS = {
    "no-such-file": ("ENOENT", "ENOTDIR"),
    "may-not-be-read": ("EACCES", "EPERM"),
    "is-a-folder": ("EISDIR",),
    "name-too-long": ("ENAMETOOLONG",),
    "damaged-disk": ("EIO",),
    "too-many-files": ("EMFILE", "ENFILE"),
}


def reason_of(error: OSError) -> dict[str, str]:
    """Why the system does not let a file of the content be read, as facts of a problem."""
    name = errno.errorcode.get(error.errno or 0, "")
    known = next((reason for reason, names in _REASONS.items() if name in names), None)
    return {"reason": f"@{known}"} if known else {"reason": "@system-says", "said": _said(error)}


def _said(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__


def say_refused(error: OSError, language: str, sentence: str = "") -> str:
    """What the system has refused.

    Args:
        error: as the system gave it.
        language: a BCP 47 tag.
        sentence: of `SENTENCES`, with the place, the reason and the remedy; one that fits any purpose where left out.
    """
    name = errno.errorcode.get(error.errno or 0, "")
    kind = next((kind for kind, names in _KINDS.items() if name in names), None)
    reason = say(kind, language) if kind else in_language("system-says", language, said=_said(error))
    remedy = say(f"{kind}-remedy" if kind else "any-remedy", language)
    usual = "refused" if error.filename else "refused-somewhere"
    return say(sentence or usual, language, place=error.filename, reason=reason, remedy=remedy)
