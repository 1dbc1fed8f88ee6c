"""What the peers share: the numbers of changle-2022, places for specialists, timing, the command line.

  by_ENGINE.py FOLDER            one cold process from CSV files to totals, printed as JSON with its greatest memory in MiB
  by_ENGINE.py FOLDER --measure  seconds for each part, as [median, least, greatest]

Each engine's program has three functions. `load(folder)` reads the files and resolves ids to row numbers. `count(tables)` asks
everything of every row and keeps nothing from an earlier call. `price(counts, rate_3m)` gives yuan by measure. The totals
stand beside the times: whoever prints the times has to compare them first.
"""
import importlib.metadata
import json
import os
import resource
import statistics
import sys
import time

# Engines look for these while they are imported, so this file is imported before them. Two is what the program itself uses.
THREADS = 2
for name in ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "NUMEXPR_MAX_THREADS"):
    os.environ[name] = str(THREADS)

FIRST, LAST = "2022-01-28", "2023-12-31"
YEARS = (2022, 2023)
HOME = 350112
SENDING_PROVINCES = (14, 34, 36, 41, 42, 43, 15, 45, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65)
GOVERNED_ELSEWHERE = 640402
BASE_THRESHOLD, BASE_AMOUNT = 100, 50_000
AGENCY_THRESHOLD, RATE_3M, RATE_6M = 100, 300, 300
RECRUITS, ALLOWANCE = 10, 500 * 12
PER_ENTERPRISE = PER_COUNTY = 2
CHANGED_RATE = 350
POINTS = range(200, 220)


def allowances(candidates):
    """Yuan for rows (filed_on, id, year, enterprise, county) of specialists who earned a year: first filed, first paid.

    Whether one is paid depends on who was paid before, which none of the engines says in its own terms.
    """
    taken, total = {}, 0
    for _, _, year, enterprise, county in sorted(candidates):
        at, of = ("enterprise", enterprise, year), ("county", county, year)
        if taken.get(at, 0) < PER_ENTERPRISE and taken.get(of, 0) < PER_COUNTY:
            taken[at], taken[of] = taken.get(at, 0) + 1, taken.get(of, 0) + 1
            total += ALLOWANCE
    return total


def yuan(bases, placed, longer, specialists, rate_3m):
    """The totals by measure, from bases that earned the grant, workers placed for three and six months, and allowances."""
    return {"base_operating": int(bases) * BASE_AMOUNT, "agency_reward": int(placed) * rate_3m + int(longer) * RATE_6M,
            "specialist_allowance": int(specialists)}


def median(body, runs=3):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        body()
        times.append(time.perf_counter() - start)
    return [statistics.median(times), min(times), max(times)]


def main(engine, package, load, count, price):
    """Does what the command line asks for."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder, tables = sys.argv[1], None

    def read():
        nonlocal tables
        tables = None
        tables = load(folder)

    def cost(rate_3m=RATE_3M):
        return price(count(tables), rate_3m)

    def sweep():
        counts = count(tables)
        return [sum(price(counts, rate).values()) for rate in POINTS]

    if "--measure" not in sys.argv:
        read()
        totals = cost()
        print(json.dumps({"totals": totals, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
        return
    out = {"engine": f"{engine} {importlib.metadata.version(package)}", "load": median(read)}
    out.update(totals=cost(), rate_350=sum(cost(CHANGED_RATE).values()), points=sweep())
    out.update(cost=median(cost), rate=median(lambda: cost(CHANGED_RATE)), sweep_20=median(sweep))
    print(json.dumps(out))
