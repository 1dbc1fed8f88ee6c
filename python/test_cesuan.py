"""The program asked from Python: `test_cesuan.py` tries the installed package, and with CESUAN_PROGRAM set the sources
beside this file with that program."""
import os
import sys
import tempfile
import unittest
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
if "CESUAN_PROGRAM" in os.environ:
    sys.path.insert(0, str(HERE))

import cesuan  # noqa: E402

EDGE = HERE.parent / "scenarios" / "agency-edge.yaml"


class Asking(unittest.TestCase):
    def test_a_budget_is_a_dictionary(self):
        budget = cesuan.run("run changle-2022", scenarios=EDGE)
        self.assertEqual(budget["kind"], "budget")
        self.assertEqual(Decimal(budget["total"]), Decimal("59700.00"))
        self.assertEqual(budget["total"], str(sum(Decimal(m["total"]) for m in budget["measures"])))

    def test_every_answer_is_given(self):
        told = cesuan.answers(["run changle-2022", "with agency_reward.rate_3m = 400 run"], scenarios=[str(EDGE)])
        self.assertEqual([answer["kind"] for answer in told], ["budget", "budget"])
        self.assertNotEqual(told[0]["total"], told[1]["total"])

    def test_languages(self):
        for lang, word in (("en", "cannot be read"), ("zh", "无法读取")):
            with self.assertRaises(cesuan.CesuanError) as caught:
                cesuan.run("run", scenarios="nowhere.yaml", lang=lang)
            self.assertIn(word, caught.exception.message)

    def test_a_mistake_says_where_and_what_to_do(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "-坏.yaml"
            path.write_text("scenario: a: b\n", encoding="utf-8")
            with self.assertRaises(cesuan.CesuanError) as caught:
                cesuan.run("run", scenarios=path.name, cwd=folder)
        mistake = caught.exception
        self.assertEqual((mistake.code, mistake.status, mistake.line, mistake.column), ("yaml", 1, 1, 12))
        self.assertTrue(mistake.hint)
        self.assertIn(mistake.hint, str(mistake))

    def test_what_was_answered_before_a_mistake_is_kept(self):
        with self.assertRaises(cesuan.CesuanError) as caught:
            cesuan.run("run changle-2022; fly", scenarios=EDGE)
        self.assertEqual([answer["kind"] for answer in caught.exception.answers], ["budget", "error"])

    def test_the_command_line_itself(self):
        with self.assertRaises(cesuan.CesuanError) as caught:
            cesuan.run("run", scenarios=EDGE, threads=0)
        self.assertEqual(caught.exception.status, 64)
        self.assertIn("--threads", caught.exception.message)

    def test_nothing_answers_nothing(self):
        self.assertEqual(cesuan.answers(), [])
        with self.assertRaises(ValueError):
            cesuan.run("")

    def test_a_line_separator_inside_a_text_splits_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "s.yaml"
            path.write_text('scenario: "one\\Lline\\Nmore"\ndistrict: 350112\n', encoding="utf-8")
            (told,) = cesuan.answers("list scenarios", scenarios=path)
        self.assertEqual(told["items"][0]["title"], "one\u2028line\x85more")


if __name__ == "__main__":
    unittest.main()
