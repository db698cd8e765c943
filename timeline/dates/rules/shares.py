"""Amounts of time with a part of a unit: half an hour, a year and a half, two hours less a quarter."""

from __future__ import annotations

from timeline.dates.expressions import Expression, Lasting, Window
from timeline.dates.grammar import rule
from timeline.dates.lengths import FINER, less
from timeline.model import Grain
from timeline.text.categories import Aim

_EVEN = (Grain.YEAR, Grain.HOUR, Grain.MINUTE, Grain.DAY)  # a part of these is said in finer units
_NAMED = (Grain.HOUR, Grain.MINUTE, Grain.CENTURY)  # a half of the others with the article is their middle: نصف العام


def with_share(n: float, unit: Grain, share: int, times: int = 1) -> Expression | None:
    """Add parts of the unit: in finer units where they come out even (عام ونصف is P1Y6M), else as a fraction."""
    finer, many = FINER.get(unit, (unit, 0))
    if unit in _EVEN and many * times % share == 0:
        return Lasting(((n, unit), (many * times / share, finer)))
    return None if share == _THIRD else Lasting(((n + times / share, unit),))


_THIRD = 3


def parts_of(times: int, share: int, unit: Grain) -> Expression | None:
    """Return so many of the parts into which a unit is divided, in finer units."""
    finer, many = (Grain.YEAR, 100) if unit is Grain.CENTURY else FINER.get(unit, (unit, 0))
    return Lasting(((many * times / share, finer),)) if many else None


@rule(
    "number|the_number:n units|unit:unit and share [the_unit|unit:of]",
    ("خمسة أشهر ونصف الشهر", "P5.5M"),
    ("ثلاث سنوات ونصف", "P3Y6M"),
    ("عشر ساعات وثلث الساعة", "PT10H20M"),
)
def counted_and_share(n: float, unit: Grain, share: int) -> Expression | None:
    """Count units and a part of one."""
    return with_share(n, unit, share)


@rule("dual and share [the_unit|unit:of]", ("عامين ونصف العام", "P2Y6M"), ("ساعتين وثلث الساعة", "PT2H20M"))
def two_and_share(dual: Grain, share: int) -> Expression | None:
    """Count two units and a part of one."""
    return with_share(2, dual, share)


@rule("unit and share [the_unit|unit:of]", ("ساعة ونصف", "PT1H30M"), ("سنة وثلث السنة", "P1Y4M"))
def one_and_share(unit: Grain, share: int) -> Expression | None:
    """Count one unit and a part of it."""
    return with_share(1, unit, share)


@rule("unit and number shares:share [the_unit|unit:of]", ("ساعة وثلاثة أرباع الساعة", "PT1H45M"))
def one_and_shares(unit: Grain, number: float, share: int) -> Expression | None:
    """Count one unit and several parts of it."""
    return with_share(1, unit, share, int(number)) if 1 < number < share else None


@rule("share unit", ("نصف ساعة", "PT30M"), ("ربع قرن", "P25Y"))
def share_of(share: int, unit: Grain) -> Expression | None:
    """Count a part of one unit."""
    return parts_of(1, share, unit)


@rule("share the_unit", ("نصف الساعة", "PT30M"), ("ثلث الساعة", "PT20M"), ("ربع القرن", "P25Y"), unless=("aim",))
def share_of_the(share: int, the_unit: Grain) -> Expression | None:
    """Count a part of one hour, one minute or one century."""
    return parts_of(1, share, the_unit) if the_unit in _NAMED else None


@rule("share the_unit aim", ("ربع القرن الأخير", "P25Y"), ("نصف القرن الماضي", "P50Y"))
def share_of_past(share: int, the_unit: Grain, aim: Aim) -> Expression | None:
    """Measure a part of a century back or forward from the publication."""
    return (
        Window(100 // share, Grain.YEAR, aim) if the_unit is Grain.CENTURY and share != _THIRD and aim is not Aim.THIS else None
    )


@rule("number shares:share unit|the_unit:unit", ("ثلاثة أرباع الساعة", "PT45M"), ("ثلاثة أرباع القرن", "P75Y"))
def shares_of(number: float, share: int, unit: Grain) -> Expression | None:
    """Count several parts of one unit."""
    return parts_of(int(number), share, unit) if 1 < number < share else None


@rule("two_thirds unit|the_unit:unit", ("ثلثي ساعة", "PT40M"))
def two_thirds_of(two_thirds: int, unit: Grain) -> Expression | None:
    """Count two thirds of one unit."""
    return parts_of(two_thirds, _THIRD, unit) if unit in _NAMED else None


@rule(
    "number|the_number:n units|unit:unit except share",
    ("خمس ساعات إلا ربعا", "PT4H45M"),
    ("عشر ساعات إلا ثلثا", "PT9H40M"),
)
def counted_less_share(n: float, unit: Grain, share: int) -> Expression | None:
    """Count units less a part of one."""
    return _less_share(n, unit, share)


@rule("dual except share", ("ساعتين إلا ربعا", "PT1H45M"))
def two_less_share(dual: Grain, share: int) -> Expression | None:
    """Count two units less a part of one."""
    return _less_share(2, dual, share)


@rule("unit except share", ("ساعة إلا ربعا", "PT45M"))
def one_less_share(unit: Grain, share: int) -> Expression | None:
    """Count one unit less a part of it."""
    return _less_share(1, unit, share)


def _less_share(n: float, unit: Grain, share: int) -> Expression | None:
    finer, many = FINER.get(unit, (unit, 0))
    amounts = less(((n, unit),), ((many / share, finer),)) if unit in _EVEN and many % share == 0 else None
    return None if amounts is None else Lasting(amounts)
