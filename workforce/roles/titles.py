"""Job titles as systems write them, made comparable: one key, and one spelled-out reading.

`fold_title` is the key under which identical titles are counted and corrected. `spell_out` is what
the rules and the model read: references, grades, pay and contract notes gone, abbreviations
written out, the parts of the title (" - ", brackets, commas) kept apart by `;`.
"""

import re
import unicodedata
from typing import Final

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

# What an advert or a payroll adds around the occupation: references, pay, contract, headcount.
_NOTES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"^\d{3}-[a-z]{2}-\d+-ext\b[- ]*",
        r"^\d+-ext\b[- ]*",
        r"^[a-z]{2,4}-\d{2,5}\s*-\s*",
        r"^[a-z]{1,3}\d{2,4}(/[a-z]{2,5})+\s*-\s*",
        r"^[a-z]{2}/[a-z0-9]{1,3}/[a-z]{2}\s*-\s*",
        r"^\d[\d./]*\s*[,-]?\s+(?!(st|nd|rd|th)\b|line\b)",
        r"\(?\b(job |vacancy )?ref(erence)?( no)?\b\.?\s*[:.#-]?\s*\(?[a-z]*\d[\w/-]*\)?",
        r"\(?\birc\s?\d+\s*e?\b\)?",
        r"\bjrn\s?\d+\b",
        r"#\s?\w*\d\w*",
        r"£\s?[\d,.]+k?(\s*(-|to)\s*£?[\d,.]+k?)?\s*(p\.?\s?a\.?|per annum|per year)?",
        r"\+ benefits\b",
        r"\b(not )?open to (tp|loan|all)\b",
        r"\b(fixed[- ]term( (contract|appointment))?|ftc|f/t|p/t|part[- ]time|full[- ]time|perm|"
        r"maternity cover|secondment|job ?share|term[- ]time( only)?|hourly|zero hours?|"
        r"per agrm?n?t|exe lev|excluded|with open evening|re-?advert(isement)?|inner london)\b",
        r"\b\d+\s*(months?|years?|yrs?|hours?|hrs?|posts?|vacanc\w+|roles?)\b",
        r"\bx\s?\d+\b|\(\s*x?\s*\d+\s*(posts?)?\)",
        r"\bband\s+\w?\d{1,2}\s?[a-d]?\b(\s*/\s*\d[a-d]?)?",
        r"\bband\s+[a-o]\d?\b( plus)?",
        r"\b(grade|scale|level|spine|scp|afc|njc|tier|pay band)\s*[:-]?\s*\w?\d{1,2}[a-d]?\b"
        r"(\s*(-|to|/)\s*\w?\d{1,2}[a-d]?\b)?",
        r"\b(grade|level)\s+[a-k]\b",
        r"\b(g[67]|g2|b[1-3]|c[1-5]|a[1-3]l?|d[1-3]|e[1-3]|pb\s?\d|sm\d|po\s?\d+|so\s?[12]|sc\s?\d|"
        r"sg\s?\d|scs\s?\d?|id[- ]?\d+|pay\s?\d+|l[3-7])\b",
        r"\b(aa|ao|eo|heo|seo|hso|sso|aeo|fco|sco|gs-?\d+)\b(?!')",
        r"\b(?!(m365|o365|d365|s106|as400|ms365|365)\b)[a-z]{0,5}\d{3,}[a-z0-9]*\b",
        r"\b(i{1,3}|iv|v|vi)\b(?=\s*($|[-,;(/]))",
        r"\*+",
    )
)

