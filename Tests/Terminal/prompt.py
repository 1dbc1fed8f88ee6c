#!/usr/bin/env python3
"""Drives the prompt in a terminal emulator, as a person would, and looks at the screen.

    Tests/Terminal/prompt.py PROGRAM [--only WORDS]

PROGRAM is started with a home of its own, in a tmux server of its own: without arguments for the tests of the line
editor, with a scenario for those of answers, help and mistakes. The history is $XDG_STATE_HOME/cesuan/history (one
entry a line, a line feed inside written \\n). Needs tmux, less and Python 3, nothing else.
"""
import argparse
import json
import os
import pathlib
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unicodedata

PATIENCE = 5.0


class Failure(Exception):
    pass


class Terminal:
    """One program in one window, in a tmux server of its own."""

    started = 0

    def __init__(self, arguments, home, columns=80, rows=24, shell=False, words=(), **environment):
        self.arguments, self.home = arguments, home
        # A server that is still ending must not be asked for the next window.
        Terminal.started += 1
        self.socket = f"cesuan-test-{os.getpid()}-{Terminal.started}"
        program = " ".join(shlex.quote(word) for word in [arguments.program, *words])
        values = {"HOME": home, "XDG_STATE_HOME": f"{home}/state", "XDG_CONFIG_HOME": f"{home}/config",
                  "LC_ALL": "C.UTF-8", "PS1": "shell$ ",
                  "CESUAN_SUGGESTIONS": "off", "PAGER": "less", **environment}
        assignments = " ".join(f"{name}={shlex.quote(value)}" for name, value in values.items())
        # The shell around the program outlives the keyboard's signals without ignoring them for the program.
        script = f"trap : INT QUIT; {program}; echo \"<exit $?>\"; sleep 60"
        command = "bash --norc --noprofile -i" if shell else f"bash --norc -c {shlex.quote(script)}"
        self.tmux("new-session", "-d", "-x", str(columns), "-y", str(rows), f"env {assignments} {command}")
        if shell:
            self.wait("shell$")
            self.type(program)
            self.keys("Enter")
        self.wait(arguments.prompt)

    def tmux(self, *words, text=None):
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        result = subprocess.run(["tmux", "-u", "-L", self.socket, "-f", "/dev/null", *words], input=text,
                                capture_output=True, text=True, env=environment)
        if result.returncode != 0:
            raise Failure(f"tmux {words[0]}: {result.stderr.strip()}")
        return result.stdout

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def keys(self, *names):
        self.tmux("send-keys", *names)

    def bytes(self, data):
        for start in range(0, len(data), 200):
            self.tmux("send-keys", "-H", *(f"{byte:02x}" for byte in data[start:start + 200]))

    def paste(self, text):
        self.tmux("load-buffer", "-", text=text)
        self.tmux("paste-buffer", "-p")

    def resize(self, columns, rows):
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def screen(self):
        return [line.rstrip() for line in self.tmux("capture-pane", "-p").rstrip("\n").split("\n")]

    def lines(self):
        return [line for line in self.screen() if line]

    def cursor(self):
        column, row = self.tmux("display-message", "-p", "#{cursor_x} #{cursor_y}").split()
        return int(column), int(row)

    def process(self):
        """The program's process: the newest child below the window's shell."""
        parent = int(self.tmux("display-message", "-p", "#{pane_pid}"))
        while True:
            path = pathlib.Path(f"/proc/{parent}/task/{parent}/children")
            children = path.read_text().split() if path.exists() else []
            if not children:
                return parent
            parent = int(children[-1])

    def wait(self, wanted, what=None, patience=PATIENCE):
        """Waits until a text stands on the screen, or a test of the screen's lines holds."""
        end = time.monotonic() + patience
        while True:
            if wanted(self.lines()) if callable(wanted) else wanted in "\n".join(self.screen()):
                return
            if time.monotonic() > end:
                raise Failure(f"waited in vain for {what or wanted!r}")
            time.sleep(0.03)

    def press(self, key, wanted):
        """Presses a key of the pager, which loses keys while it starts, until it does what it should."""
        for _ in range(5):
            self.keys(key)
            try:
                return self.wait(wanted, patience=1)
            except Failure:
                pass
        raise Failure(f"{key} does not lead to {wanted!r}")

    def at_prompt(self, lines):
        return bool(lines) and lines[-1].startswith(self.arguments.prompt)

    def wait_line(self, text):
        """Waits until the last line is the prompt with this text (and perhaps a hint at the right)."""
        whole = f"{self.arguments.prompt} {text}".rstrip()
        self.wait(lambda lines: lines and re.fullmatch(re.escape(whole) + r"(\s{2,}.*)?", lines[-1]),
                  what=f"the line {whole!r}")

    def enter(self, text):
        """Types a command and waits for the next prompt."""
        self.type(text)
        self.wait_line(text)
        self.keys("Enter")
        self.wait_line("")

    def history(self):
        path = pathlib.Path(self.home) / "state/cesuan/history"
        return path.read_text().splitlines() if path.exists() else []

    def close(self):
        subprocess.run(["tmux", "-L", self.socket, "kill-server"], capture_output=True)


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def expect(condition, message):
    if not condition:
        raise Failure(message)


