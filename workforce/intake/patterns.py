"""Rules over folded headings, for those that no synonym names.

Tried in order; an empty field means that a heading is known to be none of ours.
"""

from typing import Final

__all__ = ["PATTERNS"]

PATTERNS: Final[tuple[tuple[str, str, float], ...]] = (
    (r"\b(head|manager|supervisor|boss)\b.*\b(sex|gender|age|rating|grade)\b", "", 0.9),
    (
        r"\byears? (with|under) .*manager\b|\b(last|previous|next) (salary|grade|role|job)\b",
        "",
        0.9,
    ),
    (r"\b(review|appraisal|training|sickness|probation|vetting|dbs)\b.*\bdate\b", "", 0.9),
    (r"\b(num|number|count) (companies|projects|trainings|dependants|absences)\b", "", 0.9),
    (r"\b(satisfaction|survey|rating|score|performance|distance|commute|overtime)\b", "", 0.85),
    (
        r"\bsince last promotion\b|\bin current role\b|\btotal working years\b|\bexperience\b",
        "",
        0.8,
    ),
    (
        r"\b(underfilled|previous|former|last|next|future|target)\b.*\b(title|post|employer)\b",
        "",
        0.85,
    ),
    (r"\b(destination|next employer|new employer)\b", "", 0.85),
    (r"\bsalary cost\b|\bsalary or\b|\bcost\b.*\breports\b", "", 0.85),
    (
        r"\bhike\b|\bincrease\b|\bbonus\b|\bstock\b|\ballowance\b|\bbenefits?\b|\bpension\b",
        "",
        0.85,
    ),
    (r"\b(national insurance|ni) (number|no)\b", "ni_number", 0.95),
    (r"\be ?mail\b", "email", 0.95),
    (r"\b(telephone|phone|mobile) ?(number)?\b", "phone", 0.92),
    (r"\b(home|postal) address\b|\baddress line\b|\bpost ?code\b|\bzip code\b", "address", 0.9),
    (r"\b(sort code|iban|bank)\b", "bank", 0.92),
    (
        r"\b(fore|sur|first|last|middle|preferred|maiden|full|given|family|known) ?name\b",
        "name",
        0.92,
    ),
    (r"\b(line )?manager\b|\bsupervisor\b|\breports? to\b", "manager_id", 0.8),
    (r"\b(birth|dob)\b", "birth_date", 0.9),
    (r"\bethnic|\brace\b", "ethnicity", 0.9),
    (r"\bdisab", "disability", 0.9),
    (r"\b(gender|sex)\b", "sex", 0.88),
    (r"\bmarital\b|\bmarried\b", "marital_status", 0.88),
    (r"\bnationality\b|\bcitizen", "nationality", 0.88),
    (r"\breligio", "religion", 0.9),
    (r"\bsexual\b|\borientation\b", "sexual_orientation", 0.88),
    (
        r"\b(leav|terminat|exit|separation|resign|attrition|departure)\w*\b.*\b(reason|"
        r"type|cause)\b",
        "leave_reason",
        0.9,
    ),
    (
        r"\b(reason|type|cause)\b.*\b(leav|terminat|exit|separation|resign|departure)",
        "leave_reason",
        0.9,
    ),
    (r"\b(leav|terminat|exit|separation|resign|departure|left)\w*\b.*\bdate\b", "leave_date", 0.88),
    (r"\bdate\b.*\b(leav|terminat|exit|separation|resign|departure|left)", "leave_date", 0.88),
    (r"\blast (working )?day\b", "leave_date", 0.85),
    (
        r"\b(contract|fixed term|ftc|temporary|assignment|secondment)\b.*\b(end|expir\w*)\b",
        "contract_end_date",
        0.86,
    ),
    (
        r"\b(planned|expected|anticipated|due|target)\b.*\b(end|completion|finish|gateway|epa)\b",
        "planned_end_date",
        0.85,
    ),
    (
        r"\b(post|role|position|job|grade|band|assignment)\b.*\b(start|from|since|entry)\b",
        "role_start_date",
        0.84,
    ),
    (
        r"\b(hire|hired|joining|joined|commence\w*|appointment|continuous service)\b.*\bdate\b",
        "start_date",
        0.88,
    ),
    (
        r"\bdate\b.*\b(hire|hired|join|joined|joining|commence\w*|started|start)\b",
        "start_date",
        0.88,
    ),
    (r"\b(continuous|reckonable) service\b", "start_date", 0.84),
    (r"\bstart date\b|\bstarting date\b|\bstart dt\b", "start_date", 0.84),
    (
        r"\b(advert\w*|opened|open|posted|raised|vacant)\b.*\b(date|since|from|on)\b",
        "opened_date",
        0.82,
    ),
    (
        r"\b(filled|closed|closing|offer)\b.*\bdate\b|\bdate\b.*\b(filled|closed)\b",
        "closed_date",
        0.82,
    ),
    (
        r"\b(snapshot|extract|report|reporting|record|census|as at|as of)\b.*\b(date|month|year)\b",
        "snapshot_date",
        0.84,
    ),
    (r"^(as at|as of|data as at|position as at)\b", "snapshot_date", 0.84),
    (
        r"\b(funded|budget\w*|establishment|authorised|approved)\b.*\b(fte|wte|posts?)\b",
        "establishment_fte",
        0.88,
    ),
    (r"\b(fte|wte|full time equivalent|whole time equivalent)\b.*\b(salary|pay)\b", "salary", 0.86),
    (r"\b(fte|wte|full time equivalents?|whole time equivalents?)\b", "fte", 0.84),
    (
        r"\bhours\b.*\bweek\b|\bweekly\b.*\bhours\b|\b(contracted|contractual|paid) hours\b",
        "hours",
        0.86,
    ),
    (r"\b(annual|base|basic|gross)\b.*\b(salary|pay)\b|\bsalary\b", "salary", 0.82),
    (
        r"\blength (service|employment)\b|\b(years|months) (service|employed|company)\b",
        "tenure",
        0.86,
    ),
    (r"\btenure\b", "tenure", 0.82),
    (r"\bage (band|group|range|bracket|category)\b", "age", 0.9),
    (
        r"\b(employee|staff|personnel|payroll|worker|person|assignment)\b.*\b(id|number|"
        r"reference|code)\b",
        "employee_id",
        0.86,
    ),
    (
        r"\b(requisition|vacancy|campaign|advert)\b.*\b(id|number|reference)\b",
        "requisition_id",
        0.88,
    ),
    (r"\b(post|position)\b.*\b(id|number|reference|code)\b", "post_id", 0.86),
    (r"\bsoc\b|\boccupation(al)? code\b", "soc_code", 0.86),
    (
        r"\b(apprenticeship|standard|framework)\b.*\b(name|title|standard|code|reference)\b",
        "standard",
        0.84,
    ),
    (r"\b(job|post|position|role|business|working|class)\b.*\b(title|name)\b", "job_title", 0.88),
    (r"\bjob (description|role)\b|\brole title\b", "job_title", 0.85),
    (
        r"\bjob (family|function|group|category)\b|\b(staff|occupational|professional) group\b",
        "job_family",
        0.82,
    ),
    (r"\b(pay|salary|job|civil service)\b.*\b(grade|band|scale|level|point)\b", "grade", 0.85),
    (r"\bgrade\b|\bspinal\b|\bpay ?band\b", "grade", 0.82),
    (
        r"\b(contract|employment|employee|appointment|worker)\b.*\b(type|basis|category|class)\b",
        "contract_type",
        0.86,
    ),
    (
        r"\b(employment|employee|active|current|payroll|leave)\b.*\bstatus\b|\battrition\b",
        "status",
        0.84,
    ),
    (
        r"\b(vacancy|requisition|recruitment|campaign|apprentice\w*|learner)\b.*\b(status|"
        r"outcome)\b",
        "outcome",
        0.86,
    ),
    (
        r"\b(department|directorate|division|business unit|service area|cost cent)",
        "department",
        0.84,
    ),
    (r"\b(organisation|org)\b.*\b(unit|level|name)\b|\bteam\b|\bsection\b", "department", 0.8),
    (
        r"\b(work|office|base|primary)\b.*\b(location|site|base|city|town)\b|\blocation\b",
        "location",
        0.84,
    ),
    (r"\b(head ?count|number of (staff|employee|people|posts))\b", "headcount", 0.84),
    (r"\b(day|daily|charge) rate\b", "day_rate", 0.8),
)
