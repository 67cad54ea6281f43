"""How public bodies write titles: what to drop, and what their abbreviations stand for."""

import re
from typing import Final

__all__ = ["CODES", "NOTES", "PHRASES", "WORDS"]

# What adverts and payrolls put around the occupation. References, pay, grades and numbers of posts
# always carry a figure; contract notes and grade letters do not.
CODES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"^\d{3}-[a-z]{2}-\d+-ext\b[- ]*",
        r"^\d+-ext\b[- ]*",
        r"^[a-z]{2,4}-\d{2,5}\s*-\s*",
        r"^[a-z]{1,3}\d{2,4}(/[a-z]{2,5})+\s*-\s*",
        r"^[a-z]{2}/[a-z0-9]{1,3}/[a-z]{2,}\s*[-/]\s*",
        r"^[a-z]{1,2}\d{1,2}[a-z]?\s*[-:]\s+",
        r"^\d[\d./]*\s*[,-]?\s+(?!(st|nd|rd|th)\b|line\b)",
        r"\(?\b(job |vacancy )?ref(erence)?( no)?\b\.?\s*[:.#-]?\s*\(?[a-z]*\d[\w/-]*\)?",
        r"\(?\birc\s?\d+\s*e?\b\)?",
        r"\bjrn\s?\d+\b",
        r"#\s?\w*\d\w*",
        r"£\s?[\d,.]+k?(\s*(-|to)\s*£?[\d,.]+k?)?\s*(p\.?\s?a\.?|per annum|per year)?",
        r"\b\d+\s*(months?|years?|yrs?|hours?|hrs?|posts?|vacanc\w+|roles?)\b",
        r"\bx\s?\d+\b|\(\s*x?\s*\d+\s*(posts?)?\)",
        r"\bband\s+\w?\d{1,2}\s?[a-d]?\b(\s*/\s*\d[a-d]?)?( plus\b)?",
        r"\b(grade|scale|level|spine|scp|afc|njc|tier|pay band)\s*[:-]?\s*\w?\d{1,2}[a-d]?\b"
        r"(\s*(-|to|/)\s*\w?\d{1,2}[a-d]?\b)?",
        r"\b(g[67]|g2|b[1-3]|c[1-5]|a[1-3]l?|d[1-3]|e[1-3]|pb\s?\d|sm\d|po\s?\d+|so\s?[12]|sc\s?\d|"
        r"sg\s?\d|scs\s?\d|id[- ]?\d+|pay\s?\d+|l[3-7]|gs-?\d+)\b",
        r"\b(?!(m365|o365|d365|s106|as400|ms365|365)\b)[a-z]{0,5}\d{3,}[a-z0-9]*\b",
    )
)

NOTES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\+ benefits\b",
        r"\b(not )?open to (tp|loan|all)\b",
        r"\b(fixed[- ]term( (contract|appointment))?|ftc|f/t|p/t|part[- ]time|full[- ]time|perm\b|"
        r"maternity cover|secondment|job ?share|term[- ]time( only)?|hourly|zero hours?|"
        r"per agrm?n?t|exe lev|excluded|with open evening|re-?advert(isement)?|inner london)\b",
        r"\bband\s+[a-o][ab]?\b( plus)?",
        r"\b(grade|level)\s+[a-k]\b",
        r"\b(aa|ao|eo|heo|seo|hso|sso|aeo|fco|sco|scs|hsto|ssto|sto|hro)\b(?!')",
        r"\b(i\b|ii|iii|iv|v\b|vi)\b(?=\s*($|[-,;(/]))",
        r"\*+",
    )
)

