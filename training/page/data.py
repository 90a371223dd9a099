"""Packs of colour drawings, and drawn scenes -> batches of pages."""
import io
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from generator import scene
from hints import hints
from packs import picture_bytes, read_packs
from pages import apart, draw, luma

LONG = 512      # longer side at which pages are seen while training, about that at which the studio runs the network
SCENES = 0.3    # share of the crops that comes from drawn scenes


def lightness(page):
    """Encoded grey 0..1 -> L* 0..100 (CIE 1976; the page's grey is sRGB-encoded)."""
    y = torch.where(page <= 0.04045, page / 12.92, ((page.clamp(min=0.04045) + 0.055) / 1.055) ** 2.4)
    d = 6 / 29
    return 116 * torch.where(y > d ** 3, y.clamp(min=d ** 3) ** (1 / 3), y / (3 * d * d) + 4 / 29) - 16


def planes(*arrays):
    """[H,W,3] and [H,W] uint8 -> one [C,H,W]."""
    return torch.from_numpy(np.concatenate([a.reshape(*a.shape[:2], -1) for a in arrays], 2)).permute(2, 0, 1).contiguous()


def opened(row, long):
    """A picture of a pack as [H,W,3] uint8, its longer side at most `long`."""
    im = Image.open(io.BytesIO(picture_bytes(row))).convert("RGB")
    im.thumbnail((long, long), Image.Resampling.LANCZOS)
    return np.asarray(im)


def drawn_scene(seed):
    flats, ink = scene(seed)
    return planes(flats, ink, np.full_like(ink, 255))


class Pages:
    """Everything lies decoded in memory. -> batches on `device`."""

    def __init__(self, folder, device, scenes, limit=0):
        rows = read_packs(folder)
        if not rows:
            raise SystemExit(f"no packs in {folder}")
        rows = rows[::max(1, len(rows) // limit)][:limit] if limit else rows
        self.device = device
        self.drawings = [planes(*apart(opened(r, LONG), 5 + 2 * (i % 3))) for i, r in enumerate(rows) if not r["val"]]
        self.unseen = [planes(opened(r, LONG), *apart(opened(r, LONG))) for r in rows if r["val"]]
        self.scenes = [drawn_scene(s) for s in range(scenes)]

    def window(self, picture, size):
        """A random window of 0.6 to 1.5 times `size`, as far as the picture goes, brought to `size`, often mirrored. Lines are reduced
        as the studio reduces a page: by averaging."""
        _, h, w = picture.shape
        side = int(min(h, w, max(24, size * float(torch.empty(()).uniform_(0.6, 1.5)))))
        y, x = int(torch.randint(0, h - side + 1, ())), int(torch.randint(0, w - side + 1, ()))
        cut = picture[None, :, y:y + side, x:x + side].float() / 255
        cut = F.interpolate(cut, (size, size), mode="area" if side > size else "bilinear", **({} if side > size else {"align_corners": False}))
        return cut.flip(3) if torch.rand(()) < 0.5 else cut

    def batch(self, n, size):
        """n pages of size x size: L, page, albedo, hint, weight (how much a pixel's colour counts)."""
        drawn = int(round(n * SCENES)) if self.scenes else 0
        pick = lambda of, k: [of[int(i)] for i in torch.randint(0, len(of), (k,))]
        x = torch.cat([self.window(p, size) for p in pick(self.drawings, n - drawn) + (pick(self.scenes, drawn) if drawn else [])]).to(self.device)
        flats = swapped(jitter(x[:, :3]))
        page, tone, albedo, hidden = draw(flats, x[:, 3:4], x[:, 4:])
        return dict(L=lightness(page), page=page, albedo=albedo, hint=hints(flats, hidden), weight=(0.1 + 0.9 * hidden) * (0.2 + 0.8 * tone))

    def validation(self, n, size=256):
        """Fixed middle squares of unseen drawings -> [N,8,size,size]: the drawing, its surfaces, lines and edges."""
        out = []
        for p in self.unseen[:n]:
            _, h, w = p.shape
            s = min(h, w)
            y, x = (h - s) // 2, (w - s) // 2
            out.append(F.interpolate(p[None, :, y:y + s, x:x + s].float() / 255, (size, size), mode="bilinear", align_corners=False, antialias=True))
        return torch.cat(out).to(self.device)


def jitter(rgb):
    """Saturation and exposure, a little."""
    n = len(rgb)
    u = lambda a, b: torch.rand(n, 1, 1, 1, device=rgb.device) * (b - a) + a
    grey = luma(rgb)
    rgb = (grey + (rgb - grey) * u(0.85, 1.25)).clamp(1e-4, 1)
    return rgb ** u(0.85, 1.18)


def swapped(rgb, p=0.25):
    """In a share of the pictures the channels change places: colours nobody could guess, so that hints are followed."""
    out = rgb.clone()
    for i in (torch.rand(len(rgb)) < p).nonzero().flatten().tolist():
        out[i] = rgb[i, torch.randperm(3)]
    return out
