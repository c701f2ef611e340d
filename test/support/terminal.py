"""Runs a program on a pseudo terminal: `terminal.py ANSWERS COMMAND…`, ANSWERS being a JSON list of texts that are typed
one after the other, each when the program asks. Prints what the terminal showed and ends with the program's exit code."""
import json
import os
import pty
import select
import sys
import time

LIMIT_SECONDS = 40
PROMPT = b"single number): "


def main() -> int:
    answers = json.loads(sys.argv[1])
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(sys.argv[2], sys.argv[2:])
    shown = b""
    asked = 0
    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if not ready:
            continue
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
        if shown.count(PROMPT) > asked and answers:
            asked = shown.count(PROMPT)
            answer = answers.pop(0)
            os.write(terminal, answer.encode() + (b"" if answer == "\x03" else b"\r"))
    else:
        os.kill(pid, 9)
    _, status = os.waitpid(pid, 0)
    sys.stdout.buffer.write(shown)
    return os.waitstatus_to_exitcode(status)


sys.exit(main())
