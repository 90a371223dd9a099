"""Drawn pages with known truth: flats and lines of simple scenes with people, a few milliseconds each."""
import math
import numpy as np
from PIL import Image, ImageDraw

HAIR = [(58, 44, 40), (122, 78, 44), (226, 186, 92), (196, 72, 56), (86, 118, 190), (150, 96, 170), (232, 150, 176), (92, 160, 128), (40, 42, 56), (170, 176, 190)]
SKIN = [(252, 226, 204), (246, 212, 184), (232, 190, 156), (206, 158, 122), (150, 104, 76), (108, 74, 56)]
CLOTH = [(206, 60, 60), (60, 92, 168), (240, 200, 80), (84, 140, 84), (236, 236, 230), (64, 64, 78), (180, 120, 190), (236, 140, 70), (110, 180, 190), (90, 66, 52)]
EYES = [(80, 130, 190), (90, 150, 90), (150, 96, 60), (176, 60, 70), (140, 100, 180), (70, 60, 60)]
SKY = [(150, 200, 242), (176, 214, 244), (120, 178, 236), (250, 206, 160), (58, 66, 120), (222, 234, 244)]
GROUND = [(140, 186, 104), (120, 168, 96), (214, 196, 152), (150, 150, 156), (190, 158, 128)]
WALL = [(238, 228, 208), (208, 218, 228), (228, 208, 202), (202, 216, 192), (255, 255, 255)]
FINE = 2        # drawn at twice the size and reduced


