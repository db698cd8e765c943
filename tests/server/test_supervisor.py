"""The process tree: starts, drains, survives the death of a worker, leaves nothing behind."""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import grpc
import psutil
import pytest

from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceStub
from tests.server.processes import PATIENCE, ROOT, LogOf, Serve

REQUEST = pb.ExtractTimelineRequest(article=pb.Article(id="7", text="زار الوزير القاهرة أمس."))


def ask(address: str) -> str:
    # Each call on a connection of its own, so that the kernel picks a worker anew.
    with grpc.insecure_channel(address, options=[("grpc.use_local_subchannel_pool", 1)]) as channel:
        return TimelineServiceStub(channel).ExtractTimeline(REQUEST, wait_for_ready=True, timeout=PATIENCE).article_id


def workers(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children()


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_drains(serve: Serve, log: LogOf, number: signal.Signals) -> None:
    process, address = serve("--workers", "2")
    children = workers(process)
    assert len(children) == 2
    waiting: queue.SimpleQueue[pb.ExtractTimelinesRequest | None] = queue.SimpleQueue()
    with grpc.insecure_channel(address) as channel:
        answers = TimelineServiceStub(channel).ExtractTimelines(iter(waiting.get, None))
        for name in ("before", "after"):
            waiting.put(pb.ExtractTimelinesRequest(article=pb.Article(id=name, text=REQUEST.article.text)))
            answer = next(answers)
            assert (answer.article_id, answer.WhichOneof("outcome")) == (name, "result")
            if name == "before":
                process.send_signal(number)
                # The worker without the call ends at once; the other one waits for it.
                until(lambda: len(psutil.wait_procs(children, timeout=0)[0]) == 1)
        waiting.put(None)
        assert list(answers) == []
    assert process.wait(PATIENCE) == 0
    (call,) = map(json.loads, log(process).splitlines())
    assert (call["code"], call["articles"]) == ("OK", 2)


def test_ctrl_c_in_a_terminal_reaches_everyone_and_still_drains(serve: Serve, log: LogOf) -> None:
    process, address = serve("--workers", "2")
    assert ask(address) == "7"
    for child in workers(process):
        child.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0
    assert "Traceback" not in log(process)


def test_calls_over_the_grace_are_cut(serve: Serve) -> None:
    process, address = serve("--workers", "1", "--grace", "0.2")
    waiting: queue.SimpleQueue[pb.ExtractTimelinesRequest | None] = queue.SimpleQueue()
    with grpc.insecure_channel(address) as channel:
        answers = TimelineServiceStub(channel).ExtractTimelines(iter(waiting.get, None))
        waiting.put(pb.ExtractTimelinesRequest(article=REQUEST.article))
        assert next(answers).article_id == "7"
        process.terminate()
        assert process.wait(PATIENCE) == 0
        with pytest.raises(grpc.RpcError):
            next(answers)
        waiting.put(None)


def test_a_second_signal_kills_what_is_left(serve: Serve, log: LogOf) -> None:
    process, address = serve("--workers", "2")
    children = workers(process)
    waiting: queue.SimpleQueue[pb.ExtractTimelinesRequest | None] = queue.SimpleQueue()
    with grpc.insecure_channel(address) as channel:
        answers = TimelineServiceStub(channel).ExtractTimelines(iter(waiting.get, None))
        waiting.put(pb.ExtractTimelinesRequest(article=REQUEST.article))
        assert next(answers).article_id == "7"
        process.terminate()
        until(lambda: len(psutil.wait_procs(children, timeout=0)[0]) == 1)
        process.terminate()
        assert process.wait(PATIENCE) == 1
        waiting.put(None)
    assert psutil.wait_procs(children, timeout=0)[1] == []
    assert "Traceback" not in log(process)


def test_a_killed_worker_is_replaced(serve: Serve, log: LogOf) -> None:
    process, address = serve("--workers", "2")
    first, second = workers(process)
    first.kill()
    until(lambda: len(workers(process)) == 2 and first not in workers(process))
    assert second in workers(process)
    assert [ask(address) for _ in range(8)] == ["7"] * 8
    second.kill()
    until(lambda: second not in workers(process))
    assert [ask(address) for _ in range(8)] == ["7"] * 8
    process.terminate()
    assert process.wait(PATIENCE) == 0
    assert f"worker {first.pid} ended with code -9" in log(process)
    assert f"worker {second.pid} ended with code -9" in log(process)


def test_workers_end_with_a_killed_supervisor(serve: Serve) -> None:
    process, _ = serve("--workers", "2")
    children = workers(process)
    process.kill()
    assert psutil.wait_procs(children, timeout=PATIENCE)[1] == []


def test_a_port_that_is_taken_is_said_so(address: str) -> None:
    command = [sys.executable, "-m", "server", "--listen", address, "--workers", "1"]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert finished.returncode == 1
    assert f"can't listen on {address}" in finished.stderr
    assert "Traceback" not in finished.stderr
    assert finished.stdout == ""


def test_an_ipv6_address_is_served() -> None:
    command = [sys.executable, "-m", "server", "--listen", "[::1]:0", "--workers", "1"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = process.stdout.readline()
        assert said.startswith("listening on [::1]:")
        assert ask(said.split()[-1]) == "7"
        process.terminate()
    assert process.returncode == 0


def test_the_supervisor_imports_neither_grpc_nor_the_library() -> None:
    heavy = "{'grpc', 'google', 'timeline'}"
    code = f"import sys, server.__main__; print({heavy} & {{name.partition('.')[0] for name in sys.modules}})"
    finished = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "set()"


def test_a_worker_stays_small(serve: Serve) -> None:
    process, address = serve("--workers", "1")
    assert [ask(address) for _ in range(20)] == ["7"] * 20
    (worker,) = workers(process)
    assert worker.memory_info().rss < 120 << 20
