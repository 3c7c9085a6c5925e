"""The process kept ready that forks for every document."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from plans.exporting import press
from plans.exporting.press import PrintingFailed
from plans.exporting.printing import render

LONG = "<title>Long</title>" + "<p>What was done about it since.</p>" * 20_000


@pytest.fixture(autouse=True)
def no_press():
    press.dismiss()
    yield
    press.dismiss()


def _presses():
    return psutil.Process().children()


def _gone(processes):
    return psutil.wait_procs(processes, timeout=10)[1] == []


def test_documents_are_drawn_by_forks_of_one_process():
    render("<title>One</title><p>One")
    first = _presses()
    assert render("<title>Two</title><p>Two").startswith(b"%PDF")
    assert _presses() == first
    assert len(first) == 1
    assert first[0].children() == []


def test_one_that_died_while_waiting_is_replaced():
    render("<title>One</title><p>One")
    [kept] = _presses()
    kept.kill()
    while kept.status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
    assert render("<title>Two</title><p>Two").startswith(b"%PDF")


def test_a_failing_document_does_not_spoil_the_next(tmp_path):
    for _ in range(2):
        with pytest.raises(PrintingFailed, match="No such file"):
            press.run_child("plans.exporting.printing", tmp_path / "missing", tmp_path / "plan.pdf")
    assert len(_presses()) == 1
    assert render("<title>Two</title><p>Two").startswith(b"%PDF")


def test_two_documents_at_once_have_a_process_each_and_one_is_kept():
    made = []
    seen = set()

    def draw():
        made.append(render("<title>A</title><p>A", lambda step: seen.update(p.pid for p in _presses())))

    both = [threading.Thread(target=draw) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(made) == len(seen) == 2
    assert len(_presses()) == 1


def test_a_process_killed_in_the_middle_is_told_and_another_takes_its_place():
    def kill(step):
        if "page 1" in step:
            [one] = _presses()
            [fork] = one.children()
            fork.kill()

    with pytest.raises(PrintingFailed):
        render(LONG, kill)
    assert render("<title>Two</title><p>Two").startswith(b"%PDF")


def test_what_takes_too_long_is_given_up_with_its_fork(monkeypatch):
    render("<title>One</title><p>One")
    [kept] = _presses()
    forks = []
    monkeypatch.setattr(press, "LONGEST", 1)
    begun = time.monotonic()
    with pytest.raises(PrintingFailed, match="it took longer than"):
        render(LONG, lambda step: forks.extend(kept.children()))
    assert time.monotonic() - begun < 10
    assert forks
    assert _gone([kept, *forks])


def test_an_interrupted_print_leaves_no_process():
    forks = []

    def interrupt(step):
        for one in _presses():
            forks.extend([one, *one.children()])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render(LONG, interrupt)
    assert len(forks) == 2
    assert _gone(forks)


def test_what_is_said_without_an_end_of_line_or_in_no_encoding_hides_nothing(tmp_path, monkeypatch):
    (tmp_path / "mumbling.py").write_text(
        "import os\ndef in_child(source, target):\n    os.write(2, b'\\xff and then')\n    os._exit(3)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(PrintingFailed, match="and then"):
        press.run_child("mumbling", tmp_path / "a", tmp_path / "b")


PRINTER = """
import sys
from plans.exporting.printing import render
render(sys.stdin.read(), lambda step: print(step, flush=True))
"""


def test_a_printer_that_is_killed_leaves_no_process():
    printer = subprocess.Popen(
        [sys.executable, "-c", PRINTER],
        cwd=Path(press.__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with printer:
        printer.stdin.write(LONG)
        printer.stdin.close()
        while "page 1" not in printer.stdout.readline():
            pass
        left = psutil.Process(printer.pid).children(recursive=True)
        printer.kill()
    assert len(left) == 2
    assert _gone(left)


def test_a_press_that_is_killed_in_the_middle_leaves_no_fork_that_takes_too_long(monkeypatch):
    render("<title>One</title><p>One")
    [kept] = _presses()
    forks = []

    def kill(step):
        if not forks:
            forks.extend(kept.children())
            kept.kill()

    monkeypatch.setattr(press, "LONGEST", 1)
    with pytest.raises(PrintingFailed, match="it took longer than"):
        render(LONG, kill)
    assert forks
    assert _gone(forks)
