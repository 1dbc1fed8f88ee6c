"""What a frame that passed comes to: payments with their beneficiary, day and amount in fen, and parts of them.

Written from the books and the design (Payments, Parts, Exact amounts). An amount is rounded once, when it becomes a
payment.
"""

from fractions import Fraction

import language_figures as figures
import language_sets as sets
from language_figures import value
from language_records import Record
from language_values import NOTHING, Span, Unknown, fen, together


class Payment:
    """An amount in fen for somebody, for something, on a day."""

    def __init__(self, m, number, frame, member, who, subject, date, amount):
        self.measure, self.number, self.frame, self.member = m, number, frame, member
        self.who, self.subject, self.date, self.amount = who, subject, date, amount
        self.claimed, self.status, self.over = amount, "paid", []

    def scope(self):
        return self.frame.at(self.member) if self.member is not None else self.frame


def beneficiary(who, scope):
    v = value(who, scope)
    return v.id if isinstance(v, Record) else v


def payments(m, frame, ledger):
    out = []
    for number, p in enumerate(c[1] for c in m["clauses"] if c[0] == "pay"):
        members = [(None, default_day(frame))] if not p.get("set") else frame.sets[p["set"]].members
        for member, day in members:
            scope = frame.at(member) if member is not None else frame
            subject = member.id if member is not None else frame.subject
            out += paid(m, number, p, scope, frame, member, subject, day, ledger)
    return out


def default_day(frame):
    """The day of the record, with which the right arises, of periods too."""
    begins = next((c[1] for c in frame.measure["clauses"] if c[0] == "begins"), None)
    return value(begins, frame) if begins else frame.record.begin() if frame.record is not None else None


def paid(m, number, p, scope, frame, member, subject, day, ledger):
    who, amount = beneficiary(p["who"], scope), value(p["amount"], scope)
    # The condition of equal parts is asked for each of them.
    when = value(p["when"], scope) if p.get("when") and not p.get("equal") else True
    if when is False or who is NOTHING or amount is NOTHING:
        return []
    if not isinstance(amount, Unknown) and not fen(amount):
        return []
    unknown = [v for v in (who, when, amount) if isinstance(v, Unknown)]
    if unknown:
        on = value(p["on"], scope) if p.get("on") else day
        days = [d for d, holds, _ in parts(p, scope, Fraction(1), on) if holds is not False and d is not NOTHING]
        if frame.settings["window_on"] == "accrual":
            days = [d for d in days if isinstance(d, Unknown) or sets.in_window(d, frame)]
        if not days:
            return []
        # Every part of it is a payment without a figure.
        if all(not u.facts for u in unknown) and when is True:
            ledger.unpriced(m, subject, together(*unknown), len(days))
        else:
            ledger.undetermined(m, subject, together(*unknown))
        return []
    out = []
    for date, holds, part in parts(p, scope, amount, value(p["on"], scope) if p.get("on") else day):
        if not part or holds is False or date is NOTHING:
            continue
        if isinstance(holds, Unknown) or isinstance(date, Unknown):
            ledger.undetermined(m, subject, together(*(u for u in (holds, date) if isinstance(u, Unknown))))
        elif frame.settings["window_on"] == "start" or sets.in_window(date, frame):
            out.append(Payment(m, number, frame, member, who, subject, date, part))
    return out


def parts(p, scope, amount, day):
    """(day, whether it is paid, fen) of each part; the rest is the rounded whole less the others."""
    whole = fen(amount)
    if p.get("equal"):
        n, every, start = p["equal"][0], value(p["equal"][1], scope), value(p["equal"][2], scope)
        for k in range(1, n + 1):
            date = figures.plus(scope, [], start, Span(every.count * (k - 1), every.unit))
            own = scope.within({"part_day": date, "part_number": Fraction(k)})
            holds = value(p["when"], own) if p.get("when") else True
            yield date, holds, fen(amount * k / n) - fen(amount * (k - 1) / n)
        return
    if not p.get("parts"):
        yield day, True, whole
        return
    before = 0
    for part in p["parts"]:
        if part["amount"] == "rest":
            own = whole - before
        else:
            v = value(part["amount"], scope)
            own = fen(amount * v) if part["amount"][0] == "share" else fen(v)
        before += own
        yield value(part["on"], scope) if part.get("on") else day, (
            value(part["when"], scope) if part.get("when") else True
        ), own
