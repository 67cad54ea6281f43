"""Job titles as systems write them, made comparable: one key, and one spelled-out reading.

`fold_title` is the key under which identical titles are counted and corrected. `spell_out` is what
the rules and the model read: references, grades, pay and contract notes gone, abbreviations
written out, the parts of the title (" - ", brackets, commas) kept apart by `;`.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from workforce.roles.openings import WORD, beginnings, openings
from workforce.roles.spelling import put_right
from workforce.roles.wording import CODES, NOTES, PHRASES, WORDS

__all__ = ["SEPARATOR", "fold_title", "head_part", "spell_out"]

SEPARATOR: Final = ";"


def fold_title(title: str) -> str:
    """Return the canonical key of a title: case, spaces and punctuation do not count.

    Args:
        title: As the extract has it.

    Returns:
        Lower-case words with single spaces; `+`, `#`, `&` and `/` are kept because they tell
        titles apart (C++, C#, R&D, AO/EO). Empty where nothing is left.
    """
    text = unicodedata.normalize("NFKC", title).casefold().replace("’", "'").replace("_", " ")
    return " ".join(re.sub(r"[^\w+#&/]+", " ", text).split())


_SIGNS: Final = ((re.compile(r"[‘’´]"), "'"), (re.compile(r"[‐‑‒–—―−•·]"), " - "))
_FIGURE: Final = re.compile(r"\d")
_ADDRESS: Final = re.compile(r"\bwww\.\S+|https?://\S+")

# Notes go before phrases are read; each step with the beginnings of words that call for it.
_STEPS: Final = (*((pattern, " ") for pattern in NOTES), *PHRASES)
_ALWAYS: Final = sum(
    1 << place for place, (pattern, _) in enumerate(_STEPS) if openings(pattern.pattern) is None
)
_CALLED_BY: Final[dict[str, int]] = {}
for _place, (_pattern, _) in enumerate(_STEPS):
    for _start in openings(_pattern.pattern) or ():
        _CALLED_BY[_start] = _CALLED_BY.get(_start, 0) | 1 << _place

# Plurals whose singular the rules ask for; adverts for several posts use them.
_PLURALS: Final = re.compile(
    r"^(analyst|engineer|developer|designer|researcher|manager|officer|architect|technician|"
    r"scientist|specialist|programmer|administrator|tester|consultant|statistician|lead|owner|"
    r"assistant|apprentice|practitioner|director|investigator|guard|operator|clerk)s$"
)
# "Security" shortens to the same three letters as "secretary" does.
_SECRETARY: Final = re.compile(r"^(adm|admin|exec|executive|legal|med|medical|pa|dept)\.? sec\b")
# "In the Analytical Services Unit" is where the work is done, not what it is.
_PARTS: Final = re.compile(r"\s+-+\s*|\s*-+\s+|[,;:()\[\]]+|\s/\s|\s(?:with)?in (?=(?:the|our)\b)")
_TOKENS: Final = re.compile(r"[a-z0-9+#&']+")


def spell_out(title: str) -> str:
    """Return the title as the rules read it.

    Args:
        title: As the extract has it.

    Returns:
        Lower-case words, abbreviations written out, references, grades, pay and contract notes
        gone; parts are separated by ` ; `. Empty where nothing but notes was there.
    """
    text = unicodedata.normalize("NFKC", title).lower()
    if not text.isascii():
        for signs, replacement in _SIGNS:
            text = signs.sub(replacement, text)
    if "|" in text or "`" in text:
        text = text.replace("|", " - ").replace("`", "'")
    if "www." in text or "://" in text:
        text = _ADDRESS.sub(" ", text)
    text = _SECRETARY.sub("administrative secretary", text.strip())
    if _FIGURE.search(text):
        for pattern in CODES:
            text = pattern.sub(" ", text).strip()
    steps = _ALWAYS
    for word in WORD.findall(text):
        steps |= _steps(word)
    while steps:
        step = steps & -steps
        pattern, replacement = _STEPS[step.bit_length() - 1]
        text = pattern.sub(replacement, text)
        steps ^= step
    parts = []
    for part in _PARTS.split(text):
        words = [_word(word) for word in _TOKENS.findall(part)]
        line = " ".join(word for word in words if word)
        if line:
            parts.append(line)
    spelled = f" {SEPARATOR} ".join(parts)
    return _SERVED.sub("", spelled) if " to " in spelled else spelled


@lru_cache(maxsize=16384)
def _steps(word: str) -> int:
    """Return the steps a word calls for, one bit each."""
    steps = 0
    for start in beginnings(word):
        steps |= _CALLED_BY.get(start, 0)
    return steps


@lru_cache(maxsize=16384)
def _word(word: str) -> str:
    word = word.strip("'")
    plain = word.removesuffix("'s")
    if _PLURALS.match(plain):
        return plain[:-1]
    meant = WORDS.get(plain) or put_right(plain)
    return WORDS.get(meant, meant)


# Whoever assists the head of IT is not the head of IT.
_SERVED: Final = re.compile(
    r" (?<=secretary )to .*$| (?<=assistant )to .*$| (?<=aide )to .*$| (?<=pa )to .*$"
)
_PLACELIKE: Final = frozenset(
    {"senior", "junior", "lead", "head", "deputy", "principal", "trainee"}
)


def head_part(spelled: str) -> str:
    """Return the part of a spelled-out title that names the occupation.

    The first part does, except where it is a mere rank ("Head - Digital") that the next completes.

    Args:
        spelled: What `spell_out` returned.

    Returns:
        That part, or the whole where there is one part only.
    """
    parts = spelled.split(f" {SEPARATOR} ")
    if len(parts) > 1 and set(parts[0].split()) <= _PLACELIKE:
        return " ".join(parts[:2])
    return parts[0]
