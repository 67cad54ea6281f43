"""Plans as files: JSON with a schema version, refused with a sentence where it does not fit."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from workforce.domain.errors import UserError
from workforce.domain.months import month_label, parse_month
from workforce.domain.plan import (
    BASELINE_NAME,
    ActsOn,
    Combination,
    Demand,
    DemandChange,
    EventKind,
    Freeze,
    Hiring,
    LeverChoice,
    NoPost,
    Plan,
    PlannedEvent,
    Programme,
    Seat,
    Trainee,
)
from workforce.domain.prices import LevyAccount, Money, Prices

__all__ = ["SCHEMA", "SCHEMA_VERSION", "PlanBook", "plan_digest", "plan_document", "plan_from_json",
           "plan_to_json"]  # fmt: skip

SCHEMA = "workforce-plan"
SCHEMA_VERSION = 1

_MONTH_FIELDS = frozenset({"start_month", "first_start", "first", "last", "month"})
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class PlanBook:
    """The scenarios of one piece of work, and which of them is on screen.

    Attributes:
        plans: At least one plan; names differ and none is the baseline's.
        active: Name of the plan on screen.
        money: Prices and levy account they are costed with; `None` for the evidence's.
    """

    plans: tuple[Plan, ...]
    active: str
    money: Money | None = None

    def __post_init__(self) -> None:
        """Refuse an empty book, doubled names and an active plan that is not there."""
        names = [plan.name for plan in self.plans]
        if not names:
            raise UserError("There is no plan in this file. Save a plan in the app and open that.")
        if len(names) > 12:
            raise UserError("At most 12 scenarios fit in one file. Delete some and save again.")
        folded = [name.casefold() for name in names]
        if len(set(folded)) < len(folded):
            raise UserError("Two scenarios have the same name. Rename one of them.")
        if BASELINE_NAME.casefold() in folded:
            raise UserError(
                f"“{BASELINE_NAME}” is the name of the comparison. Call your scenario otherwise."
            )
        if self.active not in names:
            raise UserError(f"The active scenario “{self.active}” is not in the file.")

    def current(self) -> Plan:
        """Return the plan on screen."""
        return next(plan for plan in self.plans if plan.name == self.active)

    def with_plan(self, plan: Plan, *, replacing: str | None = None) -> "PlanBook":
        """Return the book with a plan replaced (by name) or appended, and shown."""
        key = replacing or plan.name
        names = [each.name for each in self.plans]
        if key in names:
            plans = tuple(plan if each.name == key else each for each in self.plans)
        else:
            plans = (*self.plans, plan)
        return replace(self, plans=plans, active=plan.name)

    def without(self, name: str) -> "PlanBook":
        """Return the book without one plan; the first remaining one is shown."""
        plans = tuple(plan for plan in self.plans if plan.name != name)
        return replace(self, plans=plans, active=plans[0].name if plans else "")

    def showing(self, name: str) -> "PlanBook":
        """Return the book with another plan on screen."""
        return replace(self, active=name)

    def to_json(self) -> str:
        """Return the book as a JSON document."""
        money = {} if self.money is None else {"money": asdict(self.money)}
        return _dump(
            {
                "schema": SCHEMA,
                "version": SCHEMA_VERSION,
                "active": self.active,
                "plans": [_plain(asdict(plan)) for plan in self.plans],
                **money,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> "PlanBook":
        """Read a book, or a single plan, from JSON.

        Args:
            text: Content of a plan file.

        Returns:
            The book.

        Raises:
            UserError: If it is no plan file, of a newer version, or a value does not fit.
        """
        document = plan_document(text)
        if "plans" in document:
            raw = document["plans"]
            if not isinstance(raw, list):
                raise UserError("The plan file is damaged: “plans” is not a list.")
            plans = tuple(_plan(each) for each in raw)
            active = document.get("active", plans[0].name if plans else "")
            return cls(plans, str(active), _money(document))
        plan = _plan(document.get("plan"))
        return cls((plan,), plan.name)


def plan_to_json(plan: Plan) -> str:
    """Return one plan as a JSON document."""
    return _dump(
        {"schema": SCHEMA, "version": SCHEMA_VERSION, "plan": _plain(asdict(plan))},
    )


def plan_from_json(text: str) -> Plan:
    """Read one plan (the active one where the file holds several).

    Raises:
        UserError: If it is no plan file, of a newer version, or a value does not fit.
    """
    return PlanBook.from_json(text).current()


def plan_digest(plan: Plan) -> str:
    """Return twelve hexadecimal digits that change when anything in the plan does."""
    return hashlib.sha256(plan_to_json(plan).encode()).hexdigest()[:12]


def _dump(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def plan_document(text: str) -> dict[str, Any]:
    """Read a plan file as far as schema and version.

    Raises:
        UserError: If it is no plan file, or of a newer version.
    """
    try:
        document = json.loads(text, parse_constant=_refuse_constant)
    except (json.JSONDecodeError, RecursionError) as fault:
        raise UserError(
            "This is not a plan file: it cannot be read as JSON. "
            "Open a file that was saved here with “Save plan”."
        ) from fault
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise UserError(
            "This is not a plan file of this software. "
            "Open a file that was saved here with “Save plan”."
        )
    version = document.get("version")
    if version != SCHEMA_VERSION:
        raise UserError(
            f"This plan file has format version {version}; this software reads version "
            f"{SCHEMA_VERSION}. Update the software, or save the plan again where it was made."
        )
    return document


def _refuse_constant(name: str) -> float:
    raise UserError(f"The plan file holds the number {name}, which means nothing here.")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: month_label(item) if key in _MONTH_FIELDS else _plain(item)
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _build(cls: type[_T], raw: Any, what: str, **converted: Any) -> _T:
    if not isinstance(raw, dict):
        raise UserError(f"The plan file is damaged: {what} is not a group of values.")
    known = {each.name for each in fields(cls)}  # type: ignore[arg-type]
    unknown = sorted(set(raw) - known)
    if unknown:
        raise UserError(
            f"The plan file has a value “{unknown[0]}” in {what} that is not known here. "
            "Check the spelling, or update the software."
        )
    values = {key: tuple(item) if isinstance(item, list) else item for key, item in raw.items()}
    for key in _MONTH_FIELDS & set(values):
        values[key] = parse_month(str(values[key]))
    values.update(converted)
    hints = get_type_hints(cls)
    for key, value in values.items():
        if not _fits(value, hints[key]):
            raise UserError(
                f"The plan file cannot be used: the value “{key}” of {what} is of the wrong kind."
            )
    try:
        return cls(**values)
    except UserError:
        raise
    except (TypeError, ValueError, OverflowError) as fault:
        raise UserError(
            f"The plan file cannot be used: a value of {what} is missing or of the wrong kind."
        ) from fault


def _fits(value: Any, hint: Any) -> bool:
    # Dataclasses do not check types, and JSON has fewer of them: an integer is a possible float.
    inner = get_args(hint)
    if get_origin(hint) is tuple:
        return isinstance(value, tuple) and _fit_all(value, inner)
    if inner:
        return any(_fits(value, each) for each in inner)
    if hint in (int, float):
        numbers = (int, float) if hint is float else int
        return isinstance(value, numbers) and not isinstance(value, bool)
    return isinstance(value, hint)


def _fit_all(values: tuple[Any, ...], hints: tuple[Any, ...]) -> bool:
    if len(hints) == 2 and hints[1] is Ellipsis:
        return all(_fits(value, hints[0]) for value in values)
    return len(values) == len(hints) and all(map(_fits, values, hints))


def _list(raw: dict[str, Any], key: str) -> list[Any]:
    value = raw.get(key, [])
    if not isinstance(value, list):
        raise UserError(f"The plan file is damaged: “{key}” is not a list.")
    return value


def _choice(cls: type[_T], raw: dict[str, Any], key: str, what: str) -> dict[str, _T]:
    if key not in raw:
        return {}
    try:
        return {key: cls(raw[key])}  # type: ignore[call-arg]
    except ValueError:
        raise UserError(f"The plan file: “{raw[key]}” is not a possible {what}.") from None


def _programme(raw: Any) -> Programme:
    if not isinstance(raw, dict):
        raise UserError("The plan file is damaged: a programme is not a group of values.")
    return _build(
        Programme,
        raw,
        "a programme",
        **_choice(Trainee, raw, "trainee", "kind of trainee"),
        **_choice(Seat, raw, "seat", "seat"),
        **_choice(NoPost, raw, "no_post", "policy"),
    )


def _lever(raw: Any) -> LeverChoice:
    chosen = _choice(ActsOn, raw, "acts_on", "target of a lever") if isinstance(raw, dict) else {}
    return _build(LeverChoice, raw, "a lever", **chosen)


def _event(raw: Any) -> PlannedEvent:
    chosen = _choice(EventKind, raw, "kind", "kind of event") if isinstance(raw, dict) else {}
    return _build(PlannedEvent, raw, "a planned event", **chosen)


def _money(document: dict[str, Any]) -> Money | None:
    if "money" not in document:
        return None
    raw = document["money"]
    if not isinstance(raw, dict) or not isinstance(raw.get("prices"), dict):
        raise UserError("The plan file is damaged: “money” is not a group of values.")
    salary = tuple(
        tuple(pair) if isinstance(pair, list) else pair for pair in _list(raw["prices"], "salary")
    )
    return _build(
        Money,
        raw,
        "money",
        prices=_build(Prices, raw["prices"], "the prices", salary=salary),
        levy=_build(LevyAccount, raw.get("levy", {}), "the levy account"),
    )


def _plan(raw: Any) -> Plan:
    if not isinstance(raw, dict):
        raise UserError("The plan file is damaged: the plan is not a group of values.")
    hiring_raw, demand_raw = raw.get("hiring", {}), raw.get("demand", {})
    if not isinstance(hiring_raw, dict) or not isinstance(demand_raw, dict):
        raise UserError("The plan file is damaged: hiring or demand is not a group of values.")
    hiring = _build(
        Hiring,
        hiring_raw,
        "hiring",
        freezes=tuple(_build(Freeze, each, "a freeze") for each in _list(hiring_raw, "freezes")),
    )
    growth = tuple(
        tuple(pair) if isinstance(pair, list) else pair
        for pair in _list(demand_raw, "growth_per_year")
    )
    demand = _build(
        Demand,
        demand_raw,
        "demand",
        growth_per_year=growth,
        changes=tuple(
            _build(DemandChange, each, "an establishment change")
            for each in _list(demand_raw, "changes")
        ),
    )
    return _build(
        Plan,
        raw,
        "the plan",
        levers=tuple(_lever(each) for each in _list(raw, "levers")),
        programmes=tuple(_programme(each) for each in _list(raw, "programmes")),
        hiring=hiring,
        demand=demand,
        events=tuple(_event(each) for each in _list(raw, "events")),
        combination=_build(Combination, raw.get("combination", {}), "the combination settings"),
    )
