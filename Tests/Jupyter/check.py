#!/usr/bin/env python3
"""The kernel and the magics, seen from Jupyter: `check.py PROGRAM`. The kernel is installed into this environment, passes
jupyter_kernel_test, is interrupted while it works and keeps its session, and runs a notebook through nbclient and
nbconvert; `%%cesuan` shows what the prompt shows. Exit status 1 where something fails."""
import os
import subprocess
import sys
import time
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
os.environ["CESUAN_PROGRAM"] = os.path.abspath(sys.argv.pop(1))
os.environ["PYTHONPATH"] = os.path.join(ROOT, "python")
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
os.environ["LC_ALL"] = "C.UTF-8"
sys.path.insert(0, os.environ["PYTHONPATH"])
subprocess.run(
    [sys.executable, "-m", "cesuan.kernel", "install", "--sys-prefix"], check=True, stdout=subprocess.DEVNULL)

import cesuan  # noqa: E402
import jupyter_kernel_test  # noqa: E402
import nbclient  # noqa: E402
import nbformat  # noqa: E402

EDGE = os.path.join(ROOT, "scenarios", "agency-edge.yaml")
SHARED = os.path.join(ROOT, "scenarios", "shared.yaml")


class Kernel(jupyter_kernel_test.KernelTests):
    kernel_name = "cesuan"
    language_name = "cesuan"
    file_extension = ".cesuan"
    completion_samples = [{"text": "languag", "matches": {"language"}}, {"text": "测", "matches": {"测算"}}]
    complete_code_samples = ["run", "测算 changle-2022", "run; readings"]
    incomplete_code_samples = ['load "a', "compare (changle-2022,"]
    code_inspect_sample = "sweep"
    code_generate_error = "rnu"
    code_display_data = [{"code": "help run", "mime": "text/html"}, {"code": "帮助", "mime": "text/markdown"}]




def notebook(*cells):
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
        metadata={"kernelspec": {"name": "cesuan", "display_name": "Cesuan 测算"}})
    return book


class Work(unittest.TestCase):
    def test_a_story_rests_on_the_same_as_at_the_other_doors(self):
        sys.path.insert(0, os.path.join(ROOT, "Tests", "Page"))
        import story
        cells = [command.replace(story.SCENARIO, f'"{EDGE}"') for command in story.COMMANDS]
        book = notebook(*cells, "list results")
        nbclient.NotebookClient(book, timeout=60).execute()
        told = story.of_results(book.cells[-1].outputs[0].data["text/plain"])
        os.chdir(ROOT)
        self.assertEqual(told, story.at_prompt(os.environ["CESUAN_PROGRAM"]))

    def test_cells_share_a_session_and_say_what_the_prompt_says(self):
        book = notebook(f'load "{EDGE}"', "run changle-2022", "set rate_3m = 400 yuan\nrun changle-2022")
        nbclient.NotebookClient(book, timeout=60).execute()
        once = cesuan.run("run changle-2022", scenarios=EDGE)
        shown = book.cells[1].outputs[0].data
        self.assertIn("59,700.00", shown["text/plain"])
        self.assertIn("59,700.00", shown["text/html"])
        self.assertIn("69,700.00", book.cells[2].outputs[-1].data["text/plain"])
        self.assertEqual(once["total"], "59700.00")

    def test_a_mistake_stops_the_notebook_and_says_why(self):
        book = notebook("rnu")
        with self.assertRaises(nbclient.exceptions.CellExecutionError) as caught:
            nbclient.NotebookClient(book, timeout=60).execute()
        self.assertEqual(caught.exception.ename, "unknown-command")
        self.assertIn("did you mean", "\n".join(book.cells[0].outputs[0].traceback))

    def test_interrupting_keeps_the_session(self):
        from jupyter_client.manager import start_new_kernel

        manager, client = start_new_kernel(kernel_name="cesuan")
        try:
            client.execute_interactive(f'load "{SHARED}"; set rate_3m = 400 yuan', timeout=60, output_hook=lambda m: None)
            seen = []

            def hook(message):
                # Once the bar is there, the work goes on.
                if message["msg_type"] == "display_data" and "progress" in str(message["content"]) and not seen:
                    seen.append(message)
                    manager.interrupt_kernel()

            began = time.monotonic()
            reply = client.execute_interactive(
                "simulate 100000 times: retention = 60%..85%", timeout=120, output_hook=hook)
            self.assertTrue(seen)
            self.assertEqual(reply["content"]["status"], "error")
            self.assertLess(time.monotonic() - began, 100)
            texts = []
            reply = client.execute_interactive(
                "history", timeout=60,
                output_hook=lambda m: texts.append(str(m["content"]["data"])) if m["msg_type"] == "display_data" else 0)
            self.assertEqual(reply["content"]["status"], "ok")
            self.assertIn("rate_3m", "".join(texts))
            told = client.history(hist_access_type="search", pattern="hist*", reply=True, timeout=60)
            self.assertEqual([entry[2] for entry in told["content"]["history"]], ["history"])
            told = client.history(hist_access_type="tail", n=2, reply=True, timeout=60)
            self.assertEqual(len(told["content"]["history"]), 2)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)

    def test_magics(self):
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in (
            "%load_ext cesuan", f"session = %cesuan_session {EDGE}", "%%cesuan\nrun changle-2022\nset rate_3m = 400 yuan",
            "again = %cesuan run changle-2022\nagain['total']", "session.payments().pandas()['amount'].sum()",
            "%%cesuan\nrnu")])
        nbclient.NotebookClient(book, kernel_name="python3", timeout=60).execute()
        self.assertIn("59,700.00", book.cells[2].outputs[0].data["text/html"])
        self.assertEqual(book.cells[3].outputs[0].data["text/plain"], "'69700.00'")
        self.assertEqual(book.cells[4].outputs[0].data["text/plain"], "Decimal('69700.00')")
        self.assertIn("did you mean", book.cells[5].outputs[0].text)

    def test_the_kernel_can_be_taken_away(self):
        told = subprocess.run(
            [sys.executable, "-m", "cesuan.kernel", "remove"], capture_output=True, text=True)
        self.assertEqual(told.returncode, 0, told.stderr)
        again = subprocess.run(
            [sys.executable, "-m", "cesuan.kernel", "remove"], capture_output=True, text=True)
        self.assertEqual(again.returncode, 1)
        subprocess.run(
            [sys.executable, "-m", "cesuan.kernel", "install", "--sys-prefix"], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    unittest.main(verbosity=1)
