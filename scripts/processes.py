"""Small things about processes that set-up, tests and supervision share."""

import ctypes
import signal
import socket

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def die_with_parent(with_signal: signal.Signals = signal.SIGTERM) -> None:
    """Have Linux send this process a signal when its parent dies, however that dies."""
    _libc.prctl(_PR_SET_PDEATHSIG, int(with_signal))


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
