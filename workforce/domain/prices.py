"""What things cost: the prices a plan is costed with, each from the evidence until changed."""

from dataclasses import dataclass
from statistics import fmean

from workforce.domain.checks import check_names, check_number, check_share
from workforce.domain.evidence import Evidence
from workforce.domain.families import ALL_FAMILIES

__all__ = ["PRICE_SOURCES", "LevyAccount", "Money", "Prices", "prices_from_evidence"]

PRICE_SOURCES: dict[str, tuple[str, ...]] = {
    "salary": ("roles",),
    "oncost": ("oncost_multiplier",),
    "apprentice_salary": ("app_salary_council",),
    "apprentice_oncost": ("lgps_er", "ni_apprentice_u25"),
    "apprentice_start": ("recruit_cost_app", "kit_cost"),
    "apprentice_admin": ("admin_cost",),
    "mentor_load": ("mentor_load_m1_6", "mentor_load_m7_12", "mentor_load_m13plus"),
    "apprentice_output": ("prod_m1_6", "prod_m7_12", "prod_m13_18", "prod_m19_24"),
    "off_the_job": ("otj_share",),
    "paid_monthly": ("payment_profile",),
    "hire": ("cost_hire_digital",),
    "ramp_weeks": ("prod_new_hire_ramp_weeks",),
    "agency_share": ("agency_cover_share",),
    "agency_day_rate": ("contractor_rate",),
    "agency_margin": ("contractor_margin",),
    "working_days": ("working_days",),
    "output_share": ("vacancy_value",),
}
"""Where each price comes from: keys of the benchmarks and apprenticeship parameters, or a table."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of today; nothing is inflated or discounted here.

    Attributes:
        salary: GBP of basic pay per FTE and year by family.
        oncost: Employer's cost for each pound of basic pay.
        apprentice_salary: GBP a year of a new recruit in training.
        apprentice_oncost: Employer's cost for each pound of it; no employer NI under 25.
        apprentice_start: GBP of recruitment, equipment and licences per start of a new recruit.
        apprentice_admin: GBP of administration per apprentice and year.
        mentor_load: FTE of an experienced colleague per apprentice in months 1-6, 7-12 and later.
        apprentice_output: Output of an apprentice against a practitioner at work in months 1-6,
            7-12, 13-18 and later.
        off_the_job: Share of paid time spent in training.
        paid_monthly: Share of the training price paid month by month; the rest on completion.
        hire: GBP per external hire.
        ramp_weeks: Weeks until a hire works at full speed, in a straight line from nothing.
        agency_share: Share of vacant posts covered by agency staff.
        agency_day_rate: GBP a day.
        agency_margin: Agency's margin on the day rate.
        working_days: Days a year that are paid to agency staff.
        output_share: Worth of the work of a post against its pay and on-costs; what is lost while
            nobody covers it.
    """

    salary: tuple[tuple[str, float], ...]
    oncost: float
    apprentice_salary: float
    apprentice_oncost: float
    apprentice_start: float
    apprentice_admin: float
    mentor_load: tuple[float, float, float]
    apprentice_output: tuple[float, float, float, float]
    off_the_job: float
    paid_monthly: float
    hire: float
    ramp_weeks: float
    agency_share: float
    agency_day_rate: float
    agency_margin: float
    working_days: float
    output_share: float

    def __post_init__(self) -> None:
        """Refuse values that mean nothing, in words."""
        check_names("Salaries", tuple(family for family, _ in self.salary), ())
        for family, pounds in self.salary:
            check_number(f"Salary ({family})", pounds, 0, 500_000, "pounds a year")
        check_number("On-costs", self.oncost, 1, 3, "pounds for each pound of pay")
        check_number("Apprentice salary", self.apprentice_salary, 0, 200_000, "pounds a year")
        check_number("Apprentice on-costs", self.apprentice_oncost, 1, 3, "pounds for each pound")
        for what, pounds in (
            ("Cost of an apprentice's start", self.apprentice_start),
            ("Administration per apprentice", self.apprentice_admin),
            ("Cost of a hire", self.hire),
            ("Agency day rate", self.agency_day_rate),
        ):
            check_number(what, pounds, 0, 200_000, "pounds")
        for what, share in (
            *(("Mentor time", load) for load in self.mentor_load),
            *(("Output of an apprentice", output) for output in self.apprentice_output),
            ("Off-the-job training", self.off_the_job),
            ("Training price paid monthly", self.paid_monthly),
            ("Posts covered by agency staff", self.agency_share),
            ("Agency margin", self.agency_margin),
        ):
            check_share(what, share)
        check_number("Weeks until a hire works at full speed", self.ramp_weeks, 0, 104, "weeks")
        check_number("Working days", self.working_days, 0, 366, "days a year")
        check_number("Worth of the work of a post", self.output_share, 0, 5, "times its cost")

    def salary_of(self, family: str) -> float:
        """Return the basic pay of a family, GBP per FTE and year.

        Raises:
            KeyError: If the family has none.
        """
        return dict(self.salary)[family]


