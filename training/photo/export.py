"""weights.pt -> model.onnx (opset 17, weights stored as fp16 behind Cast, arithmetic fp32) + card.json.

    export.py WEIGHTS OUT_DIR --id colorize-photo-fast --title "Photo, fast" [--figures figures.json] [--chroma 1.2]

Where onnxruntime is installed, its answers are compared with PyTorch's and the export fails above --tolerance."""
import argparse
import hashlib
import inspect
import json
import os
import warnings
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
import torch
from model import Colorizer

OUTPUTS = ["ab", "spread", "confidence"]
FEWEST = 64  # smaller tensors stay fp32
SHAPES = ((256, 256), (192, 320), (512, 384))


def halve(model):
    """float32 initialisers -> fp16 + Cast: the file halves; a runtime folds the casts when it loads."""
    g, kept, casts = model.graph, [], []
    for t in g.initializer:
        a = numpy_helper.to_array(t)
        if a.dtype == np.float32 and a.size >= FEWEST:
            kept.append(numpy_helper.from_array(a.astype(np.float16), t.name + "_h"))
            casts.append(helper.make_node("Cast", [t.name + "_h"], [t.name], to=TensorProto.FLOAT, name=t.name + "_cast"))
        else:
            kept.append(t)
    nodes = casts + list(g.node)
    del g.initializer[:], g.node[:]
    g.initializer.extend(kept)
    g.node.extend(nodes)
    for n in g.node:
        n.doc_string = ""
    model.doc_string = ""


def trial(h, w, seed):
    """Blocks of random lightness with one strong hint."""
    r = np.random.default_rng(seed)
    lightness = (r.random((1, 1, h // 8, w // 8)).repeat(8, 2).repeat(8, 3) * 100).astype(np.float32)
    hint = np.zeros((1, 3, h, w), np.float32)
    hint[:, :, 16:24, 40:48] = np.array([40, -30, 1], np.float32).reshape(1, 3, 1, 1)
    return dict(L=lightness, hint=hint, temperature=np.array([0.5], np.float32))


def to_onnx(net, path):
    """Writes the network; n, h and w stay free."""
    free = {"L": {0: "n", 2: "h", 3: "w"}, "hint": {0: "n", 2: "h", 3: "w"}, **{k: {0: "n", 2: "h4", 3: "w4"} for k in OUTPUTS}}
    tracing = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # shapes of prim::Constant, harmless
        torch.onnx.export(net, tuple(torch.from_numpy(x) for x in trial(64, 96, 0).values()), path, opset_version=17, do_constant_folding=True,
                          input_names=["L", "hint", "temperature"], output_names=OUTPUTS, dynamic_axes=free, **tracing)
    model = onnx.load(path)
    halve(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def parity(net, path):
    """Largest difference from PyTorch over all outputs and SHAPES, the weights' rounding included; None without onnxruntime."""
    try:
        import onnxruntime
    except ImportError:
        return None
    session, worst = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"]), 0.0
    for i, (h, w) in enumerate(SHAPES):
        x = trial(h, w, i)
        with torch.no_grad():
            want = net(*(torch.from_numpy(v) for v in x.values()))
        worst = max([worst] + [float(np.abs(g - y.numpy()).max()) for g, y in zip(session.run(OUTPUTS, x), want)])
    return worst


def card(a, data, state, worst):
    """What the studio must know of the network."""
    figures = {}
    if a.figures:
        with open(a.figures) as f:
            figures = json.load(f)
    return {
        "id": a.id, "title": a.title, "description": a.description, "task": "colorize", "file": "model.onnx",
        "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data),
        "licence": {"spdx": "MIT", "commercial": True, "note": "Trained by the project; the training pictures and their terms are listed in training/README.md."},
        "source": "trained by this project",
        "inputs": [{"role": "lightness", "name": "L", "channels": 1, "build": "lightness", "range": [0, 100]},
                   {"role": "hint", "name": "hint", "channels": 3, "build": "hintAbMask", "range": [-128, 128]},
                   {"role": "temperature", "name": "temperature", "channels": 1, "build": "scalar", "range": [0.3, 1], "default": a.temperature}],
        "outputs": [{"name": "ab", "meaning": "ab", "stride": 4}, {"name": "spread", "meaning": "abSpread", "stride": 4},
                    {"name": "confidence", "meaning": "confidence", "stride": 4}],
        "size": {"mode": "free", "multiple": 32, "min": 64, "max": 1024, "fit": "keep"},
        "renderFactor": {"default": a.render_factor, "min": 7, "max": 45},
        "defaults": {"chromaScale": a.chroma, "temperature": a.temperature, "edgeRepair": 1},
        "figures": {**figures, "training": {k: state[k] for k in ("steps", "seen")}, "parity": worst},
    }


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("weights")
    p.add_argument("out")
    for name, default, text in (("id", "colorize-photo-own", ""), ("title", "Photo, trained by you", ""), ("description", "", ""), ("figures", "", "JSON for the card"),
                                ("chroma", 1.0, "default chroma scale"), ("temperature", 1.0, "default"), ("render-factor", 12, "default; x 16 = working side, px"), ("tolerance", 0.1, "")):
        p.add_argument("--" + name, type=type(default), default=default, help=text)
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    s = torch.load(a.weights, map_location="cpu")
    net = Colorizer(s["model"])
    net.load_state_dict({k: v.float() for k, v in s["net"].items() if not k.startswith("classes.")})
    net.eval()
    path = os.path.join(a.out, "model.onnx")
    to_onnx(net, path)
    worst = parity(net, path)
    print("onnxruntime is not here: parity not checked" if worst is None else f"largest difference from PyTorch: {worst:.5f}")
    if worst is not None and worst > a.tolerance:
        raise SystemExit(f"the exported model differs by more than {a.tolerance}")
    with open(path, "rb") as f:
        data = f.read()
    with open(os.path.join(a.out, "card.json"), "w") as f:
        json.dump(card(a, data, s["state"], worst), f, indent=2, ensure_ascii=False)
        f.write("\n")
    print(path, f"{len(data) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
