#!/usr/bin/env python3
"""Drives a live page in headless Chromium, as a class would: `check.py PROGRAM [--pictures FOLDER]`.

Parameters are moved with the keyboard and looked at by two viewers, cells are tried and written, exercises answered, files
changed under the page; and what no page of ours would ask is asked by hand. Exit status 1 where something is otherwise.
"""
import argparse
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

import story
from browser import Browser

ROOT = pathlib.Path(__file__).resolve().parents[2]

SAMPLE = """---
title: A page with everything
language: en
scenarios: {edge: s.yaml}
parameters:
  rate: {type: money, default: 300, at least: 0, at most: 600, meaning: First reward}
  months: {type: months, default: 3, at least: 1, at most: 12, meaning: Months to stay}
  clock: {choices: [inclusive, anniversary, insured_months], default: inclusive, meaning: First day}
  day: {type: date, default: 2022-07-01, at least: 2022-03-01, at most: 2022-12-31, meaning: Day of reckoning}
  shown: {choices: [yes, no], default: yes, meaning: Shown}
  whose: {choices: [a, b, c, d, e, f], default: b, meaning: Whose}
  word: {type: name, default: changle-2022, meaning: Document}
---

# A page with everything

With {= shown } and {= whose } it comes to **0.00 yuan**<!-- = now.total as yuan -->.

```cesuan name=base
run changle-2020
```

```cesuan name=now
with rate_3m = {rate}, months_first = {months}, clock = {clock}, as_of = {day}, run {word}
```

```cesuan
sweep rate_3m from 0 to 600 step 100 in changle-2022
```

## Exercise

```cesuan attempt=one
```

```cesuan answer=one
run changle-2022
```

<script>document.title = "taken over"</script>

| a | b |
|---|--:|
| c | 1 |
"""


