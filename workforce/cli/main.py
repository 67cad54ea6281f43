"""Arguments of `python -m workforce`, and one sentence on stderr where something is wrong."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from workforce import __version__
from workforce.cli import commands
from workforce.cli.backtest import backtest
from workforce.cli.score import score
from workforce.cli.sweep import sweep
from workforce.domain.errors import UserError

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: Command-line arguments without the program's name.

    Returns:
        Exit code: 0 done, 2 the input cannot be used (said in one sentence on stderr).
    """
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except UserError as said:
        print(str(said), file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): there is nobody left to tell.
        sys.stderr.close()
        return 0
    return 0


def _whole_number(low: int, high: int) -> type:
    def read(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must lie between {low} and {high}")
        return value

    read.__name__ = "whole number"
    return read  # type: ignore[return-value]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m workforce",
        description="Digital skills workforce planning for UK public bodies.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands_of = parser.add_subparsers(metavar="COMMAND", required=True)

    check = commands_of.add_parser(
        "check", help="read HR files and say what was found, matched and left out"
    )
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    check.add_argument("--mapping", type=Path, metavar="M.json", help="corrections to apply")
    check.add_argument("--json", action="store_true", help="one JSON object on stdout")
    check.set_defaults(run=commands.check)

    roles = commands_of.add_parser("roles", help="sort job titles into role families")
    roles.add_argument("titles", type=Path, metavar="TITLES.csv")
    roles.add_argument("--mapping", type=Path, metavar="M.json", help="corrections to apply")
    roles.add_argument("--out", type=Path, required=True, metavar="LABELLED.csv")
    roles.set_defaults(run=commands.roles)

    project = commands_of.add_parser("project", help="project stocks, leavers and vacancies")
    project.add_argument("files", nargs="+", type=Path, metavar="FILE")
    project.add_argument("--mapping", type=Path, metavar="M.json", help="corrections to apply")
    project.add_argument("--plan", type=Path, metavar="PLAN.json", help="plan file to compare")
    project.add_argument(
        "--months", type=_whole_number(1, 120), help="horizon; wins over the plan's own"
    )
    project.add_argument("--draws", type=_whole_number(1, 100_000), default=1000)
    project.add_argument("--seed", type=_whole_number(0, 2**63 - 1), default=1)
    project.add_argument(
        "--scope",
        choices=("digital", "everyone"),
        default="digital",
        help="whom to project; everyone where hardly any digital staff are found",
    )
    project.add_argument(
        "--working",
        action="store_true",
        help="give rates that would tell how few people left; not for circulation",
    )
    project.add_argument(
        "--workers",
        type=_whole_number(1, 256),
        default=1,
        help="processes, or threads in short runs, that share the draws; the results are the same "
        "to the byte",
    )
    project.add_argument("--out", type=Path, required=True, metavar="DIR")
    project.set_defaults(run=commands.project)

    _add_sweep(commands_of.add_parser("sweep", help="project many plans, a line of results each"))

    check_back = commands_of.add_parser(
        "backtest", help="forecast from past dates and compare with what happened"
    )
    check_back.add_argument("files", nargs="+", type=Path, metavar="FILE")
    check_back.add_argument("--mapping", type=Path, metavar="M.json", help="corrections to apply")
    check_back.add_argument("--json", action="store_true", help="one JSON object on stdout")
    check_back.add_argument(
        "--scope",
        choices=("digital", "everyone"),
        default="digital",
        help="whom to forecast; everyone where hardly any digital staff are found",
    )
    check_back.add_argument("--draws", type=_whole_number(20, 20_000), default=500)
    check_back.add_argument("--seed", type=_whole_number(0, 2**63 - 1), default=1)
    check_back.set_defaults(run=backtest)

    look_back = commands_of.add_parser(
        "score", help="compare the forecast saved in a plan file with what happened since"
    )
    look_back.add_argument("plan", type=Path, metavar="PLAN.json", help="plan file saved earlier")
    look_back.add_argument("files", nargs="+", type=Path, metavar="FILE", help="newer HR files")
    look_back.add_argument("--mapping", type=Path, metavar="M.json", help="corrections to apply")
    look_back.add_argument("--json", action="store_true", help="one JSON object on stdout")
    look_back.set_defaults(run=score)

    sample = commands_of.add_parser("sample", help="make a fictional council's workbook")
    sample.add_argument("--out", type=Path, required=True, metavar="F.xlsx")
    sample.add_argument("--size", type=_whole_number(50, 200_000), default=2400)
    sample.add_argument("--years", type=_whole_number(1, 20), default=5)
    sample.add_argument("--seed", type=_whole_number(0, 2**32 - 1), default=2026)
    sample.add_argument("--untidy", action="store_true", help="as untidy as real exports are")
    sample.set_defaults(run=commands.sample)
    return parser


def _add_sweep(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "plans", nargs="+", type=Path, metavar="PLAN.json", help="plan files; each may hold several"
    )
    parser.add_argument("--data", nargs="+", type=Path, metavar="FILE", required=True)
    parser.add_argument("--mapping", type=Path, metavar="M.json", help="corrections to apply")
    parser.add_argument(
        "--months", type=_whole_number(1, 120), help="horizon; wins over the plans' own"
    )
    parser.add_argument("--draws", type=_whole_number(1, 20_000), default=1000)
    parser.add_argument("--seed", type=_whole_number(0, 2**63 - 1), default=1)
    parser.add_argument("--scope", choices=("digital", "everyone"), default="digital")
    parser.add_argument(
        "--workers",
        type=_whole_number(1, 10_000),
        help="processes, or jobs at a time on a cluster; all there are if not given",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="Dask scheduler (tcp://host:8786) or Ray cluster (ray://host:10001) to run on; counts "
        "and rates travel there, no person does",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="SWEEP.csv")
    parser.set_defaults(run=sweep)
