"""A fictional council, simulated person by person from stated hazards, as its HR system exports it.

as the yardstick that estimates and intervals are measured against.
"""

from workforce.sample.make import SampleOrganisation, make_sample, write_sample
from workforce.sample.parameters import SampleParameters
from workforce.sample.records import Simulated
from workforce.sample.simulate import simulate, simulate_people
from workforce.sample.template import write_template

__all__ = [
    "SampleOrganisation",
    "SampleParameters",
    "Simulated",
    "make_sample",
    "simulate",
    "simulate_people",
    "write_sample",
    "write_template",
]