@dataclass(frozen=True, slots=True)
class LevyAccount:
    """One employer's account, as a user states it.

    Attributes:
        balance: GBP in the account at the opening month.
        balance_months: Months over which that balance was paid in, evenly, up to the opening month;
            it says how old the money is.
        inflow_per_year: GBP of levy paid in a year, after the allowance, before any top-up.
        committed_per_year: GBP a year that the rest of the organisation's apprentices cost.
        transfers_per_year: GBP a year given to other employers.
    """

    balance: float = 0.0
    balance_months: int = 12
    inflow_per_year: float = 0.0
    committed_per_year: float = 0.0
    transfers_per_year: float = 0.0

    def __post_init__(self) -> None:
        """Refuse values that mean nothing, in words."""
        check_number("Levy balance", self.balance, 0, 1e9, "pounds")
        check_number("Months of levy in the balance", self.balance_months, 1, 24, "months")
        check_number("Levy a year", self.inflow_per_year, 0, 1e9, "pounds")
        check_number("Committed levy spend a year", self.committed_per_year, 0, 1e9, "pounds")
        check_number("Levy transfers a year", self.transfers_per_year, 0, 1e9, "pounds")


@dataclass(frozen=True, slots=True)
class Money:
    """What a user has stated about money, for all scenarios of a piece of work.

    Attributes:
        prices: Prices.
        levy: The levy account.
    """

    prices: Prices
    levy: LevyAccount = LevyAccount()


def prices_from_evidence(evidence: Evidence) -> Prices:
    """Return the evidence's central prices.

    Pay of a family is the mean of the middles of its roles' pay bands; all roles' for staff outside
    the digital families. It is an assumption until the user puts in the organisation's own.

    Args:
        evidence: The evidence base.
    """

    def pipeline(key: str) -> float:
        return evidence.pipeline(key).number

    def benchmark(key: str) -> float:
        return evidence.benchmark(key).number

    middles = [
        (role.family, (role.pay_low + role.pay_high) / 2)
        for role in evidence.roles
        if role.pay_low is not None and role.pay_high is not None
    ]
    overall = fmean(pounds for _, pounds in middles)
    salary = []
    for family in ALL_FAMILIES:
        own = [pounds for name, pounds in middles if name == family]
        salary.append((str(family), round(fmean(own) if own else overall, -2)))
    return Prices(
        salary=tuple(salary),
        oncost=benchmark("oncost_multiplier"),
        apprentice_salary=pipeline("app_salary_council"),
        apprentice_oncost=1 + benchmark("lgps_er") + pipeline("ni_apprentice_u25"),
        apprentice_start=pipeline("recruit_cost_app") + pipeline("kit_cost"),
        apprentice_admin=pipeline("admin_cost"),
        mentor_load=(
            pipeline("mentor_load_m1_6"),
            pipeline("mentor_load_m7_12"),
            pipeline("mentor_load_m13plus"),
        ),
        apprentice_output=(
            pipeline("prod_m1_6"),
            pipeline("prod_m7_12"),
            pipeline("prod_m13_18"),
            pipeline("prod_m19_24"),
        ),
        off_the_job=pipeline("otj_share"),
        paid_monthly=pipeline("payment_profile"),
        hire=benchmark("cost_hire_digital"),
        ramp_weeks=pipeline("prod_new_hire_ramp_weeks"),
        agency_share=benchmark("agency_cover_share"),
        agency_day_rate=benchmark("contractor_rate"),
        agency_margin=benchmark("contractor_margin"),
        working_days=benchmark("working_days"),
        output_share=benchmark("vacancy_value"),
    )
