"""How each language words reasons: the rows of lexicon/explanations.toml, filled with what a reason is made of."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Callable
from typing import Any

from timeline.errors import LexiconError
from timeline.model import Grain, Language, Mod, Tense, Weekday
from timeline.reasons import Amount, Because, MonthDay, PartName, Reason, ZoneName
from timeline.tables import Lexicon


class Wording:
    """The reasons in one language."""

    def __init__(self, language: Language, table: dict[str, Any]) -> None:
        """Take the table of all languages."""
        code = language.value
        rows = table["reasons"]
        self._frames: tuple[Callable[..., str], ...] = tuple(rows[because.name.lower()][code].format for because in Because)
        self._tenses = {tense: table["tenses"][tense.name.lower()][code] for tense in Tense}
        self._weekdays: list[str] = table["weekdays"][code]
        self._days: list[str] = table["weekdays"][f"{language.name.lower()}_days"]
        self._months: tuple[list[str], list[str]] = (table["months"][code], table["hijri_months"][code])
        self._units: dict[Grain, list[str]] = {grain: table["units"][grain.name.lower()][code] for grain in Grain}
        self._parts: dict[str, str] = {name: row[code] for name, row in table["dayparts"].items()}
        self._edges: dict[str, str] = {name: row[code] for name, row in table["edges"].items()}
        self._zones: dict[str, str] = {name: row[code] for name, row in table["zones"].items()}
        self._many = _several_in_english if language is Language.ENGLISH else _several_in_arabic
        self._terms: dict[type, Callable[[Any], str]] = {
            Reason: self.tell, str: str, int: str, dt.date: self.day, dt.datetime: self._moment, Amount: self._amount,
            MonthDay: self._month_day, PartName: self._part, ZoneName: self._zone, Grain: self._unit,
            Weekday: self._weekdays.__getitem__, Tense: self._tenses.__getitem__, Mod: self._edge,
        }  # fmt: skip

    def tell(self, reason: Reason) -> str:
        """Return a reason as a sentence."""
        because, of = reason
        terms = self._terms
        return self._frames[because](*[terms[type(term)](term) for term in of])

    def day(self, day: dt.date) -> str:
        """Return a day with its name: Wed 2024-03-27."""
        return f"{self._days[day.weekday()]} {day.isoformat()}"

    def _moment(self, moment: dt.datetime) -> str:
        return f"{self._days[moment.weekday()]} {moment:%Y-%m-%d %H:%M}"

    def _amount(self, amount: Amount) -> str:
        return self._many(amount.n, self._units[amount.unit])

    def _unit(self, unit: Grain) -> str:
        return self._units[unit][0]

    def _month_day(self, date: MonthDay) -> str:
        name = self._months[date.hijri][date.month - 1]
        return f"{date.day} {name}" if date.day else name

    def _part(self, part: PartName) -> str:
        return self._parts[part.name]

    def _zone(self, zone: ZoneName) -> str:
        return self._zones[zone.name]

    def _edge(self, mod: Mod) -> str:
        return self._edges[mod.name.lower()]


def _several_in_english(n: float, forms: list[str]) -> str:
    return f"{n:g} {forms[n != 1]}"


def _several_in_arabic(n: float, forms: list[str]) -> str:
    """Return a number with its unit: one and two are in the word, three to ten take the plural, the others the singular."""
    if n in (1, 2):
        return forms[int(n) - 1]
    return f"{n:g} {forms[2] if _FEW <= n % _HUNDRED <= _MOST_OF_FEW else forms[3]}"


_FEW, _MOST_OF_FEW, _HUNDRED = 3, 10, 100


def load(lexicon: Lexicon) -> dict[Language, Wording]:
    """Return the wording of every language; raises LexiconError with every row that is missing, unknown or uneven."""
    table = lexicon.table("explanations.toml")
    rows: dict[str, dict[str, str]] = table["reasons"]
    known = {because.name.lower() for because in Because}
    faults = [f"explanations.toml: no reason {name}" for name in sorted(known - rows.keys())]
    faults += [f"explanations.toml: {name} is no reason" for name in sorted(rows.keys() - known)]
    for name, row in rows.items():
        missing = [language.value for language in Language if language.value not in row]
        faults += [f"explanations.toml: {name} has no wording in {code}" for code in missing]
        if not missing and len({frozenset(_slots(frame)) for frame in row.values()}) > 1:
            faults.append(f"explanations.toml: the wordings of {name} are made of different things")
    if faults:
        raise LexiconError(faults)
    return {language: Wording(language, table) for language in Language}


def _slots(frame: str) -> list[str]:
    return [slot for _, slot, _, _ in string.Formatter().parse(frame) if slot is not None]
