"""Tells how right 200 events were that were drawn at random from news articles and judged by readers who did not know the code.

The readers were two language models, a half each, and nobody judged a row twice: take the shares for what that is worth.

`judged.jsonl` holds spans and verdicts, no texts: which article (its id in a collection that is not part of the project), where the
trigger stands, what the engine (4dd2e87) said of it (kind, modality, `from`, `to`, relation), and whether its reader found that the
trigger names an event and that its kind, its modality and its date are right; `date_right` is null where the engine gave no date.
A date with both ends is right if it happened then, one with a single end if the bound holds.
"""

from __future__ import annotations

import json
from pathlib import Path

JUDGED = Path(__file__).parent / "judged.jsonl"
VERDICTS = ("event", "kind_right", "modality_right", "date_right")


def main() -> None:
    """Print the shares, the last line as JSON."""
    rows = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    told: dict[str, float] = {}
    parts = {name: [row[name] for row in rows if row[name] is not None] for name in VERDICTS}
    dated = [row for row in rows if row["date_right"] is not None]
    stretches = [row for row in dated if row["from"] and row["to"] and row["relation"] not in {"BEFORE", "AFTER"}]
    parts["date_right, both ends"] = [row["date_right"] for row in stretches]
    parts["date_right, a bound"] = [row["date_right"] for row in dated if row not in stretches]
    for name, verdicts in parts.items():
        told[name] = round(sum(verdicts) / len(verdicts), 3)
        print(f"{name:24} {sum(verdicts):3} of {len(verdicts):3}")
    print(json.dumps(told))


if __name__ == "__main__":
    main()
