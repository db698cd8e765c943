"""Amounts of time, and the spans of time that they measure back or forward from the publication.

What stands before an amount (قبل، منذ، بعد، أكثر من) is read by dates/amounts.py.
"""

from __future__ import annotations

from timeline.dates.expressions import Expression, Lasting, Vague, Window
from timeline.dates.grammar import rule
from timeline.model import Grain
from timeline.text.categories import Aim, Mark, Reference


@rule(
    "number|the_number:n units|unit:unit [full]",
    ("ثلاثة أيام", "P3D"),
    ("135 يوما", "P135D"),
    ("مئة عام", "P100Y"),
    ("ثلاث سنوات كاملة", "P3Y"),
    unless=("weekday",),
)
def counted(n: float, unit: Grain) -> Expression | None:
    """Count units."""
    return Lasting(((n, unit),))


@rule("open number:n close units|unit:unit", ("(خمسة) أشهر", "P5M"))
def counted_in_brackets(n: float, unit: Grain) -> Expression:
    """Count units, the number in brackets."""
    return Lasting(((n, unit),))


@rule("dual [full]", ("يومين", "P2D"), ("عامان", "P2Y"), ("شهرين كاملين", "P2M"))
def two(dual: Grain) -> Expression:
    """Count two by the dual."""
    return Lasting(((2, dual),))


@rule("unit number", ("يوم واحد", "P1D"), ("ساعة واحدة", "PT1H"))
def one(unit: Grain, number: float) -> Expression | None:
    """Count one by its word after the unit."""
    return Lasting(((1, unit),)) if number == 1 else None


@rule("unit full", ("يوما كاملا", "P1D"), ("سنة كاملة", "P1Y"))
def whole_one(unit: Grain) -> Expression:
    """Count one whole unit."""
    return Lasting(((1, unit),))


@rule("units number", ("أيام ثلاثة", "P3D"))
def counted_after(units: Grain, number: float) -> Expression | None:
    """Count units, the number last."""
    return Lasting(((number, units),)) if 3 <= number <= 10 else None


@rule("unit_adverb", ("أسبوعا", "P1W"), ("شهرا", "P1M"), never_after=("number", "close"), unless=("ahead",))
def one_adverb(unit_adverb: Grain) -> Expression:
    """Name one week or month as an adverb."""
    return Lasting(((1, unit_adverb),))


@rule("unit", ("أسبوع", "P1W"), weak=True)
def single(unit: Grain) -> Expression | None:
    """Name one unit; needs support."""
    return None if unit is Grain.DECADE else Lasting(((1, unit),))


@rule("unit", ("عقد", "P1DE"), weak=True, unless=("noun",))
def one_decade(unit: Grain) -> Expression | None:
    """Name one decade; before an event its word is the holding of it: لعقد محادثات."""
    return Lasting(((1, unit),)) if unit is Grain.DECADE else None


@rule("since < unit", ("منذ عقد احتجاجات", ""), weak=True)
def decade_since(unit: Grain) -> Expression | None:
    """Name one decade after its preposition."""
    return Lasting(((1, unit),)) if unit is Grain.DECADE else None


@rule("units_adverb", ("عقودا", "PXDE"))
def plural_adverb(units_adverb: Grain) -> Expression:
    """Name units without counting them, as an adverb."""
    return Lasting(((None, units_adverb),))


@rule("units", ("أشهر", "PXM"), weak=True)
def plural(units: Grain) -> Expression:
    """Name units without counting them; needs support."""
    return Lasting(((None, units),))


@rule("an_ordinal number|the_number:n units|unit:unit", ("آخر 48 ساعة", "PT48H"))
def latest(an_ordinal: int, n: float, unit: Grain) -> Expression | None:
    """Measure a span that ends with the publication."""
    return Window(n, unit, Aim.PAST) if an_ordinal < 0 else None


@rule("several units|unit:unit", ("عدة أسابيع", "PXW"), ("بضعة أيام", "PXD"))
def several(unit: Grain) -> Expression:
    """Count units by a vague word."""
    return Lasting(((None, unit),))


@rule("units few", ("أيام قليلة", "PXD"))
def few(units: Grain) -> Expression:
    """Count units by a vague word after them."""
    return Lasting(((None, units),))


@rule(
    "the_units the_number|number:n [few] aim", ("الأشهر الأربعة الماضية", "P4M"), ("الساعات الأربع والعشرين الأخيرة", "PT24H")
)
def window(the_units: Grain, n: float, aim: Aim) -> Expression | None:
    """Measure a span back or forward from the publication."""
    return Window(n, the_units, aim)


@rule("within|lasting < the_units the_number:n", ("خلال الأشهر الثلاثة", ""), ("طوال الأيام العشرة", ""), unless=("ordinal",))
def known_amount(the_units: Grain, n: float) -> Expression | None:
    """Count units that the text has told of, after a word that measures."""
    return Lasting(((n, the_units),)) if n >= 3 else None


@rule("the_units aim the_number:n", ("الأشهر الماضية الأربعة", "P4M"))
def window_number_last(the_units: Grain, aim: Aim, n: float) -> Expression:
    """Measure a span from the publication, the number last."""
    return Window(n, the_units, aim)


@rule("the_number|number:n units|unit:unit aim", ("الـ48 ساعة الماضية", "PT48H"), ("الثلاثة أشهر الأخيرة", "P3M"))
def window_number_first(n: float, unit: Grain, aim: Aim) -> Expression | None:
    """Measure a span from the publication, the number first."""
    return Window(n, unit, aim) if aim not in (Aim.FOLLOWING, Aim.PRECEDING) else None


@rule("the_number:n the_units aim", ("الستة الأيام الماضية", "P6D"))
def window_both_definite(n: float, the_units: Grain, aim: Aim) -> Expression:
    """Measure a span from the publication, number and unit both with the article."""
    return Window(n, the_units, aim)


@rule("the_dual aim", ("الأسبوعين الماضيين", "P2W"))
def window_of_two(the_dual: Grain, aim: Aim) -> Expression:
    """Measure a span of two units from the publication."""
    return Window(2, the_dual, aim)


@rule("the_units [few] aim", ("الأشهر القليلة الماضية", "PXM"), ("السنوات الماضية", "PXY"), ("الأيام الأخيرة", "PAST_REF"))
def vague_window(the_units: Grain, aim: Aim, few: Mark | None = None) -> Expression | None:
    """Measure a span of unsaid length from the publication; الأيام الأخيرة says no more than lately."""
    if aim is Aim.THIS or aim is Aim.FOLLOWING or (aim is Aim.RECENT and the_units < Grain.HOUR):
        return None
    if aim is Aim.RECENT and few is None and the_units <= Grain.WEEK:
        return Vague(Reference.PAST_REF)
    return Window(None, the_units, aim)
