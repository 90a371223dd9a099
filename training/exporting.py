"""PyTorch network -> ONNX file: opset 17, weights stored as fp16 behind Cast, arithmetic in fp32. Used by photo/ and convert/."""
import hashlib
import inspect
import warnings
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
import torch

OPSET = 17
FEWEST = 64  # smaller tensors stay fp32
ROUNDING = 1e-3  # so do those of which more than this would be lost: fp16 has no numbers above 65504 and few below 6e-5


def halved(a):
    """The array as fp16; None where it must stay as it is."""
    if a.dtype != np.float32 or a.size < FEWEST:
        return None
    with np.errstate(over="ignore"):
        h = a.astype(np.float16)
    lost = np.linalg.norm(h.astype(np.float32) - a)
    return h if np.isfinite(lost) and lost <= ROUNDING * np.linalg.norm(a) else None


def halve(model):
    """float32 initialisers -> fp16 + Cast: the file halves; a runtime folds the casts when it loads."""
    g, kept, casts = model.graph, [], []
    for t in g.initializer:
        h = halved(numpy_helper.to_array(t))
        if h is None:
            kept.append(t)
            continue
        kept.append(numpy_helper.from_array(h, t.name + "_h"))
        casts.append(helper.make_node("Cast", [t.name + "_h"], [t.name], to=TensorProto.FLOAT, name=t.name + "_cast"))
    nodes = casts + list(g.node)
    del g.initializer[:], g.node[:]
    g.initializer.extend(kept)
    g.node.extend(nodes)


def to_onnx(net, path, sample, outputs, free, half=True):
    """Writes `net`, called with the arrays of `sample` (name -> array, in the order of its arguments); `free` names the axes
    that stay free (name -> {axis: its name}). Half: weights stored as fp16."""
    tracing = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # shapes of prim::Constant, harmless
        torch.onnx.export(net, tuple(torch.from_numpy(x) for x in sample.values()), path, opset_version=OPSET, do_constant_folding=True,
                          input_names=list(sample), output_names=outputs, dynamic_axes=free, **tracing)
    model = onnx.load(path)
    if half:
        halve(model)
    for n in model.graph.node:
        n.doc_string = ""  # holds the paths of this machine
    model.doc_string = ""
    onnx.checker.check_model(model)
    onnx.save(model, path)


def answers(net, sample):
    """What PyTorch answers: a list of arrays."""
    with torch.no_grad():
        got = net(*(torch.from_numpy(x) for x in sample.values()))
    return [y.numpy() for y in (got if isinstance(got, (tuple, list)) else (got,))]


def parity(net, path, samples, outputs):
    """Largest difference from PyTorch over all outputs and samples, the weights' rounding included; None without onnxruntime."""
    try:
        import onnxruntime
    except ImportError:
        return None
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return max(float(np.abs(got - want).max()) for sample in samples for got, want in zip(session.run(outputs, sample), answers(net, sample)))


def identity(path):
    """sha256 and length of a file, as a card states them."""
    with open(path, "rb") as f:
        data = f.read()
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
