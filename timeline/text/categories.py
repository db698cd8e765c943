"""The categories of words that rules are written over, and the type of each one's values."""

from __future__ import annotations

import enum

from timeline.model import Grain, Mod, Weekday


class Aim(enum.Enum):
    """Which one of a series is meant, seen from its anchor."""

    PAST = "the one before"
    NEXT = "the one after"
    THIS = "the current one"
    RECENT = "the latest"
    AFTER_NEXT = "the one after the next"
    BEFORE_LAST = "the one before the last"
    FOLLOWING = "the one after the time mentioned before"
    PRECEDING = "the one before the time mentioned before"
    SAME = "the one mentioned before"


class DayPart(enum.Enum):
    """Parts of a day: the TIMEX3 code and the civil hours it is taken to cover."""

    DAWN = ("TMO", 3, 6)
    MORNING = ("TMO", 6, 12)
    FORENOON = ("TMO", 9, 12)
    NOON = ("TMI", 11, 14)
    MIDDAY = ("TMI", 12, 12)
    AFTERNOON = ("TAF", 12, 18)
    EVENING = ("TEV", 18, 24)
    NIGHT = ("TNI", 18, 24)
    LATE_NIGHT = ("TNI", 21, 24)
    MIDNIGHT = ("TNI", 24, 24)
    SMALL_HOURS = ("TNI", 0, 3)


class Season(enum.Enum):
    """Meteorological seasons of the northern hemisphere: TIMEX3 code and first month."""

    SPRING = ("SP", 3)
    SUMMER = ("SU", 6)
    AUTUMN = ("FA", 9)
    WINTER = ("WI", 12)


class Reference(enum.Enum):
    """Times that are named without being given."""

    PAST_REF = "some time ago"
    PRESENT_REF = "now"
    FUTURE_REF = "some time ahead"
    THEN = "at the time mentioned before"


class Era(enum.Enum):
    """The mark after a year."""

    GREGORIAN = "m"
    HIJRI = "h"


class Zone(enum.Enum):
    """Zones that a clock time is given in; LOCAL is the place that the text speaks of, taken as the publication's."""

    LOCAL = ""
    GMT = "Etc/GMT"
    MAKKAH = "Asia/Riyadh"
    CAIRO = "Africa/Cairo"
    DAMASCUS = "Asia/Damascus"
    BEIRUT = "Asia/Beirut"
    JERUSALEM = "Asia/Jerusalem"
    AMMAN = "Asia/Amman"
    DUBAI = "Asia/Dubai"
    TUNIS = "Africa/Tunis"
    ALGIERS = "Africa/Algiers"
    RABAT = "Africa/Casablanca"
    TRIPOLI = "Africa/Tripoli"
    KHARTOUM = "Africa/Khartoum"
    TEHRAN = "Asia/Tehran"
    ISTANBUL = "Europe/Istanbul"
    MOSCOW = "Europe/Moscow"
    LONDON = "Europe/London"
    PARIS = "Europe/Paris"
    NEW_YORK = "America/New_York"
    BAGHDAD = "Asia/Baghdad"
    KUWAIT = "Asia/Kuwait"
    DOHA = "Asia/Qatar"
    SANAA = "Asia/Aden"
    MANAMA = "Asia/Bahrain"
    MUSCAT = "Asia/Muscat"
    NOUAKCHOTT = "Africa/Nouakchott"
    MOGADISHU = "Africa/Mogadishu"
    NAIROBI = "Africa/Nairobi"
    ADDIS_ABABA = "Africa/Addis_Ababa"
    BEIJING = "Asia/Shanghai"
    TOKYO = "Asia/Tokyo"
    SEOUL = "Asia/Seoul"
    DELHI = "Asia/Kolkata"
    ISLAMABAD = "Asia/Karachi"
    KABUL = "Asia/Kabul"
    JAKARTA = "Asia/Jakarta"
    KUALA_LUMPUR = "Asia/Kuala_Lumpur"
    BERLIN = "Europe/Berlin"
    ROME = "Europe/Rome"
    MADRID = "Europe/Madrid"
    BRUSSELS = "Europe/Brussels"
    ATHENS = "Europe/Athens"
    KYIV = "Europe/Kiev"
    LOS_ANGELES = "America/Los_Angeles"
    SYDNEY = "Australia/Sydney"
    SAO_PAULO = "America/Sao_Paulo"


class Mark(enum.Enum):
    """Words whose category says all: their value is only a label."""

    OF = enum.auto()
    IN = enum.auto()
    TO = enum.auto()
    OR = enum.auto()
    AND = enum.auto()
    AGREE = enum.auto()
    AT = enum.auto()
    AGO = enum.auto()
    SINCE = enum.auto()
    AHEAD = enum.auto()
    WITHIN = enum.auto()
    FOR = enum.auto()
    APPROX = enum.auto()
    SEVERAL = enum.auto()
    FEW = enum.auto()
    EACH = enum.auto()
    EXCEPT = enum.auto()
    THE = enum.auto()
    WEEKEND = enum.auto()
    BY = enum.auto()
    AS = enum.auto()
    THEN = enum.auto()
    COMMA = enum.auto()
    DASH = enum.auto()
    SLASH = enum.auto()
    COLON = enum.auto()
    DOT = enum.auto()
    OPEN = enum.auto()
    CLOSE = enum.auto()
    STOP = enum.auto()
    QUOTE = enum.auto()
    LINE = enum.auto()
    NAME = enum.auto()
    BEFORE_NOUN = enum.auto()
    CAUSE = enum.auto()
    OF_AGE = enum.auto()
    BEFORE = enum.auto()
    THAT = enum.auto()
    WHEN = enum.auto()
    UNTIL = enum.auto()
    BETWEEN = enum.auto()
    ACCORDING = enum.auto()
    NOBODY = enum.auto()
    ABOUT = enum.auto()
    PERIOD = enum.auto()
    VERB = enum.auto()


