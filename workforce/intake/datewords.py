"""What a heading over dates means, from the words in it rather than from a list of headings.

Systems word dates in a thousand ways (“Date Entered Present Grade”, “Occ Start Date”, “Cont Serv
Date”); nearly all are put together from the same few words: something begins or ends, and it is
the employment, the post, the contract, the recruitment or the training.
"""

from typing import Final

__all__ = ["read_date_heading"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DATED: Final = frozenset({"date", "dates", "day", "dated", "since", "when", "on", "from", "until"})
_NOT_NEEDED: Final = _words(
    """increment incremental increments review reviewed appraisal appraised retirement retire nra
    pensionable pension dbs disclosure training trained induction probation probationary vetting
    visa right sickness absence interview interviews interviewed sift medical modified updated
    update changed change amended refreshed check checks checked clearance cleared test exam
    application applications applied applicant registration registered licence passport meeting
    supervision last_updated payment paid invoice salary award awarded dod death renewal refresher
    maternity paternity holiday"""
)
_BORN: Final = frozenset({"birth", "born", "dob", "birthday"})
_EXTRACT: Final = _words(
    """snapshot extract extraction report reporting census cutoff effdt file data run record
    calendar fiscal financial"""
)
_LEAVE: Final = _words(
    """leave leaving left leaver leavers leaves termination terminated terminate term exit exited
    exits separation separated resignation resigned departure departed quit quitting release
    released cessation ceased severance lwd relieving relieved"""
)
_END: Final = _words(
    """end ended ending ends finish finished finishes expiry expires expire expiration to until
    completion complete completes"""
)
_START: Final = _words(
    """start started starting starts hire hired hiring join joined joining joiner joins commence
    commenced commencement commencing appointed appointment entry entered enter engaged engagement
    employ employed employment arrival arrived onboarded onboarding begin began begun enrolled
    enrolment enrol seniority service from since first inception recruited rehire rehired
    effective"""
)
_CLEAR_START: Final = _START - {"employment", "service", "from", "first", "effective", "since"}
_POST: Final = _words(
    """role post position grade job rank level band assignment occupancy promotion promoted
    substantive scale occ occupation"""
)
_CONTRACT: Final = _words(
    """ongoing contract fixed
    temporary secondment assignment placement booking term tenure engagement
    occupancy position post assgn temp projected"""
)
_AHEAD: Final = _words(
    "planned expected projected anticipated estimated scheduled proposed forecast due target"
)
_TRAINING: Final = _words(
    """apprenticeship apprentice learning learner epa gateway programme course standard practical
    training study"""
)
_OPENS: Final = _words(
    """advert advertised advertising advertisement vacancy vacant requisition campaign posted
    posting published launch launched live opened open opening approved approval
    authorised authorisation
    authorized authorization raised created creation sourcing requested request recruitment
    resourcing ecf"""
)
_CLOSES: Final = _words(
    """closed closing close closes filled fill offer offered offers appointed accepted acceptance
    shortlisted"""
)


def read_date_heading(folded: str) -> tuple[str, float] | None:  # noqa: PLR0911, PLR0912 - one a meaning
    """Tell which date a heading is about.

    Args:
        folded: Heading as `words.fold_heading` returns it.

    Returns:
        The field (empty: a date that is not needed) and how sure the words make us, from 0 to 1;
        `None` where the heading does not speak of a date.
    """
    words = set(folded.split())
    if len(words) > 8 or not words:
        return None
    says_date = bool(words & _DATED)
    if words & _BORN:
        return "birth_date", 0.85
    ranged = bool(words & {"end", "ends", "start", "starts", "due", "expiry"})
    if words & {"received", "notice"} or ((says_date or ranged) and words & _NOT_NEEDED):
        return "", 0.8
    weight = 0.76 if says_date else 0.66
    recruiting = bool(words & _OPENS)
    if words & _TRAINING and words & (_END | _AHEAD | {"epa", "gateway"}):
        return ("leave_date" if "actual" in words else "planned_end_date"), weight
    if recruiting and words & (_CLOSES | _END):
        return "closed_date", weight
    if words & _leaving(words):
        return ("contract_end_date" if words & _AHEAD else "leave_date"), weight
    if words & {"end", "ended", "ends", "finish", "expiry", "expires", "expiration", "until"}:
        return _ending(words, weight)
    if recruiting:
        return "opened_date", weight
    if words & _CLOSES and not words & _POST and says_date:
        return "closed_date", weight
    if words & {"promotion", "promoted"} and says_date:
        return "role_start_date", weight
    if words & (_START if says_date else _CLEAR_START):
        return ("role_start_date" if _of_post(words) else "start_date"), weight
    if {"continuous", "service"} <= words or {"reckonable", "service"} <= words:
        return "start_date", weight
    if words & _EXTRACT and says_date:
        return "snapshot_date", weight
    return None


def _leaving(words: set[str]) -> frozenset[str]:
    """Return the words that speak of leaving; “term” and “leave” only where nothing else fits."""
    if "last" in words and words & {"day", "working", "worked", "employed", "work"}:
        return frozenset({"last"})
    if words & {"fixed", "annual", "start", "started"} or "status" in words:
        return _LEAVE - {"term", "leave"}
    return _LEAVE


def _ending(words: set[str], weight: float) -> tuple[str, float]:
    if words & _AHEAD or words & _CONTRACT:
        return "contract_end_date", weight
    return "leave_date", weight


def _of_post(words: set[str]) -> bool:
    """Tell a start in the present post from one with the employer."""
    if words & {"continuous", "original", "company", "organisation", "employer", "hire", "civil"}:
        return False
    return bool(words & _POST) or {"present", "current"} & words != set()