TESTS = []


def test(**options):
    def register(function):
        TESTS.append((function, options))
        return function
    return register


@test()
def chinese_is_typed_erased_and_walked_over(t):
    t.type("招用长乐人")
    t.wait_line("招用长乐人")
    expect(t.cursor()[0] == width(t.arguments.prompt) + 1 + 10, "the cursor stands after five wide characters")
    t.keys("BSpace", "BSpace", "Left", "Left")
    t.type("x")
    t.wait_line("招x用长")
    expect(t.cursor()[0] == width(t.arguments.prompt) + 1 + 3, "the cursor stands after the inserted letter")
    t.keys("Enter")
    t.wait_line("")
    expect(t.history() == ["招x用长"], f"the history holds the line: {t.history()}")


@test()
def control_c_drops_the_line_at_once(t):
    for _ in range(3):
        t.type("half a line")
        t.wait_line("half a line")
        t.keys("C-c")
        t.wait_line("")
    t.enter("load x")
    expect(t.history() == ["load x"], f"dropped lines are not remembered: {t.history()}")


@test()
def control_c_in_a_search_and_after_a_prefix_key(t):
    t.enter("load first")
    t.keys("C-r")
    t.type("fir")
    t.wait("search: fir")
    t.keys("C-c")
    t.wait_line("")
    t.keys("Escape")
    time.sleep(0.1)
    t.keys("C-c")
    t.enter("load second")
    expect(t.history() == ["load first", "load second"], str(t.history()))


@test()
def control_d_ends_only_on_an_empty_line(t):
    t.type("word")
    t.wait_line("word")
    t.keys("C-d")
    t.wait_line("word")
    t.keys("C-c")
    t.wait_line("")
    t.keys("C-d")
    t.wait("<exit 0>")


@test()
def quit_signals_from_the_keyboard_do_not_kill(t):
    t.keys("C-\\")
    t.type("load x")
    t.wait("load x")


@test()
def one_candidate_is_inserted(t):
    t.type("expl")
    t.keys("Tab")
    t.wait_line("explain")
    expect(t.cursor()[0] == width(t.arguments.prompt) + 1 + len("explain "), "a space follows")


@test()
def several_candidates_are_listed_with_meanings_in_columns(t):
    t.type("l")
    t.keys("Tab")
    t.wait(lambda lines: len(lines) >= 4 and lines[-1].startswith(f"{t.arguments.prompt} l"), "a list")
    rows = [line for line in t.lines() if re.match(r"(load|list)\s{2,}\S", line)]
    expect(len(rows) == 2, "load and list stand in the list with their meanings")
    starts = {width(re.match(r"\S+\s+", row).group()) for row in rows}
    expect(len(starts) == 1, f"the meanings stand in one column: {starts}")


@test(columns=40, rows=10)
def the_list_fits_a_narrow_window_and_its_bottom(t):
    for number in range(6):
        t.enter(f"load {number}")
    t.type("load 长乐区 and so on beyond the first row l")
    t.keys("Tab")
    t.wait("irst row l\nload")
    rows = [line for line in t.lines() if re.match(r"(load|list)\s{2,}\S", line)]
    expect(len(rows) == 2 and all(width(row) < 40 for row in rows), f"two rows that fit: {rows}")
    t.keys("BSpace")
    t.type("Z")
    t.wait("row Z")
    t.keys("Enter")
    t.wait_line("")
    expect(t.history()[-1] == "load 长乐区 and so on beyond the first row Z", str(t.history()[-1]))


@test()
def a_pasted_block_waits_for_enter_and_is_one_entry(t):
    block = "".join(f"load 第{number}行\n" for number in range(20))
    t.paste(block)
    t.wait("load 第19行")
    expect(t.history() == [], "nothing has been carried out")
    t.keys("Enter")
    t.wait_line("")
    expect(t.history() == [block.rstrip("\n").replace("\n", "\\n")], f"one entry: {t.history()}")


@test()
def a_block_taller_than_the_window_arrives_whole(t):
    block = "\n".join(f"load {number}" for number in range(200))
    t.paste(block)
    t.wait("load 199")
    t.keys("Enter")
    t.wait_line("")
    expect(t.history() == [block.replace("\n", "\\n")], "one entry with 200 lines")


