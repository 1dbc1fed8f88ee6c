"""One story, told at every door: the commands, and what each door says that its answers rest on."""

import json
import os
import re
import subprocess
import sys

SCENARIO = "scenarios/agency-edge.yaml"
COMMANDS = [
    f"load {SCENARIO}", "run changle-2022", "draft generous from changle-2022: rate_3m = 400, agency_reward.threshold = 99",
    "run generous by beneficiary", "compare changle-2022, generous", "find rate_3m so that total = 65000 in changle-2022",
    "sweep rate_3m from 200 to 400 step 100 in changle-2022", "run changle-2022", "why not agency_reward for lancang",
]


def of_results(text):
    """The fingerprints that `list results` tells."""
    return re.findall(r"\b[0-9a-f]{16}\b", text)


def at_prompt(program):
    out = subprocess.run([program, "--lang", "en"], input="\n".join([*COMMANDS, "list results"]), stdout=subprocess.PIPE, text=True, check=True)
    return of_results(out.stdout)


def as_argument(program):
    out = subprocess.run([program, "--lang", "en", "--format", "json", "-c", "; ".join([*COMMANDS, "list results"])],
                         stdout=subprocess.PIPE, text=True, check=True)
    return [row["fingerprint"] for row in json.loads(out.stdout.splitlines()[-1])["results"]]


def at_stdio(program):
    requests = [json.dumps({"id": i, "do": "perform", "commands": command, "forms": ["json"]}) for i, command in enumerate(COMMANDS)]
    out = subprocess.run([program, "serve", "--stdio", "--lang", "en"], input="\n".join(requests), stdout=subprocess.PIPE, text=True, check=True)
    replies = [json.loads(line) for line in out.stdout.splitlines()]
    assert all("error" not in reply for reply in replies), replies
    return [answer["fingerprint"] for reply in replies for answer in reply.get("ok", {}).get("answers", []) if "fingerprint" in answer]


def in_python(program, root):
    os.environ["CESUAN_PROGRAM"] = program
    sys.path.insert(0, os.path.join(root, "python"))
    import cesuan
    with cesuan.Session() as session:
        answers = [answer for command in COMMANDS for answer in session.perform(command)]
    assert not any(answer.failed for answer in answers), [answer.remarks for answer in answers if answer.failed]
    return [answer.fingerprint for answer in answers if answer.fingerprint]


def notebook():
    """The story as a notebook, a cell for each command."""
    return "---\ntitle: A story\nlanguage: en\n---\n\n" + "\n\n".join(f"```cesuan\n{command}\n```" for command in COMMANDS) + "\n"


def of_page(html):
    return re.findall(r'data-fingerprint="([0-9a-f]{16})"', html)
