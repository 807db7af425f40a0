"""Logs on standard error: lines for people, or JSON for machines. Never the values of variables: they may be secret.

Our own lines and those of the libraries look the same. Each carries what is bound to its request: the request's id.
"""

import logging
import sys
from typing import Any

import orjson
import structlog
from structlog.typing import Processor

from app.settings import Settings

COMMON: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def configure(settings: Settings) -> None:
    """Set up our own logs and those of the libraries, in one form and in one place."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    rendered = rendering(settings.log_format)
    structlog.configure(
        processors=[*COMMON, *rendered],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # Below a warning, what a library says is of no use to whom we serve.
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[of_libraries(rendered)])


def of_libraries(rendered: list[Processor]) -> logging.Handler:
    """A handler that says what a library logs as we would."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*COMMON, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendered],
        )
    )
    return handler


def rendering(form: str) -> list[Processor]:
    """How a line is written, in the form that the settings name."""
    is_terminal = sys.stderr.isatty()
    if form == "json" or (form == "auto" and not is_terminal):
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(json)]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=is_terminal, exception_formatter=plain)]


def json(line: object, **options: Any) -> str:
    return orjson.dumps(line, default=str).decode()
