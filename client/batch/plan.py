"""The plan of a batch: which of its shards are done, which are to be done, and why. The manifests decide, nobody's memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from client.batch.job import Job
from client.batch.manifest import ENDING, Manifest, changed_input, damage, load
from client.batch.places import below, is_folder, is_hidden, listed
from client.batch.shards import Shard, input_of
from client.exits import Exit, Failure
from client.inputs import reason

NEW, FORCED = "not done before", "forced"
ALL = slice(None)


@dataclass(slots=True)
class Plan:
    """The shards that are to be done, in order, how often each reason for that applies, and what is done already.

    `inputs` are the names of the inputs; `gone` are finished shards in the output folder that none of them has any more.
    """

    todo: list[Shard] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    done: list[Manifest] = field(default_factory=list)
    inputs: set[str] = field(default_factory=set)
    gone: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of input that are to be done."""
        return sum(shard.size for shard in self.todo)


def plan(shards: Sequence[Shard], job: Job, *, mine: slice = ALL, force: bool = False, thorough: bool = False) -> Plan:
    """Return what is to be done of an archive's shards; raises Failure where the output folder can't be read.

    `mine` are those that this job is to do, others may do the rest. `thorough` compares the hashes of all inputs and outputs, not
    only of those that seem changed.
    """
    found = Plan(inputs={input_of(shard.name) for shard in shards})
    try:
        known = set(_known(job.out))
        for shard in shards[mine]:
            # The list of a folder has nothing hidden, but such an input may have been named.
            manifest = load(job.out, shard.name) if shard.name in known or is_hidden(shard.name) else None
            why = NEW if manifest is None else FORCED if force else stale(manifest, shard, job, thorough=thorough)
            if why or manifest is None:
                found.todo.append(shard)
                found.reasons[why] += 1
            else:
                found.done.append(manifest)
    except OSError as error:
        raise Failure(Exit.CANNOT_WRITE, f"{job.out}: {reason(error)}") from error
    found.gone = sorted(known - {shard.name for shard in shards})
    return found


def twice(gone: Sequence[str], shards: Sequence[Shard], job: Job) -> list[str]:
    """Return the finished shards whose inputs are now cut otherwise and all done so: what they hold stands there twice.

    Raises OSError.
    """
    inputs = {input_of(name) for name in gone} & {input_of(shard.name) for shard in shards}
    unfinished = {input_of(shard.name) for shard in shards if input_of(shard.name) in inputs and not _is_done(shard, job)}
    return [name for name in gone if input_of(name) in inputs - unfinished]


def _is_done(shard: Shard, job: Job) -> bool:
    """Tell whether a shard is finished as it is cut now."""
    manifest = load(job.out, shard.name)
    return manifest is not None and (manifest.shard.start, manifest.shard.end) == (shard.start, shard.end)


def stale(manifest: Manifest, shard: Shard, job: Job, *, thorough: bool) -> str:
    """Return why a finished shard is to be done again, "" where it is not."""
    if changed := _changed(manifest.options, job.options()):
        return f"options changed: {', '.join(changed)}"
    if said := engine_change(manifest.engine, job.engine):
        return said
    if changed_input(manifest, shard, job, thorough=thorough):
        cut = (manifest.shard.start, manifest.shard.end) == (shard.start, shard.end)
        return "the input changed" if cut else "the input changed, or is cut otherwise"
    return "an output was changed or is missing" if damage(manifest, job.out, thorough=thorough) else ""


def engine_change(old: dict[str, Any], new: dict[str, Any]) -> str:
    """Return in words how an engine differs from another, "" where it does not.

    A server tells its version and its lexicon, but no hash of everything: where one is missing, those two decide.
    """
    if old.get("version") != new.get("version"):
        return f"the engine changed from {old.get('version')} to {new.get('version')}"
    if old.get("lexicon") != new.get("lexicon"):
        return f"the lexicon changed from {old.get('lexicon')} to {new.get('lexicon')}"
    if old.get("hash") and new.get("hash") and old["hash"] != new["hash"]:
        return f"the engine's rules, code or packages changed, though its version is still {new.get('version')}"
    return ""


def _known(out: str) -> Iterator[str]:
    """Yield the names of the shards that have a manifest."""
    if is_folder(out):
        for file in listed(out):
            if file.place.endswith(ENDING):
                yield below(file.place, out).removesuffix(ENDING)


def _changed(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
