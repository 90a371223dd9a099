"""weights.pt -> model.onnx (opset 17, weights stored as fp16 behind Cast, arithmetic fp32) + card.json.

    export.py WEIGHTS OUT_DIR --id colorize-photo-fast --title "Photo, fast" [--figures figures.json] [--chroma 1.2]

Where onnxruntime is installed, its answers are compared with PyTorch's and the export fails above --tolerance."""
import argparse
import json
import os
import numpy as np
import torch
import paths  # noqa: F401  (before what it makes importable)
from exporting import identity, parity, to_onnx
from networks import opened

OUTPUTS = ["ab", "spread", "confidence"]
SHAPES = ((256, 256), (192, 320), (512, 384))
FREE = {"L": {0: "n", 2: "h", 3: "w"}, "hint": {0: "n", 2: "h", 3: "w"}, **{k: {0: "n", 2: "h4", 3: "w4"} for k in OUTPUTS}}


def trial(h, w, seed):
    """Blocks of random lightness with one strong hint."""
    r = np.random.default_rng(seed)
    lightness = (r.random((1, 1, h // 8, w // 8)).repeat(8, 2).repeat(8, 3) * 100).astype(np.float32)
    hint = np.zeros((1, 3, h, w), np.float32)
    hint[:, :, 16:24, 40:48] = np.array([40, -30, 1], np.float32).reshape(1, 3, 1, 1)
    return dict(L=lightness, hint=hint, temperature=np.array([0.5], np.float32))


def card(a, path, state, worst, inputs, outputs):
    """What the studio must know of the network: of the inputs and outputs of this recipe, those it has."""
    known = [{"role": "lightness", "name": "L", "channels": 1, "build": "lightness", "range": [0, 100]},
             {"role": "hint", "name": "hint", "channels": 3, "build": "hintAbMask", "range": [-128, 128]},
             {"role": "temperature", "name": "temperature", "channels": 1, "build": "scalar", "range": [0.3, 1], "default": a.temperature}]
    meanings = {"ab": "ab", "spread": "abSpread", "confidence": "confidence"}
    defaults = {"chromaScale": a.chroma, "temperature": a.temperature, "edgeRepair": 1}
    if "temperature" not in inputs:
        del defaults["temperature"]
    figures = {}
    if a.figures:
        with open(a.figures) as f:
            figures = json.load(f)
    return {
        "id": a.id, "title": a.title, "description": a.description, "task": "colorize", "file": "model.onnx",
        **identity(path),
        "licence": {"spdx": "MIT", "commercial": True, "note": "Trained by the project; the training pictures and their terms are listed in training/README.md."},
        "source": "trained by this project",
        "inputs": [i for i in known if i["name"] in inputs],
        "outputs": [{"name": k, "meaning": meanings[k], "stride": 4} for k in outputs],
        "size": {"mode": "free", "multiple": 32, "min": 64, "max": 1024, "fit": "keep"},
        "renderFactor": {"default": a.render_factor, "min": 7, "max": 45, "base": a.render_factor},
        "defaults": defaults,
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
    net, state = opened(a.weights)
    plain = net.name == "lab-resnet"                                             # lightness alone, and nothing but ab
    inputs, outputs = (["L"], OUTPUTS[:1]) if plain else (["L", "hint", "temperature"], OUTPUTS)
    sample = lambda *how: {k: v for k, v in trial(*how).items() if k in inputs}
    free = {k: v for k, v in FREE.items() if k in inputs + outputs}
    path = os.path.join(a.out, "model.onnx")
    to_onnx(net, path, sample(64, 96, 0), outputs, free)
    worst = parity(net, path, [sample(h, w, i) for i, (h, w) in enumerate(SHAPES)], outputs)
    print("onnxruntime is not here: parity not checked" if worst is None else f"largest difference from PyTorch: {worst:.5f}")
    if worst is not None and worst > a.tolerance:
        raise SystemExit(f"the exported model differs by more than {a.tolerance}")
    with open(os.path.join(a.out, "card.json"), "w") as f:
        json.dump(card(a, path, state, worst, inputs, outputs), f, indent=2, ensure_ascii=False)
        f.write("\n")
    print(path, f"{os.path.getsize(path) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
