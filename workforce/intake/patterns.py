"""Rules over folded headings, for those that no synonym names. Dates are read by `datewords`.

Tried in order; an empty field means that a heading is known to be none of ours.
"""

from typing import Final

__all__ = ["PATTERNS"]

_NONE: Final = (
    (r"\b(head|manager|mgr|supervisor|boss|rm)\b.*\b(sex|gender|age|rating|grade|tenure|"
     r"reportees?|effectiveness|score|span|level|count|band)\b",
     0.9),
    (r"\byears? (with|under) .*manager\b|\b(previous|next) (salary|grade|role|job|"
     r"increment)\b",
     0.9),
    (r"^(comments?|notes?|remarks?|narrative|further details?|description of change|"
     r"rationale)\b|\b(comments?|notes|remarks)$",
     0.85),
    (r"\b(number|count) (companies|projects|trainings|dependants?|dependents|absences|"
     r"previous|direct|reports|employee reporting|applic\w+|candidates?|interviews?|"
     r"shortlisted|offers?)\b",
     0.9),
    (r"\b(dependants?|dependents|previous companies|prior (experience|employer))\b", 0.85),
    (r"\b(satisfaction|survey|rating|score|performance|distance|commute|overtime|ot|"
     r"longevity)\b",
     0.85),
    (r"\bsince last promotion\b|\bin current role\b|\btotal working years\b|\bexperience\b", 0.8),
    (r"\bpromotions? (in )?last\b|\bpromoted in last\b", 0.85),
    (r"\b(underfilled|previous|former|next|future|target)\b.*\b(title|post|employer|"
     r"occupant|holder)\b",
     0.85),
    (r"\b(destination|next employer|new employer|eligible rehire|rehire eligib\w*)\b", 0.85),
    (r"\bsalary cost\b|\bsalary or\b|\bcost\b.*\breports\b", 0.85),
    (r"\b(hike|increase|bonus|stock|allowances?|benefits?|pension|pensionable|deductions?|"
     r"tax|on ?costs?|employer ni|levy|price|funding|currency|frequency|invoice)\b",
     0.85),
    (r"\b(pay|salary|wage) (basis|type|period|frequency|cycle|group|run)\b|\bweeks year\b", 0.85),
    (r"\b(source|channel)\b.*\b(recruit\w*|hire|hiring|candidate|application)|"
     r"\b(recruitment|hiring|candidate|application) (source|channel|method)\b",
     0.85),
    (r"\breason\b.*\b(vacan\w*|recruitment|requisition|post|absence|change|request|delay|"
     r"agency)\b|\bvacancy reason\b",
     0.85),
    (r"\b(applications?|applicants?|candidates?|shortlisted|interviewed)\b.*\b(received|"
     r"number|total|count)\b|\bapplicants?$",
     0.85),
    (r"\b(days|weeks|time) (open|hire|fill|vacant|advert\w*|recruit|start|offer)\b|"
     r"\btime to (hire|fill|recruit|offer|start)\b|\bage vacancy\b",
     0.85),
    (r"\b(vacancy|vacant|variance|gap|over|under|surplus|unfilled)\b.*\b(fte|wte|percent|"
     r"rate|establish\w*)\b|\b(fte|wte|percent)\b.*\b(vacant|vacancy|variance|gap)\b|"
     r"^variance\b",
     0.85),
    (r"\b(budget|total cost|annual cost|spend|cost)\b(?!.*\b(fte|wte|posts?|cent|centre|"
     r"establishment|hours|code|headcount)\b)",
     0.8),
    (r"\b(language|education|qualification level|highest qualification|degree|skills?|"
     r"certificat\w*|cv|licence|union|parking|vehicle|laptop|security clearance|"
     r"clearance)\b",
     0.8),
    (r"\b(employee|employees|staff|posts|people)\b.*\b(reporting|managed|supervised)\b|"
     r"\bdirect reports\b|\bspan control\b",
     0.85),
    (r"\b(cohort|ukprn|epao|prior learning)\b|\bagreement (id|number|reference)\b|"
     r"\bresponsibilities\b|\bduties\b|\bright to work\b|\bother (pay|payments?|"
     r"earnings)\b|\bempl(oyee)? (record|rcd)\b|\bvalid\b",
     0.8),
    (r"\b(sick\w*|absen\w*|leave (balance|entitlement|taken)|annual leave|holiday)\b", 0.8),
)  # fmt: skip
"""Headings about something that is not needed."""

