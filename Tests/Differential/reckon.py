"""Days, months, money, places and three-valued logic: the arithmetic of the contract and nothing else."""
from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

DAY = timedelta(1)
LAST_DAY = date.max  # 9999-12-31: no date beyond it is ever produced
# Unicode's White_Space, the zero-width characters and the byte-order mark.
BLANKS = "".join(map(chr, [*range(0x9, 0xE), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200E), 0x2028, 0x2029, 0x202F,
                           0x205F,
                           0x2060, 0x3000, 0xFEFF]))


def trimmed(text):
    return str(text).strip(BLANKS)


# ---- money: whole fen ---------------------------------------------------------------------------

def fen(yuan):
    """Yuan as written (text or whole number) to fen; refuses more than two decimals."""
    exact = Fraction(str(yuan).replace(",", "")) * 100
    if exact.denominator != 1:
        raise ValueError(f"more than two decimals: {yuan}")
    return int(exact)


def yuan(amount):
    sign, amount = ("-" if amount < 0 else ""), abs(amount)
    return f"{sign}{amount // 100}.{amount % 100:02d}"


def round_fen(exact):
    """Half away from zero, once."""
    exact = Fraction(exact)
    whole = (abs(exact) + Fraction(1, 2)).__floor__()
    return whole if exact >= 0 else -whole


def share(text):
    """`50%`, `0.5` or a number to an exact fraction."""
    text = str(text).strip()
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


# ---- dates --------------------------------------------------------------------------------------

@lru_cache(maxsize=None)
def plus_months(day, months, month_end):
    """One step from the original date. `month_end` says what becomes of a day that does not exist."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > LAST_DAY.year:
        return LAST_DAY
    last = monthrange(year, month0 + 1)[1]
    if day.day <= last:
        return date(year, month0 + 1, day.day)
    end = date(year, month0 + 1, last)
    return end if month_end == "clamp" else end + DAY


def day_after(day):
    return day if day == LAST_DAY else day + DAY


def last_of_month(day):
    return day.replace(day=monthrange(day.year, day.month)[1])


def follows_on(last_day, start, by_month):
    """Whether a hire from `start` goes on after `last_day` (None: still employed): no month between, or no day."""
    if last_day is None:
        return True
    if by_month:
        return start <= last_of_month(plus_months(last_day.replace(day=1), 1, "clamp"))
    return start <= day_after(last_day)


def whole_months(a, b, month_end):
    """The largest n >= 0 with a + n months <= b; 0 when there is none."""
    n = (b.year - a.year) * 12 + b.month - a.month
    while n > 0 and plus_months(a, n, month_end) > b:
        n -= 1
    return max(n, 0)


def completes(start, months, month_end, clock):
    """The date on which the nth month is complete, and with it the right arises."""
    if months == 0:
        return start
    if clock == "insured_months":
        return last_of_month(plus_months(start.replace(day=1), months - 1, "clamp"))
    return plus_months(start, months, month_end)


def stable(start, end, months, month_end, clock):
    if end is None or months == 0:
        return True
    if clock == "insured_months":
        return end >= plus_months(start.replace(day=1), months - 1, "clamp")
    done = plus_months(start, months, month_end)
    return end >= (done if clock == "anniversary" else done - DAY)


# ---- places -------------------------------------------------------------------------------------

CENTRAL = ("14", "34", "36", "41", "42", "43")
WESTERN = ("15", "45", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65")
NAMED = ("53", "52", "51", "62", "64", "50")


@lru_cache(maxsize=None)
def within(place, area):
    """A code lies within another when it starts with the other's significant digits."""
    while area.endswith("00"):
        area = area[:-2]
    return place.startswith(area)


# ---- three-valued logic -------------------------------------------------------------------------

class Truth:
    """True, False or unknown (None); an unknown one knows the names of the facts it lacks."""
    __slots__ = ("value", "facts")

    def __init__(self, value, facts=()):
        self.value, self.facts = value, frozenset(facts)

    def __repr__(self):
        return f"Truth({self.value}, {sorted(self.facts)})"


def truth(x):
    return x if isinstance(x, Truth) else Truth(bool(x))


def unknown(*facts):
    return Truth(None, facts)


def known(value, fact, condition):
    """The condition on the value, or unknown for want of the fact."""
    return unknown(fact) if value is None else truth(condition(value))


def negation(term):
    return term if term.value is None else Truth(not term.value)


def both(*terms):
    terms = [truth(t) for t in terms]
    if any(t.value is False for t in terms):
        return Truth(False)
    missing = [t for t in terms if t.value is None]
    return unknown(*frozenset().union(*(t.facts for t in missing))) if missing else Truth(True)


def either(*terms):
    terms = [truth(t) for t in terms]
    if any(t.value is True for t in terms):
        return Truth(True)
    missing = [t for t in terms if t.value is None]
    return unknown(*frozenset().union(*(t.facts for t in missing))) if missing else Truth(False)
