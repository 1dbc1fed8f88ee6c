"""A session asked from Python: `test_session.py` tries the installed package, and with CESUAN_PROGRAM set the sources
beside this file with that program. What needs pandas, polars or pyarrow is tried where they are installed."""
import importlib.util
import os
import signal
import sys
import tempfile
import threading
import time
import unittest
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
if "CESUAN_PROGRAM" in os.environ:
    sys.path.insert(0, str(HERE))

import cesuan  # noqa: E402

SCENARIOS = HERE.parent / "scenarios"
EDGE = SCENARIOS / "agency-edge.yaml"
LONG = "simulate 100000 times: retention = 60%..85%"


def has(*modules):
    return all(importlib.util.find_spec(module) for module in modules)


class Sessions(unittest.TestCase):
    def setUp(self):
        self.session = cesuan.Session(EDGE, lang="en")
        self.addCleanup(self.session.close)

    def test_a_session_remembers(self):
        self.assertEqual(Decimal(self.session.run("run changle-2022")["total"]), Decimal("59700.00"))
        self.session.run("set rate_3m = 400 yuan")
        self.assertEqual(Decimal(self.session.run("run changle-2022")["total"]), Decimal("69700.00"))
        self.session.run("undo")
        self.assertEqual(Decimal(self.session.run("run changle-2022")["total"]), Decimal("59700.00"))

    def test_it_answers_what_a_call_answers(self):
        once = cesuan.run("run changle-2022", scenarios=EDGE, lang="en")
        answer = self.session.run("run changle-2022")
        self.assertEqual(answer.fingerprint, once["fingerprint"])
        self.assertEqual(answer.record, once)

    def test_every_form_is_there(self):
        answer = self.session.run("sweep rate_3m from 100 to 400 step 100")
        self.assertIn("Total", answer.text)
        self.assertTrue(answer.html.startswith("<div class=\"cesuan-answer\""))
        self.assertIn("|", answer.markdown)
        self.assertTrue(answer.svg.startswith("<svg"))
        self.assertEqual(answer._repr_html_(), answer.html)
        self.assertEqual(str(answer), answer.text.rstrip("\n"))

    def test_a_mistake_is_raised_by_run_and_told_by_perform(self):
        with self.assertRaises(cesuan.CesuanError) as caught:
            self.session.run("run changle-2022; rnu")
        self.assertEqual(caught.exception.code, "unknown-command")
        self.assertEqual(caught.exception.hint, "did you mean `run`?")
        self.assertEqual(caught.exception.answers[0]["kind"], "budget")
        answers = self.session.perform("rnu; run changle-2022", keep_going=True)
        self.assertEqual([answer.failed for answer in answers], [True, False])
        self.assertEqual(answers[0].correction, "run")
        with self.assertRaises(ValueError):
            self.session.run("  ")

    def test_a_scenario_that_is_wrong_is_told_at_once(self):
        with self.assertRaises(cesuan.CesuanError) as caught:
            cesuan.Session("nowhere.yaml", lang="en")
        self.assertIn("cannot be read", str(caught.exception))

    def test_lines_that_are_typed(self):
        start, words = self.session.complete("测算 chang")
        self.assertEqual((start, words[0].text), (3, "changle-2022"))
        self.assertTrue(self.session.hint("compare "))
        self.assertIn("rate_3m", self.session.inspect("set agency_reward.rate_3m = 400", 10).text)
        self.assertIsNone(self.session.inspect("= ", 0))
        self.assertTrue(self.session.is_complete("run"))
        self.assertFalse(self.session.is_complete('load "a'))
        self.assertEqual(self.session.state()["results"], [])

    def test_languages(self):
        self.assertEqual(self.session.language, "en")
        self.session.language = "zh"
        self.assertIn("合计", self.session.run("测算 changle-2022").text)

    def test_rows(self):
        payments = self.session.payments("run changle-2022").dicts()
        self.assertEqual(sum(Decimal(row["amount"]) for row in payments), Decimal("59700.00"))
        self.session.language = "zh"
        self.assertEqual(self.session.payments().dicts(), payments)
        self.assertEqual(self.session.language, "zh")
        hires = self.session.facts("hires")
        self.assertEqual(len(hires), 200)
        self.assertLess(len(self.session.facts("hires", where="start > 2030-01-01")), 200)
        counted = self.session.sql("select count(*) as n from payments").dicts()
        self.assertEqual([row["n"] for row in counted], [str(len(payments))])

    @unittest.skipUnless(has("pyarrow", "pandas", "polars"), "pyarrow, pandas and polars are not installed")
    def test_tables(self):
        rows = self.session.payments("run changle-2022")
        arrow, frame, polar = rows.arrow(), rows.pandas(), rows.polars()
        self.assertEqual(len(frame), arrow.num_rows)
        self.assertEqual(polar.height, arrow.num_rows)
        self.assertEqual(frame["amount"].sum(), Decimal("59700.00"))
        self.assertEqual(polar["amount"].sum(), Decimal("59700.00"))

    def test_interrupting_keeps_the_session(self):
        # What starts programs in the background may have them ignore it.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.addCleanup(signal.signal, signal.SIGINT, before)
        session = cesuan.Session(SCENARIOS / "shared.yaml", lang="en")
        self.addCleanup(session.close)
        session.run("set rate_3m = 400 yuan")

        def tell(share):
            os.kill(os.getpid(), signal.SIGINT)

        with self.assertRaises(KeyboardInterrupt):
            session.perform(LONG, progress=tell)
        with self.assertRaises(ZeroDivisionError):
            session.perform(LONG, progress=lambda share: 1 / 0)
        timer = threading.Timer(1, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        with self.assertRaises(KeyboardInterrupt):
            session.perform(LONG)
        self.assertEqual(len(session.state()["settings"]), 1)

    def test_another_thread_gives_up(self):
        session = cesuan.Session(SCENARIOS / "shared.yaml", lang="en")
        self.addCleanup(session.close)
        began = threading.Event()
        answers = []
        worker = threading.Thread(
            target=lambda: answers.extend(session.perform(LONG, progress=lambda share: began.set())))
        worker.start()
        self.assertTrue(began.wait(60))
        self.assertTrue(session.cancel())
        worker.join(60)
        self.assertFalse(worker.is_alive())
        self.assertEqual(len(answers), 1)
        self.assertFalse(session.cancel())

    def test_the_end(self):
        self.session.run("quit")
        deadline = time.monotonic() + 10
        while not self.session.closed and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertTrue(self.session.closed)
        with self.assertRaises(cesuan.ProtocolError):
            self.session.run("run")
        self.session.close()
        self.session.close()

    def test_files_are_not_replaced_unless_forced(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "答 案.csv"
            path.write_text("mine\n", encoding="utf-8")
            with self.assertRaises(cesuan.CesuanError):
                self.session.run(f'run changle-2022 into "{path}"')
            self.assertEqual(path.read_text(encoding="utf-8"), "mine\n")
            with cesuan.Session(EDGE, force=True) as forced:
                forced.run(f'run changle-2022 into "{path}"')
            self.assertNotEqual(path.read_text(encoding="utf-8-sig"), "mine\n")


if __name__ == "__main__":
    unittest.main(verbosity=2)
