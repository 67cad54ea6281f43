"""Small fits on one thread."""

from functools import cache
from typing import Any

__all__ = ["one_thread"]


@cache
def _threads() -> Any:
    # Looking for the loaded libraries takes longer than a fit, so they are looked for once; scipy
    # brings one of its own, which has to be there by then.
    import scipy.linalg  # noqa: F401
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def one_thread() -> Any:
    """Return a context in which loaded numerical libraries use one thread.

    Matrices this small gain nothing from threads, and where others compute at the same time waiting
    for a second thread takes longer than the fit.
    """
    return _threads().limit(limits=1)
