"""What chromadb brings along: gRPC stays out, and its exporter is there for whoever wants it."""

import subprocess
import sys

CODE = """
import sys
import ingest.index
assert "grpc" not in sys.modules, "gRPC was loaded"
stand_in = sys.modules["chromadb.telemetry.opentelemetry"].OTLPSpanExporter
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
real = stand_in(endpoint="http://127.0.0.1:9", insecure=True)
assert type(real) is OTLPSpanExporter, type(real)
real.shutdown()
print("fine")
"""


def test_chromadb_is_imported_without_grpc_and_its_exporter_still_works() -> None:
    """In a process of its own: other tests may have loaded gRPC."""
    found = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, timeout=60, check=False)
    assert found.stdout == "fine\n", found.stderr
