"""Expressions are strangers' programs: they run in a process of their own, which is ended when it takes too long.

CEL always ends, and RE2 keeps regular expressions linear, but 10,000 steps over long lists can still take minutes, and
the library is native code: what makes it fall takes nothing else with it.
"""

import asyncio
import contextlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from app.domain.governance.expressions.exchange import Judgement, Problem, Rule
from app.domain.vocabulary import RuleOutcome

PATIENCE = 5.0  # seconds for a request, most of which a small machine takes to start the process
MORE = 1.0  # seconds for each further snapshot
LINE = 2**20  # bytes: a hundred ids and what is said of them are far less
COMMAND = (sys.executable, "-I", "-m", "app.domain.governance.expressions")
ENDED = "It took too long or too much memory, and was ended."
UNREACHED = "It was not reached: a rule before it took too long."
CHECKING = Problem("expression", 1, 1, "It takes too long to check.")


async def checked(rules: Sequence[Rule], patience: float = PATIENCE) -> list[list[Problem]]:
    """What is wrong with each rule; nothing, where all is well."""
    lines = await answered({"rules": [asdict(each) for each in rules]}, patience)
    found = [[Problem(**each) for each in line] for line in lines]
    return [*found, *([CHECKING] for _ in rules[len(found) :])]


async def evaluated(
    rules: Sequence[Rule], snapshots: Sequence[Mapping[str, Any]], patience: float = PATIENCE
) -> list[list[Judgement]]:
    """What comes of each rule, for each snapshot. What could not be evaluated in time is an error, never passed."""
    if not rules:
        return [[] for _ in snapshots]
    request = {"rules": [asdict(each) for each in rules], "snapshots": list(snapshots)}
    lines = await answered(request, patience + MORE * max(0, len(snapshots) - 1))
    missing = unfinished(len(rules) * len(snapshots) - len(lines))
    found = [*(judgement(line) for line in lines), *missing]
    return [found[start : start + len(rules)] for start in range(0, len(found), len(rules))]


def judgement(line: Mapping[str, Any]) -> Judgement:
    return Judgement(RuleOutcome(line["outcome"]), line["reason"], tuple(line["subjects"]), line["count"])


def unfinished(number: int) -> Iterator[Judgement]:
    """What is said of rules without an answer: the first of them is the one that took too long."""
    return (Judgement(RuleOutcome.ERROR, UNREACHED if index else ENDED) for index in range(number))


async def answered(request: Mapping[str, Any], patience: float) -> list[Any]:
    """The lines that the process answered before its time was up."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *COMMAND, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL, env={}, limit=LINE
    )
    lines: list[Any] = []
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(patience):
            process.stdin.write(json.dumps(request).encode())
            process.stdin.write_eof()
            async for line in process.stdout:
                lines.append(json.loads(line))
            await process.wait()
    except (TimeoutError, ConnectionError):
        pass
    finally:
        if process.returncode is None:  # what has ended is not killed: its end would be noticed twice
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return lines
