"""Formulas that PyTorch and NumPy share: only what both spell alike is used."""
import math


def ciede2000(first, second, xp):
    """CIEDE2000 of each pair of Lab colours (Sharma, Wu and Dalal 2005); first, second: (L, a, b) arrays of float64; xp: torch or numpy."""
    (L1, a1, b1), (L2, a2, b2) = first, second
    c7 = ((xp.hypot(a1, b1) + xp.hypot(a2, b2)) / 2) ** 7
    g = 1.5 - 0.5 * xp.sqrt(c7 / (c7 + 25.0 ** 7))
    a1, a2, d = a1 * g, a2 * g, math.pi / 180
    C1, C2 = xp.hypot(a1, b1), xp.hypot(a2, b2)
    h1, h2 = (xp.where(h < 0, h + 360, h) for h in (xp.arctan2(b1, a1) / d, xp.arctan2(b2, a2) / d))
    grey, turn = C1 * C2 == 0, h2 - h1                                          # exactly opposite hues are not turned round
    dh = xp.where(turn > 180 + 1e-9, turn - 360, xp.where(turn < -180 - 1e-9, turn + 360, turn))
    dH = 2 * xp.sqrt(C1 * C2) * xp.sin(dh / 2 * d)                              # 0 where one of them is grey
    hm, Lm, Cm = xp.where(grey, h1 + h2, h1 + dh / 2), (L1 + L2) / 2, (C1 + C2) / 2
    T = 1 - 0.17 * xp.cos((hm - 30) * d) + 0.24 * xp.cos(2 * hm * d) + 0.32 * xp.cos((3 * hm + 6) * d) - 0.2 * xp.cos((4 * hm - 63) * d)
    rotation = 60 * d * xp.exp(-((xp.remainder(hm, 360) - 275) / 25) ** 2)
    R = -2 * xp.sqrt(Cm ** 7 / (Cm ** 7 + 25.0 ** 7)) * xp.sin(rotation)
    u = (L2 - L1) / (1 + 0.015 * (Lm - 50) ** 2 / xp.sqrt(20 + (Lm - 50) ** 2))
    v, w = (C2 - C1) / (1 + 0.045 * Cm), dH / (1 + 0.015 * Cm * T)
    return xp.sqrt(abs(u * u + v * v + w * w + R * v * w))                      # below 0 by rounding alone


def colourfulness(r, g, b):
    """Hasler and Suesstrunk 2003; r, g, b: arrays [N, ...] of 0..255 -> [N]."""
    flat = lambda x: x.reshape(len(x), -1)
    rg, yb = flat(r - g), flat((r + g) / 2 - b)
    variance = lambda x: ((x - x.mean(1)[:, None]) ** 2).mean(1)
    return (variance(rg) + variance(yb)) ** 0.5 + 0.3 * (rg.mean(1) ** 2 + yb.mean(1) ** 2) ** 0.5
