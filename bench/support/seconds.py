"""CPU seconds of other processes of ours."""

import resource

import psutil


def seconds_of_children() -> float:
    """What children of this process, and theirs that ended, used so far, whether they ended or wait for more work."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    running = [one.cpu_times() for one in psutil.Process().children()]
    waiting = sum(one.user + one.system + one.children_user + one.children_system for one in running)
    return float(ended.ru_utime + ended.ru_stime + waiting)
