"""Money in plan files: kept, optional, and refused in words where it is damaged."""

import json
from dataclasses import replace

import pytest

from workforce.domain.errors import UserError
from workforce.domain.evidence import Evidence
from workforce.domain.plan import Plan
from workforce.domain.planfile import PlanBook
from workforce.domain.prices import PRICE_SOURCES, LevyAccount, Money, prices_from_evidence


@pytest.fixture
def book(evidence: Evidence) -> PlanBook:
    money = Money(prices_from_evidence(evidence), LevyAccount(balance=120_000.0, balance_months=9))
    return PlanBook((Plan("One"), Plan("Two")), "One", money)


def test_a_book_keeps_its_money_through_a_file(book: PlanBook) -> None:
    assert PlanBook.from_json(book.to_json()) == book
    without = replace(book, money=None)
    assert "money" not in json.loads(without.to_json()), "old software opens such a file unchanged"
    assert PlanBook.from_json(without.to_json()) == without


def test_changing_the_scenarios_keeps_the_money(book: PlanBook) -> None:
    for changed in (
        book.with_plan(Plan("Three")),
        book.with_plan(Plan("One", note="new"), replacing="One"),
        book.without("One"),
        book.showing("Two"),
    ):
        assert changed.money == book.money


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda money: money["prices"].update(oncost=0.2), "On-costs"),
        (lambda money: money["prices"].update(salary=[["cyber", "much"]]), "wrong kind"),
        (lambda money: money["prices"].update(salary=[["nobody", 1.0]]), "not known"),
        (lambda money: money["prices"].update(beer=3.0), "beer"),
        (lambda money: money["levy"].update(balance=-4.0), "Levy balance"),
        (lambda money: money.update(prices=None), "damaged"),
        (lambda money: money["prices"].pop("hire"), "missing"),
    ],
)
def test_damaged_money_is_refused_in_words(book: PlanBook, change, words: str) -> None:  # type: ignore[no-untyped-def]
    document = json.loads(book.to_json())
    change(document["money"])
    with pytest.raises(UserError, match=words):
        PlanBook.from_json(json.dumps(document))


def test_every_price_names_its_source_and_the_source_exists(evidence: Evidence) -> None:
    from dataclasses import fields

    from workforce.domain.prices import Prices

    assert set(PRICE_SOURCES) == {each.name for each in fields(Prices)}
    for keys in PRICE_SOURCES.values():
        for key in keys:
            known = key == "roles" or key in evidence.benchmarks or key in evidence.apprenticeship
            assert known, key
