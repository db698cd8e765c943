"""The client library while workers of a real server die or drain: no good call fails."""

from __future__ import annotations

import itertools
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager

import psutil
import pytest

from client import TimelineClient
from scripts.local_server import LocalServer, local_server
from tests.client.scripted import Client
from timeline import Article, Extractor

PATIENCE = 60.0
"""Seconds that a machine under load may take for what takes one."""
DEATHS = {signal.SIGKILL: 2, signal.SIGTERM: 1}
"""How many workers die; one that drains takes some seconds, since it waits for the streams that it has."""


def serving(server: LocalServer) -> list[psutil.Process]:
    """Return the workers that listen, the oldest first."""
    found = []
    for worker in psutil.Process(server.pid).children():
        try:
            if any(connection.status == psutil.CONN_LISTEN for connection in worker.net_connections()):
                found.append(worker)
        except psutil.NoSuchProcess:
            continue
    return sorted(found, key=psutil.Process.create_time)


@contextmanager
def deadly(number: signal.Signals) -> Iterator[tuple[str, Callable[[], bool]]]:
    """Serve with two workers and send one of them a signal whenever both serve; yield the address, and whether that is over."""
    over, stopped = threading.Event(), threading.Event()

    def reap(server: LocalServer) -> None:
        deadline = time.monotonic() + PATIENCE
        for _ in range(DEATHS[number]):
            while len(workers := serving(server)) < 2 and not stopped.wait(0.01):
                assert time.monotonic() < deadline
            workers[0].send_signal(number)
            workers[0].wait(PATIENCE)
        over.set()

    with local_server(workers=2) as server:
        reaper = threading.Thread(target=reap, args=(server,))
        reaper.start()
        try:
            yield server.address, over.is_set
        finally:
            stopped.set()
            reaper.join()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_streams_survive_the_death_of_workers(
    client: Client, number: signal.Signals, seeds: Mapping[str, Article], extractor: Extractor
) -> None:
    expected = [(article, extractor.extract(article), None) for article in seeds.values()]
    with (
        deadly(number) as (address, over),
        client(address) as connected,
        closing(connected.extract_many(itertools.cycle(seeds.values()))) as outcomes,
    ):
        for outcome, right in zip(outcomes, itertools.cycle(expected), strict=False):
            assert outcome == right
            if over():
                break


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_single_calls_of_many_threads_survive_the_death_of_workers(
    number: signal.Signals, seeds: Mapping[str, Article], extractor: Extractor
) -> None:
    expected = {article: extractor.extract(article) for article in seeds.values()}
    wrong: list[object] = []

    def ask(connected: TimelineClient, over: Callable[[], bool]) -> None:
        try:
            for article, right in itertools.cycle(expected.items()):
                if connected.extract(article, timeout=PATIENCE) != right:
                    wrong.append(article)
                if over():
                    break
        except Exception as error:  # noqa: BLE001 - whatever it is, it should not have been
            wrong.append(error)

    with deadly(number) as (address, over), TimelineClient(address) as connected:
        threads = [threading.Thread(target=ask, args=(connected, over)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []
