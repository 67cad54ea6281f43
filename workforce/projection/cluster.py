"""Where joblib's work goes: a Dask scheduler or a Ray cluster that the user names."""

from collections.abc import Iterator
from contextlib import contextmanager

from workforce.domain.errors import UserError

__all__ = ["cluster"]


@contextmanager
def cluster(address: str) -> Iterator[None]:
    """Send joblib's work to a cluster for as long as the context lasts.

    Args:
        address: Dask scheduler (`tcp://`, `tls://`, `ws://`, `wss://`) or Ray cluster (`ray://`).

    Raises:
        UserError: If it is no such address, the library is not installed, nobody answers, or the
            workers do not have this version of the software.
    """
    kind = address.partition("://")[0]
    if kind in {"tcp", "tls", "ws", "wss"}:
        with _dask(address):
            yield
    elif kind == "ray":
        with _ray(address):
            yield
    else:
        raise UserError(
            f"“{address}” is not the address of a cluster. Name a Dask scheduler, for example "
            "tcp://host:8786, or a Ray cluster, for example ray://host:10001."
        )


@contextmanager
def _dask(address: str) -> Iterator[None]:
    try:
        from distributed import Client
    except ImportError:
        raise UserError(
            "Dask is not installed here. Install the extra “cluster” of this software, or leave "
            "--scheduler out."
        ) from None
    from joblib import parallel_config

    try:
        client = Client(address, timeout=20)
    except (OSError, ValueError) as fault:
        raise UserError(
            f"The Dask scheduler {address} does not answer ({fault}). Check the address."
        ) from None
    with client:
        _same_software(client.run(_software))
        with parallel_config(backend="dask"):
            yield


def _software() -> str:
    """Return the version of this software where it is called; `missing` where there is none."""
    from importlib import import_module

    try:
        return str(import_module("workforce").__version__)
    except ImportError:
        return "missing"


def _same_software(found: dict[str, str]) -> None:
    if not found:
        raise UserError("The Dask cluster has no workers. Start some and try again.")
    others = sorted(worker for worker, version in found.items() if version != _software())
    if others:
        raise UserError(
            f"The worker {others[0]} does not have this version of the software. Install the same "
            "version on every worker."
        )


@contextmanager
def _ray(address: str) -> Iterator[None]:
    try:
        import ray
        from ray.util.joblib import register_ray
    except ImportError:
        raise UserError(
            "Ray is not installed here. Install “ray”, or leave --scheduler out."
        ) from None
    from joblib import parallel_config

    try:
        ray.init(address=address, log_to_driver=False)
    except (ConnectionError, OSError, ValueError) as fault:
        raise UserError(
            f"The Ray cluster {address} does not answer ({fault}). Check the address."
        ) from None
    register_ray()
    try:
        with parallel_config(backend="ray"):
            yield
    finally:
        ray.shutdown()
