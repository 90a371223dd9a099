"""Packs -> uint8 pictures on the training device -> augmented batches made there."""
import io
import math
import mmap
import multiprocessing
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from ageing import age
from hinting import hints
from lab import rgb_to_lab
from packs import read_packs

LONG = {224: 296, 128: 168, 64: 84}             # canvas: short side -> long side; longer pictures lose their ends
FLOOR = {224: 190, 128: 110, 64: 0}             # shortest short side that a canvas takes
CATEGORY_WEIGHT = {"people": 1.6, "indoor": 1.6, "nature": 1.3}
SMALL_WEIGHT = 0.3                              # 64 px pictures, relative: they are soft
FEW = 24                                        # a canvas with fewer training pictures is left out


SHARED = {}                                     # short side -> memory that the decoding processes inherit and fill


def decode_into(job):
    """Fills rows of the shared canvas; portrait pictures are stored lying on their side."""
    rows, first, short = job
    long = LONG[short]
    canvas = np.frombuffer(SHARED[short], np.uint8).reshape(-1, 3, short, long)
    wide, bad, files = [], [], {}
    for i, r in enumerate(rows):
        try:
            if r["file"] not in files:
                files[r["file"]] = open(r["file"], "rb")
            f = files[r["file"]]
            f.seek(r["offset"])
            im = Image.open(io.BytesIO(f.read(r["length"]))).convert("RGB")
            tall = im.size[1] > im.size[0]
            if tall:
                im = im.transpose(Image.Transpose.TRANSPOSE)
            k = short / im.size[1]
            w = max(short, round(im.size[0] * k))
            im = np.asarray(im.resize((w, short), Image.Resampling.BICUBIC) if im.size != (w, short) else im)
            x = max(0, (w - long) // 2)
            im = im[:, x:x + long]
            canvas[first + i, :, :, :im.shape[1]] = im.transpose(2, 0, 1)
            wide.append((im.shape[1], tall))
        except Exception:
            bad.append(first + i)
            wide.append((short, False))
    return wide, bad


class Bucket:
    """Pictures of one canvas size, decoded once."""

    def __init__(self, rows, short, jobs, classes):
        self.rows, self.short, self.long, self.n = rows, short, LONG[short], len(rows)
        self.decode(jobs)
        val = np.array([bool(r["val"]) for r in rows], bool)
        weight = np.array([CATEGORY_WEIGHT.get(r["cat"], 1.0) * r["weight"] for r in rows]) * ~val
        weight[list(self.bad)] = 0
        self.weight = torch.tensor(weight, dtype=torch.float32)
        kept = [i for i in np.flatnonzero(val) if i not in self.bad]
        self.val = sorted(kept, key=lambda i: rows[i]["val"])                 # those that no run has ever seen come first
        self.group = [r["group"] for r in rows]
        self.label = torch.tensor([classes.get(r["label"], -1) for r in rows])

    def decode(self, jobs):
        """Fills the canvas, the widths and what lies on its side."""
        rows, n, short, long = self.rows, self.n, self.short, self.long
        SHARED[short] = mmap.mmap(-1, max(1, n * 3 * short * long))           # inherited by the workers
        chunks = [(rows[i:i + 256], i, short) for i in range(0, n, 256)]
        if jobs > 1 and len(chunks) > 1:
            with multiprocessing.get_context("fork").Pool(jobs) as pool:
                got = pool.map(decode_into, chunks, 1)
        else:
            got = [decode_into(c) for c in chunks]
        self.bad = {b for _, bad in got for b in bad}
        wide = [w for ws, _ in got for w in ws]
        self.pixels = torch.from_numpy(np.frombuffer(SHARED[short], np.uint8, n * 3 * short * long).reshape(n, 3, short, long))
        self.width = torch.tensor([float(w) for w, _ in wide])
        self.tall = torch.tensor([t for _, t in wide])

    def move(self, device):
        for k in ("pixels", "width", "tall", "weight", "label"):
            setattr(self, k, getattr(self, k).to(device))

    def crops(self, idx, size, lo):
        """Random windows -> [N,3,size,size] 0..1. lo >= 1: the middle square, not flipped."""
        n, dev = len(idx), idx.device
        u = lambda a, b: torch.rand(n, device=dev) * (b - a) + a
        w, tall = self.width[idx], self.tall[idx]
        if lo >= 1:
            ch = cw = torch.full((n,), float(self.short), device=dev)
            cy, cx, f = ch / 2, w / 2, torch.ones(n, device=dev)
        else:
            side, ar = self.short * u(lo * lo, 1).sqrt(), u(-0.2, 0.2).exp()
            ch, cw = (side * ar).clamp(16, self.short), torch.minimum((side / ar).clamp(min=16), w)
            cy, cx = ch / 2 + u(0, 1) * (self.short - ch), cw / 2 + u(0, 1) * (w - cw)
            f = torch.where(u(0, 1) < 0.5, -1.0, 1.0)
        if isinstance(self, Files):
            return self.windows(idx, size, torch.stack([cy - ch / 2, cx - cw / 2, cy + ch / 2, cx + cw / 2], 1), f < 0)
        sx, sy, tx, ty = cw / self.long, ch / self.short, 2 * cx / self.long - 1, 2 * cy / self.short - 1
        z = torch.zeros_like(sx)
        lying = torch.stack([torch.stack([f * sx, z, tx], 1), torch.stack([z, sy, ty], 1)], 1)
        stood = torch.stack([torch.stack([z, sx, tx], 1), torch.stack([f * sy, z, ty], 1)], 1)
        k = 2 if self.short * 0.8 > size else 1                               # twice as fine, then averaged: no aliasing
        grid = F.affine_grid(torch.where(tall[:, None, None], stood, lying), (n, 3, size * k, size * k), align_corners=False)
        x = F.grid_sample(self.pixels[idx].float() / 255, grid, mode="bilinear", padding_mode="border", align_corners=False)
        return F.avg_pool2d(x, 2) if k == 2 else x


class Files(Bucket):
    """Pictures decoded each time a window of them is wanted: beside a network on a CPU that costs little, and any number fits."""

    def decode(self, jobs):
        self.bad, self.packs = set(), {}
        for name in {r["file"] for r in self.rows}:
            with open(name, "rb") as f:
                self.packs[name] = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)
        long = [round(max(r["w"], r["h"]) * self.short / min(r["w"], r["h"])) for r in self.rows]
        self.width = torch.tensor([float(min(self.long, max(self.short, x))) for x in long])
        self.tall = torch.tensor([r["h"] > r["w"] for r in self.rows])

    def move(self, device):
        pass                                                                  # only its windows go there

    def window(self, i, size, box, mirrored):
        """One window [y0, x0, y1, x1] of the canvas that picture i would lie on, cut from the file itself."""
        r = self.rows[i]
        im = Image.open(io.BytesIO(self.packs[r["file"]][r["offset"]:r["offset"] + r["length"]]))
        k = min(r["w"], r["h"]) / self.short                                  # canvas -> picture
        skip = max(0.0, (max(r["w"], r["h"]) / k - self.long) / 2)
        y0, x0, y1, x1 = box[0] * k, (box[1] + skip) * k, box[2] * k, (box[3] + skip) * k
        cut = [y0, x0, y1, x1] if self.tall[i] else [x0, y0, x1, y1]
        fine = size / min(cut[2] - cut[0], cut[3] - cut[1])
        im.draft("RGB", (int(r["w"] * fine), int(r["h"] * fine)))             # decodes at a half or a quarter where that is enough
        scale = (im.size[0] / r["w"], im.size[1] / r["h"]) * 2
        limits = (0, 0, *im.size)
        cut = [(max if at < 2 else min)(x * c, limits[at]) for at, (x, c) in enumerate(zip(cut, scale))]
        im = im.convert("RGB").resize((size, size), Image.Resampling.BILINEAR, box=cut)
        return np.asarray(im.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirrored else im)

    def windows(self, idx, size, box, mirrored):
        out = np.full((len(idx), size, size, 3), 127, np.uint8)
        for at, i in enumerate(idx.tolist()):
            try:
                out[at] = self.window(i, size, box[at].tolist(), bool(mirrored[at]))
            except Exception:                                                 # whatever a decoder raises: grey this once, and never again
                self.weight[i] = 0
        return torch.from_numpy(out).permute(0, 3, 1, 2).float().div_(255).contiguous()


