"""Make .venv from requirements.lock, unless it is there and was made from this very file.

Run by the system's own Python, whatever its age, so that it can say what is missing.
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(ROOT, ".venv")
LOCK = os.path.join(ROOT, "requirements.lock")
STAMP = os.path.join(FOLDER, "made-from")


def main():
    """Make the environment, or stop with a sentence that says what to do."""
    if sys.version_info < (3, 11):
        sys.exit(
            "Python 3.11 or newer is needed; this one is %d.%d. Name a newer one, for example: "
            "make run PYTHON=python3.12" % sys.version_info[:2]
        )
    wanted = fingerprint()
    if read(STAMP) == wanted:
        return
    import importlib.util  # unknown to the Pythons that were sent away above

    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        sys.exit(
            "This Python cannot make a virtual environment. On Debian and Ubuntu: "
            "apt-get install python3-venv (or python%d.%d-venv)" % sys.version_info[:2]
        )
    print("Installing what the directory is built on into .venv (once, about half a minute) ...")
    sys.stdout.flush()
    install()
    with open(STAMP, "w") as file:  # last: what was broken off is begun again
        file.write(wanted)


def fingerprint():
    """What the environment depends on: the lock and the Python that it is made by."""
    with open(LOCK, "rb") as file:
        lock = hashlib.sha256(file.read()).hexdigest()
    return "%s %s %s\n" % (lock, sys.version.split()[0], os.path.realpath(sys.executable))


def read(path):
    """The text of a file; empty where there is none."""
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def install():
    """Begin anew and install exactly what the lock names, each file checked by its hash."""
    python = os.path.join(FOLDER, "bin", "python")
    steps = (
        [sys.executable, "-m", "venv", "--clear", FOLDER],
        [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        + ["--require-hashes", "--requirement", LOCK],
    )
    for step in steps:
        done = subprocess.run(step, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            sys.stderr.write(done.stdout.decode(errors="replace"))
            sys.exit("Installing into .venv failed: see above. Once mended, run make again.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped. The next run begins anew.")