@test()
def a_huge_paste_neither_hangs_nor_crashes(t):
    t.paste("\n".join(f"load {number} {'长' * 20}" for number in range(20_000)))
    time.sleep(1)
    t.keys("Enter", "C-c")
    t.wait_line("")
    t.enter("load after")


@test()
def control_characters_in_a_paste_become_visible(t):
    t.paste("load \x1b[31mred\x07\x00end")
    t.wait("red")
    t.keys("Enter")
    t.wait_line("")
    expect(all("\x1b" not in entry and "\x07" not in entry for entry in t.history()), str(t.history()))


@test()
def alt_enter_makes_a_line_and_arrows_walk_the_lines(t):
    t.type("load a")
    t.keys("M-Enter")
    t.type("bb")
    t.keys("M-Enter")
    t.type("c")
    t.wait(lambda lines: lines[-2:] == ["bb", "c"], "three lines")
    t.keys("Left", "BSpace")
    t.wait(lambda lines: lines[-1] == "bbc" and lines[-2].startswith(f"{t.arguments.prompt} load a"),
           "two lines without remains")
    t.keys("Up", "C-e")
    t.type("X")
    t.keys("Enter")
    t.wait_line("")
    entry = t.history()[-1]
    expect("X" in entry and entry.endswith("\\nbbc") or entry.endswith("\\nbbcX"), entry)


@test()
def resizing_to_40_and_200_columns_keeps_line_and_screen(t):
    text = "load 长乐区 " + " ".join(str(number) for number in range(10, 40))
    t.type(text)
    t.wait("39")
    for columns in (40, 200, 57, 80):
        t.resize(columns, 24)
        time.sleep(0.3)
        shown = "".join(t.screen())
        expect(shown.count("load 长乐区") == 1 and shown.count("39") == 1,
               f"the line stands once on the screen at {columns} columns")
    t.keys("Left", "BSpace")
    t.type("Z")
    t.keys("Enter")
    t.wait_line("")
    expect(t.history() == [text[:-2] + "Z" + text[-1]], str(t.history()))


@test()
def erasing_a_wrapped_line_leaves_no_remains(t):
    t.type("load " + "长乐" * 45)
    t.wait(lambda lines: len(lines) == 3, "three rows")
    t.keys("C-w")
    t.wait_line("load")
    expect(len(t.lines()) == 1, "one row is left")
    t.keys("C-u")
    t.wait_line("")


@test()
def resizing_with_a_hint_and_an_empty_line(t):
    for columns in (40, 120, 20, 80):
        t.resize(columns, 24)
        time.sleep(0.2)
    t.wait_line("")
    expect("".join(t.screen()).count(t.arguments.prompt) == 1, "the prompt stands once")


@test()
def history_lasts_and_up_searches_by_prefix(t):
    t.enter("load one")
    t.enter("list two")
    t.close()
    again = Terminal(t.arguments, t.home)
    try:
        again.keys("Up")
        again.wait_line("list two")
        again.keys("Down")
        again.wait_line("")
        again.type("lo")
        again.wait_line("lo")
        again.keys("Up")
        again.wait_line("load one")
        again.keys("Down")
        again.wait_line("lo")
    finally:
        again.close()
    path = pathlib.Path(t.home) / "state/cesuan/history"
    expect(path.stat().st_mode & 0o777 == 0o600, "only the user may read it")


@test()
def two_sessions_at_once_lose_nothing(t):
    other = Terminal(t.arguments, t.home)
    try:
        for number in range(5):
            t.enter(f"load here {number}")
            other.enter(f"load there {number}")
    finally:
        other.close()
    wanted = {f"load {place} {number}" for place in ("here", "there") for number in range(5)}
    expect(len(t.history()) == 10 and set(t.history()) == wanted, str(t.history()))


@test()
def control_r_finds_an_earlier_command(t):
    t.enter("load 长乐 alpha")
    t.enter("list beta")
    t.keys("C-r")
    t.type("长乐")
    t.wait("load 长乐 alpha")
    t.keys("Enter")
    t.wait(lambda lines: lines[-1].startswith(t.arguments.prompt), "a prompt")
    expect(t.history()[-1] == "load 长乐 alpha", str(t.history()))
    # Characters whose lowest byte is that of a control character: 按 is U+6309, 列 U+5217, 明 U+660E.
    t.enter("load 按列明 gamma")
    t.enter("list delta")
    for part in ("按", "列明"):
        t.keys("C-r")
        t.type(part)
        t.wait(f"search: {part}")
        t.wait("load 按列明 gamma")
        t.keys("C-g")
        t.wait_line("")