class Pictures:
    def __init__(self, folder, device, jobs, limit=0):
        rows = read_packs(folder)
        if not rows:
            raise SystemExit(f"no packs in {folder}")
        if limit:
            rows = rows[::max(1, len(rows) // limit)][:limit]
        seen = {}
        for r in rows:
            seen[r["label"]] = seen.get(r["label"], 0) + 1
        self.classes = {k: i for i, k in enumerate(sorted(k for k, n in seen.items() if k and n >= 5))}
        self.device, self.buckets = device, []
        shorts = sorted(LONG, reverse=True)
        parts = {short: [] for short in shorts}
        for r in rows:
            parts[next(k for k in shorts if min(r["w"], r["h"]) >= FLOOR[k])].append(r)
        for short, part in parts.items():
            if sum(not r["val"] for r in part) >= FEW or len(part) == len(rows):
                self.buckets.append((Bucket if torch.device(device).type == "cuda" else Files)(part, short, jobs, self.classes))
        for b in self.buckets:                                                # only now: processes are forked before a GPU is touched
            b.move(device)
        self.rows = len(rows)

    def shares(self, size):
        """Share of each bucket in a batch of `size` px crops: by its pictures' weight, less where it must be enlarged."""
        w = [float(b.weight.sum()) * (SMALL_WEIGHT if b.short == 64 else 1) * min(1.0, b.short / size) ** 2 for b in self.buckets]
        return [x / sum(w) for x in w]

    def batch(self, n, size, p_age=0.35, p_zero=0.5, far=0.10):
        """Random training batch of n crops of size x size: L (aged or not), L_true, hint, ab4 (target ab at a quarter of
        the size), label (class or -1)."""
        xs, labels = [], []
        share = self.shares(size)
        counts = [int(n * x) for x in share]
        left = n - sum(counts)
        for i in torch.multinomial(torch.tensor(share), left, replacement=True).tolist() if left else ():
            counts[i] += 1
        for b, k in zip(self.buckets, counts):
            if k:
                idx = torch.multinomial(b.weight, k, replacement=True)
                xs.append(b.crops(idx, size, 0.75 if b.short == 64 else 0.5))
                labels.append(b.label[idx])
        rgb = jitter(torch.cat(xs))
        lab = rgb_to_lab(rgb)
        L, ab = lab[:, :1], lab[:, 1:]
        hint, ab_t = hints(ab, p_zero, far)
        aged, L_in = torch.randperm(n, device=self.device)[:int(n * p_age)], L.clone()
        if len(aged):                                                         # always as many: cuDNN tunes itself once a size
            L_in[aged] = age(L[aged], rgb[aged])
        return dict(L=L_in, L_true=L, hint=hint, ab4=F.avg_pool2d(ab_t, 4), label=torch.cat(labels))

    def validation(self, n, size=128):
        """Fixed middle squares of validation pictures; large ones when there are any -> rgb, groups."""
        b = max(self.buckets, key=lambda b: (len(b.val) > 8, b.short))
        pick = b.val[:n]
        extra = [i for i in b.val[n:] if b.group[i]][:64]                      # every skin-group picture counts
        pick = torch.tensor(np.array(pick + extra, np.int64), device=self.device)
        return b.crops(pick, size, 1.0), [b.group[i] for i in pick.tolist()]


def jitter(rgb):
    """Exposure, white balance and saturation, each a little and not always."""
    n, dev = len(rgb), rgb.device
    on = lambda p: (torch.rand(n, 1, 1, 1, device=dev) < p).float()
    rgb = rgb.clamp(1e-4, 1) ** (torch.randn(n, 1, 1, 1, device=dev) * 0.18 * on(0.5)).exp()
    rgb = rgb * (torch.randn(n, 3, 1, 1, device=dev) * 0.05 * on(0.3)).exp()
    grey = rgb.mean(1, keepdim=True)
    return (grey + (rgb - grey) * (1 + (torch.rand(n, 1, 1, 1, device=dev) * 0.4 - 0.15) * on(0.3))).clamp(0, 1)
