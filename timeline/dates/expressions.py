"""The algebra: what an expression says before it is known when and where it was written.

Formulas: P is the publication, M the time mentioned before; `a + n u` moves a by n whole units u; [a] is the unit that holds a.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from timeline.model import Calendar, Grain, Mod, Weekday
from timeline.text.categories import Aim, DayPart, Reference, Season, Zone


class Anchor(enum.Enum):
    """What a relative expression counts from."""

    PUBLICATION = "publication"
    MENTIONED = "mentioned"


@dataclass(frozen=True, slots=True)
class Shift:
    """[anchor + n unit]: اليوم is Shift(0, DAY), العام الماضي is Shift(-1, YEAR)."""

    n: int
    unit: Grain
    anchor: Anchor = Anchor.PUBLICATION
    mod: Mod | None = None
    calendar: Calendar = Calendar.GREGORIAN


KnownYears = tuple[tuple[str, int], ...]  # a country, or "" for everywhere, and the year


@dataclass(frozen=True, slots=True)
class Date:
    """The calendar date with these fields; where the year is missing, the one that `aim` or the clause points to."""

    month: int | None = None
    day: int | None = None
    year: int | None = None
    calendar: Calendar = Calendar.GREGORIAN
    aim: Aim | None = None
    feast: str = ""
    gregorian_year: int | None = None
    counted: bool = False  # the day is an ordinal, which may count weekdays: الثلاثاء الثالث من أكتوبر
    within: Expression | None = None  # the year, where it is named from here: أكتوبر من العام الماضي
    ahead: bool = False  # it is this month or one to come, whatever the clause says: العقود تسليم ديسمبر
    known: KnownYears = ()  # the years of what the date is known by: هجمات 11 سبتمبر
    row: int = 0  # the last day of the row that it stands in, which decides the year of all


@dataclass(frozen=True, slots=True)
class TheFeast:
    """That day of the one of the two feasts of the Hijri year that lies nearest to what was told, or to the publication."""

    day: int


@dataclass(frozen=True, slots=True)
class DayOfWeek:
    """The weekday nearest to the anchor on the side that `aim` or the clause points to."""

    weekday: Weekday
    aim: Aim | None = None


@dataclass(frozen=True, slots=True)
class Agree:
    """One day said twice (أمس السبت، الخميس الموافق 15 مارس): the more exact one decides, the other checks it."""

    first: Expression
    second: Expression


@dataclass(frozen=True, slots=True)
class Nth:
    """The n-th unit of the whole, from its end where n is negative: الربع الأول من 2012, آخر يوم من أكتوبر."""

    n: int
    unit: Grain
    whole: Expression | None = None
    weekday: Weekday | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The first n units of the whole, or its last: أول أسبوعين من يوليو, الأشهر الثلاثة الأخيرة من العام."""

    n: int
    unit: Grain
    last: bool = False
    whole: Expression | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """Somewhere at the start, in the middle or at the end of the whole."""

    mod: Mod
    whole: Expression | None = None


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """That part of the day."""

    part: DayPart
    day: Expression | None = None
    mod: Mod | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `part` settles which half of the day where the hour does not."""

    hour: int
    minute: int | None = None
    second: int | None = None
    part: DayPart | None = None
    zone: Zone | None = None
    day: Expression | None = None
    mod: Mod | None = None


@dataclass(frozen=True, slots=True)
class SeasonOf:
    """That season of the year, or of the year that `aim` or the clause points to."""

    season: Season
    year: int | None = None
    aim: Aim | None = None
    whole: Expression | None = None


@dataclass(frozen=True, slots=True)
class Decade:
    """The ten years from `tens` in the century of `whole`, else in the latest century in which they had begun."""

    tens: int
    whole: Expression | None = None


@dataclass(frozen=True, slots=True)
class Century:
    """The n-th century of the calendar."""

    n: int
    calendar: Calendar = Calendar.GREGORIAN


@dataclass(frozen=True, slots=True)
class Lasting:
    """A length of time: amounts with their units, coarse to fine; an amount of None is an unsaid plural (أشهر)."""

    amounts: tuple[tuple[float | None, Grain], ...]
    mod: Mod | None = None
    follows: bool = False  # it begins with the day told just before: يبدأ غدا ويستمر يومين


@dataclass(frozen=True, slots=True)
class Window:
    """[P - n unit, P) or [P, P + n unit): الأشهر الأربعة الماضية, الأسبوعين المقبلين."""

    n: float | None
    unit: Grain
    aim: Aim


@dataclass(frozen=True, slots=True)
class Every:
    """Again every n units, or on that weekday; `freq` times each."""

    unit: Grain
    weekday: Weekday | None = None
    freq: str = ""


@dataclass(frozen=True, slots=True)
class Yearly:
    """That day or month of every year: 7 أكتوبر من كل عام."""

    date: Date


@dataclass(frozen=True, slots=True)
class Between:
    """From the begin of the first to the end of the last, both included: 23-25 أكتوبر."""

    first: Expression
    last: Expression


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A school year or a season of sport, which runs over two years: 2017/2018; without them the one that `aim` points to.

    `renewed` is the one that begins in the year of publication: العام الدراسي الجديد.
    """

    first: int | None = None
    last: int | None = None
    aim: Aim | None = None
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class Weekend:
    """The weekend of the week that lies n weeks from the publication's, or the coming or latest one by the clause."""

    n: int | None = None


@dataclass(frozen=True, slots=True)
class Vague:
    """A time that is named without being given: مؤخرا, حاليا, قريبا."""

    reference: Reference


@dataclass(frozen=True, slots=True)
class Approximate:
    """About that time."""

    whole: Expression


@dataclass(frozen=True, slots=True)
class Ending:
    """The week, month, quarter or year that ends with a day: الأسبوع المنتهي في 15 يوليو."""

    unit: Grain
    day: Expression


@dataclass(frozen=True, slots=True)
class Beside:
    """The day n days from another one: غداة 13 نوفمبر."""

    n: int
    day: Expression


@dataclass(frozen=True, slots=True)
class Again:
    """The period mentioned before (of that unit, where one is said), in the year `whole`: الفترة نفسها من 2011."""

    unit: Grain | None
    whole: Expression


@dataclass(frozen=True, slots=True)
class Foreign:
    """A date that the rules can tell but not read: dates/foreign.py replaces it by what it says."""


Expression = (
    Shift | Date | TheFeast | DayOfWeek | Agree | Nth | Stretch
    | Edge | PartOfDay | Clock | SeasonOf | Decade | Century | Lasting | Window | Every | Yearly | Between
    | SchoolYear | Weekend | Vague | Approximate | Ending | Beside | Again | Foreign
)  # fmt: skip