@test()
def history_is_saved_when_the_terminal_vanishes(t):
    t.enter("load kept")
    process = t.process()
    t.type("not this")
    t.wait_line("not this")
    t.tmux("kill-session")
    for _ in range(100):
        if not os.path.exists(f"/proc/{process}"):
            break
        time.sleep(0.05)
    expect(not os.path.exists(f"/proc/{process}"), "the program ends")
    expect(t.history() == ["load kept"], str(t.history()))


@test()
def termination_restores_the_terminal(t):
    t.type("abc")
    t.wait_line("abc")
    os.kill(t.process(), signal.SIGTERM)
    t.wait("<exit")
    flags = subprocess.run(["stty", "-a", "-F", t.tmux("display-message", "-p", "#{pane_tty}").strip()],
                           capture_output=True, text=True).stdout
    expect(" icanon" in flags and " echo " in flags, flags)


@test(shell=True)
def control_z_and_fg_come_back_to_the_line(t):
    t.type("load half")
    t.wait_line("load half")
    t.keys("C-z")
    t.wait("Stopped")
    t.type("fg")
    t.keys("Enter")
    t.wait_line("load half")
    t.keys("BSpace")
    t.wait_line("load hal")
    t.keys("C-c")
    t.wait_line("")


@test(editrc="bind -v\n")
def vi_keys_work_and_tab_still_completes(t):
    t.type("expl")
    t.keys("Tab")
    t.wait_line("explain")
    t.type("abc def")
    t.keys("Escape")
    t.type("bdw")
    t.wait_line("explain abc")
    t.type("0i")
    t.keys("Right", "Left")
    t.type("Q")
    t.wait_line("Qexplain abc")
    t.paste("P\nP")
    t.wait("P\nP")
    t.keys("Enter")
    t.wait_line("")
    t.keys("Escape")
    t.type("k")
    t.wait("P\nPexplain")
    t.keys("C-c")
    t.wait_line("")
    t.enter("list a")
    t.enter("load b")
    t.type("unfinished")
    t.keys("Escape")
    t.type("k")
    t.wait_line("load b")
    t.type("k")
    t.wait_line("list a")
    t.type("jj")
    t.wait_line("unfinished")


@test(editrc="bind ^T ed-move-to-beg\nbind ^P ed-move-to-beg\n")
def bindings_of_editrc_are_obeyed(t):
    t.type("abc")
    t.keys("C-t")
    t.type("X")
    t.wait_line("Xabc")
    t.keys("C-e", "C-p")
    t.type("Y")
    t.wait_line("YXabc")


@test(LC_ALL="C")
def the_c_locale_loses_nothing(t):
    t.type("招用 x")
    t.wait_line("招用 x")
    t.keys("Enter")
    t.wait_line("")
    expect(t.history() == ["招用 x"], str(t.history()))


@test(TERM="dumb")
def a_dumb_terminal_reads_plain_lines(t):
    t.type("load x")
    t.keys("C-c")
    t.wait(lambda lines: lines[-1].startswith(t.arguments.prompt) and "load" not in lines[-1], "a prompt")
    t.type("load y")
    t.keys("Enter")
    t.wait(lambda lines: lines[-1].startswith(t.arguments.prompt) and "load" not in lines[-1], "a prompt")
    t.keys("C-d")
    t.wait("<exit 0>")


@test(TERM="no-such-terminal")
def an_unknown_terminal_reads_plain_lines(t):
    t.type("load x")
    t.keys("Enter")
    t.wait(lambda lines: lines[-1].startswith(t.arguments.prompt) and "load" not in lines[-1], "a prompt")
    expect("No entry" not in "\n".join(t.lines()), "and nobody complains")


@test(XDG_STATE_HOME="/proc/nowhere")
def a_home_that_cannot_be_written_is_no_error(t):
    t.enter("load x")
    t.keys("Up")
    t.wait_line("load x")


@test()
def bytes_that_are_not_utf8_are_replaced(t):
    t.bytes(b"load \xff\xc3(\xe4\xbd\xf0\x9f\xed\xa0\x80\xc0\x80 end")
    t.wait("end")
    t.keys("Enter")
    t.wait_line("")
    expect(t.history()[-1].startswith("load \ufffd") and t.history()[-1].endswith(" end"), str(t.history()))


@test()
def random_keys_never_crash(t):
    source = random.Random(7)
    # Not the keys that end, stop or freeze by agreement: ^D, ^\ (while a command runs), ^S, ^Z.
    allowed = [byte for byte in range(256) if byte not in (0x04, 0x13, 0x1a, 0x1c)]
    process = t.process()
    for _ in range(20):
        t.bytes(bytes(source.choice(allowed) for _ in range(150)))
        t.bytes(b"\x1b[201~")
        t.keys("C-c")
        time.sleep(0.05)
    t.keys("C-c")
    time.sleep(0.3)
    expect(t.process() == process, "the program has survived")
    t.keys("C-l")
    t.enter("load x")