class Scene:
    """One picture in the making: shapes laid over each other, the later in front."""

    def __init__(self, side, rng):
        self.side, self.r = side, rng
        self.pen = rng.uniform(0.8, 1.8) * side / 256
        self.gap = rng.uniform(0, 5) * side / 256 if rng.random() < 0.6 else 0.0
        self.flats, self.ink = Image.new("RGB", (side * FINE,) * 2, "white"), Image.new("L", (side * FINE,) * 2, 255)
        self.colours, self.lines = ImageDraw.Draw(self.flats), ImageDraw.Draw(self.ink)

    def pick(self, table, spread=12):
        c = np.array(table[self.r.integers(len(table))]) + self.r.normal(0, spread, 3)
        return tuple(int(x) for x in np.clip(c, 0, 255))

    def shape(self, points, colour, outline=1.0):
        """A filled outline in pixels of the picture; what it hides is gone."""
        p = [(x * FINE, y * FINE) for x, y in points]
        self.colours.polygon(p, fill=colour)
        self.lines.polygon(p, fill=255)
        if outline:
            self.stroke(points + points[:1], outline)

    def stroke(self, points, weight=1.0):
        p = [(x * FINE, y * FINE) for x, y in points]
        width = max(1, round(self.pen * weight * FINE))
        if self.gap and len(p) > 6 and self.r.random() < 0.4:               # the pen was lifted once
            k = int(self.r.integers(1, len(p) - 2))
            (x0, y0), (x1, y1) = p[k], p[k + 1]
            t = min(0.9, self.gap * FINE / max(1e-6, math.hypot(x1 - x0, y1 - y0)))
            self.lines.line(p[:k + 1], fill=0, width=width, joint="curve")
            self.lines.line([(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)] + p[k + 1:], fill=0, width=width, joint="curve")
        else:
            self.lines.line(p, fill=0, width=width, joint="curve")

    def oval(self, x, y, rx, ry, n=22, wobble=0.0):
        t = np.linspace(0, 2 * math.pi, n, endpoint=False)
        k = 1 + wobble * self.r.uniform(-1, 1, n)
        return [(float(a), float(b)) for a, b in zip(x + rx * k * np.cos(t), y + ry * k * np.sin(t))]

    def ground(self):
        r, s = self.r, self.side
        kind = r.random()
        if kind < 0.25:
            self.shape([(0, 0), (s, 0), (s, s), (0, s)], (255, 255, 255) if r.random() < 0.7 else self.pick(WALL), 0)
        elif kind < 0.7:
            self.shape([(0, 0), (s, 0), (s, s), (0, s)], self.pick(SKY), 0)
            for _ in range(int(r.integers(0, 4))):
                self.shape(self.oval(r.uniform(0, s), r.uniform(0, s * 0.4), r.uniform(15, 60), r.uniform(8, 22), 14, 0.15), (250, 250, 252))
            y = r.uniform(0.5, 0.8) * s
            self.shape([(-5, y), (s / 3, y - r.uniform(0, 20)), (s * 2 / 3, y + r.uniform(0, 15)), (s + 5, y), (s + 5, s + 5), (-5, s + 5)], self.pick(GROUND))
            for _ in range(int(r.integers(0, 3))):
                x, z = r.uniform(0, s), r.uniform(20, 60)
                self.shape([(x - z / 9, y + 8), (x + z / 9, y + 8), (x + z / 12, y - z), (x - z / 12, y - z)], self.pick([(120, 84, 60)]))
                self.shape(self.oval(x, y - z * 1.1, z * 0.6, z * 0.6, 16, 0.12), self.pick([(92, 150, 80), (70, 130, 90), (236, 170, 190)]))
        else:
            self.shape([(0, 0), (s, 0), (s, s), (0, s)], self.pick(WALL), 0)
            y = r.uniform(0.6, 0.85) * s
            self.shape([(-5, y), (s + 5, y), (s + 5, s + 5), (-5, s + 5)], self.pick([(180, 140, 100), (150, 110, 80), (200, 180, 160)]))
            for _ in range(int(r.integers(0, 3))):
                x, z, w = r.uniform(0, s), r.uniform(0, y * 0.6), r.uniform(20, 70)
                self.shape([(x, z), (x + w, z), (x + w, z + w), (x, z + w)], self.pick(SKY if r.random() < 0.5 else CLOTH))

    def person(self, x, y, s):
        """Head of radius s in the middle of (x, y)."""
        r, face = self.r, self.r.uniform(-1, 1)
        hair, skin, cloth, eye = self.pick(HAIR), self.pick(SKIN, 5), self.pick(CLOTH), self.pick(EYES)
        long = r.uniform(0.4, 2.4)
        self.shape([(x - s * 1.1, y - s * 0.3), (x - s * 0.8, y - s * 1.1), (x, y - s * 1.38), (x + s * 0.8, y - s * 1.1), (x + s * 1.1, y - s * 0.3),
                    (x + s * r.uniform(1, 1.4), y + s * long), (x + s * 0.3, y + s * (long - 0.2)), (x - s * 0.3, y + s * (long - 0.1)), (x - s * r.uniform(1, 1.4), y + s * long)], hair)
        self.shape([(x - s * 0.25, y + s * 0.6), (x + s * 0.25, y + s * 0.6), (x + s * 0.3, y + s * 1.4), (x - s * 0.3, y + s * 1.4)], skin)
        wide = s * r.uniform(1.2, 1.7)
        self.shape([(x - s * 0.35, y + s * 1.2), (x - wide, y + s * 1.6), (x - wide * 1.1, y + s * 4.5), (x + wide * 1.1, y + s * 4.5), (x + wide, y + s * 1.6), (x + s * 0.35, y + s * 1.2), (x, y + s * 1.5)], cloth)
        if r.random() < 0.6:
            self.shape([(x - s * 0.4, y + s * 1.2), (x, y + s * 2.1), (x + s * 0.4, y + s * 1.2), (x + s * 0.6, y + s * 1.5), (x, y + s * 2.6), (x - s * 0.6, y + s * 1.5)], self.pick(CLOTH))
        for d in (-1, 1):
            ax, ay = x + d * wide * 0.9, y + s * 1.7
            ex, ey = ax + d * s * r.uniform(-0.2, 0.6), ay + s * r.uniform(0.8, 1.8)
            self.shape([(ax - s * 0.3, ay), (ax + s * 0.3, ay), (ex + s * 0.22, ey), (ex - s * 0.22, ey)], cloth)
            self.shape(self.oval(ex, ey + s * 0.15, s * 0.24, s * 0.27, 12), skin)
        self.shape([(x - s * 0.85, y - s * 0.35), (x - s * 0.78, y + s * 0.3), (x - s * 0.4, y + s * 0.8), (x, y + s), (x + s * 0.4, y + s * 0.8), (x + s * 0.78, y + s * 0.3), (x + s * 0.85, y - s * 0.35), (x + s * 0.5, y - s), (x - s * 0.5, y - s)], skin)
        tall = r.uniform(0.18, 0.3)
        for d in (-1, 1):
            ex = x + d * s * 0.38 + face * s * 0.08
            self.shape(self.oval(ex, y + s * 0.15, s * 0.2, s * tall, 14), (252, 252, 252), 0.7)
            self.shape(self.oval(ex + face * s * 0.04, y + s * 0.17, s * 0.14, s * tall * 0.85, 14), eye, 0.6)
            self.shape(self.oval(ex + face * s * 0.04, y + s * 0.18, s * 0.06, s * tall * 0.4, 10), (24, 22, 30), 0)
            self.lines.polygon([(a * FINE, b * FINE) for a, b in self.oval(ex + face * s * 0.04, y + s * 0.18, s * 0.06, s * tall * 0.4, 10)], fill=0)
            self.stroke([(ex - s * 0.22, y - s * 0.2), (ex, y - s * 0.3), (ex + s * 0.22, y - s * 0.2)], 0.9)
        self.stroke([(x + face * s * 0.1, y + s * 0.38), (x + face * s * 0.18, y + s * 0.48), (x + face * s * 0.06, y + s * 0.5)], 0.6)
        if r.random() < 0.5:
            self.shape(self.oval(x + face * s * 0.08, y + s * 0.68, s * 0.15, s * 0.08, 12), self.pick([(196, 84, 84)]), 0.7)
        else:
            self.stroke([(x - s * 0.15, y + s * 0.64), (x, y + s * 0.7), (x + s * 0.15, y + s * 0.64)], 0.8)
        k = int(r.integers(5, 10))
        fringe = [(x + s * (0.95 - 1.9 * i / k), y - s * (0.25 if i % 2 else 0.62)) for i in range(1, k)]
        self.shape([(x - s * 1.05, y), (x - s, y - s * 0.9), (x, y - s * 1.4), (x + s, y - s * 0.9), (x + s * 1.05, y), (x + s * 0.85, y + s * 0.1)] + fringe + [(x - s * 0.85, y + s * 0.1)], hair)

    def bubble(self):
        r, s = self.r, self.side
        x, y, w, h = r.uniform(0, s), r.uniform(0, s * 0.5), r.uniform(25, 60), r.uniform(18, 45)
        self.shape(self.oval(x, y, w, h), (255, 255, 255))
        for k in range(int(r.integers(2, 5))):
            z = y - h * 0.5 + k * h * 0.3
            for i in range(int(r.integers(3, 8))):
                a = x - w * 0.6 + i * w * 0.18
                self.stroke([(a, z), (a + r.uniform(1, 5), z + r.uniform(-3, 4))], 0.6)


def scene(seed, side=256):
    """-> flats [side,side,3], lines [side,side] (255 = paper), both uint8."""
    r = np.random.default_rng(seed)
    s = Scene(side, r)
    s.ground()
    for _ in range(int(r.integers(1, 4))):
        z = float(r.uniform(12, 62)) * side / 256
        s.person(float(r.uniform(0.1, 0.9)) * side, float(r.uniform(0.2, 0.75)) * side, z)
    if r.random() < 0.4:
        s.bubble()
    if r.random() < 0.35:                                                   # the gutter between two panels
        x, w = float(r.uniform(0.2, 0.8)) * side, float(r.uniform(4, 12))
        s.shape([(x, -5), (x + w, -5), (x + w, side + 5), (x, side + 5)], (255, 255, 255), 1.6)
    small = lambda im: np.asarray(im.resize((side, side), Image.Resampling.BOX))
    return small(s.flats), small(s.ink)
