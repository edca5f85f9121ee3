"""A folder of a run's own, and signals that end the run."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from evals.scratch import scratch_folder
from tests.processes import Program

DATA = Path(__file__).parents[1] / "data" / "mini"
MINI = ("--set", DATA / "mini.jsonl", "--corpus", DATA / "corpus")


def wait_for(folder: Path, pattern: str) -> None:
    for _ in range(600):
        if any(folder.glob(pattern)):
            return
        time.sleep(0.05)
    raise AssertionError(f"{folder} has no {pattern}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("sign", ["", "/store/*"], ids=["begun", "indexing"])
def test_a_run_that_is_told_to_end_leaves_nothing(
    number: signal.Signals, sign: str, program: Program, tmp_path: Path
) -> None:
    process = program.start("eval", *MINI, environment={"TMPDIR": str(tmp_path)})
    wait_for(tmp_path, f"interviews-eval-*{sign}")

    process.send_signal(number)
    out, complaint = process.communicate()

    assert (process.returncode, out) == (130, "")
    assert complaint == "interviews: interrupted\n"
    assert list(tmp_path.glob("interviews-eval-*")) == []


def test_a_run_that_ignores_hanging_up_goes_on(program: Program, tmp_path: Path) -> None:
    process = program.start(
        "eval", *MINI, "--no-policies", environment={"TMPDIR": str(tmp_path)},
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )  # fmt: skip
    wait_for(tmp_path, "interviews-eval-*")

    process.send_signal(signal.SIGHUP)
    out, _ = process.communicate()

    assert process.returncode == 0
    assert "10 questions" in out


def test_what_was_done_with_signals_before_is_done_again() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with scratch_folder("x-") as folder:
        assert signal.getsignal(signal.SIGTERM) != before
        (folder / "below").mkdir()
    assert signal.getsignal(signal.SIGTERM) == before
    assert not folder.exists()


def test_a_thread_has_a_folder_without_a_say_in_signals() -> None:
    made: list[Path] = []

    def work() -> None:
        with scratch_folder("x-") as folder:
            made.append(folder)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert not made[0].exists()


def test_a_signal_is_an_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt), scratch_folder("x-") as folder:
        os.kill(os.getpid(), signal.SIGTERM)
    assert not folder.exists()