# Two-word readings first, because a word alone would be read otherwise.
_PHRASES: Final = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"(?<![\w])\.\s?net\b", " dotnet "),
        (r"\bc\s?#|\bc\+\+", " csharp "),
        (r"\bim\s?&\s?t\b|\bict?\s?&\s?t\b|\bi\.t\.?|\bi\.c\.t\.?", " it "),
        (r"\binformation (and|&) communications? technolog\w+\b", " it "),
        (r"\b(information|info|infor)\.? tech(nology|nologies)?\b\.?", " it "),
        (r"\bit\s?&\s?d\b|\bis\s?&\s?t\b|\bis/it\b|\bit/is\b|\bm\.?i\.?s\b", " it "),
        (r"\bddat\b|\bd\.?d\.?a\.?t\b|\bdigital,? data (and|&) technology\b", " ddat "),
        (r"\ba/v\b|\bav\b|\baudio[- ]?visual\b", " audiovisual "),
        (r"\br\s?&\s?d\b", " research development "),
        (r"\bms? ?365\b|\bo365\b|\boffice 365\b|\bmicrosoft 365\b", " microsoft365 "),
        (r"\bdynamics 365\b|\bd365\b", " dynamics365 "),
        (r"\bhelp[- ]desk\b", " helpdesk "),
        (r"\bservice[- ]desk\b", " servicedesk "),
        (r"\bdata ?base\b", " database "),
        (r"\bdata[- ]?ware ?house\b", " data warehouse "),
        (r"\bweb[- ]?site\b", " website "),
        (r"\bweb ?master\b", " webmaster "),
        (r"\bcyber[- ]?sec(urity)?\b", " cyber security "),
        (r"\binfo ?sec\b|\binfo\.? sec\w*\b", " information security "),
        (r"\bit sec(ur)?\b", " it security "),
        (r"\bis secur?\b", " information systems security "),
        (
            r"\bis (?=(tester|security|manager|analyst|support|officer|auditor|project|technician"
            r"|developer|engineer|programme|trainer|director)\b)",
            " information systems ",
        ),
        (r"\bprogr?\.? (?=(mgr|manager|lead|director|officer|support|coord\w*)\b)", " programme "),
        (r"\bprogram (?=\w)", " programme "),
        (r"\bsys\.? admin?(istrator)?\b|\bsystems? adm(in?)?\b", " systems administrator "),
        (r"\bbus\.? (?=(anal\w*|intel\w*|system\w*|chang\w*)\b)", " business "),
        (r"\bcomp\.? (?=(tech\w*|oper\w*|prog\w*|sys\w*|appl?\w*|anal\w*)\b)", " computer "),
        (r"\bweb prog(r|rammer)?\b", " web programmer "),
        (r"\bnet (?=(sys|adm|eng|spec|tech|anal)\w*)", " network "),
        (r"\bsr\.?/jr\.?\b", " senior "),
        (r"\bpen[- ]?test(er|ing|s)?\b", " penetration tester "),
        (r"\bdev[- ]?(sec[- ]?)?ops\b", " devops "),
        (r"\bfull[- ]?stack\b", " fullstack "),
        (r"\bfront[- ]?end\b|\bback[- ]?end\b", " frontend "),
        (r"\bpower[- ]bi\b", " powerbi "),
        (r"\blow[- ]?code\b|\bno[- ]?code\b", " lowcode "),
        (r"\be[- ](?=(health|services?|learning|government|commerce|business)\b)", " e"),
        (r"\buser[- ]cent(re|er)e?d\b", " user centred "),
        (r"\b(gov)\.uk\b", " govuk "),
        (r"\b(login|cloud)\.gov\b", " govsite "),
        (r"\bbusiness[- ]?intel(ligence)?\b", " business intelligence "),
        (r"\bco[- ]ordinator\b", " coordinator "),
        (r"\binst(itute)?\.? (?=(res|research|rsch)\b)", " institutional "),
    )
)

