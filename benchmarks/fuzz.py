"""Damaged workbooks through the reading of extracts: no exception, no hang, no handle left.

Every case is decided by its number, so that a fault can be looked at again: `spreadsheet(number)`.
Processes share the cases. One that hangs inside a reader, where no signal arrives, or dies, is
counted against the case it was at and replaced by another that goes on with the next one.
"""

import gc
import multiprocessing
import os
import random
import resource
import signal
import sys
import time
import traceback
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any

from benchmarks._mutate import Seed, mutant, seeds
from benchmarks._result import Result
from workforce.domain.errors import UserError
from workforce.domain.evidence import load_evidence
from workforce.intake import SourceFile, read_extract
from workforce.roles import RoleClassifier

CASES = 20_000
WORKERS = 2
LIMIT = 10.0
"""Seconds of computing a case may take; the alarm rings then."""
STUCK = 40.0
"""Seconds of computing without a case done, after which a process is ended."""
ASLEEP = 1_800.0
"""Seconds on the clock after which a process is ended though it computes nothing."""
MEMORY = 6 * 2**30
SEED = 2026
ROOT = Path(__file__).resolve().parents[1]


class Hang(BaseException):
    """Raised by the alarm."""


@dataclass
class Tally:
    """What became of the cases."""

    cases: int = 0
    read: int = 0
    refused: int = 0
    slowest: float = 0.0
    handles: int = 0
    exceptions: dict[str, list[int]] = field(default_factory=dict)
    hangs: list[int] = field(default_factory=list)
    aborts: list[int] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Add what another process counted."""
        self.cases += other.cases
        self.read += other.read
        self.refused += other.refused
        self.slowest = max(self.slowest, other.slowest)
        self.handles += other.handles
        for fault, numbers in other.exceptions.items():
            self.exceptions.setdefault(fault, []).extend(numbers)
        self.hangs += other.hangs
        self.aborts += other.aborts


def spreadsheet(number: int, originals: list[Seed]) -> Seed:
    """Return the damaged file of a case: name and bytes."""
    rng = random.Random(f"{SEED}-{number}")  # noqa: S311 - damage to order, no secret
    return mutant(originals[number % len(originals)], rng)


def run(cases: int = CASES, workers: int = WORKERS, first: int = 0) -> list[Result]:
    """Read damaged workbooks and count what should not have happened.

    Args:
        cases: How many.
        workers: Processes that share them.
        first: Number of the first case, where a run is done in parts.

    Returns:
        Exceptions other than `UserError`, processes ended, hangs, handles left and cases run.
    """
    before = time.monotonic()
    originals = seeds()
    tally = share(originals, range(first, first + cases), workers)
    kinds = ", ".join(Path(name).suffix[1:] for name, _ in originals)
    detail = (
        f"{tally.cases:,} cases of {kinds} in {time.monotonic() - before:.0f} s; {tally.read:,} "
        f"read, {tally.refused:,} refused with a sentence; slowest {tally.slowest:.1f} s"
    )
    faults = "; ".join(f"{fault} (cases {n[:3]})" for fault, n in tally.exceptions.items())
    raised = sum(map(len, tally.exceptions.values()))
    return [
        Result("fuzz.exceptions", raised, "cases", "0", raised == 0, "", faults or detail),
        Result("fuzz.aborts", len(tally.aborts), "processes ended", "0", not tally.aborts, "",
               f"cases {tally.aborts[:9]}" if tally.aborts else detail),
        Result("fuzz.hangs", len(tally.hangs), f"cases beyond {LIMIT:.0f} s", "0",
               not tally.hangs, "", f"cases {tally.hangs[:9]}" if tally.hangs else detail),
        Result("fuzz.handles", tally.handles, "handles left", "0", tally.handles == 0, "", detail),
        Result("fuzz.cases", tally.cases, "cases", f"at least {CASES:,}", tally.cases >= CASES,
               "", detail),
    ]  # fmt: skip


def share(originals: list[Seed], cases: range, workers: int) -> Tally:
    """Start processes that share the cases, and watch them until every case has been read."""
    context = multiprocessing.get_context("fork")
    total = Tally()
    running = [_Watched(context, originals, cases[n::workers]) for n in range(workers)]
    while running:
        time.sleep(0.1)
        still = []
        for each in running:
            done, rest = each.look()
            total.add(done)
            if rest is None:
                still.append(each)
            elif rest:
                still.append(_Watched(context, originals, rest))
        running = still
    return total


class _Watched:
    """A process at work on some cases, and what it says of them."""

    def __init__(self, context: Any, originals: list[Seed], numbers: range) -> None:
        self._numbers = numbers
        self._ours, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(theirs, originals, numbers))
        self._process.start()
        theirs.close()
        self._finished = 0
        self._since, self._heard = 0.0, time.monotonic()

    def look(self) -> tuple[Tally, range | None]:
        """Return what was counted since, and the cases left for another process, if it ended."""
        tally = Tally()
        try:
            while self._ours.poll():
                said: Tally = self._ours.recv()
                tally.add(said)
                self._finished += said.cases
                self._since, self._heard = _computed(self._process.pid), time.monotonic()
        except EOFError:
            self._process.join()
            return self._ended(tally)
        idle = time.monotonic() - self._heard > ASLEEP
        if idle or _computed(self._process.pid) - self._since > STUCK:
            self._process.kill()
            self._process.join()
            self._ours.close()
            tally.hangs.append(self._numbers[self._finished])
            tally.cases += 1
            return tally, self._numbers[self._finished + 1 :]
        return tally, None

    def _ended(self, tally: Tally) -> tuple[Tally, range]:
        self._ours.close()
        if self._finished == len(self._numbers):
            return tally, range(0)
        tally.aborts.append(self._numbers[self._finished])
        tally.cases += 1
        return tally, self._numbers[self._finished + 1 :]


def _computed(process: int | None) -> float:
    """Return the seconds a process has computed: the clock is no measure on a busy machine."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _work(pipe: Connection, originals: list[Seed], numbers: range) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())  # panics of readers say so
    signal.signal(signal.SIGPROF, _ring)
    for name, content in originals:  # what is loaded once is no handle left
        read(name, content)
    before = _handles()
    for number in numbers:
        pipe.send(_try(number, originals))
    pipe.send(Tally(handles=max(0, _handles() - before)))
    pipe.close()


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise Hang


