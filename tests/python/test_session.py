"""A session stays usable: interrupts, threads, progress."""

import io
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

import pensim

LARGE = 50_000_000  # lives: minutes


def interrupt_after(seconds):
    timer = threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    return timer


@pytest.mark.parametrize(
    "call",
    [
        lambda: pensim.run("hmt", persons=LARGE),
        lambda: pensim.run("hmt", persons=100_000, replicates=100_000),
        lambda: pensim.compare("hmt", ["law", "five-years"], persons=LARGE),
        lambda: pensim.sweep("hmt", "place.min_months=60:180:30", persons=LARGE),
        lambda: pensim.who("hmt", persons=LARGE, kind="temporary"),
    ],
)
def test_an_interrupt_ends_a_call_soon_and_no_more(call):
    handler = signal.getsignal(signal.SIGINT)
    begun = time.monotonic()
    interrupt_after(0.6)
    with pytest.raises(KeyboardInterrupt):
        call()
    assert time.monotonic() - begun < 5
    assert signal.getsignal(signal.SIGINT) is handler
    assert len(pensim.run("small", persons=500).flows) > 0


def test_an_interrupt_ends_an_audit():
    begun = time.monotonic()
    interrupt_after(0.2)
    with pytest.raises(KeyboardInterrupt):
        for _ in range(100):  # one alone may be quick
            pensim.audit("law")
    assert time.monotonic() - begun < 10


def test_a_handler_that_does_not_raise_stops_nothing():
    seen = []
    before = signal.signal(signal.SIGINT, lambda *_: seen.append(1))
    try:
        interrupt_after(0.1)
        run = pensim.run("hmt", persons=300_000)
        time.sleep(0.2)
    finally:
        signal.signal(signal.SIGINT, before)
    assert seen and len(run.flows) > 0


def test_an_exception_of_the_progress_stops_the_call():
    def enough(done, total):
        assert 0 < done <= total == LARGE
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        pensim.run("hmt", persons=LARGE, progress=enough)


def test_runs_of_several_threads_at_once():
    expected = {seed: pensim.run("hmt", persons=40_000, seed=seed).digests for seed in range(4)}
    found = {}

    def work(seed):
        found[seed] = pensim.run("hmt", persons=40_000, seed=seed, threads=1 + seed % 2).digests

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected


def test_others_run_meanwhile():
    """The GIL is free: this thread counts on while another one runs a scenario."""
    ended = threading.Event()

    def work():
        pensim.run("hmt", persons=600_000, threads=1)
        ended.set()

    thread = threading.Thread(target=work)
    thread.start()
    turns, longest, last = 0, 0.0, time.monotonic()
    while not ended.is_set():
        time.sleep(0.001)
        now = time.monotonic()
        turns, longest, last = turns + 1, max(longest, now - last), now
    thread.join()
    assert turns > 50
    assert longest < 0.25


def test_one_interrupt_of_two_runs_ends_the_one_that_waits():
    result = []
    thread = threading.Thread(
        target=lambda: result.append(pensim.run("hmt", persons=500_000).digests)
    )
    thread.start()
    interrupt_after(0.3)
    with pytest.raises(KeyboardInterrupt):
        pensim.run("hmt", persons=LARGE)
    thread.join()
    assert result == [pensim.run("hmt", persons=500_000).digests]


def test_progress_is_told():
    told = []
    pensim.run("hmt", persons=300_000, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told) and told[-1] == (300_000, 300_000)
    assert len(told) < 100  # a few times a second


def test_a_bar_when_asked_for(capsys):
    pensim.run("hmt", persons=700_000, progress=True, threads=1)
    assert "lives" in capsys.readouterr().err
    pensim.run("hmt", persons=300_000, threads=1)  # no terminal
    assert capsys.readouterr().err == ""
    pensim.options.progress = True
    try:
        pensim.run("small", persons=100)  # over at once
    finally:
        pensim.options.progress = None
    assert capsys.readouterr().err == ""


def test_nothing_half_written_after_an_interrupt(tmp_path):
    script = textwrap.dedent(
        f"""
        import os, signal, threading, pensim
        run = pensim.run("hmt", persons=50_000, microdata=True)
        threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGINT)).start()
        try:
            for i in range(1000):
                run.save(f"{tmp_path}/{{i}}")
        except KeyboardInterrupt:
            print("interrupted")
        """
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert ran.stdout == "interrupted\n", ran.stderr
    for folder in tmp_path.iterdir():
        assert folder.name.isdigit()
        assert (folder / "results.xlsx").exists()
