"""Contract types and employment states from the words of HR systems."""

import re
from typing import Final

from workforce.domain.bands import Contract
from workforce.intake.words import fold_heading

__all__ = ["AGENCY", "IN_POST", "LEFT", "read_contract", "read_status"]

AGENCY: Final = Contract.AGENCY
LEFT: Final = "left"
IN_POST: Final = "in post"

_CONTRACTS: Final = (
    (re.compile(r"apprentic", re.IGNORECASE), Contract.APPRENTICE),
    (re.compile(r"agency|contractor|interim|off.?payroll|consultan|self.?employed|contingent",
                re.IGNORECASE), Contract.AGENCY),
    (re.compile(r"second(ed|ment)?\b.*\bout|outward", re.IGNORECASE), Contract.PERMANENT),
    (re.compile(r"second", re.IGNORECASE), Contract.SECONDED_IN),
    (re.compile(r"casual|bank\b|zero|relief|sessional|annualised|as and when|supply|seasonal|"
                r"per diem",
                re.IGNORECASE), Contract.CASUAL),
    (re.compile(r"fixed|temp|ftc\b|maternity cover|limited term|term.?limited|\bterm\b(?!.*time)|"
                r"locum|non.?perm|intern\b|trainee|finite|acting", re.IGNORECASE),
     Contract.FIXED_TERM),
    (re.compile(r"perm|substantive|indefinite|open.?ended|regular|established|career|tenured|"
                r"employee\b", re.IGNORECASE), Contract.PERMANENT),
)  # fmt: skip
_SHORT: Final = {
    "p": Contract.PERMANENT, "t": Contract.FIXED_TERM, "f": Contract.FIXED_TERM,
    "ft": Contract.UNKNOWN, "pt": Contract.UNKNOWN, "c": Contract.CASUAL, "a": Contract.AGENCY,
}  # fmt: skip

_LEFT_WORDS: Final = re.compile(
    r"terminat|\bleft\b|leaver|inactive|resign|retired|former|\bex\b|exit|deceas|ended|dismiss|"
    r"withdrawn|separated|quit|redundant|closed|not active|no longer|ceased", re.IGNORECASE,
)  # fmt: skip
_IN_WORDS: Final = re.compile(
    r"active|current|in post|employed|live|on leave|maternity|sick|suspend|career break|stayed|"
    r"leave of absence|present|secondment|notice|probation|permanent|paid leave|furlough",
    re.IGNORECASE,
)
_YES: Final = frozenset({"yes", "y", "true", "t", "1", "1.0"})
_NO: Final = frozenset({"no", "n", "false", "f", "0", "0.0"})
_ABOUT_LEAVING: Final = re.compile(
    r"attrition|\bleft\b|leaver|termd|terminat|turnover|churn|exit|event|quit|resign|leave|target"
)


def read_contract(text: str) -> Contract:
    """Return the contract that a text means, `UNKNOWN` where it says nothing of it."""
    plain = text.strip()
    if plain.lower() in _SHORT:
        return _SHORT[plain.lower()]
    for rule, contract in _CONTRACTS:
        if rule.search(plain):
            return contract
    return Contract.UNKNOWN


def read_status(text: str, heading: str) -> str:
    """Return whether a status means that somebody has left.

    Args:
        text: The status.
        heading: Heading of its column: “yes” under Attrition means left, under Active in post.

    Returns:
        `LEFT`, `IN_POST`, or empty where it says neither.
    """
    plain = text.strip().lower()
    if plain in _YES | _NO:
        leaving = bool(_ABOUT_LEAVING.search(fold_heading(heading)))
        return LEFT if (plain in _YES) == leaving else IN_POST
    if _LEFT_WORDS.search(plain):
        return LEFT
    return IN_POST if _IN_WORDS.search(plain) else ""