# Answers, mistakes, help and settings: with a scenario.

ROOT = pathlib.Path(__file__).resolve().parents[2]
EDGE = str(ROOT / "scenarios/agency-edge.yaml")
YEAR = str(ROOT / "scenarios/changle-2022-year.yaml")


@test(words=[EDGE])
def chinese_commands_names_and_titles_are_completed(t):
    t.type("查")
    t.keys("Tab")
    t.wait("查询")
    t.type("看")
    t.keys("Tab")
    t.wait_line("查看")
    t.type("人力资源服务机构")
    t.keys("Tab")
    t.wait_line("查看 agency_reward")
    t.keys("C-u")
    t.type("解释 w-9")
    t.keys("Tab")
    t.wait("w-99")
    t.keys("BSpace")
    t.type("l")
    t.keys("Tab")
    t.wait_line("解释 w-last")
    expect(t.cursor()[0] == width(f"{t.arguments.prompt} 解释 w-last "), "the cursor stands behind the space")


@test(words=[EDGE])
def what_a_name_stands_at_is_told_while_it_is_typed(t):
    t.type("set rate_3m = ")
    t.wait("now 300 yuan")
    t.keys("C-u")
    t.type("why not agency_reward ")
    t.wait("for ID")
    t.keys("C-u")
    t.type("set unit = ")
    t.wait("元|万")
    t.type("万")
    t.keys("Enter")
    t.wait_line("")
    t.type("run changle-2022")
    t.keys("Enter")
    t.wait("5.97")


@test(words=[EDGE])
def one_key_takes_the_corrected_line(t):
    t.enter("run changel-2022")
    t.wait("did you mean `changle-2022`")
    caret = next(line for line in t.lines() if line.strip(" |").startswith("^"))
    above = t.lines()[t.lines().index(caret) - 1]
    expect(above[caret.index("^"):].startswith("changel-2022"), "the caret stands under the word")
    t.keys("M-.")
    t.wait_line("run changle-2022")
    t.keys("C-u", "Tab")
    t.wait_line("run changle-2022")
    t.keys("Enter")
    t.wait("59,700.00")
    t.keys("Tab")
    expect(t.lines()[-1].startswith(t.arguments.prompt), "nothing is offered after a command that went well")
    t.enter("为何没有 agency_rewrad 给 lancang")
    t.keys("Tab")
    t.wait_line("为何没有 changle-2022.agency_reward 给 lancang")


@test(words=[EDGE])
def of_a_pasted_transcript_only_the_commands_are_taken(t):
    t.paste("测算> set rate_3m = 400\nrate_3m = 400 yuan  (was 300 yuan)\n测算> show (agency_reward\n   … )\nReward\n测算> \n")
    t.wait(lambda lines: lines[-1] == ")", "the commands")
    expect("Reward" not in "\n".join(t.lines()), "answers are left out")
    t.keys("C-c")
    t.paste("测算> set rate_3m = 400\nanswer\n测算> set rate_6m = 200\n")
    t.wait("rate_6m = 200")
    t.keys("Enter")
    t.wait("200 yuan  (was 300 yuan)")
    expect(t.history() == ["set rate_3m = 400\\nset rate_6m = 200"], f"one entry: {t.history()}")


@test(words=[EDGE])
def two_hundred_pasted_lines_are_all_carried_out(t):
    t.paste("".join(f"set rate_3m = {number}\n" for number in range(100, 300)))
    t.wait("rate_3m = 299")
    t.keys("Enter")
    t.wait("299 yuan  (was 298 yuan)")
    t.wait_line("")
    t.enter("set pager = off")
    t.enter("undo 199")
    t.enter("show rate_3m")
    t.wait("100 yuan")


@test(words=[YEAR], columns=60, rows=40)
def a_narrow_window_says_what_it_leaves_out_and_shows_it_on_request(t):
    t.type("run changle-2022")
    t.keys("Enter")
    t.wait("Left out for want of room")
    expect(all(width(line) <= 60 for line in t.lines()), "no line is wider than the window")
    t.wait(lambda lines: "last wide" in " ".join(lines), "how to see the rest")
    t.wait_line("")
    t.type("last wide")
    t.keys("Enter")
    t.wait("Article")
    # The pager cuts lines; to the right there is more.
    t.press("Right", "Over quota")
    t.press("q", t.at_prompt)
    t.keys("C-u")
    t.enter("set unit = yuan")


