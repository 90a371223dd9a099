"""Contact sheet: what a model makes of pictures, to be looked at.   sheet.py MODEL PICTURES... --out sheet.png

PICTURES: files or folders. Each tile: the picture in grey, the colours of every --chroma, and with --truth the original."""
import argparse
import glob
import os
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
import paths  # noqa: F401  (before what it makes importable)
from evaluate import load, working
from lab import lab_to_rgb, rgb_to_lab

GAP = 4


def tile(rgb, side):
    """rgb [1,3,h,w] -> side x side with a white margin."""
    im = Image.fromarray((rgb[0].clamp(0, 1) * 255).round().byte().permute(1, 2, 0).numpy())
    im.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = Image.new("RGB", (side, side), "white")
    out.paste(im, ((side - im.size[0]) // 2, (side - im.size[1]) // 2))
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model")
    p.add_argument("pictures", nargs="+")
    p.add_argument("--truth", action="store_true")
    for name, default, text in (("out", "sheet.png", ""), ("run", 192, "px"), ("chroma", "1,1.3", ""), ("temperature", 1.0, ""), ("tile", 220, "px"), ("columns", 2, ""), ("limit", 60, "pictures")):
        p.add_argument("--" + name, type=type(default), default=default, help=text)
    a = p.parse_args()
    torch.set_num_threads(1)
    model, rows = load(a.model, 1), []
    files = [f for x in a.pictures for f in (sorted(glob.glob(x + "/*")) if os.path.isdir(x) else [x]) if f.lower().endswith((".jpg", ".jpeg", ".png", ".webp"))]
    for f in files[:a.limit]:
        im = Image.open(f).convert("RGB")
        im.thumbnail((512, 512), Image.Resampling.LANCZOS)
        rgb = torch.from_numpy(np.asarray(im).copy()).permute(2, 0, 1)[None].float() / 255
        lab = rgb_to_lab(rgb)
        small = working(lab, a.run)
        ab = F.interpolate(model(small[:, :1].contiguous(), small * 0, a.temperature), lab.shape[2:], mode="bilinear", align_corners=False)
        shown = [lab_to_rgb(torch.cat([lab[:, :1], ab * c], 1)) for c in (0.0, *(float(x) for x in a.chroma.split(",")))]
        rows.append([tile(x, a.tile) for x in shown + ([rgb] if a.truth else [])])
    step, wide = a.tile + GAP, len(rows[0]) * (a.tile + GAP) + 3 * GAP
    sheet = Image.new("RGB", (wide * a.columns, step * -(-len(rows) // a.columns)), "white")
    for i, row in enumerate(rows):
        for j, t in enumerate(row):
            sheet.paste(t, (i % a.columns * wide + j * step, i // a.columns * step))
    sheet.save(a.out)


if __name__ == "__main__":
    main()
