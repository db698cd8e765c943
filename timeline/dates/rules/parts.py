"""Parts of a day."""

from __future__ import annotations

from timeline.dates.expressions import Edge, Expression, PartOfDay, Shift
from timeline.dates.grammar import rule
from timeline.model import Grain, Mod
from timeline.text.categories import DayPart


@rule("deictic_night", ("الليلة", "2023-09-27TNI"), ("ليلة أمس", "2023-09-26TNI"))
def night_from_here(deictic_night: int) -> Expression:
    """Name this night or last night."""
    return PartOfDay(DayPart.NIGHT, Shift(deictic_night, Grain.DAY))


@rule("this the_daypart|daypart:part", ("هذا الصباح", "2023-09-27TMO"), ("هذا المساء", "2023-09-27TEV"))
def this_part(part: DayPart) -> Expression | None:
    """Name a part of the publication day; هذا العصر is this age."""
    return None if part is DayPart.AFTERNOON else PartOfDay(part, Shift(0, Grain.DAY))


@rule(
    "daypart", ("مساء الأحد", "2023-09-24TEV"), ("فجر اليوم", "2023-09-27TMO"), ("بعد ظهر الجمعة", "2023-09-22TAF"), weak=True
)
def part_of(daypart: DayPart) -> Expression:
    """Name a part of a day that is said next."""
    return PartOfDay(daypart)


@rule("daypart_adverb [zone]", ("الأحد صباحا", "2023-09-24TMO"), ("منتصف النهار الجمعة", "2023-09-22T12:00"), weak=True)
def part_after(daypart_adverb: DayPart) -> Expression:
    """Name a part of a day that was said before."""
    return PartOfDay(daypart_adverb)


@rule("the_daypart", ("أمس الصبح", "2023-09-26TMO"), weak=True)
def the_part(the_daypart: DayPart) -> Expression:
    """Name a part of a day with its article, after the day."""
    return PartOfDay(the_daypart)


@rule("late", ("وقت متأخر من يوم الأحد", "2023-09-24"), ("وقت مبكر من صباح الاثنين", "2023-09-25TMO"), weak=True)
def late_or_early(late: Mod) -> Expression:
    """Say that it was early or late in what is said next."""
    return Edge(late)


@rule("hours_of", ("ساعات الصباح الأولى", "2023-09-27TMO"), ("ساعة متأخرة من الليل", "2023-09-27TNI"))
def part_by_its_hours(hours_of: DayPart) -> Expression:
    """Name a part of the day by its hours."""
    return PartOfDay(hours_of)


@rule("later", ("وقت لاحق من الجمعة", "2023-09-22"), ("وقت سابق الخميس", "2023-09-21"), weak=True)
def later_or_earlier(later: Mod) -> Expression:
    """Say that it was later or earlier on the day said next."""
    return Edge(later)
