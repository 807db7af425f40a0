"""What the continuous integration runs."""

import os
import subprocess
from pathlib import Path

RUN = Path(__file__).parents[1] / ".ci/run"


def test_it_makes_the_checks_and_the_tests_and_says_that_it_is_the_ci(tmp_path: Path) -> None:
    make = tmp_path / "make"
    make.write_text('#!/bin/sh\necho "$CI: $*"\n')
    make.chmod(0o755)
    without = {name: value for name, value in os.environ.items() if name != "CI"}
    path = f"{tmp_path}:{os.environ['PATH']}"
    run = subprocess.run([RUN], env={**without, "PATH": path}, capture_output=True, text=True, check=True)
    assert run.stdout == "true: check test\n"
