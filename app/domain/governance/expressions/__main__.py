"""The process in which expressions are checked and evaluated: JSON comes in, a line for each rule goes out.

It limits itself, and whoever started it ends it when it takes too long.
"""

import json
import resource
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.governance.expressions.checking import problems
from app.domain.governance.expressions.environment import environment
from app.domain.governance.expressions.exchange import Rule
from app.domain.governance.expressions.judging import judged

MEMORY = 2 * 1024**3  # bytes of addresses, of which the libraries take a part
SECONDS = 60  # of the processor, in case that nobody is left to end it


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for answer in answers(json.load(sys.stdin)):
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


def answers(request: Mapping[str, Any]) -> Iterator[Any]:
    """The problems of each rule; or, where there are snapshots, what comes of each rule, one snapshot after another."""
    rules = [Rule(**each) for each in request["rules"]]
    if "snapshots" not in request:
        yield from (problems(rule) for rule in rules)
        return
    place = environment()
    for snapshot in request["snapshots"]:
        variables = place.bound(snapshot)
        yield from (judged(rule, place, variables) for rule in rules)


main()
