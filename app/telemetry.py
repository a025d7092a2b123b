"""Logs as JSON lines, and the process's metrics."""

import logging
import sys

import structlog
from prometheus_client import Counter, Gauge, Histogram

OUTCOMES = Counter("baton_outcomes_total", "Decisions by outcome and reason", ["outcome", "reason"])
ANSWER_SECONDS = Histogram(
    "baton_answer_seconds",
    "Time from a leased turn to its Decision",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20),
)
STREAMS = Gauge("baton_event_streams", "Open event streams")
REQUESTS = Counter("baton_requests_total", "HTTP requests by method and status", ["method", "status"])


def configure_logging() -> None:
    """JSON lines on standard error, from structlog and from the standard library alike."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s", force=True)