# Two-word readings first, because a word alone would be read otherwise.
PHRASES: Final = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"(?<![\w])\.\s?net\b", " dotnet "),
        (r"\bc\s?#|\bc\+\+", " csharp "),
        (r"\bim\s?&\s?t\b|\bict?\s?&\s?t\b|\bi\.t\.?|\bi\.c\.t\.?", " it "),
        (r"\binformation (and|&) communications? technolog\w+\b", " it "),
        (r"\b(information|info|infor)\.? tech(nology|nologies)?\b\.?", " it "),
        (r"\bit\s?&\s?d\b|\bis\s?&\s?t\b|\bis/it\b|\bit/is\b|\bmis\b|\bm\.i\.s\b", " it "),
        (r"\bddat\b|\bd\.d\.a\.t\b|\bdigital,? data (and|&) technology\b", " ddat "),
        (r"\ba/v\b|\bav\b|\baudio[- ]?visual\b", " audiovisual "),
        (r"\br\s?&\s?d\b", " research development "),
        (
            r"\bms365\b|\bm365\b|\bms 365\b|\bm 365\b|\bo365\b|\boffice 365\b|\bmicrosoft 365\b",
            " microsoft365 ",
        ),
        (r"\bdynamics 365\b|\bd365\b", " dynamics365 "),
        (r"\bhelp[- ]desk\b", " helpdesk "),
        (r"\bservice[- ]desk\b", " servicedesk "),
        (r"\bdata ?base\b", " database "),
        (r"\bdata proc(ess)?\b", " data processing "),
        (r"\bdata sci(en)?\b", " data scientist "),
        (r"\bc\s?&\s?it\b", " it "),
        (r"\bdata[- ]?ware ?house\b", " data warehouse "),
        (r"\bweb[- ]?site\b", " website "),
        (r"\bweb ?master\b", " webmaster "),
        (r"\bcyber[- ]?sec(urity)?\b", " cyber security "),
        (r"\binfo ?sec\b|\binfo\.? sec\w*\b", " information security "),
        (r"\bit sec(ur)?\b|\bict sec(ur)?\b", " it security "),
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
        (r"\bnet (?=(sys|adm|eng|spec|tech|anal|oper|ops|mgr|supp|infra)\w*)", " network "),
        (r"\bsr\.?/jr\.?\b", " senior "),
        (r"\bpen[- ]?test(er|ing|s)?\b", " penetration tester "),
        (r"\bdev[- ]?sec[- ]?ops\b|\bsec[- ]?dev[- ]?ops\b", " devsecops "),
        (r"\bdev[- ]?ops\b", " devops "),
        (r"\b(?<!r&d )tech(?=\s*($|[-,;(/]|\d))", " technician "),
        (r"\bfull[- ]?stack\b", " fullstack "),
        (r"\bfront[- ]?end\b|\bback[- ]?end\b", " frontend "),
        (r"\bpower[- ]bi\b", " powerbi "),
        (r"\blow[- ]?code\b|\bno[- ]?code\b", " lowcode "),
        (r"\beroster(ing)?\b|\be[- ]roster(ing)?\b", " erostering "),
        (r"\be[- ](?=(health|services?|learning|government|commerce|business)\b)", " e"),
        (r"\buser[- ]cent(re|er)e?d\b", " user centred "),
        (r"\b(gov)\.uk\b", " govuk "),
        (r"\b(login|cloud)\.gov\b", " govsite "),
        (r"\bbusiness[- ]?intel(ligence)?\b", " business intelligence "),
        (r"\bco[- ]ordinator\b", " coordinator "),
        (r"\binst(itute)?\.? (?=(res|research|rsch)\b)", " institutional "),
    )
)

WORDS: Final = {
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
    "ntwk": "network", "nwk": "network",
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
    "perf": "performance",
    "supp": "support", "supprt": "support", "ur": "user researcher", "ucd": "user centred design",
    "cybersecurity": "cyber security", "advr": "adviser", "dig": "digital", "rptg": "reporting",
    "rpt": "report", "anylst": "analyst", "anlyt": "analyst", "strat": "strategic",
    "coordntr": "coordinator", "coordin": "coordinator", "specl": "specialist",
    "infras": "infrastructure", "infrastr": "infrastructure", "netwk": "network",
    "ntwrk": "network", "netwrk": "network", "telcomm": "telecommunications",
    "applic": "application", "applctn": "application", "softw": "software", "softwr": "software",
    "prgm": "programme", "dvlpmt": "development", "dvlpt": "development", "secrty": "security",
    "cyb": "cyber", "statl": "statistical", "geog": "geographic", "db": "database",
    "solns": "solutions", "soln": "solutions", "integ": "integration", "intgr": "integration",
    "impl": "implementation", "implem": "implementation", "opns": "operations",
    "oprns": "operations", "dsgn": "design", "dsgnr": "designer", "rsrchr": "researcher",
    "resrch": "research", "srvc": "service", "svs": "services",
    "suppt": "support", "sw": "software", "hw": "hardware", "uat": "acceptance test",
}  # fmt: skip
