"""Make `.venv` with the locked dependencies; needs only python3 (3.11 or newer) and pip.

Usage: `python3 tools/setup.py [production|development]`. Does nothing when the lock has not changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".lock-stamp"
NO_PYTHON = (
    "Trede needs Python 3.12 or newer, and none was found or could be downloaded. "
    "Install it from your system's packages (for example python3.13) and run the same command again."
)


def main() -> int:
    """Bring `.venv` in line with the lock of the asked-for set; return the exit status."""
    chosen = sys.argv[1] if len(sys.argv) > 1 else "development"
    lock = ROOT / "requirements" / f"{chosen}.txt"
    wanted = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return 0
    uv = find_uv()
    if not (VENV / "bin" / "python").exists() and not make_venv(uv):
        print(NO_PYTHON, file=sys.stderr)
        return 1
    run(uv, "pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes", str(lock))
    install_project(uv, chosen)
    STAMP.write_text(wanted)
    return 0


def find_uv() -> str:
    """Return the path of uv, from the system or from a folder of our own."""
    found = shutil.which("uv")
    if found:
        return found
    own = ROOT / ".tools" / "bin" / "uv"
    if not own.exists():
        print("Fetching uv, which installs the dependencies …")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run(*pip, "--target", str(ROOT / ".tools"), "uv")
    return str(own)


def make_venv(uv: str) -> bool:
    """Make `.venv` with the preferred Python, else with any that will do; say whether it worked."""
    tries = [(), ("--python", ">=3.12"), *(("--python", found) for found in pyenv_pythons())]
    return any(quiet(uv, "venv", "--quiet", "--clear", *how, str(VENV)) for how in tries)


def pyenv_pythons() -> list[str]:
    """Return the Pythons of pyenv, newest first: they may be there without being on the path."""
    home = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    return [str(path) for path in sorted(home.glob("versions/3.1[2-9]*/bin/python3"), reverse=True)]


def install_project(uv: str, chosen: str) -> None:
    """Put the project's own folders on the path of `.venv`."""
    if chosen == "development":
        run(uv, "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        return
    packages = subprocess.check_output(
        [str(VENV / "bin" / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        text=True,
    ).strip()
    Path(packages, "trede.pth").write_text(f"{ROOT}\n{ROOT / 'site'}\n")


def environment() -> dict[str, str]:
    """Return the environment in which uv works on `.venv`."""
    own = {"VIRTUAL_ENV": str(VENV), "UV_PROJECT_ENVIRONMENT": str(VENV), "PIP_ROOT_USER_ACTION": "ignore"}
    return {**os.environ, **own}


def run(*command: str) -> None:
    """Run a command in the project's root; stop with its own message when it fails."""
    subprocess.run(command, check=True, cwd=ROOT, env=environment())


def quiet(*command: str) -> bool:
    """Run a command that may fail; say whether it worked."""
    return (
        subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, check=False).returncode == 0
    )


if __name__ == "__main__":
    sys.exit(main())