class Served:
    """A notebook that is being served."""

    running = []

    def __init__(self, program, notebook, *options):
        self.process = subprocess.Popen([program, "serve", str(notebook), "--format", "json", *options],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        Served.running.append(self.process)
        line = self.process.stdout.readline()
        assert line, "the program did not say where the page is"
        record = json.loads(line)
        self.lead, self.follow = record["lead"], record["follow"]
        self.port = urllib.parse.urlsplit(self.lead).port

    def ask(self, method, path, body=None, **headers):
        """The status and the body of a reply."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        reply = connection.getresponse()
        text = reply.read().decode()
        connection.close()
        return reply.status, text

    def do(self, address, origin=True, **request):
        headers = {"Content_Type": "application/json"}
        if origin:
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
        status, text = self.ask("POST", urllib.parse.urlsplit(address).path + "do", json.dumps(request).encode(), **headers)
        return status, json.loads(text) if text.startswith("{") else text

    def close(self):
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(10) == 0, "Ctrl-C ends it with another status"
        Served.running.remove(self.process)


class Tests:
    def __init__(self, program, pictures):
        self.program, self.pictures = program, pictures
        self.browser = Browser()
        self.failed = 0

    def folder(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="cesuan-page-"))
        shutil.copy(ROOT / "scenarios/agency-edge.yaml", folder / "s.yaml")
        (folder / "n.md").write_text(SAMPLE)
        return folder

    def total(self, commands, scenario=ROOT / "scenarios/agency-edge.yaml"):
        out = subprocess.run([self.program, str(scenario), "--lang", "en", "--format", "json", "-c", commands],
                             stdout=subprocess.PIPE, text=True, check=True).stdout
        return json.loads(out.strip().splitlines()[-1])

    def settled(self, window):
        window.wait("document.querySelector('.status')?.dataset.kind === 'settled'")

    def run(self, only):
        for name in [n for n in dir(self) if n.startswith("test_")]:
            if only and only not in name:
                continue
            start = time.monotonic()
            try:
                getattr(self, name)()
                print(f"ok    {name[5:]}  {time.monotonic() - start:.1f} s", flush=True)
            except Exception as failure:  # Whatever it is, the others are tried.
                self.failed += 1
                print(f"FAIL  {name[5:]}: {type(failure).__name__}: {failure}", flush=True)
            for process in Served.running:
                process.kill()
                process.wait()
            Served.running.clear()
        self.browser.close()
        return self.failed

    # MARK: Parameters

    def test_parameters(self):
        folder = self.folder()
        served = Served(self.program, folder / "n.md")
        lead = self.browser.window(served.lead)
        self.settled(lead)
        shown = "(document.querySelector('#cell-2 tfoot')?.innerText ?? '')"
        assert "59,700.00" in lead.run(shown), lead.run(shown)
        assert lead.run("document.querySelector('main span.value[title^=now]').textContent") == "59,700.00 yuan"

        # The slider, by keyboard: each step is ten yuan.
        lead.run("document.querySelector('[data-parameter=rate] .slide').focus()")
        lead.key("ArrowRight")
        wanted = self.total("with rate_3m = 310 yuan, run changle-2022")
        assert wanted["total"] == "60700.00", wanted["total"]
        lead.wait(f"{shown}.includes('60,700.00')")
        lead.wait("document.querySelector('main span.value[title^=now]').textContent === '60,700.00 yuan'")
        assert lead.run("document.querySelector('[data-parameter=rate] .slide').getAttribute('aria-valuetext')") == "310 yuan"
        # What does not depend on it is not touched.
        assert lead.run("document.querySelector('#cell-1').classList.contains('renewed')") is False
        lead.key("End")
        lead.wait(f"{shown}.includes('89,700.00')")

        # An exact figure, and one out of bounds.
        lead.run("(() => { const e = document.querySelector('[data-parameter=rate] .exact'); e.focus(); e.select(); })()")
        lead.type("353")
        lead.key("Enter")
        lead.run("document.activeElement.blur()")
        lead.wait(f"{shown}.includes('65,000.00')")
        lead.run("(() => { const e = document.querySelector('[data-parameter=rate] .exact'); e.focus(); e.select(); })()")
        lead.type("601")
        lead.run("document.activeElement.blur()")
        lead.wait("document.querySelector('[data-parameter=rate] .refusal').textContent.includes('600')")
        assert "65,000.00" in lead.run(shown)

        # Choices, a date, a switch, a list, a word.
        lead.click("[data-parameter=clock] label:nth-child(3)")
        lead.wait(f"!{shown}.includes('65,000.00')")
        lead.click("[data-parameter=clock] label:nth-child(1)")
        lead.wait(f"{shown}.includes('65,000.00')")
        lead.run("""(() => { const e = document.querySelector('[data-parameter=day] input'); e.value = '2022-12-31';
          e.dispatchEvent(new Event('change', {bubbles: true})); })()""")
        lead.wait("document.querySelector('#cell-2 .answer')?.innerText.includes('2022-12-31')")
        lead.click("[data-parameter=shown] input")
        lead.wait("document.querySelector('main span.value[title=shown]').textContent === 'no'")
        lead.run("""(() => { const e = document.querySelector('[data-parameter=whose] select'); e.value = 'f';
          e.dispatchEvent(new Event('change', {bubbles: true})); })()""")
        lead.wait("document.querySelector('main span.value[title=whose]').textContent === 'f'")
        lead.run("""(() => { const e = document.querySelector('[data-parameter=word] input'); e.value = 'a; quit';
          e.dispatchEvent(new Event('change', {bubbles: true})); })()""")
        lead.wait("document.querySelector('[data-parameter=word] .refusal').textContent !== ''")
        assert lead.mistakes() == [], lead.mistakes()
        assert (folder / "n.md").read_text() == SAMPLE, "moving parameters has written into the file"
        served.close()

    def test_two_viewers(self):
        folder = self.folder()
        served = Served(self.program, folder / "n.md")
        lead, second = self.browser.window(served.lead), self.browser.window(served.follow)
        self.settled(lead)
        self.settled(second)
        assert second.run("[...document.querySelectorAll('#controls input, #controls select')].every((e) => e.disabled)")
        assert second.run("document.querySelectorAll('.edit').length") == 0
        lead.wait("document.querySelector('.company').textContent.includes('2')")
        lead.run("document.querySelector('[data-parameter=rate] .slide').focus()")
        lead.key("Home")
        for window in (lead, second):
            window.wait("document.querySelector('#cell-2 tfoot')?.innerText.includes('29,700.00')")
            window.wait("document.querySelector('main span.value[title^=now]').textContent === '29,700.00 yuan'")
        assert second.run("document.querySelector('[data-parameter=rate] .exact').value") == "0"
        # Who comes late sees the same.
        third = self.browser.window(served.follow)
        third.wait("document.querySelector('#cell-2 tfoot')?.innerText.includes('29,700.00')")
        # Where the leader looks, the others look, until they look elsewhere.
        lead.run("document.querySelector('#exercise').scrollIntoView({behavior: 'instant'})")
        second.wait("window.scrollY > 200 && document.querySelector('#exercise').getBoundingClientRect().top < innerHeight")
        second.run("dispatchEvent(new WheelEvent('wheel'))")
        assert second.run("document.querySelector('.follow').getAttribute('aria-pressed')") == "false"
        # A viewer may not lead, whatever its page asks.
        for request in [dict(do="move", name="rate", value="1"), dict(do="try", cell=2, text="run"), dict(do="source", cell=2),
                        dict(do="plan"), dict(do="write", plan="x"), dict(do="restore"), dict(do="place", at="x")]:
            status, _ = served.do(served.follow, edition=1, **request)
            assert status == 403, (request, status)
        assert lead.mistakes() == [] and second.mistakes() == [], lead.mistakes() + second.mistakes()
        served.close()

    def test_time_to_answer(self):
        """From a key to the answer, on the bundled notebooks that have parameters."""
        for name, cell in [("class.en.md", 1), ("class.zh.md", 1), ("proposal.zh.md", 3)]:
            served = Served(self.program, ROOT / "notebooks" / name, "--allow-read", str(ROOT / "scenarios"))
            lead = self.browser.window(served.lead)
            self.settled(lead)
            times = lead.run("""(async () => {
              const slide = document.querySelector('.slide'), answer = document.querySelector('#cell-%d'), times = [];
              for (let i = 0; i < 12; i += 1) {
                const start = performance.now();
                const done = new Promise((ok) => { const seen = new MutationObserver(() => { seen.disconnect(); ok(performance.now()); });
                  seen.observe(answer, {childList: true}); });
                slide.dispatchEvent(new KeyboardEvent('keydown', {key: i %% 2 ? 'ArrowLeft' : 'ArrowRight', bubbles: true}));
                times.push(await done - start);
                await new Promise((ok) => setTimeout(ok, 300));
              }
              return times;
            })()""" % cell)
            print(f"      {name}: {statistics.median(times):.0f} ms in the middle, {max(times):.0f} ms at most")
            assert statistics.median(times) < 100, times
            served.close()

    # MARK: Cells

    def test_trying_and_writing(self):
        folder = self.folder()
        file = folder / "n.md"
        served = Served(self.program, file)
        lead = self.browser.window(served.lead)
        self.settled(lead)
        lead.run("document.querySelector('#cell-1 > .edit').focus()")
        lead.key("Enter", text="\r")
        lead.wait("document.querySelector('#cell-1 textarea') === document.activeElement")
        assert lead.run("document.activeElement.value") == "run changle-2020"
        # A mistake stays in the page and the answers below it say nothing of another time.
        lead.run("document.activeElement.select()")
        lead.type("with agency_reward.threshold = 99, run changle-2022")
        lead.key("Enter", modifiers=2)
        lead.wait("document.querySelector('#cell-1 .answer')?.innerText.includes('119,100.00')")
        lead.wait("document.querySelector('#cell-1').classList.contains('tried') && !document.querySelector('.tray').hidden")
        assert file.read_text() == SAMPLE, "trying has written into the file"

        # Asked before anything is written, and what is shown is what is written.
        lead.click(".tray .main")
        lead.wait("document.querySelector('dialog .difference').innerText.includes('- run changle-2020')")
        assert "+ with agency_reward.threshold = 99, run changle-2022" in lead.run("document.querySelector('dialog').innerText")
        assert file.read_text() == SAMPLE, "asking has written into the file"
        lead.click("dialog .main")
        lead.wait("!document.querySelector('dialog') && document.querySelector('.tray').hidden")
        text = file.read_text()
        assert "with agency_reward.threshold = 99, run changle-2022\n```\n\n```output " in text, text
        assert text.startswith(SAMPLE.split("**0.00")[0]) and "**59,700.00 yuan**" in text
        checked = subprocess.run([self.program, "check", str(file)], stdout=subprocess.PIPE, text=True)
        assert "not attempted" in checked.stdout and checked.returncode == 0, checked.stdout

        # Somebody else changes the file between asking and writing: it is theirs.
        edit = lambda text: served.do(served.lead, do="try", cell=1, text=text, edition=int(lead.run("document.body.dataset.edition")))
        status, reply = edit("run changle-2020\n")
        assert "ok" in reply, reply
        status, reply = served.do(served.lead, do="plan", answers=False)
        file.write_text(text + "\nSomebody's own words.\n")
        status, reply = served.do(served.lead, do="write", plan=reply["ok"]["plan"])
        assert reply["error"]["code"] == "changed-meanwhile", reply
        assert file.read_text() == text + "\nSomebody's own words.\n"
        # What is being tried goes along with the changed file.
        lead.wait("document.querySelector('main').innerText.includes(\"Somebody's own words.\")")
        lead.wait("document.querySelector('#cell-1').classList.contains('tried')")
        lead.click(".tray button:last-child")
        lead.wait("document.querySelector('.tray').hidden")

        # A text that would break out of its cell stays in it.
        status, reply = served.do(served.lead, do="try", cell=1, text="run changle-2022\n```\n# Out\n```cesuan\nrun\n",
                                  edition=int(lead.run("document.body.dataset.edition")))
        self.settled(lead)
        assert lead.run("document.querySelectorAll('main h1').length") == 1
        status, reply = served.do(served.lead, do="write", plan="0000000000000000")
        assert reply["error"]["code"] == "changed-meanwhile"
        served.close()

    def test_mistakes_in_a_cell(self):
        folder = self.folder()
        served = Served(self.program, folder / "n.md")
        lead = self.browser.window(served.lead)
        self.settled(lead)
        served.do(served.lead, do="try", cell=1, text="rnu changle-2022\n", edition=1)
        lead.wait("document.querySelector('#cell-1 .note.error')?.innerText.includes('rnu')")
        lead.wait("!document.querySelector('#cell-2 .answer')")
        served.do(served.lead, do="restore")
        lead.wait("document.querySelector('#cell-2 tfoot')?.innerText.includes('59,700.00')")
        # A cell may read beside the notebook and nowhere else, and writes nothing.
        served.do(served.lead, do="try", cell=1, text='run changle-2022 into "out.csv"\nload "/etc/passwd"\n', edition=1)
        lead.wait("document.querySelector('#cell-1 .note.error')")
        assert not (folder / "out.csv").exists(), "a page has written a file that nobody asked for"
        served.close()

    # MARK: Exercises

    def test_exercises(self):
        folder = self.folder()
        served = Served(self.program, folder / "n.md")
        second = self.browser.window(served.follow)
        self.settled(second)
        field = "document.querySelector('form.exercise textarea')"
        second.run(f"{field}.focus()")
        second.type("with clock = anniversary, run changle-2022")
        second.key("Enter", modifiers=2)
        second.wait("document.querySelector('form.exercise').dataset.verdict === 'wrong'")
        second.run(f"{field}.select()")
        second.type("run changle-2022 by beneficiary")
        second.click("form.exercise button")
        second.wait("document.querySelector('form.exercise').dataset.verdict === 'right'")
        assert "59,700.00" in second.run("document.querySelector('form.exercise .tried').innerText")
        # What a learner tries leaves nothing behind for the others.
        _, reply = served.do(served.follow, do="answer", exercise="one", text="set rate_3m = 1 yuan; language zh")
        assert reply["ok"]["right"] is False
        _, reply = served.do(served.follow, do="answer", exercise="one", text="run changle-2022")
        assert reply["ok"]["right"] is True and "Total" in reply["ok"]["html"]
        _, reply = served.do(served.follow, do="answer", exercise="two", text="run")
        assert reply["error"]["code"] == "exercise"
        _, reply = served.do(served.follow, do="answer", exercise="one", text='load "/etc/hostname"')
        assert reply["ok"]["right"] is False and "error" in reply["ok"]["html"]
        assert (folder / "n.md").read_text() == SAMPLE
        served.close()

    # MARK: Files

    def test_files_that_change(self):
        folder = self.folder()
        file = folder / "n.md"
        served = Served(self.program, file)
        lead, second = self.browser.window(served.lead), self.browser.window(served.follow)
        for window in (lead, second):
            self.settled(window)
        second.run("document.querySelector('form.exercise textarea').value = 'half a thought'")
        file.write_text(SAMPLE.replace("# A page with everything", "# Another page").replace("default: 300", "default: 200"))
        for window in (lead, second):
            window.wait("document.querySelector('h1').textContent === 'Another page'")
            window.wait("document.querySelector('#cell-2 tfoot')?.innerText.includes('49,700.00')")
        assert second.run("document.querySelector('form.exercise textarea').value") == "half a thought"
        # The scenario beside it counts as well.
        scenario = folder / "s.yaml"
        scenario.write_text(scenario.read_text().replace("as_of: 2022-07-01", "as_of: 2022-05-01"))
        lead.wait("document.querySelector('#cell-3 .answer')?.innerText.includes('2022-05-01')")
        # A file that is broken for a while is told of, and the page stays.
        file.write_text("---\ntitle: x\n")
        lead.wait("!document.querySelector('.trouble').hidden")
        assert lead.run("document.querySelector('h1').textContent") == "Another page"
        file.unlink()
        time.sleep(0.6)
        assert lead.run("document.querySelector('h1').textContent") == "Another page"
        file.write_text(SAMPLE)
        lead.wait("document.querySelector('.trouble').hidden && document.querySelector('h1').textContent === 'A page with everything'")
        # Raw HTML of the file is text.
        assert lead.run("document.title") == "A page with everything"
        assert lead.run("document.querySelectorAll('main script').length") == 0
        assert lead.mistakes() == [], lead.mistakes()
        served.close()
        # The page says that the program has ended.
        lead.wait("document.querySelector('.status').dataset.kind === 'wrong'")

    # MARK: The door

    def test_the_door(self):
        folder = self.folder()
        served = Served(self.program, folder / "n.md")
        path = urllib.parse.urlsplit(served.lead).path
        own = f"http://127.0.0.1:{served.port}"
        assert served.ask("GET", path)[0] == 200
        assert served.ask("GET", "/")[0] == 404 and served.ask("GET", "/" + "0" * 32 + "/")[0] == 404
        assert served.ask("GET", path + "../")[0] == 404 and served.ask("GET", path + "n.md")[0] == 404
        assert served.ask("GET", path, Host="example.org")[0] == 421
        assert served.ask("GET", path, Host=f"example.org:{served.port}")[0] == 421
        assert served.ask("GET", path, Origin="http://example.org")[0] == 403
        assert served.ask("GET", path, Sec_Fetch_Site="cross-site")[0] == 403
        move = json.dumps(dict(do="move", name="rate", value="1")).encode()
        assert served.ask("POST", path + "do", move, Content_Type="application/json")[0] == 403
        assert served.ask("POST", path + "do", move, Content_Type="application/json", Origin="null")[0] == 403
        assert served.ask("POST", path + "do", move, Content_Type="text/plain", Origin=own)[0] == 415
        assert served.ask("POST", path + "do", b"x" * 300_000, Content_Type="application/json", Origin=own)[0] == 413
        assert served.ask("PUT", path)[0] == 405
        for body in [b"", b"{", b"[]", b"{}", b'{"do":"dance"}', b'{"do":"move"}', b'{"do":"move","name":"rate","value":1}',
                     b'{"do":"restore","more":1}', b'{"do":"source","cell":0}', b"\xff"]:
            assert served.ask("POST", path + "do", body, Content_Type="application/json", Origin=own)[0] == 400, body
        # Somebody else's page in the same browser gets nothing and changes nothing.
        other = subprocess.Popen([sys.executable, "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)],
                                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
        try:
            port = re.search(r"port (\d+)", other.stdout.readline()).group(1)
            foreign = self.browser.window(f"http://127.0.0.1:{port}/s.yaml")
            foreign.go(f"http://localhost:{port}/")
            seen = foreign.run(f"""(async () => {{
              const found = [];
              for (const mode of ['cors', 'no-cors']) for (const type of ['application/json', 'text/plain'])
                try {{ const r = await fetch('{served.lead}do', {{method: 'POST', mode, headers: {{'Content-Type': type}}, body: {json.dumps(move.decode())}}});
                  found.push(r.type + r.status); }} catch {{ found.push('refused'); }}
              try {{ found.push((await fetch('{served.lead}')).status); }} catch {{ found.push('refused'); }}
              const frame = document.createElement('iframe'); frame.src = '{served.lead}'; document.body.append(frame);
              await new Promise((ok) => frame.addEventListener('load', ok));
              try {{ found.push(frame.contentDocument === null ? 'refused' : 'read'); }} catch {{ found.push('refused'); }}
              return found;
            }})()""")
            assert all(one in ("refused", "opaque0") for one in seen), seen
        finally:
            other.terminate()
            other.wait()
        lead = self.browser.window(served.lead)
        self.settled(lead)
        assert lead.run("document.querySelector('[data-parameter=rate] .exact').value") == "300"
        served.close()

    # MARK: The other doors

    def test_story(self):
        """Load, run, draft, compare, find, chart, why not: what answers rest on is the same at every door."""
        folder = self.folder()
        (folder / "scenarios").mkdir()
        shutil.copy(ROOT / story.SCENARIO, folder / story.SCENARIO)
        os.chdir(folder)
        told = {"prompt": story.at_prompt(self.program), "-c": story.as_argument(self.program), "stdio": story.at_stdio(self.program),
                "Python": story.in_python(self.program, str(ROOT))}
        (folder / "story.md").write_text(story.notebook())
        served = Served(self.program, folder / "story.md")
        lead = self.browser.window(served.lead)
        self.settled(lead)
        told["page"] = story.of_page(lead.run("document.querySelector('main').innerHTML"))
        assert lead.run("document.querySelectorAll('main svg.chart').length") > 0
        served.close()
        assert len(told["prompt"]) >= 6 and len(set(told["prompt"])) >= 5, told
        assert all(one == told["prompt"] for one in told.values()), told

    # MARK: People

    def test_names_for_those_who_listen(self):
        """Everything that can be worked has a role and a name; headings are in order; a slip of focus goes nowhere."""
        folder = self.folder()
        served = Served(self.program, folder / "n.md")
        lead = self.browser.window(served.lead)
        self.settled(lead)
        nodes = lead.call("Accessibility.getFullAXTree")["nodes"]
        worked = {"button", "slider", "switch", "checkbox", "radio", "textbox", "combobox", "link", "radiogroup", "dialog", "Date"}
        named = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes if not n.get("ignored") and n.get("role", {}).get("value") in worked]
        assert all(name.strip() for _, name in named), named
        for pair in [("slider", "First reward"), ("switch", "Shown"), ("radiogroup", "First day"), ("combobox", "Whose"), ("textbox", "Exercise one")]:
            assert pair in named, (pair, named)
        assert any(n.get("role", {}).get("value") == "status" for n in nodes)
        levels = lead.run("[...document.querySelectorAll('main :is(h1,h2,h3)')].map((e) => Number(e.tagName[1]))")
        assert levels[0] == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:])), levels
        # From the top by Tab alone: past the bar to the first slider.
        lead.run("document.activeElement.blur()")
        for _ in range(12):
            lead.key("Tab")
            if lead.run("document.activeElement.matches('.slide')"):
                break
        else:
            raise AssertionError("Tab does not come to the slider")
        # Focus stays where it is while answers are put in their place.
        lead.key("ArrowRight")
        lead.wait("document.querySelector('#cell-2 tfoot')?.innerText.includes('60,700.00')")
        assert lead.run("document.activeElement.matches('.slide')")
        lead.wait("document.querySelector('[aria-live=polite]').textContent !== ''")
        # Nothing is wider than a narrow window.
        for width in (320, 390, 768, 1280):
            lead.size(width, 800)
            wide = lead.run("document.documentElement.scrollWidth")
            assert wide <= width, (width, wide)
        served.close()

    def test_pictures(self):
        """Pictures of the class for people to look at."""
        if not self.pictures:
            return
        os.makedirs(self.pictures, exist_ok=True)
        for name in ("class.en", "class.zh"):
            served = Served(self.program, ROOT / "notebooks" / f"{name}.md", "--allow-read", str(ROOT / "scenarios"))
            for look, width, height, phone, scheme in [("desk", 1360, 900, False, "light"), ("dark", 1360, 900, False, "dark"),
                                                       ("phone", 390, 844, True, "light"), ("projector", 1920, 1080, False, "light")]:
                window = self.browser.window(served.lead if look != "phone" else served.follow, width, height, phone, scheme)
                self.settled(window)
                if look == "projector":
                    window.run("[...document.querySelectorAll('.bar button')].find((b) => /Projector|投影/.test(b.textContent)).click()")
                time.sleep(0.9)
                window.picture(f"{self.pictures}/{name}-{look}.png")
                if look == "desk":
                    window.click("#cell-1 > .edit")
                    window.wait("document.querySelector('#cell-1 textarea')")
                    window.picture(f"{self.pictures}/{name}-try.png")
                    window.key("Escape")
                window.run("document.querySelector('form.exercise').scrollIntoView({block: 'start', behavior: 'instant'})")
                window.run("document.querySelector('form.exercise textarea').focus()")
                window.type("run changle-2022" if name.endswith("en") else "测算 changle-2022")
                window.key("Enter", modifiers=2)
                window.wait("document.querySelector('form.exercise').dataset.verdict === 'right'")
                time.sleep(0.5)
                window.picture(f"{self.pictures}/{name}-{look}-exercise.png")
                if look == "projector":
                    window.run("[...document.querySelectorAll('.bar button')].find((b) => /Projector|投影/.test(b.textContent)).click()")
            served.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--pictures")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    sys.exit(1 if Tests(os.path.abspath(arguments.program), arguments.pictures).run(arguments.only) else 0)


if __name__ == "__main__":
    main()