_PERSONAL: Final = (
    (r"\b(national insurance|ni) (number|no)\b|\buln\b|\bunique learner\b", "ni_number", 0.95),
    (r"\be ?mail\b", "email", 0.95),
    (r"\b(telephone|phone|mobile) ?(number)?\b", "phone", 0.92),
    (r"\b(home|postal|private) (address|town|city)\b|\baddress line\b|\bpost ?code\b|"
     r"\bzip code\b",
     "address", 0.9),
    (r"\b(sort code|iban|bank)\b", "bank", 0.92),
    (r"\b(line |hiring |recruiting |reporting |people )?(manager|mgr|supervisor|recruiter|"
     r"assessor|tutor|mentor|hrbp|approver|authoriser|authorizer|appraiser|"
     r"budget holder)\b|\breport(s|ing)? to\b|^(rm|lm|reportsto)\b",
     "manager_id", 0.8),
    (r"\b(fore|sur|first|last|middle|preferred|maiden|full|given|family|known|christian|"
     r"display|legal) ?name\b|\bname (person|employee|postholder|post holder|occupant|"
     r"candidate|apprentice|learner|individual|incumbent|worker|agency worker|temp|"
     r"contractor)\b|^(current |agency |existing |successful )?(post ?holder|occupant|"
     r"incumbent|candidate|appointee|apprentice|learner|worker|employee|contractor|temp|"
     r"consultant)( name)?$",
     "name", 0.86),
    (r"\b(birth|dob)\b", "birth_date", 0.9),
    (r"\bethnic|\brace\b", "ethnicity", 0.9),
    (r"\bdisab", "disability", 0.9),
    (r"\b(gender|sex|sexid)\b", "sex", 0.88),
    (r"\bmarital\b|\bmarried\b", "marital_status", 0.88),
    (r"\bnationality\b|\bcitizen", "nationality", 0.88),
    (r"\breligio|\bbelief\b", "religion", 0.9),
    (r"\bsexual\b|\borientation\b", "sexual_orientation", 0.88),
)  # fmt: skip

