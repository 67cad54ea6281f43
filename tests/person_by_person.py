"""The same organisation, person by person and month by month, in plain Python.

Written from the description of a month alone and sharing no code with the projection: people are
asked each month whether they leave, openings whether they are filled. Parameters are fixed.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Person:
    family: int
    tenure: int
    fte: float
    end: int = 0  # month in which a fixed term ends, 0 for none
    leaves: int = 0  # month of a known exit, 0 for none
    boosted_until: int = 0
    boost: float = 1.0
    course: "Course | None" = None
    waits: "Course | None" = None
    stops: bool = False  # gives the course up in this month and stays
    senior: bool = False  # above the entry grade


@dataclass
class Apprentice:
    family: int
    start: int
    duration: int
    wait: int
    withdrawal: float
    quarters: tuple[float, ...]
    passes: float
    offer: float
    fte: float
    seated: bool
    policy: str
    boost: float
    gone: bool = False
    ready: bool = False
    begun: bool = False


@dataclass
class Course:
    """Training of people in post of one family for another."""

    source: int
    target: int
    start: int
    size: int
    duration: int
    wait: int
    withdrawal: float
    quarters: tuple[float, ...]
    stays: float
    passes: float
    offer: float
    policy: str
    boost: float
    senior: bool = False  # whether it leads to a post above the entry grade


@dataclass
class Event:
    """People of a family who leave in a month, or (`arrivals`) come."""

    month: int
    family: int
    people: int
    arrivals: Callable[[], list[Person]] | None = None


@dataclass
class World:
    """What is true of the organisation.

    `quits(family, tenure, month)` is the monthly hazard of resigning; `fill(family, age)` that of
    filling an opening, times `faster(family, month)`; `posts(family, month)` the establishment.
    With a `mentor_cap` that many apprentices may learn for each senior with a year of service.
    """

    months: int
    families: int
    people: Callable[[], list[Person]]
    quits: Callable[[int, int, int], float]
    fill: Callable[[int, int], float]
    posts: Callable[[int, int], float]
    starter_fte: list[float]
    other: float = 0.0
    contract_end: float = 0.0
    renewal: float = 0.0
    capacity: int | None = None
    frozen: frozenset[int] = frozenset()
    apprentices: Callable[[], list[Apprentice]] = list
    starters: dict[int, list[tuple[int, float]]] = field(default_factory=dict)
    moves: list[list[float]] | None = None
    events: tuple[Event, ...] = ()
    courses: tuple[Course, ...] = ()
    faster: Callable[[int, int], float] = lambda _family, _month: 1.0
    mentor_cap: float | None = None
    hired_senior: float = 0.0  # share of hires above the entry grade


def run(world: World, seed: int) -> dict[str, list[list[int]]]:
    """Return headcount and flows by month and family, one future."""
    dice = random.Random(seed)  # noqa: S311
    staff = world.people()
    trainees = world.apprentices()
    for trainee in trainees:
        trainee.begun = trainee.start < 1
    waiting: list[Apprentice] = []
    openings: list[list[list[float]]] = [[] for _ in range(world.families)]
    out: dict[str, list[list[int]]] = {
        key: []
        for key in (
            "headcount",
            "leavers",
            "hires",
            "apprentices_converted",
            "apprentices_started",
            "moves_in",
            "moves_out",
            "transfers_in",
        )
    }
    for month in range(1, world.months + 1):
        leavers, hires, converted, came, went, arrived = ([0] * world.families for _ in range(6))
        staff = _lose(world, staff, month, leavers, dice)
        for event in world.events:
            if event.month == month and event.arrivals is not None:
                staff += event.arrivals()
                arrived[event.family] += event.people
        candidates = waiting + _train(trainees, month, dice)
        sent = _begin(world, trainees, staff, month, dice)
        begun = [
            sum(both) for both in zip(sent, _apprentice(world, trainees, staff, month), strict=True)
        ]
        promised = [
            sum(
                fte
                for when, arrivals in world.starters.items()
                if when >= month
                for family, fte in arrivals
                if family == each
            )
            for each in range(world.families)
        ]
        free = [
            world.posts(f, month)
            - sum(p.fte for p in staff if p.family == f)
            - sum(a.fte for a in trainees if a.family == f and a.seated and _learns(a, month))
            - promised[f]
            for f in range(world.families)
        ]
        for source, target in [
            *_wander(world, staff, free, month, dice),
            *_graduate(world, staff, free, month, dice),
        ]:
            went[source] += 1
            came[target] += 1
        waiting = _convert(candidates, staff, free, month, converted)
        for family, fte in world.starters.get(month, []):
            staff.append(Person(family, 0, fte))
            hires[family] += 1
        for family, person in _recruit(world, openings, free, month, dice):
            staff.append(person)
            hires[family] += 1
        for key, numbers in (
            ("headcount", [sum(p.family == f for p in staff) for f in range(world.families)]),
            ("leavers", leavers),
            ("hires", hires),
            ("apprentices_converted", converted),
            ("moves_in", came),
            ("moves_out", went),
            ("transfers_in", arrived),
            ("apprentices_started", begun),
        ):
            out[key].append(numbers)
    return out


def _lose(
    world: World, staff: list[Person], month: int, leavers: list[int], dice: random.Random
) -> list[Person]:
    """Return who is still there when everybody who leaves in a month has left."""
    staying = []
    for person in staff:
        if _leaves(world, person, month, dice) or _gives_up(person, month, dice):
            leavers[person.family] += 1
        else:
            person.tenure += 1
            staying.append(person)
    for event in world.events:
        if event.month == month and event.arrivals is None:
            there = [each for each in staying if each.family == event.family]
            going = dice.sample(there, min(event.people, len(there)))
            leavers[event.family] += len(going)
            staying = [each for each in staying if not any(each is one for one in going)]
    return staying


def _convert(
    candidates: list[Apprentice],
    staff: list[Person],
    free: list[float],
    month: int,
    converted: list[int],
) -> list[Apprentice]:
    """Give achievers a vacant post and return who waits for one."""
    waiting = []
    for trainee in candidates:
        if free[trainee.family] >= trainee.fte - 1e-6:
            free[trainee.family] -= trainee.fte
            converted[trainee.family] += 1
            person = Person(trainee.family, month - trainee.start, trainee.fte)
            person.boosted_until, person.boost = month + 12, trainee.boost
            staff.append(person)
        elif trainee.policy == "wait":
            waiting.append(trainee)
    return waiting


def _begin(
    world: World,
    trainees: list[Apprentice],
    staff: list[Person],
    month: int,
    dice: random.Random,
) -> list[int]:
    """Send people in post on the courses that begin, and count them by the family they go to."""
    begun = [0] * world.families
    for course in world.courses:
        if course.start == month:
            there = [
                each
                for each in staff
                if each.family == course.source and not (each.course or each.waits or each.leaves)
            ]
            size = course.size
            if world.mentor_cap is not None:
                most = int(world.mentor_cap * _guides(staff, course.target) + 1e-9)
                size = min(size, max(0, most - _learning(trainees, staff, course.target, month)))
            for each in dice.sample(there, min(size, len(there))):
                each.course = course
                begun[course.target] += 1
    return begun


def _gives_up(person: Person, month: int, dice: random.Random) -> bool:
    """Return whether somebody stops training and leaves the organisation."""
    course = person.course
    if course is None or month - course.start > course.duration:
        return False
    before, after = (_share(course, month - course.start - back) for back in (1, 0))
    risk = course.withdrawal * (after - before) / (1 - course.withdrawal * before)
    if dice.random() >= risk:
        return False
    person.stops = dice.random() < course.stays
    return not person.stops


def _wander(
    world: World, staff: list[Person], free: list[float], month: int, dice: random.Random
) -> list[tuple[int, int]]:
    """Let people move to a family with a vacancy, in no particular order."""
    done: list[tuple[int, int]] = []
    if world.moves is None:
        return done
    for person in dice.sample(staff, len(staff)):
        away = world.moves[person.family]
        if person.course or person.waits or person.leaves:
            continue
        if dice.random() < 1 - math.exp(-sum(away)):
            target = dice.choices(range(world.families), away)[0]
            if _go(person, target, free):
                done.append((person.family, target))
                person.family = target
    return done


def _go(person: Person, target: int, free: list[float]) -> bool:
    if free[target] < person.fte - 1e-6:
        return False
    free[target] -= person.fte
    free[person.family] += person.fte
    return True


def _graduate(
    world: World, staff: list[Person], free: list[float], month: int, dice: random.Random
) -> list[tuple[int, int]]:
    """Go on with the courses; whoever achieves and finds a vacancy moves."""
    done: list[tuple[int, int]] = []
    for course in world.courses:
        ready = [each for each in staff if each.waits is course]
        for person in [each for each in staff if each.course is course]:
            behind = month - course.start
            if person.stops:
                person.course, person.stops = None, False
            elif behind == course.duration + course.wait:
                person.course = None
                if dice.random() < course.passes and dice.random() < course.offer:
                    ready.append(person)
        for person in ready:
            if _go(person, course.target, free):
                done.append((person.family, course.target))
                person.family, person.waits = course.target, None
                person.boost, person.boosted_until = course.boost, month + 12
                person.senior = course.senior
            elif course.policy == "wait":
                person.waits = course
    return done


def _leaves(world: World, person: Person, month: int, dice: random.Random) -> bool:
    if person.leaves:
        return person.leaves == month
    if person.end == month:
        if dice.random() >= world.renewal:
            return True
        # Renewed: the rest of this month and what follows is like everybody else's.
        person.end = 0
        contract_end = 0.0
    else:
        contract_end = 0.0 if person.end else world.contract_end
    # Who stops training and resigns is counted there.
    hazard = 0.0 if person.course else world.quits(person.family, person.tenure, month)
    if month <= person.boosted_until:
        hazard *= person.boost
    return dice.random() < 1 - math.exp(-(hazard + world.other + contract_end))


def _learns(trainee: Apprentice, month: int) -> bool:
    result = trainee.start + trainee.duration + trainee.wait
    return trainee.begun and trainee.start <= month < result and not trainee.gone


def _learning(trainees: list[Apprentice], staff: list[Person], family: int, month: int) -> int:
    """Count those who need a guide in a family: apprentices, and people in post on a course."""
    apprentices = sum(
        a.family == family and a.begun and not a.gone and month < a.start + a.duration
        for a in trainees
    )
    courses = sum(
        p.course is not None
        and p.course.target == family
        and not p.stops
        and month < p.course.start + p.course.duration
        for p in staff
    )
    return apprentices + courses


def _guides(staff: list[Person], family: int) -> int:
    return sum(p.family == family and p.senior and p.tenure >= 12 for p in staff)


def _apprentice(
    world: World, trainees: list[Apprentice], staff: list[Person], month: int
) -> list[int]:
    """Let those start who have somebody to guide them; the others never do."""
    begun = [0] * world.families
    for family in range(world.families):
        guides = _guides(staff, family)
        learning = _learning(trainees, staff, family, month)
        for trainee in trainees:
            if trainee.family != family or trainee.start != month:
                continue
            if world.mentor_cap is None or learning + 1 <= world.mentor_cap * guides + 1e-9:
                trainee.begun = True
                learning += 1
                begun[family] += 1
    return begun


def _train(trainees: list[Apprentice], month: int, dice: random.Random) -> list[Apprentice]:
    """Return those who achieve in this month and take the job they are offered."""
    achievers = []
    for trainee in trainees:
        behind = month - trainee.start
        if not trainee.begun or trainee.gone or behind < 1:
            continue
        if behind <= trainee.duration:
            before, after = (_share(trainee, m) for m in (behind - 1, behind))
            # Probability of withdrawing now for those who have not yet.
            risk = trainee.withdrawal * (after - before) / (1 - trainee.withdrawal * before)
            trainee.gone = dice.random() < risk
        done = not trainee.gone and behind == trainee.duration + trainee.wait
        if done and dice.random() < trainee.passes and dice.random() < trainee.offer:
            achievers.append(trainee)
    return achievers


def _share(trainee: "Apprentice | Course", month: int) -> float:
    """Share of all withdrawals that has happened by a month of the training."""
    quarter = 4 * month / trainee.duration
    whole = int(quarter)
    done = sum(trainee.quarters[:whole])
    return done + (quarter - whole) * trainee.quarters[whole] if whole < 4 else 1.0


def _recruit(
    world: World,
    openings: list[list[list[float]]],
    free: list[float],
    month: int,
    dice: random.Random,
) -> list[tuple[int, Person]]:
    """Keep the openings in line with the vacancies and fill what is due.

    An opening is [age, moment of success]; one that found somebody waits for the cap to allow it.
    """
    due: list[tuple[float, int, list[float]]] = []
    for family in range(world.families):
        queue = openings[family]
        wanted = int((max(free[family], 0.0) + 1e-6) // world.starter_fte[family])
        while len(queue) > wanted:
            queue.pop()
        while len(queue) < wanted:
            queue.append([0, math.inf])
        for opening in queue:
            if opening[1] == math.inf and month not in world.frozen:
                hazard = world.fill(family, int(opening[0])) * world.faster(family, month)
                chance = 1 - math.exp(-hazard)
                if dice.random() < chance:
                    opening[1] = month + dice.random()
            opening[0] += 1
            if opening[1] < math.inf:
                due.append((opening[1], family, opening))
    if month in world.frozen:
        return []
    due.sort(key=lambda each: each[0])
    if world.capacity is not None:
        due = due[: world.capacity]
    found = []
    for _, family, opening in due:
        openings[family].remove(opening)
        person = Person(family, 0, world.starter_fte[family])
        if world.hired_senior:
            person.senior = dice.random() < world.hired_senior
        found.append((family, person))
    return found
