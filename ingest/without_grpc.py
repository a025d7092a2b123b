"""Let chromadb load without gRPC.

chromadb imports an exporter of traces over gRPC whenever it is imported, and builds it only when its own tracing is
configured (``chroma_otel_collection_endpoint``). It costs every start 15 MB and 45 ms. While chromadb is imported, a
stand-in takes its place, which loads the real one should it ever be called.
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

EXPORTER = "opentelemetry.exporter.otlp.proto.grpc.trace_exporter"


@contextmanager
def without_grpc() -> Iterator[None]:
    """Import chromadb inside of this."""
    if EXPORTER in sys.modules:
        yield
        return
    stand_in = ModuleType(EXPORTER)
    vars(stand_in)["OTLPSpanExporter"] = _exporter
    sys.modules[EXPORTER] = stand_in
    try:
        yield
    finally:
        del sys.modules[EXPORTER]


def _exporter(*args: Any, **kwargs: Any) -> Any:
    return importlib.import_module(EXPORTER).OTLPSpanExporter(*args, **kwargs)
