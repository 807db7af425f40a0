"""A worker: `python -m app.cli.worker LISTENER LINE`, two file descriptors. `app/cli/workers.py` starts it."""

import pickle
import socket
import sys

from app.cli.reading import reading


def main(listener: int, line: int) -> None:
    with socket.socket(fileno=line) as ours, socket.socket(fileno=listener) as shared:
        with ours.makefile("rb") as orders:
            settings = pickle.load(orders)
        with reading():
            from app.cli.server import WorkerServer  # noqa: PLC0415  # nearly all of a worker's start

        WorkerServer(settings, ours).run(sockets=[shared])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
