"""Leaving reasons to causes: the evidence's wording first, then rules, then near misses."""

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Final

from workforce.domain.bands import Cause
from workforce.domain.evidence import LeaveReason
from workforce.intake.missing import is_missing

__all__ = ["NOT_A_LEAVER", "CauseReader"]

NOT_A_LEAVER: Final = "not_a_leaver"
"""What the evidence calls internal moves and clerical endings: no spell ends with them."""

_NOT_LEAVING: Final = frozenset({"not_a_leaver", "internal_move"})

_RULES: Final = (
    (re.compile(r"still employed|not applicable|^active$|in post"), ""),
    (re.compile(r"redundan|tupe|mutually agreed|settlement|mars\b|lay ?off|laid off|restructur|"
                r"machinery of government|severance|voluntary exit|outsourc|"
                r"transfer of undertaking|"
                r"closure|position eliminated|reduction in force|job eliminated|downsiz"),
     Cause.ORGANISATIONAL_EVENT),
    (re.compile(r"retire|retiral|retiring|pension age"), Cause.RETIREMENT),
    (re.compile(r"(end|expir\w*|complet\w*|cessation|non.?renew\w*|finish\w*)\b.*\b(contract|fixed|"
                r"term\b|temp\w*|secondment|casual|apprentice|training|placement|assignment|season)|"
                r"(contract|fixed.?term|ftc|temporary|secondment|casual|apprenticeship)\b.*\b(end|"
                r"ended|expir\w*|complet\w*|ceased|finish\w*)|non.?renewal"),
     Cause.END_OF_CONTRACT),
    (re.compile(r"internal|redeploy|transfer (to|within) (another|other) (dep|team|post|role|serv)|"
                r"change of post|moved post|promotion within|end of loan|temporary promotion"),
     NOT_A_LEAVER),
    (re.compile(r"dismiss|death|died|deceas|misconduct|capability|gross|sacked|fired|"
                r"(failed|unsuccessful|fail).*probation|probation.*(fail|unsuccess|not passed)|"
                r"involuntar|for cause|no.?call|no.?show|attendance|abscond|performance|abandon|"
                r"some other substantial|incapacity|ill.?health|medical|military|struck off|"
                r"terminated by|employer initiated|disciplin|fatal|pregnan|unable to work|"
                r"discharge|gangster|work permit|right to work"), Cause.OTHER),
    (re.compile(r"resign|voluntar|better|another (position|job)|new job|other employment|career|"
                r"personal|relocat|moved|moving|family|child|carer|caring|dependan|pay\b|salary|"
                r"money|hours|commut|travel|work.?life|flexib|workload|stress|dissatisf|unhapp|"
                r"manage(r|ment)|relation|culture|promotion|development|progress|opportunit|"
                r"education|school|study|universit|student|maternity|health|private sector|"
                r"local authority|civil service|nhs|other (council|public|gov)|quit|own (business|"
                r"reasons)|self.?employ|emigrat|marri|domestic|travelling|conditions|benefits"),
     Cause.VOLUNTARY),
    (re.compile(r"\btransfer"), Cause.ORGANISATIONAL_EVENT),
)  # fmt: skip


def _fold(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


class CauseReader:
    """Reads leaving reasons.

    Args:
        reasons: The evidence's reasons.
        corrections: Reason -> cause as somebody said; wins over everything.
    """

    def __init__(
        self, reasons: Sequence[LeaveReason], corrections: Mapping[str, str] | None = None
    ) -> None:
        """Index the evidence's wording; where two systems differ the first stands."""
        self._known: dict[str, str] = {}
        for each in reasons:
            cause = NOT_A_LEAVER if each.cause in _NOT_LEAVING else each.cause
            self._known.setdefault(_fold(each.reason), cause)
        self._given = {_fold(reason): cause for reason, cause in (corrections or {}).items()}

    def read(self, reason: str) -> str:
        """Return the cause of a reason.

        Args:
            reason: As the system words it.

        Returns:
            A `Cause` value, `NOT_A_LEAVER`, or empty where nothing can be made of it.
        """
        folded = _fold(reason)
        if folded in self._given:
            return self._given[folded]
        if not folded or is_missing(reason):
            return ""
        if folded in self._known:
            return self._known[folded]
        for rule, cause in _RULES:
            if rule.search(folded):
                return str(cause)
        close = difflib.get_close_matches(folded, self._known, n=1, cutoff=0.82)
        return self._known[close[0]] if close else ""
