"""Options from flags, the environment and a TOML file, in this order of precedence; all faults at once."""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from server.config.options import Options
from server.config.table import DEFAULTS, PREFIX, TABLE, Option

CONFIG = f"{PREFIX}CONFIG"
"""The variable that names the file, where no flag does."""

EPILOG = """\
Every option can also be set by the variable TIMELINE_SERVER_NAME or the key `name` of a TOML file; a flag goes before a
variable, a variable before the file.

  timeline-server check-config [options]   check the options, print each with its source, and end
  timeline-server new-token NAME           print a new bearer token and its entry for the file of --tokens

Stop it with Ctrl-C or SIGTERM: calls that have begun are finished first. Again, and they are cut at once.

exit codes:
  0  every worker ended in order
  1  it could not listen or start, or a worker had to be killed: the grace was over, or a second signal came
  2  the options are wrong"""


class Settings(NamedTuple):
    """Options, where each comes from, by name, and what is wrong with what was said."""

    options: Options
    sources: Mapping[str, str]
    faults: tuple[str, ...]
    version: bool
    """Whether only the version is asked for."""


class _Said(NamedTuple):
    text: str
    source: str


def parser() -> argparse.ArgumentParser:
    """Return the command line's parser, every option as text."""
    made = argparse.ArgumentParser(
        prog="timeline-server",
        description="Serve event timelines of Arabic news articles over gRPC.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.add_argument("--version", action="store_true", help="print the version of the engine, and the build, and end")
    made.add_argument("--config", metavar="FILE", help=f"a TOML file of options (also the variable {CONFIG})")
    for option in TABLE:
        default = option.show(getattr(DEFAULTS, option.name))
        said = f"{option.help} (default: {default})" if default else option.help
        if option.metavar == "BOOL":
            made.add_argument(option.flag, metavar=option.metavar, help=said, nargs="?", const="true")
        else:
            made.add_argument(option.flag, metavar=option.metavar, help=said)
    return made


def read(arguments: Sequence[str], environment: Mapping[str, str]) -> Settings:
    """Return the options that arguments and environment give, with every fault in them; --help ends the process."""
    flags, unknown = parser().parse_known_args(arguments)
    faults = [f"{argument}: there is no such option; see timeline-server --help" for argument in unknown]
    said = {option.name: _Said(option.show(getattr(DEFAULTS, option.name)), "default") for option in TABLE}
    path = flags.config or environment.get(CONFIG, "")
    if path:
        said |= _file(path, faults)
    known = {option.variable: option for option in TABLE}
    for name, text in sorted(environment.items()):
        if name in known:
            said[known[name].name] = _Said(text, name)
        elif name.startswith(PREFIX) and name != CONFIG:
            faults.append(f"{name}: there is no such option")
    for option in TABLE:
        if (text := getattr(flags, option.name)) is not None:
            said[option.name] = _Said(text, option.flag)
    values: dict[str, Any] = {}
    for option in TABLE:
        text, source = said[option.name]
        try:
            values[option.name] = option.parse(text)
        except ValueError as error:
            faults.append(f"{source}: {text!r} is not {error}")
    return Settings(Options(**values), {name: each.source for name, each in said.items()}, tuple(faults), flags.version)


def _file(path: str, faults: list[str]) -> dict[str, _Said]:
    try:
        with Path(path).open("rb") as file:
            table = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"{path}: can't be read as TOML: {error}")
        return {}
    known = {option.name: option for option in TABLE}
    said = {}
    for name, value in table.items():
        if name not in known:
            faults.append(f"{path}: {name}: there is no such option")
        else:
            said[name] = _Said(_text(value), f"{path}: {name}")
    return said


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def to_line(options: Options) -> str:
    """Return the options as one line that `from_line` reads: how a supervisor tells its workers."""
    return json.dumps({option.name: option.show(getattr(options, option.name)) for option in TABLE}) + "\n"


def from_line(line: str) -> Options:
    """Return the options that `to_line` wrote."""
    said: dict[str, str] = json.loads(line)
    known: Mapping[str, Option] = {option.name: option for option in TABLE}
    return Options(**{name: known[name].parse(text) for name, text in said.items()})
