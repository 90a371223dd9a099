"""weights.pt -> model.onnx (opset 17, weights stored as fp16 behind Cast, arithmetic fp32) + card.json.

    export.py WEIGHTS OUT_DIR --id colorize-page-fast --title "Page, fast" [--figures figures.json]

Where onnxruntime is installed, its answers are compared with PyTorch's and the export fails above --tolerance."""
import argparse
import json
import os
import numpy as np
import torch
import paths  # noqa: F401  (before what it makes importable)
from exporting import identity, parity, to_onnx
from model import Pager

OUTPUTS = ["albedo"]
SHAPES = ((256, 256), (192, 320), (512, 384))
FREE = {"L": {0: "n", 2: "h", 3: "w"}, "hint": {0: "n", 2: "h", 3: "w"}, "albedo": {0: "n", 2: "h", 3: "w"}}


def trial(h, w, seed):
    """Boxes of line on white paper with one orange hint."""
    r = np.random.default_rng(seed)
    light = np.full((1, 1, h, w), 100, np.float32)
    for _ in range(8):
        y, x = int(r.integers(0, h - 24)), int(r.integers(0, w - 24))
        light[:, :, y:y + 2, x:x + 24] = light[:, :, y:y + 24, x:x + 2] = 5
    hint = np.zeros((1, 4, h, w), np.float32)
    hint[:, :, 16:24, 40:48] = np.array([0.95, 0.55, 0.16, 1], np.float32).reshape(1, 4, 1, 1)
    return dict(L=light, hint=hint)


def card(a, path, state, worst):
    """What the studio must know of the network."""
    figures = {}
    if a.figures:
        with open(a.figures) as f:
            figures = json.load(f)
    return {
        "id": a.id, "title": a.title, "description": a.description, "task": "colorize-page", "file": "model.onnx",
        **identity(path),
        "licence": {"spdx": "MIT", "commercial": True, "note": "Trained by the project; the training pictures and their terms are listed in training/SOURCES.md."},
        "source": "trained by this project",
        "inputs": [{"role": "lightness", "name": "L", "channels": 1, "build": "lightness", "range": [0, 100]},
                   {"role": "hint", "name": "hint", "channels": 4, "build": "hintRgbMask", "range": [0, 1]}],
        "outputs": [{"name": "albedo", "meaning": "rgb", "stride": 1}],
        "size": {"mode": "free", "multiple": 32, "min": 64, "max": 512, "fit": "keep"},
        "figures": {**figures, "training": {k: state[k] for k in ("steps", "seen")}, "parity": worst},
    }


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("weights")
    p.add_argument("out")
    for name, default, text in (("id", "colorize-page-own", ""), ("title", "Page, trained by you", ""), ("description", "", ""), ("figures", "", "JSON for the card"), ("tolerance", 0.02, "")):
        p.add_argument("--" + name, type=type(default), default=default, help=text)
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    s = torch.load(a.weights, map_location="cpu")
    net = Pager(s["model"])
    net.load_state_dict({k: v.float() for k, v in s["net"].items()})
    net.eval()
    path = os.path.join(a.out, "model.onnx")
    to_onnx(net, path, trial(64, 96, 0), OUTPUTS, FREE)
    worst = parity(net, path, [trial(h, w, i) for i, (h, w) in enumerate(SHAPES)], OUTPUTS)
    print("onnxruntime is not here: parity not checked" if worst is None else f"largest difference from PyTorch: {worst:.5f}")
    if worst is not None and worst > a.tolerance:
        raise SystemExit(f"the exported model differs by more than {a.tolerance}")
    with open(os.path.join(a.out, "card.json"), "w") as f:
        json.dump(card(a, path, s["state"], worst), f, indent=2, ensure_ascii=False)
        f.write("\n")
    print(path, f"{os.path.getsize(path) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
