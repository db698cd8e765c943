"""What the server makes of the machine's cores: throughput against the library alone, what a call costs beside, and its tail.

    python -m bench.server.speed [--seconds 10] [--rounds 3]

The load comes from h2load on the same machine, so it takes part of the same cores; how much is said. Library and server are
measured in turn, and every figure is the median of its rounds, since machines have moods.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections import Counter

from bench.article import REAL, median_ms
from bench.server.h2load import body, load, spread
from bench.server.library import articles_a_second
from eventtimeline.mapping import article_to_proto
from eventtimeline.v1 import timeline_pb2 as pb
from scripts.local_server import local_server
from server.config.options import cores
from timeline import Extractor

CLIENTS = 48
STREAM = 50
"""Articles of one streaming call."""
PARTS = 0.7
"""The part of saturation at which the tail is measured."""

ARTICLE = article_to_proto(REAL)
UNARY = body([pb.ExtractTimelineRequest(article=ARTICLE)])
STREAMED = body([pb.ExtractTimelinesRequest(article=ARTICLE)] * STREAM)


def main() -> int:
    """Print the figures and, last, one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    count = cores()
    figures: dict[str, list[float]] = {}

    def note(name: str, value: float) -> None:
        figures.setdefault(name, []).append(value)

    with local_server(workers=count) as server:
        load(server.address, "ExtractTimeline", UNARY, clients=CLIENTS, seconds=2)
        for _ in range(arguments.rounds):
            alone = articles_a_second(count, arguments.seconds)
            unary = load(server.address, "ExtractTimeline", UNARY, clients=CLIENTS, seconds=arguments.seconds)
            stream = load(server.address, "ExtractTimelines", STREAMED, clients=8, seconds=arguments.seconds)
            rate = unary.rate * PARTS
            tail = spread(server.address, "ExtractTimeline", UNARY, callers=CLIENTS, seconds=arguments.seconds, rate=rate)
            one = load(server.address, "ExtractTimeline", UNARY, clients=1, seconds=arguments.seconds // 2)
            extractor = Extractor()
            own = median_ms(lambda extractor=extractor: extractor.extract(REAL))  # type: ignore[misc]
            note("library_a_second", alone)
            note("unary_a_second", unary.rate)
            note("unary_share", unary.rate / alone)
            note("stream_a_second", stream.rate * STREAM)
            note("stream_share", stream.rate * STREAM / alone)
            note("load_tool_share_of_cpu", unary.cpu / (count * (arguments.seconds + 2)))
            note("tail_a_second", tail.rate)
            note("tail_p50_ms", tail.percentile(50))
            note("tail_p99_ms", tail.percentile(99))
            note("tail_p99_over_p50", tail.percentile(99) / tail.percentile(50))
            note("one_caller_p50_ms", one.percentile(50))
            note("library_p50_ms", own)
            note("one_caller_more_ms", one.percentile(50) - own)
        codes = Counter(json.loads(line)["code"] for line in server.log.read_text(encoding="utf-8").splitlines())
    # What the end of a load cut is cancelled.
    figures["calls"] = [float(codes.total())]
    figures["failed"] = [float(codes.total() - codes["OK"] - codes["CANCELLED"])]
    medians = {name: round(statistics.median(values), 3) for name, values in figures.items()}
    for name, value in medians.items():
        print(f"{name:<24} {value:>10}   {' '.join(f'{each:.3f}' for each in figures[name])}")
    print(json.dumps(medians))
    return 0


if __name__ == "__main__":
    sys.exit(main())