_WORDS: Final = {
    "snr": "senior", "sr": "senior", "sen": "senior", "jr": "junior", "jnr": "junior",
    "mgr": "manager", "mngr": "manager", "manger": "manager", "mgmt": "management",
    "mgt": "management", "mngmt": "management", "mangmnt": "management",
    "ofcr": "officer", "offr": "officer", "ofc": "officer", "ofr": "officer", "off": "officer",
    "asst": "assistant", "assist": "assistant", "ast": "assistant", "assoc": "associate",
    "dir": "director", "dep": "deputy", "dpty": "deputy", "hd": "head", "chf": "chief",
    "supv": "supervisor", "supvr": "supervisor", "spvr": "supervisor", "supr": "supervisor",
    "spec": "specialist", "spclst": "specialist", "specst": "specialist", "splst": "specialist",
    "spe": "specialist", "specs": "specialist",
    "anlst": "analyst", "anlyst": "analyst", "analy": "analyst", "anls": "analyst",
    "anl": "analyst", "analst": "analyst", "anlys": "analyst", "anal": "analyst",
    "analysts": "analyst",
    "coord": "coordinator", "coor": "coordinator", "coordinators": "coordinator",
    "admn": "administrator", "admstr": "administrator", "adminstr": "administrator",
    "admin": "administrator", "adminr": "administrator",
    "prog": "programmer", "progr": "programmer", "progrmr": "programmer", "prgmr": "programmer",
    "programer": "programmer", "pgmr": "programmer",
    "tech": "technical", "techn": "technician", "technicn": "technician", "tchncn": "technician",
    "techncn": "technician", "techs": "technician", "tchn": "technician", "tch": "technology",
    "technol": "technology", "tchnlgy": "technology",
    "sys": "systems", "syst": "systems", "systm": "systems", "sysms": "systems",
    "system": "systems", "info": "information", "infor": "information", "inf": "information",
    "appl": "application", "appls": "applications", "app": "application", "apps": "applications",
    "svcs": "services", "svc": "service", "serv": "service", "srvcs": "services",
    "dev": "developer", "devel": "development", "develop": "development", "dvlpr": "developer",
    "devlpr": "developer", "progs": "programmes",
    "eng": "engineer", "engr": "engineer", "engnr": "engineer", "engrs": "engineer",
    "net": "network", "ntwk": "network", "nwk": "network",
    "telecom": "telecommunications", "telecoms": "telecommunications",
    "telecomm": "telecommunications", "telecomms": "telecommunications",
    "comms": "communications", "comm": "communications",
    "res": "research", "rsch": "research", "rsrch": "research", "integr": "integration",
    "secur": "security", "sec": "security", "prod": "product", "proj": "project",
    "prj": "project", "archt": "architect", "arch": "architect", "oper": "operator",
    "opr": "operator", "ops": "operations", "stats": "statistics", "stat": "statistics",
    "infra": "infrastructure", "infrastucture": "infrastructure", "infastructure": "infrastructure",
    "ict": "it", "icts": "it", "oit": "it", "cis": "it",
    "ba": "business analyst", "dba": "database administrator", "odba": "database administrator",
    "dbas": "database administrator", "pm": "project manager", "bi": "business intelligence",
    "mi": "management information", "gis": "gis", "ux": "ux", "ui": "ui", "ehr": "epr",
    "emr": "epr", "ai": "ai", "qat": "qat", "qa": "quality assurance", "csoc": "soc",
    "micro": "microcomputer", "microcomp": "microcomputer", "compu": "computer",
    "geospat": "geospatial", "modeler": "modeller", "modelers": "modeller",
    "center": "centre", "organization": "organisation", "program": "programme",
    "programs": "programmes", "centered": "centred", "visualization": "visualisation",
    "digitization": "digitisation", "optimization": "optimisation",
    "advisor": "adviser", "advisors": "adviser", "advisers": "adviser",
    "pub": "public", "mech": "mechanical", "elec": "electrical", "elect": "electrical",
    "maint": "maintenance", "mtce": "maintenance", "transf": "transformation",
    "hr": "human resources", "m/e": "mechanical", "vp": "vice president", "intel": "intelligence",
    "perf": "performance", "sw": "software", "hw": "hardware", "uat": "acceptance test",
}  # fmt: skip

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
    for pattern in _NOTES:
        text = pattern.sub(" ", text).strip()
    for pattern, replacement in _PHRASES:
        text = pattern.sub(replacement, text)
    parts = []
    for part in _PARTS.split(text):
        words = [_word(word) for word in _TOKENS.findall(part)]
        line = " ".join(word for word in words if word)
        if line:
            parts.append(line)
    return f" {SEPARATOR} ".join(parts)


def _word(word: str) -> str:
    word = word.strip("'")
    plain = word.removesuffix("'s")
    if _PLURALS.match(plain):
        return plain[:-1]
    return _WORDS.get(plain, plain)


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
    parts = _SERVED.sub("", spelled).split(f" {SEPARATOR} ")
    if len(parts) > 1 and set(parts[0].split()) <= _PLACELIKE:
        return " ".join(parts[:2])
    return parts[0]
