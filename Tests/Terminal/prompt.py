#!/usr/bin/env python3
"""Drives the prompt in a terminal emulator, as a person would, and looks at the screen.

    Tests/Terminal/prompt.py PROGRAM [--prompt '测算>'] [--only WORDS] [--busy COMMAND]

PROGRAM is started without arguments, with a home of its own, in a tmux server of its own. The tests look only
at what every build of the prompt has: the prompt, the line, the list of completions, and the history in
$XDG_STATE_HOME/cesuan/history (one entry a line, a line feed inside written \\n). PROGRAM must know the verbs
load, list and explain, and no other verb that begins with "expl". --busy names a command that runs for a few
seconds, for the test of Ctrl-C in long work. Needs tmux and Python 3, nothing else.
"""
import argparse
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

    def __init__(self, arguments, home, columns=80, rows=24, shell=False, **environment):
        self.arguments, self.home = arguments, home
        # A server that is still ending must not be asked for the next window.
        Terminal.started += 1
        self.socket = f"cesuan-test-{os.getpid()}-{Terminal.started}"
        program = shlex.quote(arguments.program)
        values = {"HOME": home, "XDG_STATE_HOME": f"{home}/state", "XDG_CONFIG_HOME": f"{home}/config",
                  "LC_ALL": "C.UTF-8", "PS1": "shell$ ",
                  "CESUAN_SUGGESTIONS": "off", **environment}
        assignments = " ".join(f"{name}={shlex.quote(value)}" for name, value in values.items())
        # The shell around the program outlives the keyboard's signals without ignoring them for the program.
        script = f"trap : INT QUIT; {program}; echo \"<exit $?>\"; sleep 60"
        command = "bash --norc --noprofile -i" if shell else f"bash --norc -c {shlex.quote(script)}"
        self.tmux("new-session", "-d", "-x", str(columns), "-y", str(rows), f"env {assignments} {command}")
        if shell:
            self.wait("shell$")
            self.type(arguments.program)
            self.keys("Enter")
        self.wait(environment.get("EXPECT", arguments.prompt))

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

    def wait(self, wanted, what=None):
        """Waits until a text stands on the screen, or a test of the screen's lines holds."""
        end = time.monotonic() + PATIENCE
        while True:
            if wanted(self.lines()) if callable(wanted) else wanted in "\n".join(self.screen()):
                return
            if time.monotonic() > end:
                raise Failure(f"waited in vain for {what or wanted!r}")
            time.sleep(0.03)

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
    t.wait("bck:fir")
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
    # Not the keys that end, stop or freeze by agreement: ^D, ^S, ^Z.
    allowed = [byte for byte in range(256) if byte not in (0x04, 0x13, 0x1a)]
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


@test(busy=True)
def control_c_stops_work_and_keeps_the_session(t):
    for _ in range(2):
        t.type(t.arguments.busy)
        t.keys("Enter")
        time.sleep(0.4)
        t.keys("C-c")
        t.wait_line("")
    t.enter("load x")


def run(function, options, arguments):
    home = tempfile.mkdtemp(prefix="cesuan-terminal-")
    options = dict(options)
    if options.pop("busy", False) and not arguments.busy:
        return None
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
    parser.add_argument("--prompt", default="测算>")
    parser.add_argument("--only", default="", help="run the tests whose name contains this")
    parser.add_argument("--busy", help="a command that runs for seconds")
    arguments = parser.parse_args()
    chosen = [entry for entry in TESTS if arguments.only in entry[0].__name__]
    results = []
    for function, options in chosen:
        result = run(function, options, arguments)
        results.append(result)
        if result is not False:
            print(f"{'passed' if result else 'skipped'} {function.__name__}", flush=True)
    failed = results.count(False)
    print(f"{results.count(True)} passed, {failed} failed, {results.count(None)} skipped")
    sys.exit(1 if failed or not chosen else 0)


if __name__ == "__main__":
    main()