_WORK: Final = (
    (r"\b(leav|terminat|exit|separation|resign|attrition|departure)\w*\b.*\b(reason|type|"
     r"cause|category|code|description)\b",
     "leave_reason", 0.88),
    (r"\b(reason|type|cause|category)\b.*\b(leav|terminat|exit|separation|resign|departure|"
     r"left)",
     "leave_reason", 0.88),
    (r"\bvoluntary\b|\bavoidable\b", "leave_reason", 0.8),
    (r"\b(primary|secondary|main|first|other) reasons?\b", "leave_reason", 0.7),
    (r"\b(position|data) as at\b|^(as at|as of|data as at)\b", "snapshot_date", 0.84),
    (r"\b(funded|budget\w*|establishment|establish\w*|authorised|authorized|approved|"
     r"agreed|allocated|permitted|bottom line)\b.*\b(fte|wte|posts?|headcount|strength)\b|"
     r"\b(fte|wte|posts?|headcount)\b.*\b(funded|budget\w*|establish\w*|authorised|"
     r"authorized|approved)\b",
     "establishment_fte", 0.88),
    (r"\b(new|existing)\b.*\b(existing|recruit|employee|starter|staff|external)\b.*|"
     r"\b(conversion|upskill\w*)\b",
     "trainee", 0.78),
    (r"\b(salary|pay)\b.*\b(fte|wte|full time|whole time)\b", "salary", 0.86),
    (r"\b(fte|wte|full time equivalent|whole time equivalent|full time)\b.*\b(salary|pay)\b",
     "salary", 0.86),
    (r"\b(fte|wte|full time equivalents?|whole time equivalents?)\b.*\bhours\b|"
     r"\bhours\b.*\b(fte|wte|full time equivalent)\b",
     "hours", 0.8),
    (r"\b(fte|wte|full time equivalents?|whole time equivalents?)\b", "fte", 0.84),
    (r"\bhours\b.*\b(week|weekly)\b|\bweekly\b.*\bhours\b|\b(contracted|contractual|paid|"
     r"conditioned|normal|basic|standard|budget\w*|scheduled|rostered|post|employed|net|"
     r"gross|working) hours\b|\bhours (contracted|paid|worked|budget\w*|conditioned)\b",
     "hours", 0.84),
    (r"\bpercent (ft|full time|whole time)\b", "fte", 0.8),
    (r"\b(hourly|per hour|hour rate|rate hour)\b", "", 0.7),
    (r"\b(annual|base|basic|gross|current|contract\w*|actual|total|substantive|fulltime|"
     r"yearly|monthly)\b.*\b(salary|pay|wage|wages|compensation|remuneration|rate|ctc|"
     r"earnings|package)\b|\bsalary\b|\b(ctc|remuneration|compensation)\b(?!.*\b(grade|"
     r"level|band|plan)\b)|\bpay (floor|ceiling|minimum|maximum|annual|value|amount)\b|"
     r"\b(spine|spinal|scale|point|column)\b.*\b(value|amount|salary|pay)\b",
     "salary", 0.8),
    (r"^(annual|monthly|yearly)$", "salary", 0.66),
    (r"\blength (service|employment)\b|\b(years|months) (service|employed|company|"
     r"employment|post)\b|\bservice (years|months|length)\b|\blos\b|\bservice band\b",
     "tenure", 0.84),
    (r"\btenure\b", "tenure", 0.76),
    (r"\bage (band|group|range|bracket|category|level|profile)\b", "age", 0.9),
    (r"\b(employee|staff|personnel|personal|payroll|pay|worker|person|assignment|teacher|"
     r"associate|warrant|collar|shoulder|service|force|pin|works|clock|resource|colleague|"
     r"member|individual|occupant)\b.*\b(id|number|reference|code|identifier|key)\b",
     "employee_id", 0.8),
    (r"\b(requisition|vacancy|campaign|advert|job|recruitment|posting|trac|"
     r"opening)\b.*\b(id|number|reference|identifier)\b",
     "requisition_id", 0.84),
    (r"\b(post|position|seat|establishment|pcn|job)\b.*\b(id|number|reference|code|"
     r"identifier|key)\b",
     "post_id", 0.84),
    (r"\bsoc\b|\boccupation(al)? code\b", "soc_code", 0.86),
    (r"\b(number|total|count)\b.*\b(posts?|positions?|openings?|vacanc\w+|roles?|hires|"
     r"vacant)\b|\b(posts?|positions?|openings?|roles?) (available|required|requested|"
     r"advertised|recruit\w*|number|total)\b",
     "headcount", 0.8),
    (r"\b(apprenticeship|standard|framework|larscode|std|training|learning|"
     r"programme)\b.*\b(name|title|standard|code|reference|course|aim|programme)\b",
     "standard", 0.8),
    (r"\b(job|role|career|professional|profession|occupational|work|staff)\b.*\b(family|"
     r"function|group|category|field|stream|specialism)\b|\bprofession\b|\bdiscipline\b|"
     r"\bstaff group\b",
     "job_family", 0.8),
    (r"\b(job|post|position|role|business|working|class|designation|duty)\b.*\b(title|name|"
     r"description|text|held|label)\b",
     "job_title", 0.86),
    (r"\b(substantive|current|present|specific|generic|advertised|official) (role|post|"
     r"position|job|title|designation)\b",
     "job_title", 0.8),
    (r"\b(pay|salary|job|civil service|compensation|responsibility|management|rank|role|"
     r"career|professional|wage)\b.*\b(grade|band|scale|level|point|range|spine|step|tier|"
     r"zone|lvl)\b",
     "grade", 0.82),
    (r"\bgrade\b|\bspin(al|e)\b|\bpay ?band\b|\bscale (point|pt)\b|\brank\b|\bafc\b|"
     r"\bband\b|\bscp\b",
     "grade", 0.8),
    (r"\b(work\w*|shift|hours|duty) (pattern|schedule|system|type|basis|arrangement)\b",
     "contract_type", 0.8),
    (r"\b(perm\w*|fixed|regular)\b.*\b(temp\w*|term|perm\w*|flag|indicator|y n)\b|"
     r"\bfull ?time\b.*\bpart ?time\b|\bfull part\b|\bft pt\b|\bfull ?time (flag|indicator|"
     r"employee|y n)\b|\bir35\b",
     "contract_type", 0.8),
    (r"\b(contract|employment|employee|appointment|worker|engagement|tenure|resource|staff|"
     r"post|position|assignment|vacancy|labour)\b.*\b(type|basis|category|class|group|"
     r"terms|nature)\b",
     "contract_type", 0.82),
    (r"\b(vacancy|requisition|recruitment|campaign|apprentice\w*|learner|job|posting|"
     r"programme|recruit|application|opening)\b.*\b(status|outcome|stage|result|decision|state|"
     r"progress)\b|\b(current|latest) stage\b|\boutcome\b",
     "outcome", 0.82),
    (r"\b(employment|employee|employ|active|current|payroll|leave|lifecycle|position|post|"
     r"person|worker|staff|assignment|work|hr|record|contract|company)\b.*\bstatus\b|"
     r"\battrition\b|\bpaid unpaid\b|\b(is|currently) (active|employed|current|leaver)\b|"
     r"\b(active|leaver|left|terminated|current) (flag|indicator|y n|yn)\b|"
     r"\bstill (employed|working|in post)\b",
     "status", 0.82),
    (r"\b(department|directorate|division|business unit|service area|cost cent|costc|"
     r"institution|legal employer|employing|structure (group|level|unit)|hierarchy|"
     r"reporting unit|faculty|bureau)",
     "department", 0.82),
    (r"\b(organisation|organisational|supervisory|org|sup)\b.*\b(unit|level|name|org|"
     r"organisation|l\d|group|code|structure|primary|hierarchy)\b|\b(sup|"
     r"supervisory) organisation\b|\bteam\b|\bsection\b|\b(business|service|operational|"
     r"functional|policy|corporate) (area|unit|group|line|stream|name)\b|\bunit (name|code|"
     r"description)\b|\bl(evel)? ?[1-6]$|\bbcu\b",
     "department", 0.78),
    (r"\b(work|office|base|primary|post|job|duty|contract\w*|main)\b.*\b(location|site|"
     r"base|city|town|address|building|region|borough|country|station|postcode)\b|"
     r"\blocation\b|\bduty station\b",
     "location", 0.82),
    (r"\b(head ?count|number (of )?(staff|employee|people|persons|heads))\b", "headcount", 0.84),
    (r"\b(day|daily|charge|bill|agency) rate\b|\brate (day|daily)\b|\bper day\b|"
     r"\bcharge (day|daily)\b",
     "day_rate", 0.8),
    (r"\b(supplier|vendor|agency name|umbrella|supplying)\b", "supplier", 0.78),
)  # fmt: skip

PATTERNS: Final[tuple[tuple[str, str, float], ...]] = (
    *_PERSONAL[:1],
    *((rule, "", score) for rule, score in _NONE[:2]),
    *_PERSONAL[1:],
    *((rule, "", score) for rule, score in _NONE[2:]),
    *_WORK,
)
"""Regular expression, field, how sure the words make us."""