@test(words=[EDGE], rows=12)
def a_tall_answer_is_paged_and_the_pager_gives_the_keys_back(t):
    t.type("list parameters")
    t.keys("Enter")
    t.wait(lambda lines: "q comes back" in lines[-1], "the pager")
    t.keys("C-c")
    t.press("q", t.at_prompt)
    t.keys("C-u")
    t.enter("set pager = off")
    t.enter("list parameters")
    expect(t.lines()[-1].startswith(t.arguments.prompt), "no pager")


@test(words=[EDGE], PAGER="/no/such/pager", rows=12)
def without_its_pager_an_answer_is_shown_all_the_same(t):
    t.enter("list documents; list measures")
    t.wait("hr_firm_growth")


@test(words=[EDGE], CESUAN_SUGGESTIONS="auto", rows=50)
def the_first_steps_are_shown_and_suggestions_fall_quiet(t):
    t.wait("New here?")
    t.wait("why not agency_reward for lancang")
    for _ in range(3):
        t.enter("run changle-2022")
    t.wait(lambda lines: sum(line.startswith("Next:") for line in lines) == 2, "two suggestions after three runs")
    t.enter("set suggestions = off")
    t.enter("set rate_3m = 400")
    expect(not any("undo" in line for line in t.lines()), "none when they are off")


@test(words=[EDGE], LANG="zh_CN.UTF-8", LC_ALL="", LC_CTYPE="C.UTF-8")
def the_locale_chooses_the_language(t):
    t.enter("rn changle-2022")
    t.wait("没有“rn”这个命令")
    t.enter("language en")
    t.enter("rn changle-2022")
    t.wait("there is no command `rn`")


@test(words=[EDGE], config="set unit = 万\nlanguage zh\nrun\nset unit = 斤\n", CESUAN_TIMER="on", CESUAN_KEYS="piano", rows=60,
      columns=120)
def settings_have_sources_and_mistakes_in_them_are_told(t):
    screen = "\n".join(t.lines())
    expect("config:3:1" in screen and "config:4:12" in screen, "mistakes of the configuration have their place")
    expect("CESUAN_KEYS" in screen, "and so have those of the environment")
    t.enter("选项")
    t.wait(lambda lines: re.search(r"单位\s+万\s+配置文件.*\n.*(\n.*)?config:1", "\n".join(lines)), "the source of the unit")
    t.wait(lambda lines: any(re.match(r"计时\s+开\s+环境变量\s+CESUAN_TIMER", line) for line in lines), "and of the timer")
    t.wait("用时")


@test(words=[EDGE], NO_COLOR="1", CLICOLOR_FORCE="1")
def no_colour_means_none(t):
    t.enter("run changle-2022")
    expect("\x1b[38" not in t.tmux("capture-pane", "-p", "-e"), "no colours on the screen")


@test(words=[EDGE], CESUAN_PLAIN="on")
def plain_text_has_neither_lines_nor_hints(t):
    t.enter("run changle-2022")
    screen = "\n".join(t.screen())
    expect("Measure: agency_reward; Article: 三（二）" in screen, "a row is a sentence")
    expect(not any(sign in screen for sign in "─│└├✓✗"), "no lines")
    expect("Tab completes" not in screen, "no hint at the margin")


@test(words=[EDGE], CESUAN_KEYS="vi")
def vi_keys_can_be_chosen_as_a_setting(t):
    t.type("list measures")
    t.keys("Escape")
    t.type("bdw")
    t.wait_line("list")
    t.keys("C-c")
    t.enter("set keys = emacs")
    t.type("list measures")
    t.keys("C-w")
    t.wait_line("list")


@test(words=[EDGE], TERM="dumb")
def a_dumb_terminal_gets_answers_without_control_sequences(t):
    t.type("run changle-2022")
    t.keys("Enter")
    t.wait("59,700.00")
    t.type("rn")
    t.keys("Enter")
    t.wait("there is no command `rn`")


HOSTILE = """scenario: "bad \\e[31mred\\a title"
district: 350112
as_of: 2022-07-01
enterprises:
  - {id: k, district: 350112, lists: [leading_2021]}
agencies:
  - {id: "q\\e]0;owned\\a", name: "Eve\\e[2J\\e[1;1H\\u009b31m\\u202e", district: 350112, filed: true}
cohorts:
  - {id: h, count: 100, hire: {agency: "q\\e]0;owned\\a", enterprise: k, origin: 520502}, start: 2022-03-01}
"""


