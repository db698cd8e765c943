"""`timeline batch`: reads the options and hands the work to a stream or to an archive."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from client.batch.columns import Columns
from client.batch.doing import Make
from client.batch.job import ARTICLES, EVENTS, JSONL, PARQUET, Job
from client.batch.packed import packing
from client.batch.places import is_folder, is_url
from client.batch.shards import form_of, is_pattern
from client.exits import Exit, Failure
from client.inputs import STDIN, reason
from client.parser import Arguments
from timeline import Language

if TYPE_CHECKING:
    from client.service.settings import Connection

RETRIES = 8
"""How often in a row a call is asked again: a batch has time, and servers are replaced."""
CHANNELS = 4
"""Connections of a process: the server spreads them over its workers."""


def run(arguments: Arguments) -> Exit:
    """Run the batch; returns SOME_FAILED where articles have no answer."""
    folder = _to_folder(arguments)
    _check(arguments, folder=folder)
    job = _job(arguments, "" if folder else arguments.output)
    workers = arguments.workers or processors()
    connection = _connection(arguments)
    if folder:
        from client.batch.archive import run as archive

        return archive(arguments, job, connection, workers)
    from client.batch.stream import Here
    from client.batch.stream import run as stream

    answering = (
        Here(job, workers) if connection is None else Make(replace(job, engine=_asked(connection)), connection).answering()
    )
    return stream(arguments.inputs[0], arguments.output, job, answering, arguments.input_format, arguments.metrics_file)


def _connection(arguments: Arguments) -> Connection | None:
    if arguments.server is None:
        return None
    if arguments.since:
        raise Failure(Exit.USAGE, "--since compares engines here, so it can't go with --server")
    from client.remote import connection

    return connection(arguments.server, arguments, RETRIES, CHANNELS)


def _asked(connection: Connection) -> dict[str, str]:
    from client.batch.remote import engine_of

    return engine_of(connection)


def processors() -> int:
    """Return the processors that this process may use, which can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _to_folder(arguments: Arguments) -> bool:
    """Tell whether the output is a folder: what several files go to is, and what is called like one."""
    several = len(arguments.inputs) > 1 or any(
        source != STDIN and (_is_folder(source, Exit.NO_INPUT) or is_pattern(source)) for source in arguments.inputs
    )
    out = arguments.output
    if out != STDIN and (out.endswith("/") or _is_folder(out, Exit.CANNOT_WRITE)):
        return True
    if several and (out == STDIN or form_of(out)):
        raise Failure(Exit.USAGE, f"several inputs go to a folder: {out if out != STDIN else 'standard output'} is none")
    return several or (is_url(out) and not form_of(out))


def _is_folder(place: str, code: Exit) -> bool:
    try:
        return is_folder(place)
    except OSError as error:
        raise Failure(code, f"{place}: {reason(error)}") from error


ARCHIVES_ONLY = {
    "dry_run": "--dry-run", "force": "--force", "verify": "--verify", "since": "--since", "shard_index": "--shard-index",
}  # fmt: skip


def _check(arguments: Arguments, *, folder: bool) -> None:
    if not 0 <= arguments.shard_index < arguments.num_shards:
        raise Failure(Exit.USAGE, f"--shard-index counts from 0 to --num-shards less 1, here {arguments.num_shards - 1}")
    if folder:
        if STDIN in arguments.inputs:
            raise Failure(
                Exit.USAGE, "standard input can't be read in shards: give OUT the name of a file, or - for standard output"
            )
        return
    given = [option for name, option in ARCHIVES_ONLY.items() if getattr(arguments, name)]
    if arguments.runner != "pool" or arguments.num_shards > 1:
        given.append("--runner ray" if arguments.runner != "pool" else "--num-shards")
    if given:
        raise Failure(Exit.USAGE, f"{', '.join(given)}: only where OUT is a folder, as in {arguments.output}.d/")


def _job(arguments: Arguments, file: str) -> Job:
    """Return the job of the options; the name of the file that is written, where it is one, says what they do not."""
    form = arguments.format or form_of(file) or JSONL
    compress = arguments.compress or ("" if form == PARQUET else packing(file))
    if form == PARQUET and arguments.compress not in ("", "none"):
        raise Failure(Exit.USAGE, "--compress is for JSON lines: Parquet is packed by itself")
    return Job(
        arguments.output.rstrip("/") or "/",
        Language(arguments.language),
        _columns(arguments),
        form,
        "" if compress == "none" else compress,
        EVENTS if arguments.explode else ARTICLES,
    )


def _columns(arguments: Arguments) -> Columns | None:
    """Return the columns of the options, None where none was given."""
    named = (arguments.id_column, arguments.text_columns, arguments.published_column, arguments.zone, arguments.country)
    if not any(named):
        if arguments.published_format:
            raise Failure(Exit.USAGE, "--published-format needs --published, the column that it is the form of")
        return None
    return Columns(
        arguments.id_column or "id",
        tuple(arguments.text_columns or ("text",)),
        arguments.published_column or "",
        arguments.published_format,
        arguments.zone,
        arguments.country,
    )
