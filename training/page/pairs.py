"""Colour drawings -> pages, hints and truth in folders, for `hourglass page` and `hourglass evaluate`.

    pairs.py DRAWINGS OUT [--hints 12] [--style grey|lines] [--side 512] [--limit N]

Writes OUT/truth, OUT/pages and OUT/hints. style grey: the page is the grey copy, the truth the drawing. style lines: line
art made of it; the truth is its surfaces under those lines. Hints are true colours, spread over places and colours as a
person's are. Then:
    hourglass page OUT/pages --out-dir OUT/colour --mode model --hints OUT/hints
    hourglass evaluate --real OUT/truth --output OUT/colour"""
import argparse
import glob
import json
import os
import numpy as np
import torch
from PIL import Image
import paths  # noqa: F401  (before what it makes importable)
from data import planes
from lab import rgb_to_lab
from pages import apart, draw, luma

TRIED = 400     # places a hint may take
NEAR = 0.12     # of the longer side: as far apart as ten units of Lab


def places(clear, lab, n, seed):
    """n places (y, x) as a person spreads hints: the first by chance, each next the farthest from those before, in place and
    in colour; where no ink lies and colour is even. clear [H,W] 0..1, lab [3,H,W]."""
    r = np.random.default_rng(seed)
    h, w = clear.shape
    y, x = r.integers(4, h - 4, TRIED), r.integers(4, w - 4, TRIED)
    good = np.array([clear[v - 2:v + 3, u - 2:u + 3].min() > 0.8 for v, u in zip(y, x)])
    y, x = (y[good], x[good]) if good.sum() >= n else (y, x)
    at = np.concatenate([np.stack([y, x]) / (NEAR * max(h, w)), np.stack([[c[v - 2:v + 3, u - 2:u + 3].mean() for v, u in zip(y, x)] for c in lab]) / 10])
    picked = [0]
    while len(picked) < n:
        picked.append(int(((at[:, :, None] - at[:, None, picked]) ** 2).sum(0).min(1).argmax()))
    return np.stack([y[picked], x[picked]], 1)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("drawings")
    p.add_argument("out")
    p.add_argument("--style", choices=("grey", "lines"), default="grey")
    for name, default, text in (("hints", 12, "a page"), ("side", 512, "longest side, px"), ("limit", 0, "drawings")):
        p.add_argument("--" + name, type=int, default=default, help=text)
    a = p.parse_args()
    files = sorted(f for f in glob.glob(a.drawings + "/*") if f.lower().endswith((".jpg", ".jpeg", ".png", ".webp")))
    for sub in ("truth", "pages", "hints"):
        os.makedirs(os.path.join(a.out, sub), exist_ok=True)
    for i, f in enumerate(files[:a.limit or None]):
        im = Image.open(f).convert("RGB")
        im.thumbnail((a.side, a.side), Image.Resampling.LANCZOS)
        rgb = np.asarray(im)
        x = planes(rgb, *apart(rgb))[None].float() / 255
        if a.style == "grey":
            page, truth, clear, wanted = luma(x[:, :3])[0, 0], x[0, :3], x[0, 6], x[0, :3]
        else:
            torch.manual_seed(i)
            page, _, _, clear = (y[0, 0] for y in draw(x[:, 3:6], x[:, 6:7], x[:, 7:], torch.zeros(1, dtype=torch.long)))
            wanted = x[0, 3:6]
            truth = wanted * page
        byte = lambda t: (t.clamp(0, 1) * 255).round().to(torch.uint8).numpy()
        name = os.path.splitext(os.path.basename(f))[0]
        Image.fromarray(byte(page)).save(os.path.join(a.out, "pages", name + ".png"))
        Image.fromarray(byte(truth.permute(1, 2, 0))).save(os.path.join(a.out, "truth", name + ".png"))
        h, w = page.shape
        hints = []
        for y, x0 in places(clear.numpy(), rgb_to_lab(wanted[None])[0].numpy(), a.hints, i) if a.hints else ():
            colour = byte(wanted[:, y - 2:y + 3, x0 - 2:x0 + 3].flatten(1).median(1).values)
            hints.append(dict(kind="dot", x=(x0 + 0.5) / w, y=(y + 0.5) / h, radius=4 / max(h, w), color="#%02x%02x%02x" % tuple(int(c) for c in colour)))
        with open(os.path.join(a.out, "hints", name + ".hints.json"), "w") as out:
            json.dump(dict(version=1, size=[w, h], hints=hints), out)
    print(len(files[:a.limit or None]), "pages written")


if __name__ == "__main__":
    main()