@test(files={"hostile.yaml": HOSTILE})
def control_characters_in_data_are_shown_and_never_obeyed(t):
    path = f"{t.home}/hostile.yaml"
    t.enter(f"load {path}")
    t.enter("list agencies")
    t.enter("run changle-2022")
    t.enter("list scenarios")
    t.type("explain q")
    t.keys("Tab")
    time.sleep(0.3)
    t.keys("C-c")
    t.wait_line("")
    title = t.tmux("display-message", "-p", "#{pane_title}").strip()
    expect("owned" not in title, f"the window's title is not set: {title!r}")
    expect(any("title" in line for line in t.lines()), "the screen was not cleared")
    commands = "list agencies; run changle-2022; payments agency_reward; explain h-1; list scenarios; show k; readings; compare changle-2022, jindong-2021 by beneficiary; list nothing\x1b[31m"
    for form in ("table", "json", "csv", "markdown"):
        done = subprocess.run([t.arguments.program, "--format", form, "--keep-going", "--color", "never", path, "-c", commands],
                              capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": t.home, "XDG_CONFIG_HOME": t.home})
        for stream in (done.stdout, done.stderr):
            text = stream.decode()
            allowed = "\n\r" if form == "csv" else "\n"
            stray = [c for c in text if (ord(c) < 32 and c not in allowed) or 0x7f <= ord(c) <= 0x9f or c == "\u202e"]
            expect(not stray, f"{form}: {stray[:5]} in {text[:300]!r}")
        expect(b"owned" in done.stdout, f"{form}: the id is there")


@test(words=[EDGE])
def the_hint_at_the_margin_changes_as_a_whole(t):
    t.enter("rn changle-2022")
    t.wait("Tab: run changle-2022")
    t.type("q")
    t.wait(lambda lines: re.search(r"q\s+quit$", lines[-1]), "the usage of quit")
    t.keys("BSpace")
    t.type("u")
    t.wait(lambda lines: not re.search(r"q|T", lines[-1].split(">")[1]), "nothing of the former hint")


@test()
def machines_get_one_object_a_line_and_nothing_else(t):
    commands = ["load " + EDGE, "run changle-2022", "set limit = 3, timer = on", "payments", "rn", "run changel-2022",
                "set unit = 万", "last", "settings", "help run", "help words", "language zh", "list measures", "timer off"]
    done = subprocess.run([t.arguments.program, "--format", "json", "--keep-going"], input="\n".join(commands) + "\n",
                          capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": t.home, "XDG_CONFIG_HOME": t.home})
    objects = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = [one["kind"] for one in objects]
    expect(kinds.count("error") == 2 and kinds[0] == "scenario" and kinds[1] == "budget", str(kinds))
    payments = next(one for one in objects if one["kind"] == "payments")
    expect(len(payments["payments"]) == 3 and payments["cut"]["payments"] == {"shown": 3, "of": 199}, str(payments["cut"]))
    expect("199" in done.stderr, "the cut is told to people, too")
    mistakes = [one for one in objects if one["kind"] == "error"]
    expect([one["correction"] for one in mistakes] == ["run", "run changle-2022"], str(mistakes))


@test()
def mistakes_of_the_command_line_are_told_in_the_readers_language_and_to_programs(t):
    def run(*words):
        done = subprocess.run([t.arguments.program, *words], input="", capture_output=True, text=True,
                              env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": t.home, "XDG_CONFIG_HOME": t.home})
        expect(done.returncode == 64, f"{words}: status {done.returncode}")
        return done
    for words, part in ((["--bogus"], "没有选项 `--bogus`"), (["run"], "缺少参数 `<notebook> ...`"),
                        (["check", "--format", "xx", "a.md"], "`--format <format>` 的取值 `xx` 无效，可取：`table`、`json`"),
                        (["--threads"], "缺少取值"), (["--threads", "0"], "取 1 至 256"), (["--force=1"], "不带取值"),
                        (["--langs", "en"], "是否为 `--lang`"), (["import"], "缺少参数 `<file> ...`"), (["serve", "a", "b"], "须写明一个笔记本")):
        told = run("--lang", "zh", *words).stderr
        expect(part in told and "用法：" in told, f"{words}: {told}")
        expect(not re.search(r"Error|Usage|See |Missing|invalid", told), f"{words}: {told}")
        expect("Error: " in run(*words).stderr, f"{words} in English")
        mistake = json.loads(run("--format", "json", "--lang", "zh", *words).stdout) if "--format" not in words else None
        expect(mistake is None or mistake["kind"] == "error" and part in mistake["message"], str(mistake))


BUSY = """scenario: many
district: 350112
as_of: 2023-06-30
enterprises:
  - {id: k, district: 350112, lists: [leading_2021]}
agencies:
  - {id: q, district: 350112, filed: true}
cohorts:
  - {id: h, count: 3000000, hire: {agency: q, enterprise: k, origin: 520502}, start: {from: 2022-01-01, to: 2022-12-31}, retention: {3: 80%, 6: 70%, 12: 40%}}
"""


@test(files={"busy.yaml": BUSY}, CESUAN_PAGER="off", rows=50)
def control_c_stops_long_work_again_and_again_and_keeps_the_session(t):
    t.type(f"load {t.home}/busy.yaml as many")
    t.keys("Enter")
    t.wait("3,000,000 hires", patience=30)
    t.wait_line("")
    for _ in range(3):
        t.type("readings changle-2022")
        t.keys("Enter")
        t.wait("Ctrl-C stops")
        expect(re.search(r"\d+% \[[#.]{20}\] \d+(\.\d)?% a second", "\n".join(t.lines())), "how far it is, and how fast")
        t.keys("C-c")
        t.wait_line("")
        expect("Ctrl-C stops" not in "\n".join(t.lines()), "the line has gone")
        expect(any("nterrupt" in line or "stopped" in line or "as far as" in line for line in t.lines()), "it is told that it was stopped")
    t.type("readings changle-2022")
    t.keys("Enter")
    time.sleep(0.1)
    t.keys("C-c", "C-c")
    t.wait_line("")
    t.enter("list scenarios")
    t.wait("many")


# What import asks: only what the register does not say, one line each.

ASKED = {"ask.csv": "姓名,用工单位,合同起始日期,上报,备注\n张三,甲厂,2022.3.1,2022.12.31,甲\n李四,甲厂,2022.4.1,,乙\n"}


def ask(t, wanted, answer=""):
    """Waits for a question on the last line, and answers it."""
    t.wait(lambda lines: lines and wanted in lines[-1], f"the question {wanted!r}")
    t.type(answer)
    t.keys("Enter")


@test(words=["--lang", "zh"], files=ASKED, columns=110, rows=50)
def import_asks_what_it_cannot_know(t):
    register = f"{t.home}/ask.csv"
    t.type(f"导入 {register}")
    t.keys("Enter")
    ask(t, "哪一列说明参保日期？ 1 合同起始日期")
    ask(t, "由哪个区县承担", "没有这地方")
    ask(t, "没有名为 `没有这地方` 的地区", "长乐")
    ask(t, "核算到哪一天", "某日")
    ask(t, "“某日”不是日期", "2022-12-31")
    t.wait("不经提问：")
    made = pathlib.Path(t.home, "ask.yaml").read_text()
    expect("district: 350112" in made and "as_of: 2022-12-31" in made, made)
    expect('"合同起始日期": start' in made, made)
    expect(t.history() == [f"导入 {register}"], f"answers are no commands: {t.history()}")


@test(words=["--lang", "zh"], files=ASKED, columns=110, rows=50)
def control_c_at_a_question_costs_nothing(t):
    t.type(f"导入 {t.home}/ask.csv")
    t.keys("Enter")
    t.wait("哪一列说明参保日期？")
    t.keys("C-c")
    t.wait("已中断")
    t.wait_line("")
    expect(not pathlib.Path(t.home, "ask.yaml").exists(), "nothing is written")
    t.type(f"导入 {t.home}/ask.csv 作为 录用人员 在 350112 核算日 2022-12-31 各列 合同起始日期 = 参保日期")
    t.keys("Enter")
    t.wait("已写入")
    expect("？" not in "".join(t.lines()[-3:]), "what is said is not asked")


def run(function, options, arguments):
    home = tempfile.mkdtemp(prefix="cesuan-terminal-")
    options = dict(options)
    for name, text in options.pop("files", {}).items():
        pathlib.Path(home, name).write_text(text)
    if "config" in options:
        folder = pathlib.Path(home, "config/cesuan")
        folder.mkdir(parents=True)
        (folder / "config").write_text(options.pop("config"))
    if "editrc" in options:
        pathlib.Path(home, ".editrc").write_text(options.pop("editrc"))
    terminal = Terminal.__new__(Terminal)
    try:
        terminal.__init__(arguments, home, **options)
        function(terminal)
        return True
    except Failure as failure:
        print(f"FAILED {function.__name__}: {failure}")
        try:
            print("\n".join(f"  | {line}" for line in terminal.screen()))
        except Failure:
            pass
        return False
    finally:
        terminal.close()
        shutil.rmtree(home, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=os.path.abspath)
    parser.add_argument("--only", default="", help="run the tests whose name contains this")
    arguments = parser.parse_args()
    arguments.prompt = "测算>"
    chosen = [entry for entry in TESTS if arguments.only in entry[0].__name__]
    results = []
    for function, options in chosen:
        result = run(function, options, arguments)
        results.append(result)
        if result:
            print(f"passed {function.__name__}", flush=True)
    failed = results.count(False)
    print(f"{results.count(True)} passed, {failed} failed")
    sys.exit(1 if failed or not chosen else 0)


if __name__ == "__main__":
    main()