class Particle(enum.Enum):
    """Words that open clauses or give verbs their tense and modality."""

    THAT = enum.auto()
    RELATIVE = enum.auto()
    SUBORDINATE = enum.auto()
    WHEN = enum.auto()
    CONDITION = enum.auto()
    QAD = enum.auto()
    LAM = enum.auto()
    LAN = enum.auto()
    LA = enum.auto()
    SAWFA = enum.auto()
    KANA = enum.auto()
    YAKUN = enum.auto()
    TAMMA = enum.auto()
    YATIMM = enum.auto()
    LAYSA = enum.auto()
    MAY = enum.auto()
    PLANNED = enum.auto()
    EXPECTED = enum.auto()
    UNLIKELY = enum.auto()
    SHOULD = enum.auto()
    STILL = enum.auto()


# category -> type of its values; `int` values are written as numbers in the tables.
CATEGORIES: dict[str, type] = {
    "weekday": Weekday, "a_weekday": Weekday, "month": int, "maybe_month": int, "hijri": int, "season": Season, "a_season": Season,
    "unit": Grain, "the_unit": Grain, "units": Grain, "the_units": Grain, "dual": Grain, "the_dual": Grain,
    "portion": Grain, "the_portion": Grain, "day_word": Grain, "day_dual": Grain, "day_plural": Grain, "month_word": Grain,
    "month_dual": Grain, "year_word": Grain, "year_dual": Grain, "year_plural": Grain, "decade_number": int, "era": Era,
    "hijri_year_word": Era, "school_year": Grain,
    "deictic": int, "deictic_night": int, "aim": Aim, "this": Aim, "that": Aim, "same": Aim, "self": Aim, "edge": Mod,
    "daypart": DayPart, "the_daypart": DayPart, "daypart_adverb": DayPart, "late": Mod, "later": Mod, "vague": Reference,
    "adverb_set": Grain, "adjective_set": Grain, "manner": Mark, "units_adverb": Grain, "each": Mark, "weekend": Mark,
    "hijri_feast": int, "gregorian_feast": int, "zone": Zone, "zone_word": Mark,
    "the_feast": int, "civil_feast": Mark, "feast_days": int, "ten_days": int, "unit_adverb": Grain,
    "quarter": Grain, "the_quarter": Grain, "renewed": Mark, "yield": Mark,
    "number": float, "the_number": float, "teen_one": int, "ordinal": int, "an_ordinal": int, "first_day": int, "fraction": int,
    "minute_word": Grain, "clock_word": Grain, "except": Mark, "article": Mark,
    "of": Mark, "in": Mark, "link_to": Mark, "or": Mark, "and": Mark, "agree": Mark, "at": Mark, "ago": Mark, "since": Mark,
    "ahead": Mark, "within": Mark, "from_there": int, "sequel": int, "lasting": Mark,
    "to_last": Mark, "approx": Mark, "bound": Mod,
    "share": int, "shares": int, "two_thirds": int, "full": Mark, "several": Mark, "few": Mark,
    "bound_after": Mod, "limit": Mod, "limit_verb": Mod, "limit_link": Mark, "ever": Mark,
    "punctuation": Mark, "clock_letter": Grain, "foreign_month": int, "foreign_fill": Mark, "age": Mark, "before_christ": Mark,
    "particle": Particle, "auxiliary": Mark,
    "preposition": Mark, "construct": Mark, "subjunctive": Mark, "when": Mark, "opener": int, "onward": Mark,
    "upto": Mark, "between": Mark, "according": Mark, "nobody": Mark, "aside": Mark, "anchor": int, "bringing": Mark, "resulting": Mark,
    "adding": Mark, "cause": Mark, "managing": Mark, "throughout": Mark, "truth": int,
    "name": Mark, "named_for": Grain, "half_day": DayPart, "eve": DayPart, "fiscal_year": Grain, "libyan_month": int,
    "delivery": Mark,
    "about": Mark, "dated": Mark, "life": Mark, "ended": Mod, "of_it": Mark, "next_day": int, "hours_of": DayPart,
    "morrow": Mark, "compared": Mark, "the_period": Mark,
    # digits are not listed anywhere: text/analysis.py gives them these categories by their length and size
    "daynum": int, "monthnum": int, "hournum": int, "minutenum": int, "yearnum": int, "clocknum": int,
    # single marks of punctuation, so that rules can ask for one
    "comma": Mark, "dash": Mark, "slash": Mark, "colon": Mark, "dot": Mark, "open": Mark, "close": Mark, "quote": Mark,
    # clitics of a word inside an expression
    "by": Mark, "as": Mark, "then": Mark, "to": Mark,
}  # fmt: skip
