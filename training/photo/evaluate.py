"""Figures of photo colorizers on pictures that no training has seen, beside the grey copy and the mean colour.

    evaluate.py MODEL... --packs DIR [--run 192] [--chroma 1,1.3] [--temperature 1] [--hints 0,10] [--out figures.json] [--write DIR]

MODEL: weights.pt (or a checkpoint) of this recipe, or an .onnx with inputs L, hint, temperature (or some of them) and an output ab.
A picture is scaled so that its long side is --size; the model runs on a copy whose long side is --run; its ab is lifted
bilinearly, scaled by --chroma and joined with the picture's own lightness. Hints are patches of 5x5 px at working size
with the true mean colour below them, at places fixed by the picture. Means over pictures; 95 % intervals by bootstrap; below each
row those of its categories and skin groups. --write keeps all pictures, for the rest of the figures (SSIM, drift, bleed,
how far hints reach, the frontier of strengths):   evaluate.py --real DIR/real --output DIR/MODEL… --hints DIR/hints-10 --groups DIR/groups.csv"""
import argparse
import io
import json
import os
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
import paths  # noqa: F401  (before what it makes importable)
from lab import lab_to_rgb, rgb_to_lab
from metrics import ciede2000, colourfulness
from networks import opened
from packs import picture_bytes, read_packs

PATCH = 5
MULTIPLE = 32


class Torch:
    """A checkpoint of this recipe."""

    def __init__(self, path):
        self.net, _ = opened(path)

    @torch.no_grad()
    def __call__(self, L, hint, temperature):
        return self.net(L, hint, torch.tensor([temperature]))[0]


class Onnx:
    """An exported model, whatever trained it."""

    def __init__(self, path, threads):
        import onnxruntime  # optional: checkpoints are measured without it
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def __call__(self, L, hint, temperature):
        feed = dict(L=L.numpy(), hint=hint.numpy(), temperature=np.array([temperature], np.float32))
        asked = {i.name for i in self.session.get_inputs()}
        return torch.from_numpy(self.session.run(["ab"], {k: v for k, v in feed.items() if k in asked})[0])


def load(path, threads):
    """MODEL of the command line -> callable (L [1,1,h,w], hint [1,3,h,w], temperature) -> ab [1,2,h/4,w/4]."""
    return Onnx(path, threads) if path.endswith(".onnx") else Torch(path)


def unseen(packs, kind, limit, least):
    """Rows for measuring: `kind` 1 = no run has seen them, 2 = this pack's own too; pictures of rarer skin groups first."""
    rows = [r for r in read_packs(packs) if r["val"] and r["val"] <= kind and min(r["w"], r["h"]) >= least]
    few = [r for r in rows if r["group"]]
    rest = [r for r in rows if not r["group"]]
    step = max(1.0, len(rest) / max(1, limit - len(few)))
    return (few + [rest[int(i * step)] for i in range(int(len(rest) / step))])[:limit]


def open_picture(row, size):
    """-> rgb [1,3,h,w] 0..1, long side `size`."""
    im = Image.open(io.BytesIO(picture_bytes(row))).convert("RGB")
    k = size / max(im.size)
    im = im.resize([max(32, round(x * k)) for x in im.size], Image.Resampling.LANCZOS if k < 1 else Image.Resampling.BICUBIC)
    return torch.from_numpy(np.asarray(im).copy()).permute(2, 0, 1)[None].float() / 255


def working(lab, run):
    """Lab of a picture at working size: long side near `run`, sides multiples of 32."""
    h, w = lab.shape[2:]
    k = run / max(h, w)
    to = [max(MULTIPLE, round(x * k / MULTIPLE) * MULTIPLE) for x in (h, w)]
    return lab if to == [h, w] else F.interpolate(lab, to, mode="bilinear", antialias=True, align_corners=False)


