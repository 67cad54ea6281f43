"""The same model person by person in SimPy; prints what came of some draws, and their seconds.

Run by `benchmarks.simulate` with the Python of the peers' environment. A process a person who asks
each month whether to leave, with one random number for all causes together, and a process an
opening that asks each month whether it is filled. What is the same for all in a draw is worked out
once. Everybody waits for the end of the month either by a timeout of their own, which is the usual
way, or by one event for all, which is quicker where all wait for the same moment.
"""

import json
import math
import random
import sys
import time
from collections.abc import Iterator

import simpy

EDGES = (6, 12, 24, 60, 120)
VOLUNTARY, RETIREMENT, END_OF_CONTRACT, OTHER = range(4)
CAUSES = 4
NEVER = 10**9


class Organisation:
    """One future of the organisation, recorded by family and month, leavers by cause as well."""

    def __init__(self, spec: dict, seed: int, *, alone: bool) -> None:
        """Draw what is the same for all in one draw, and set people and openings to work.

        Args:
            spec: Numbers of the benchmark.
            seed: Seed of the draw.
            alone: Whether everybody has timeouts of their own.
        """
        self.spec, self.alone = spec, alone
        self.dice = random.Random(seed)  # noqa: S311
        self.environment = simpy.Environment()
        self.bell = self.environment.event()
        self.month = -1
        families, months = len(spec["posts"]), spec["months"]
        self.heads, self.fte = [0] * families, [0.0] * families
        self.hires = [[0] * months for _ in range(families)]
        self.leavers = [[[0] * months for _ in range(families)] for _ in range(CAUSES)]
        self.headcount = [[0] * months for _ in range(families)]
        self.vacancies = [[0.0] * months for _ in range(families)]
        self.calendar = self.years_and_season()
        spread = [math.exp(self.dice.gauss(0, sd)) for sd in spec["quits_log_sd"]]
        self.quits = [
            [[hazard * factor for hazard in grade] for grade in family]
            for family, factor in zip(spec["quits"], spread, strict=True)
        ]
        # Chance not to resign in a month by family, grade and tenure band, and of nothing else.
        self.stays = [
            [[[math.exp(-hazard * m) for m in self.calendar] for hazard in grade] for grade in one]
            for one in self.quits
        ]
        flat = spec["end_of_contract"] + spec["other"]
        self.keeps = [math.exp(-hazard - flat) for hazard in spec["retirement"]]
        self.unfilled = [[math.exp(-hazard) for hazard in family] for family in spec["fill"]]
        for person in spec["people"]:
            self.environment.process(self.person(*person))
        for family, number in enumerate(self.vacant()):
            ages = self.dice.choices(*spec["opening_ages"][family], k=number)
            for age in ages:
                self.environment.process(self.opening(family, age, new=False))
        self.environment.process(self.clock())

    def years_and_season(self) -> list[float]:
        """Return season times the shock of the year, month by month."""
        spec, state, variance, out = self.spec, 0.0, 0.0, []
        innovation = spec["shock"] * math.sqrt(1 - spec["ar1"] ** 2)
        for month in range(spec["months"]):
            if month % 12 == 0:
                state = spec["ar1"] * state + innovation * self.dice.gauss(0, 1)
                variance = spec["ar1"] ** 2 * variance + innovation**2
            season = spec["season"][(spec["as_of"] + 1 + month) % 12]
            out.append(season * math.exp(state - variance / 2))
        return out

    def vacant(self) -> list[int]:
        """Return how many starters the funded posts of each family have room for."""
        spec = self.spec
        return [
            int((posts - fte) / starter + 1e-9) if posts > fte else 0
            for posts, fte, starter in zip(
                spec["posts"], spec["opening_fte"], spec["starter_fte"], strict=True
            )
        ]

    def clock(self) -> Iterator[simpy.Event]:
        """Count the months, ring at the end of each, and record it once everything has happened."""
        timeout = self.environment.timeout
        for month in range(self.spec["months"]):
            yield timeout(0.5)
            self.record()
            self.month = month
            yield timeout(0.5)
            bell, self.bell = self.bell, self.environment.event()
            bell.succeed()
        yield timeout(0.5)
        self.record()

    def record(self) -> None:
        """Keep people in post and vacant FTE at the end of the month."""
        if self.month >= 0:
            for family, heads in enumerate(self.heads):
                vacant = self.spec["posts"][family] - self.fte[family]
                self.headcount[family][self.month] = heads
                self.vacancies[family][self.month] = max(vacant, 0.0)

    def person(
        self, family: int, grade: int, tenure: int, age: int, fte: float
    ) -> Iterator[simpy.Event]:
        """Stay until the dice say otherwise; leave an opening behind."""
        self.heads[family] += 1
        self.fte[family] += fte
        dice, keeps, widths = self.dice.random, self.keeps, self.spec["age_widths"]
        timeout, alone = self.environment.timeout, self.alone
        month = self.month + 1
        band = sum(tenure >= edge for edge in EDGES)
        promotion = month + EDGES[band] - tenure if band < len(EDGES) else NEVER
        # Where somebody stands within an age band is not known: spread evenly.
        birthday = month + widths[age] * dice() if age < len(widths) else NEVER
        change = min(promotion, int(birthday))
        stays, keep, blend = self.stays[family][grade][band], keeps[age], None
        while True:
            yield timeout(1) if alone else self.bell
            if month >= change:
                if month == promotion:
                    band += 1
                    stays = self.stays[family][grade][band]
                    promotion = month + EDGES[band] - EDGES[band - 1] if band < 5 else NEVER
                if blend is not None:
                    keep, blend = keeps[age], None
                if month == int(birthday):
                    # So much of the month is spent in the one band, the rest in the next.
                    blend = birthday - month
                    keep = keeps[age] ** blend * keeps[age + 1] ** (1 - blend)
                    age += 1
                    birthday = birthday + widths[age] if age < len(widths) else NEVER
                change = month + 1 if blend is not None else min(promotion, int(birthday))
            if dice() >= stays[month] * keep:
                break
            month += 1
        self.heads[family] -= 1
        self.fte[family] -= fte
        quits = self.quits[family][grade][band] * self.calendar[month]
        cause = self.cause(quits, -math.log(keep))
        self.leavers[cause][family][month] += 1
        self.environment.process(self.opening(family, 0))

    def cause(self, quits: float, others: float) -> int:
        """Settle why somebody leaves: each cause in proportion to its hazard."""
        luck = self.dice.random() * (quits + others)
        if luck < quits:
            return VOLUNTARY
        if luck < quits + self.spec["other"]:
            return OTHER
        if luck < quits + self.spec["other"] + self.spec["end_of_contract"]:
            return END_OF_CONTRACT
        return RETIREMENT

    def opening(self, family: int, age: int, *, new: bool = True) -> Iterator[simpy.Event]:
        """Wait until it is filled; one that is new can be filled in the month in which it opens."""
        unfilled, spec = self.unfilled[family], self.spec
        oldest = len(unfilled) - 1
        timeout = self.environment.timeout
        if not new:
            yield timeout(1) if self.alone else self.bell
        while self.dice.random() < unfilled[min(age, oldest)]:
            yield timeout(1) if self.alone else self.bell
            age += 1
        starter = spec["starter_fte"][family]
        if self.fte[family] + starter <= spec["posts"][family] + 1e-9:
            self.hires[family][self.month] += 1
            (grade,) = self.dice.choices(range(4), cum_weights=spec["starter_grades"][family])
            unknown = len(self.keeps) - 1
            self.environment.process(self.person(family, grade, 0, unknown, starter))


def main() -> None:
    """Run some draws both ways and time them."""
    spec = json.load(sys.stdin)
    answer: dict[str, dict] = {
        way: {"headcount": [], "hires": [], "leavers": []} for way in ("shared", "alone")
    }
    for way, found in answer.items():
        begin = time.process_time()
        for draw in range(spec["draws"]):
            seed = spec["batch"] * spec["draws"] + draw
            world = Organisation(spec, seed, alone=way == "alone")
            world.environment.run(until=spec["months"] + 1)
            found["headcount"].append(sum(family[-1] for family in world.headcount))
            found["hires"].append(sum(map(sum, world.hires)))
            found["leavers"].append([sum(map(sum, cause)) for cause in world.leavers])
        found["seconds"] = (time.process_time() - begin) / spec["draws"]
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
