"""Seeds tried side by side, and what came of them in one line: the part that comparisons with another engine share."""
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def span(text):
    """`1..24`, `16,51,96..99`, `none`."""
    found = []
    for part in text.split(",") if text != "none" else ():
        first, _, last = part.partition("..")
        found += range(int(first), int(last or first) + 1)
    return found


def tried(title, options, one, shown=("differs", "not said"), broken=(), each=None):
    """Tries every seed of `options.seeds` and says whether none differs and one at least is the same.

    one: of (seed, options): the seed, its state, how many payments, lines to tell, and whatever `each` takes.
    shown: the states that are told. broken: lines of what differs beside the seeds. each: takes what `one` gives behind.
    """
    began, states, paid = time.time(), Counter(), 0
    for line in broken:
        states["differs"] += 1
        print(line, flush=True)
    with ProcessPoolExecutor(options.jobs) as pool:
        jobs = [(seed, options) for seed in span(options.seeds)]
        for seed, state, count, told, *further in pool.map(one, jobs):
            states[state] += 1
            paid += count
            if each is not None:
                each(*further)
            if state in shown:
                print(f"seed {seed} {state}:\n  " + "\n  ".join(told), flush=True)
    print(f"{title}: {states['same']} seeds the same, {states['differs']} differ, {states['not said']} that no script "
          f"says, {states['refused']} refused; {paid} payments; {time.time() - began:.1f} s")
    return not states["differs"] and states["same"] > 0
