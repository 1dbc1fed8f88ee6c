"""What the hand-worked tests share. The last argument of a test may name a places.csv."""
import sys

from facts import Places
from oracle import cost

PLACES = Places(sys.argv.pop() if len(sys.argv) > 1 and sys.argv[-1].endswith(".csv") else None)
KEY = dict(id="e1", district="350112", lists=["honest_employer"])


def run(programme, mode="enacted", overrides=None, district="350112", session=None, **lists):
    scenario = {"scenario": "test", "district": district, **lists}
    return cost(scenario, programme.split(" + "), mode, overrides, PLACES, session)


def rows(result, *names):
    """(subject, date, yuan, status) of the payments, of one measure when it is named."""
    return [(p.subject, str(p.date), p.amount / 100, p.status) for p in result.payments if not names or p.measure.split(".")[1] in names]


def total(result, *names):
    """Due and pending, in yuan, of the measures named, or of all."""
    return sum(p.amount for p in result.payments if p.status in ("due", "pending")
               and (not names or p.measure.split(".")[1] in names)) / 100


def hires(n, **common):
    return [dict(id=f"h{k:03}", enterprise="e1", **common) for k in range(1, n + 1)]
