"""Side-by-side measurements. `python -m benchmarks [NAME...]` runs them."""

import os

# Threads that libraries let wait in loops would be counted among the processor seconds.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
