"""The same model person by person in SimPy; prints the seconds one draw takes.

Run by `benchmarks.simulate` with the Python of the peers' environment. A process a person that asks
each month whether to leave, a process an opening that asks whether it is filled, and a process an
apprentice; hazards by tenure, season and year shock as in the ensemble.
"""

import json
import math
import random
import sys
import time

import simpy

EDGES = (6, 12, 24, 60, 120)


class Organisation:
    """One future of the organisation."""

    def __init__(self, spec: dict, seed: int) -> None:
        """Set the scene from the numbers of the benchmark."""
        self.spec = spec
        self.dice = random.Random(seed)  # noqa: S311
        self.environment = simpy.Environment()
        self.heads = [0] * spec["families"]
        self.leavers = self.hires = 0
        self.shock = [
            math.exp(self.dice.gauss(0, spec["shock"])) for _ in range(spec["months"] // 12 + 1)
        ]
        for family, grade, tenure in spec["people"]:
            self.environment.process(self.person(family, grade, tenure))
        for family, posts in enumerate(spec["posts"]):
            for _ in range(max(0, posts - self.heads[family])):
                self.environment.process(self.opening(family))
        for family, start, duration, size in spec["cohorts"]:
            for _ in range(size):
                self.environment.process(self.apprentice(family, start, duration))

    def person(self, family: int, grade: int, tenure: int):
        """Stay until the dice say otherwise; leave an opening behind."""
        self.heads[family] += 1
        spec = self.spec
        while True:
            yield self.environment.timeout(1)
            month = int(self.environment.now) - 1
            band = sum(tenure >= edge for edge in EDGES)
            hazard = spec["quits"][family][grade][band]
            hazard *= spec["season"][month % 12] * self.shock[month // 12]
            if self.dice.random() < 1 - math.exp(-hazard - spec["other"]):
                break
            tenure += 1
        self.heads[family] -= 1
        self.leavers += 1
        self.environment.process(self.opening(family))

    def opening(self, family: int):
        """Wait until it is filled, or until somebody else took the post."""
        while self.dice.random() >= 1 - math.exp(-self.spec["fill"]):
            yield self.environment.timeout(1)
        if self.heads[family] < self.spec["posts"][family]:
            self.hires += 1
            self.environment.process(self.person(family, self.dice.randrange(4), 0))

    def apprentice(self, family: int, start: int, duration: int):
        """Train, perhaps withdraw, and join where a post is vacant."""
        yield self.environment.timeout(start)
        for _ in range(duration):
            yield self.environment.timeout(1)
            if self.dice.random() < self.spec["withdrawal"]:
                return
        if self.dice.random() < 0.73 and self.heads[family] < self.spec["posts"][family]:
            self.environment.process(self.person(family, 0, duration))


def main() -> None:
    """Time some draws."""
    spec = json.load(sys.stdin)
    begin = time.process_time()
    for seed in range(spec["draws"]):
        world = Organisation(spec, seed)
        world.environment.run(until=spec["months"] + 0.5)
    print((time.process_time() - begin) / spec["draws"])


if __name__ == "__main__":
    main()
