"""A fictional council, simulated person by person from stated hazards, as its HR system exports it.

as the yardstick that estimates and intervals are measured against.
"""

from workforce.sample.make import SampleOrganisation, make_sample, write_sample
from workforce.sample.parameters import SampleParameters
from workforce.sample.programme import PROGRAMME_NAME, example_programme, programme_file
from workforce.sample.records import Simulated
from workforce.sample.simulate import simulate, simulate_people
from workforce.sample.template import write_template

__all__ = [
    "PROGRAMME_NAME",
    "SampleOrganisation",
    "SampleParameters",
    "Simulated",
    "example_programme",
    "make_sample",
    "programme_file",
    "simulate",
    "simulate_people",
    "write_sample",
    "write_template",
]
