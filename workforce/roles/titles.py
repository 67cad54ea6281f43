"""Job titles as systems write them, made comparable: one key, and one spelled-out reading.

`fold_title` is the key under which identical titles are counted and corrected. `spell_out` is what
the rules and the model read: references, grades, pay and contract notes gone, abbreviations
written out, the parts of the title (" - ", brackets, commas) kept apart by `;`.
"""

import re
import unicodedata
from typing import Final

from workforce.roles.openings import openings, word_starts
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


_UNIFORM: Final = (
    (re.compile(r"[‘’`´]"), "'"),
    (re.compile(r"[‐‑‒–—―−•·|]"), " - "),
    (re.compile(r"\bwww\.\S+|https?://\S+"), " "),
)

_PHRASES: Final = tuple((*entry, openings(entry[0].pattern)) for entry in PHRASES)

# Plurals whose singular the rules ask for; adverts for several posts use them.
_PLURALS: Final = re.compile(
    r"^(analyst|engineer|developer|designer|researcher|manager|officer|architect|technician|"
    r"scientist|specialist|programmer|administrator|tester|consultant|statistician|lead|owner|"
    r"assistant|apprentice|practitioner|director|investigator|guard|operator|clerk)s$"
)
# "Security" shortens to the same three letters as "secretary" does.
_SECRETARY: Final = re.compile(r"^(adm|admin|exec|executive|legal|med|medical|pa|dept)\.? sec\b")
_PARTS: Final = re.compile(r"\s+-+\s*|\s*-+\s+|[,;:()\[\]]+|\s/\s")
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
    for pattern, replacement in _UNIFORM:
        text = pattern.sub(replacement, text)
    text = _SECRETARY.sub("administrative secretary", text.strip())
    figures = any(char.isdigit() for char in text)
    for pattern in (*CODES, *NOTES) if figures else NOTES:
        text = pattern.sub(" ", text).strip()
    starts = word_starts(text)
    for pattern, replacement, first in _PHRASES:
        if first is None or not first.isdisjoint(starts):
            text = pattern.sub(replacement, text)
    parts = []
    for part in _PARTS.split(text):
        words = [_word(word) for word in _TOKENS.findall(part)]
        line = " ".join(word for word in words if word)
        if line:
            parts.append(line)
    return _SERVED.sub("", f" {SEPARATOR} ".join(parts))


def _word(word: str) -> str:
    word = word.strip("'")
    plain = word.removesuffix("'s")
    if _PLURALS.match(plain):
        return plain[:-1]
    return WORDS.get(plain, plain)


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
