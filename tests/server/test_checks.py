"""Callers that are careless, slow or hostile: each gets the status it should, and the server's memory and service stay."""

from __future__ import annotations

import itertools
import json
import socket
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import grpc
import psutil
import pytest
from google.rpc.error_details_pb2 import ErrorInfo
from google.rpc.status_pb2 import Status
from google.type.date_pb2 import Date
from grpc_status import rpc_status
from prometheus_client.parser import text_string_to_metric_families

from eventtimeline.v1 import timeline_pb2 as pb
from eventtimeline.v1.timeline_pb2_grpc import TimelineServiceStub
from tests.server.http2 import GOAWAY, PING, RST_STREAM, Connection, frame, headers, message
from tests.server.processes import PATIENCE, ROOT, LogOf, Serve, until
from timeline import Article, Extractor

MEBIBYTE = 1 << 20
METHOD = "/eventtimeline.v1.TimelineService/ExtractTimeline"
SENTENCE = "زار الوزير القاهرة يوم الأحد 3 مارس 2024، وقال إن الاتفاق سيوقع غدا. "
LONG = SENTENCE * (MEBIBYTE // len(SENTENCE.encode()))
"""An article that takes some tenths of a second to read."""
GOOD = pb.ExtractTimelineRequest(article=pb.Article(id="7", text=SENTENCE))
CODES = {code.value[0]: code for code in grpc.StatusCode}
RETRIES = {
    "methodConfig": [
        {
            "name": [{}],
            "retryPolicy": {
                "maxAttempts": 4,
                "initialBackoff": "0.05s",
                "maxBackoff": "1s",
                "backoffMultiplier": 2,
                "retryableStatusCodes": ["UNAVAILABLE"],
            },
        }
    ]
}


def request(text: str) -> pb.ExtractTimelineRequest:
    return pb.ExtractTimelineRequest(article=pb.Article(text=text))


def opened(address: str, **options: object) -> grpc.Channel:
    return grpc.insecure_channel(
        address, [("grpc.use_local_subchannel_pool", 1), *((f"grpc.{k}", v) for k, v in options.items())]
    )


def answer(address: str) -> float:
    """Return the seconds in which a good call of its own connection is answered."""
    begin = time.monotonic()
    with opened(address) as channel:
        assert TimelineServiceStub(channel).ExtractTimeline(GOOD, timeout=PATIENCE).article_id == "7"
    return time.monotonic() - begin


def refusal(call: Callable[[], object]) -> Status:
    with pytest.raises(grpc.RpcError) as caught:
        call()
    error = caught.value
    assert isinstance(error, grpc.Call)
    return rpc_status.from_call(error) or Status(code=error.code().value[0], message=error.details())


def reason(status: Status) -> str:
    info = ErrorInfo()
    return next(info.reason for detail in status.details if detail.Unpack(info))


def worker(process: subprocess.Popen[str]) -> psutil.Process:
    (found,) = psutil.Process(process.pid).children()
    return found


def megabytes(process: psutil.Process) -> float:
    resident: int = process.memory_info().rss
    return resident / MEBIBYTE


def booked(log: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.splitlines() if '"message": "call"' in line]


def test_a_compressed_bomb_is_stopped_without_being_held(serve: Serve) -> None:
    process, address = serve("--workers", "1")
    answer(address)
    before = megabytes(worker(process))
    compressor = zlib.compressobj(9, zlib.DEFLATED, 31)
    # after a full flush what follows does not depend on what came before: one part of zeros stands for all that are to come
    first, other = (compressor.compress(bytes(MEBIBYTE)) + compressor.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    bomb = first + other * 1023
    assert zlib.decompressobj(31).decompress(first + other, 3 * MEBIBYTE) == bytes(2 * MEBIBYTE)
    assert len(bomb) < 1.1 * MEBIBYTE
    peak = before
    for _ in range(3):
        connection = Connection(address)
        connection.send(headers(1, METHOD, grpc_encoding="gzip"))
        connection.upload(1, message(bomb, compressed=True))
        assert "grpc-status\x018" in connection.status()
        peak = max(peak, megabytes(worker(process)))
        connection.close()
    assert peak < before + 16
    assert answer(address) < 5


def test_an_unknown_compression_is_refused(serve: Serve) -> None:
    _, address = serve("--workers", "1")
    connection = Connection(address)
    connection.send(headers(1, METHOD, grpc_encoding="br"))
    connection.upload(1, message(GOOD.SerializeToString(), compressed=True))
    # UNIMPLEMENTED by the specification; gRPC's core says INTERNAL before any of our code sees the call.
    assert connection.status().partition("grpc-status")[2][1:3] in ("12", "13")
    connection.close()
    answer(address)


@pytest.fixture(scope="module")
def long_seconds() -> float:
    """Return how long this machine takes for LONG."""
    extractor = Extractor()
    extractor.extract(Article(SENTENCE))
    begin = time.monotonic()
    extractor.extract(Article(LONG))
    return time.monotonic() - begin


def test_an_article_is_cut_at_the_deadline_of_its_call(serve: Serve, log: LogOf, long_seconds: float) -> None:
    process, address = serve("--workers", "1")
    with opened(address) as channel:
        stub = TimelineServiceStub(channel)
        stub.ExtractTimeline(GOOD)
        begin = time.monotonic()
        status = refusal(lambda: stub.ExtractTimeline(request(LONG), timeout=long_seconds / 4))
        assert status.code == grpc.StatusCode.DEADLINE_EXCEEDED.value[0]
        stub.ExtractTimeline(GOOD)
        assert time.monotonic() - begin < long_seconds
    until(lambda: len(booked(log(process))) == 3)
    assert sorted((call["code"], call["cut"]) for call in booked(log(process))) == [
        ("DEADLINE_EXCEEDED", 1),
        ("OK", 0),
        ("OK", 0),
    ]


def test_an_article_is_cut_at_the_budget_of_the_server_and_alone(serve: Serve, long_seconds: float) -> None:
    process, address = serve("--workers", "1", "--article-seconds", f"{long_seconds / 4:.3f}")
    pid = worker(process).pid
    with opened(address) as channel:
        stub = TimelineServiceStub(channel)
        status = refusal(lambda: stub.ExtractTimeline(request(LONG)))
        assert status.code == grpc.StatusCode.DEADLINE_EXCEEDED.value[0]
        assert reason(status) == "ARTICLE_BUDGET_SPENT"
        sent = [
            pb.ExtractTimelinesRequest(article=pb.Article(id=str(n), text=text))
            for n, text in enumerate((SENTENCE, LONG, SENTENCE))
        ]
        answers = list(stub.ExtractTimelines(iter(sent)))
        assert [each.error.code for each in answers] == [0, grpc.StatusCode.DEADLINE_EXCEEDED.value[0], 0]
        assert [each.article_id for each in answers] == ["0", "1", "2"]
    assert worker(process).pid == pid


def test_pings_without_end_are_told_to_calm_down(serve: Serve) -> None:
    _, address = serve("--workers", "1")
    connection = Connection(address)
    connection.send(*(frame(PING, 0, 0, bytes(8)) for _ in range(1000)))
    last = [each for each in connection.frames() if each.kind == GOAWAY][-1]
    assert int.from_bytes(last.payload[4:8]) == 0xB  # ENHANCE_YOUR_CALM
    assert b"too_many_pings" in last.payload
    connection.close()
    answer(address)


def test_too_much_metadata_is_refused(serve: Serve) -> None:
    _, address = serve("--workers", "1")
    with opened(address) as channel:
        many = tuple((f"x-{number}", "x" * 1000) for number in range(20))
        status = refusal(lambda: TimelineServiceStub(channel).ExtractTimeline(GOOD, metadata=many))
    assert status.code == grpc.StatusCode.RESOURCE_EXHAUSTED.value[0]


def test_an_answer_fits_a_caller_that_says_nothing_and_is_whole_for_one_that_takes_more(serve: Serve) -> None:
    _, address = serve("--workers", "1", "--article-seconds", "60")
    verbs = "قال الوزير وأعلن وزار. "
    published = pb.Publication(publish_date=Date(year=2024, month=3, day=27))  # with it the answer has twice the bytes
    article = pb.Article(id="7", text=verbs * (MEBIBYTE // 2 // len(verbs.encode())), publication=published)
    asked = pb.ExtractTimelineRequest(article=article, language_code="ar")
    streamed = pb.ExtractTimelinesRequest(article=asked.article, language_code="ar")
    with opened(address) as channel:
        stub = TimelineServiceStub(channel)
        cut = stub.ExtractTimeline(asked)
        assert cut.truncated
        assert 3.5 * MEBIBYTE < cut.ByteSize() <= 4 * MEBIBYTE
        (each,) = stub.ExtractTimelines(iter([streamed]))
        assert each.result == cut
        assert each.ByteSize() <= 4 * MEBIBYTE
        short = stub.ResolveExpressions(pb.ResolveExpressionsRequest(text=SENTENCE, max_response_bytes=300))
        assert short.truncated
        assert short.ByteSize() <= 300
        asked.max_response_bytes = -1
        assert refusal(lambda: stub.ExtractTimeline(asked)).code == grpc.StatusCode.INVALID_ARGUMENT.value[0]
    with opened(address, max_receive_message_length=-1) as channel:
        asked.max_response_bytes = 64 * MEBIBYTE
        whole = TimelineServiceStub(channel).ExtractTimeline(asked)
        assert not whole.truncated
        assert whole.ByteSize() > 4 * MEBIBYTE
        half = len(cut.timeline.events) // 2
        assert list(whole.timeline.events)[:half] == list(cut.timeline.events)[:half]


def test_a_silent_caller_is_closed(serve: Serve) -> None:
    _, address = serve("--workers", "1")
    host, _, port = address.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as silent:
        begin = time.monotonic()
        while silent.recv(4096):
            pass
        assert time.monotonic() - begin < 20
    answer(address)


def test_callers_that_begin_calls_and_send_no_request_hold_nobody_up_for_long(serve: Serve) -> None:
    _, address = serve("--workers", "1")
    connection = Connection(address)
    connection.send(*(headers(stream, METHOD) for stream in range(1, 40, 2)))
    assert max(answer(address) for _ in range(5)) < 5
    connection.close()
    answer(address)


def test_calls_that_are_reset_at_once_leave_the_server_serving(serve: Serve) -> None:
    process, address = serve("--workers", "1")
    answer(address)
    before = megabytes(worker(process))
    connection = Connection(address)
    threading.Thread(target=read_all, args=(connection,), daemon=True).start()
    sent = 0
    with suppress(OSError):  # the server may close the connection
        for stream in range(1, 40_001, 2):
            connection.send(headers(stream, METHOD), frame(RST_STREAM, 0, stream, (8).to_bytes(4)))
            sent += 1
    assert sent > 1000
    assert answer(address) < 5
    assert megabytes(worker(process)) < before + 32
    connection.close()
    answer(address)


def read_all(connection: Connection) -> None:
    with suppress(OSError):
        for _ in connection.frames():
            pass


def test_a_caller_that_does_not_read_is_held_and_the_memory_stays(serve: Serve) -> None:
    process, address = serve("--workers", "1")
    answer(address)
    before = megabytes(worker(process))
    sent = 0
    done = threading.Event()

    def articles() -> Iterator[pb.ExtractTimelinesRequest]:
        nonlocal sent
        while not done.is_set():
            sent += 1
            yield pb.ExtractTimelinesRequest(article=pb.Article(text=SENTENCE * 20))

    with opened(address) as channel:
        answers = TimelineServiceStub(channel).ExtractTimelines(articles())
        assert next(answers).WhichOneof("outcome") == "result"
        held = -1
        deadline = time.monotonic() + PATIENCE
        while held != sent:
            held = sent
            time.sleep(2)
            assert time.monotonic() < deadline
        assert sent < 5000
        assert megabytes(worker(process)) < before + 32
        assert answer(address) < 5
        done.set()
        answers.cancel()


def test_connections_that_reach_their_age_are_renewed_and_no_call_is_cut(serve: Serve, log: LogOf) -> None:
    process, address = serve("--workers", "1", "--connection-age", "1")
    with opened(address) as channel:
        stub = TimelineServiceStub(channel)
        end = time.monotonic() + 4
        calls = 0
        while time.monotonic() < end:
            assert stub.ExtractTimeline(GOOD).article_id == "7"
            calls += 1
    until(lambda: len(booked(log(process))) == calls)
    assert len({call["peer"] for call in booked(log(process))}) >= 2


def serving(metrics: str) -> tuple[float, float]:
    """Return how many workers serve, and how many were replaced."""
    with urlopen(metrics, timeout=10) as answer:  # noqa: S310 - a server of the test
        text = answer.read().decode()
    samples = {sample.name: sample.value for family in text_string_to_metric_families(text) for sample in family.samples}
    return samples["eventtimeline_workers"], samples["eventtimeline_worker_restarts_total"]


def test_callers_that_retry_do_not_notice_that_a_worker_dies(serve: Serve) -> None:
    process, address = serve("--workers", "2", "--admin", "127.0.0.1:0")
    assert process.stdout
    metrics = f"http://{process.stdout.readline().split()[-1]}/metrics"
    failed: list[grpc.RpcError] = []
    counted = itertools.count()
    done = threading.Event()

    def calls() -> None:
        with opened(address, service_config=json.dumps(RETRIES)) as channel:
            stub = TimelineServiceStub(channel)
            while not done.is_set():
                try:
                    stub.ExtractTimeline(GOOD, timeout=PATIENCE)
                    next(counted)
                except grpc.RpcError as error:
                    failed.append(error)

    threads = [threading.Thread(target=calls) for _ in range(4)]
    for thread in threads:
        thread.start()
    for dead in range(3):
        until(lambda dead=dead: serving(metrics) == (2.0, dead))  # type: ignore[misc]
        time.sleep(0.5)
        victim = psutil.Process(process.pid).children()[0]
        victim.kill()
        victim.wait(PATIENCE)
    done.set()
    for thread in threads:
        thread.join()
    assert failed == []
    assert next(counted) > 100


def test_a_worker_that_hangs_is_replaced(serve: Serve, log: LogOf) -> None:
    process, address = serve("--workers", "1")
    stopped = worker(process)
    stopped.suspend()
    until(lambda: not stopped.is_running())
    assert f"worker {stopped.pid} hangs" in log(process)
    with opened(address) as channel:
        assert TimelineServiceStub(channel).ExtractTimeline(GOOD, wait_for_ready=True, timeout=PATIENCE).article_id == "7"


def test_what_is_cut_leaves_the_engine_as_it_was() -> None:
    # In a process of its own, since only a main thread can be cut.
    finished = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("cut.py"))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert finished.returncode == 0, finished.stderr
    cut, same = map(int, finished.stdout.split())
    assert cut > 100
    assert same == 5
