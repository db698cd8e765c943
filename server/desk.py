"""Where every call passes, whichever protocol brought it: errors, log, metrics, traces."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from google.rpc.code_pb2 import Code

from server.calls import Call
from server.errors import Failed, status_of
from server.metrics import Metrics
from server.traces import Tracer, silent

Answer = TypeVar("Answer")

log = logging.getLogger("server.calls")


class Desk:
    """Answers calls, and keeps the books."""

    def __init__(self, metrics: Metrics | None = None, trace: Tracer = silent) -> None:
        self._metrics = metrics
        self._trace = trace

    def one(self, call: Call, work: Callable[[], Answer]) -> Answer:
        """Return what the work returns; raises Failed with a status for whatever it raises, and nothing else."""
        code: int = Code.OK
        with self._trace(call) as tell:
            try:
                answer = work()
            except Exception as error:
                status = status_of(error, call.request_id)
                code = status.code
                raise Failed(status) from error
            finally:
                self._close(call, code, tell)
        return answer

    def many(self, call: Call, work: Callable[[], Iterator[Answer]]) -> Iterator[Answer]:
        """Yield what the work yields; raises as `one` does. Ends as CANCELLED where nobody takes the rest."""
        code: int = Code.CANCELLED
        with self._trace(call) as tell:
            try:
                yield from work()
                code = Code.OK
            except Exception as error:
                status = status_of(error, call.request_id)
                code = status.code
                raise Failed(status) from error
            finally:
                self._close(call, code, tell)

    def refuse(self, call: Call, error: Exception) -> Failed:
        """Return how a call ends that is not answered at all, and book it."""
        status = status_of(error, call.request_id)
        with self._trace(call) as tell:
            self._close(call, status.code, tell)
        return Failed(status)

    def _close(self, call: Call, code: int, tell: Callable[[str], None]) -> None:
        name = Code.Name(Code.ValueType(code)) if code in Code.values() else str(code)
        seconds = time.perf_counter() - call.began
        tell(name)
        if self._metrics is not None:
            self._metrics.ended(call, name, seconds)
        if log.isEnabledFor(logging.INFO):
            log.info(
                "call",
                extra={
                    "request_id": call.request_id,
                    "method": call.method,
                    "protocol": call.protocol,
                    "code": name,
                    "ms": round(seconds * 1000, 3),
                    "articles": call.articles,
                    "failed": call.failed,
                    "cut": call.cut,
                    "text_bytes": call.text_bytes,
                    "response_bytes": call.response_bytes,
                    "times": call.times.total(),
                    "events": call.events.total(),
                    "token": "" if call.token is None else call.token.name,
                    "peer": call.peer,
                },
            )
