"""The vocabulary of this package, kept from one process to the next: to compile it takes most of the time in which an engine loads.

It is kept as Python keeps compiled modules: in the folder `__pycache__` beside them, or where PYTHONPYCACHEPREFIX says, and only where
Python may write there (PYTHONDONTWRITEBYTECODE). It is used only where it is whole and was made of the same tables by the same code. It
is a pickle: whoever may write there may write Python's compiled modules, too.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
import threading
from importlib.util import cache_from_source
from pathlib import Path

from timeline.digest import digest, digest_of_bytes
from timeline.tables import Lexicon
from timeline.text import vocabulary
from timeline.text.vocabulary import Vocabulary

_TEXT = Path(__file__).parent
_MADE_BY = ("digest.py", "errors.py", "model.py", "tables.py", "text/*.py")
"""The modules whose code makes the vocabulary, in the package."""


def load(lexicon: Lexicon) -> Vocabulary:
    """Return the vocabulary of the tables that come with this package, compiled if need be; raises LexiconError as compiling does."""
    try:
        path, key = _path(), _key(lexicon)
    except (OSError, NotImplementedError):  # no folder to keep it in, as in an archive, or a Python that keeps nothing
        return vocabulary.load(lexicon)
    found = _read(path, key)
    if found is None:
        found = vocabulary.load(lexicon)
        if not sys.dont_write_bytecode:
            _write(path, key, pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
    return found


def _path() -> Path:
    """Return the file; its name tells Pythons apart, as those of compiled modules do."""
    return Path(cache_from_source(str(_TEXT / "lexicon.py"))).with_suffix(".vocabulary")


def _key(lexicon: Lexicon) -> str:
    """Return what a kept vocabulary must have been made of; raises OSError where the code can't be read."""
    sources = [path for pattern in _MADE_BY for path in sorted(_TEXT.parent.glob(pattern))]
    if not sources:
        raise FileNotFoundError
    return digest((sys.version, lexicon.hash, *(path.read_text(encoding="utf-8") for path in sources)))


def _read(path: Path, key: str) -> Vocabulary | None:
    try:
        made_of, _, rest = path.read_bytes().partition(b"\n")
        whole, _, data = rest.partition(b"\n")
    except OSError:
        return None
    if (made_of, whole) != (key.encode(), digest_of_bytes(data).encode()):
        return None
    found: Vocabulary = pickle.loads(data)  # noqa: S301 - see above
    return found


def _write(path: Path, key: str, data: bytes) -> None:
    """Write the file as a whole; where that fails it is compiled the next time as well."""
    part = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            file.write(f"{key}\n{digest_of_bytes(data)}\n".encode() + data)
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