def _handles() -> int:
    gc.collect()
    return len(os.listdir("/proc/self/fd"))


def _try(number: int, originals: list[Seed]) -> Tally:
    tally = Tally(cases=1)
    name, content = spreadsheet(number, originals)
    before = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        read(name, content)
        tally.read = 1
    except UserError:
        tally.refused = 1
    except Hang:
        tally.hangs = [number]
    except BaseException as fault:
        tally.exceptions[_place(fault)] = [number]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    tally.slowest = time.process_time() - before
    if tally.slowest >= LIMIT:  # even where somebody caught the alarm
        tally.hangs = [number]
    return tally


def _place(fault: BaseException) -> str:
    """Return what was raised and the last place in the project, so that alike faults are one."""
    frames = [f for f in traceback.extract_tb(fault.__traceback__) if "/workforce/" in f.filename]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(fault).__name__} at {where}: {str(fault)[:120]}"


@cache
def _models() -> tuple[Any, RoleClassifier]:
    models = ROOT / "models"
    return load_evidence(models / "evidence"), RoleClassifier.load(models)


def read(name: str, content: bytes) -> None:
    """Read a file as the app does."""
    evidence, roles = _models()
    read_extract(
        [SourceFile(name, content)],
        evidence=evidence,
        roles=roles,
        today=date(2026, 11, 1),
        salt=b"the same in every run",
    )
