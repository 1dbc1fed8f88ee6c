"""What the hand-worked tests share. The last argument of a test may name a places.csv."""
import sys

from facts import Places
from oracle import cost

PLACES = Places(sys.argv.pop() if len(sys.argv) > 1 and sys.argv[-1].endswith(".csv") else None)
KEY = dict(id="e1", district="350112", lists=["honest_employer"])
FROM_QIXINGGUAN = dict(enterprise="e1", agency="a1", origin="520502")
AGENCY = dict(id="a1", district="350112", filed=True)
ONE = {f"changle-2022.{name}": "1" for name in (
    "base_operating.threshold", "agency_reward.threshold", "specialist_allowance.recruits")}


def run(programme, mode="enacted", overrides=None, district="350112", session=None, **lists):
    scenario = {"scenario": "test", "district": district, **lists}
    return cost(scenario, programme.split(" + "), mode, overrides, PLACES, session)


def rows(result, *names):
    """(subject, date, yuan, status) of the payments, of one measure when it is named."""
    return [(p.subject, str(p.date), p.amount / 100, p.status) for p in result.payments if not names
            or p.measure.split(".")[1] in names]


def total(result, *names):
    """Due and pending, in yuan, of the measures named, or of all."""
    return sum(p.amount for p in result.payments if p.status in ("due", "pending")
               and (not names or p.measure.split(".")[1] in names)) / 100


def hires(n, **common):
    return [dict(id=f"h{k:03}", enterprise="e1", **common) for k in range(1, n + 1)]


def changle(hires=(), overrides=None, **more):
    """As most examples have it: e1 and e2 key enterprises, e3 a local one that is not, a1 and a2 filed agencies."""
    more.setdefault("agencies", [AGENCY, AGENCY | dict(id="a2")])
    return run("changle-2022", enterprises=[KEY, KEY | dict(id="e2"), dict(id="e3", district="350112")],
               hires=list(hires), overrides=ONE | (overrides or {}), **more)