def true_hints(lab, n, seed):
    """n patches with their true mean colour -> hint [1,3,h,w], [(y, x, a, b)] of the middles."""
    hint, places, r = torch.zeros_like(lab), [], np.random.default_rng(seed)
    for _ in range(n):
        y, x = (int(r.integers(0, s - PATCH + 1)) for s in lab.shape[2:])
        colour = lab[0, 1:, y:y + PATCH, x:x + PATCH].mean((1, 2))
        hint[0, :2, y:y + PATCH, x:x + PATCH] = colour[:, None, None]
        hint[0, 2, y:y + PATCH, x:x + PATCH] = 1
        places.append((y + PATCH // 2, x + PATCH // 2, *colour.tolist()))
    return hint, places


def figures_of(lab, rgb, ab):
    """One picture's figures; sums for the spread of a and b over all pictures."""
    out = lab_to_rgb(torch.cat([lab[:, :1], ab], 1))
    moments = lambda x: [*x.mean((0, 2, 3)).tolist(), *(x ** 2).mean((0, 2, 3)).tolist()]
    return dict(psnr=float(-10 * ((out - rgb) ** 2).mean().clamp(min=1e-8).log10()), de=float(ciede2000(lab, rgb_to_lab(out))),
                se=float(((ab - lab[:, 1:]) ** 2).mean()), colour=float(colourfulness(out)), truth=float(colourfulness(rgb)),
                moments=moments(ab), true_moments=moments(lab[:, 1:]))


def summary(rows, grey):
    """Means of the pictures' figures, against those of the grey copy."""
    mean = lambda k, rs=rows: float(np.mean([r[k] for r in rs]))

    def sigma(key):
        m = np.mean([r[key] for r in rows], 0)
        return np.sqrt(np.maximum(m[2:] - m[:2] ** 2, 0))
    s = sigma("moments") / sigma("true_moments")
    rng, n = np.random.default_rng(5), len(rows)
    gain = np.array([r["psnr"] - g["psnr"] for r, g in zip(rows, grey)])
    spread = np.percentile(gain[rng.integers(0, n, (2000, n))].mean(1), (2.5, 97.5))
    return dict(n=n, psnr=mean("psnr"), psnr_gain=float(gain.mean()), psnr_gain_95=[round(float(x), 3) for x in spread],
                de=mean("de"), de_ratio=mean("de") / mean("de", grey), rmse=mean("se") ** 0.5,
                rmse_ratio=(mean("se") / mean("se", grey)) ** 0.5, colour=mean("colour") / mean("truth"),
                sigma_a=float(s[0]), sigma_b=float(s[1]))


def line(name, s):
    """One row of the table under HEAD."""
    low, high = s["psnr_gain_95"]
    missed = f"{s['obedience']:.1f}" if "obedience" in s else "–"
    return (f"| {name} | {s['psnr']:.2f} | {s['psnr_gain']:+.2f} ({low:+.2f} … {high:+.2f}) | {s['de_ratio']:.3f} | {s['rmse_ratio']:.3f} | "
            f"{s['colour']:.2f} | {s['sigma_a']:.2f} | {s['sigma_b']:.2f} | {missed} |")


class Written:
    """Pictures, outputs and hints as files that `hourglass evaluate` and training/evaluate.py take."""

    def __init__(self, folder, rows, pictures):
        self.folder = folder
        self.names = [f"{r['cat'] or 'other'}/{i:04d}" for i, r in enumerate(rows)]
        for name, (_, rgb) in zip(self.names, pictures):
            self.picture(os.path.join("real", name + ".png"), rgb)
        with open(os.path.join(folder, "groups.csv"), "w") as f:
            f.write("name,group\n" + "".join(f"{n}.png,{r['group']}\n" for n, r in zip(self.names, rows) if r["group"]))

    def at(self, path):
        full = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        return full

    def picture(self, path, rgb):
        Image.fromarray((rgb[0] * 255).round().byte().permute(1, 2, 0).numpy()).save(self.at(path))

    def output(self, title, i, lab, ab):
        self.picture(os.path.join(title, self.names[i] + ".png"), lab_to_rgb(torch.cat([lab[:, :1], ab], 1)))

    def hints(self, n, i, small, places):
        """As dots of the size of their patches, with the lightness of the place they lie on."""
        h, w = small.shape[2:]
        dots = []
        for y, x, a, b in places:
            colour = lab_to_rgb(torch.tensor([float(small[0, 0, y, x]), a, b]).view(1, 3, 1, 1)).flatten()
            dots.append(dict(kind="dot", x=(x + 0.5) / w, y=(y + 0.5) / h, radius=PATCH / 2 / max(h, w), color="#" + "".join(f"{int(v * 255 + 0.5):02x}" for v in colour)))
        with open(self.at(os.path.join(f"hints-{n}", self.names[i] + ".hints.json")), "w") as f:
            json.dump(dict(version=1, size=[w, h], hints=dots), f)


HEAD = ("| | PSNR dB | over grey (95 %) | CIEDE2000 / grey | ab error / grey | colourfulness | σ(a) | σ(b) | ‖Δab‖ at hints |\n"
        "|---|---|---|---|---|---|---|---|---|")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("models", nargs="+")
    for name, default, text in (("packs", "", ""), ("size", 256, "px"), ("run", "192", "px, several by commas"), ("chroma", "1", ""), ("temperature", "1", ""),
                                ("hints", "0,10", ""), ("limit", 240, "pictures"), ("least", 150, "px, shortest side taken"), ("kind", 1, ""), ("threads", 1, ""), ("out", "", ""), ("write", "", "")):
        p.add_argument("--" + name, type=type(default), default=default, help=text)
    a = p.parse_args()
    numbers = lambda s: [float(x) for x in s.split(",")]
    torch.set_num_threads(a.threads)
    models = {m: load(m, a.threads) for m in a.models}
    if a.write:
        os.makedirs(a.write, exist_ok=True)
    rows = unseen(a.packs, a.kind, a.limit, a.least)
    pictures = [(r, open_picture(r, a.size)) for r in rows]
    labs = [rgb_to_lab(x) for _, x in pictures]
    mean_ab = torch.stack([x[0, 1:].mean((1, 2)) for x in labs]).mean(0)[None, :, None, None]
    grey = [figures_of(lab, rgb, lab[:, 1:] * 0) for lab, (_, rgb) in zip(labs, pictures)]
    results = {"grey copy": summary(grey, grey),
               "mean colour": summary([figures_of(lab, rgb, mean_ab.expand_as(lab[:, 1:])) for lab, (_, rgb) in zip(labs, pictures)], grey)}
    print(f"{len(rows)} pictures, long side {a.size} px\n{HEAD}")
    for name, s in results.items():
        print(line(name, s))
    written = Written(a.write, rows, pictures) if a.write else None
    for name, model in models.items():
        for n in (int(x) for x in numbers(a.hints)):
            for run in (int(x) for x in numbers(a.run)):
                for t in numbers(a.temperature):
                    found = {c: [] for c in numbers(a.chroma)}
                    missed = []
                    titles = {c: f"{os.path.basename(os.path.dirname(name)) or name}/{os.path.basename(name)}, {n} hints, run {run}, T {t:g}, chroma {c:g}" for c in found}
                    for i, ((row, rgb), lab) in enumerate(zip(pictures, labs)):
                        small = working(lab, run)
                        hint, places = true_hints(small, n, row["offset"])
                        ab = model(small[:, :1].contiguous(), hint, t)
                        at = F.interpolate(ab, small.shape[2:], mode="bilinear", align_corners=False)[0]
                        missed += [float(np.hypot(at[0, y, x] - u, at[1, y, x] - v)) for y, x, u, v in places]
                        ab = F.interpolate(ab, lab.shape[2:], mode="bilinear", align_corners=False)
                        for c, to in found.items():
                            to.append(figures_of(lab, rgb, ab * c))
                            if written:
                                written.output(titles[c].replace("/", "-"), i, lab, ab * c)
                        if written and n:
                            written.hints(n, i, small, places)
                    for c, got in found.items():
                        title = titles[c]
                        results[title] = s = dict(summary(got, grey), **({"obedience": float(np.mean(missed))} if missed and c == 1 else {}))
                        for kind in ("cat", "group"):
                            for v in sorted({r[kind] for r in rows} - {""}):
                                part = [i for i, r in enumerate(rows) if r[kind] == v]
                                s.setdefault("by_" + kind, {})[v] = summary([got[i] for i in part], [grey[i] for i in part])
                        print(line(title, s), *[line(f"· {v} ({part['n']})", part) for kind in ("cat", "group") for v, part in s.get("by_" + kind, {}).items()], sep="\n", flush=True)
    if a.out:
        with open(a.out, "w") as f:
            json.dump(results, f, indent=1)


if __name__ == "__main__":
    main()
