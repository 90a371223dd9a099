"""What `hourglass evaluate` measures, in NumPy: docs/evaluate.md says what each figure is. The two agree to a thousandth.

A picture is an array [height, width, 3] of uint8; Lab planes are three arrays [height, width]."""
import os
import sys
import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "photo"))
import formulas  # noqa: E402

M_RGB = np.array(((0.4123907993, 0.3575843394, 0.1804807884), (0.2126390059, 0.7151686788, 0.0721923154), (0.0193308187, 0.1191947798, 0.9505321522)))
OVER_WHITE = M_RGB / M_RGB.sum(1, keepdims=True)
BACK = np.linalg.inv(OVER_WHITE)
MOST_PIXELS = 24e6
EDGE_SIDE = 512
FRAME_SIDE = 320


def whole(x):
    return np.floor(x + 0.5 + 1e-9)


def to_byte(x):
    return np.clip(whole(x), 0, 255).astype(np.uint8)


def lab_of(rgb):
    """Samples 0..255, whole or not -> L*, a, b in float64."""
    c = np.clip(np.asarray(rgb, np.float64) / 255, 0, 1)
    c = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    xyz = c @ OVER_WHITE.T
    d = 6 / 29
    f = np.where(xyz > d ** 3, np.cbrt(xyz), xyz / (3 * d * d) + 4 / 29)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def recoloured(truth, a, b):
    """The truth's L* under other colours, 8 bit; channels outside are clipped."""
    y = (lab_of(truth)[0] + 16) / 116
    d = 6 / 29
    light = lambda f: np.where(f > d, f ** 3, 3 * d * d * (f - 4 / 29))
    Y = light(y)
    x, z = light(y + a / 500) - Y, light(y - b / 200) - Y
    c = np.clip(np.stack([Y + BACK[i, 0] * x + BACK[i, 2] * z for i in range(3)], -1), 0, 1)
    return to_byte(255 * np.where(c <= 0.0031308, c * 12.92, 1.055 * np.maximum(c, 1e-12) ** (1 / 2.4) - 0.055))


# ---- sizes

def scaled(size, k):
    return tuple(max(1, int(whole(n * k))) for n in size)


def fitted(size, side):
    return scaled(size, min(1, side / max(size)))


def compared_size(size, side):
    return scaled(size, min(1, (MOST_PIXELS / (size[0] * size[1])) ** 0.5, side / max(size) if side else 1))


def taps(n, m):
    """Keys' cubic, widened when shrinking, what lies outside left out -> [m, n]."""
    k = n / m
    stretch = max(1, k)
    w = np.zeros((m, n))
    for out in range(m):
        centre = (out + 0.5) * k
        first, end = max(0, int(np.floor(centre - 2 * stretch))), min(n, int(np.ceil(centre + 2 * stretch)))
        x = np.abs((np.arange(first, end) + 0.5 - centre) / stretch)
        weights = np.where(x < 1, (1.5 * x - 2.5) * x * x + 1, np.where(x < 2, ((-0.5 * x + 2.5) * x - 4) * x + 2, 0))
        w[out, first:end] = weights / weights.sum()
    return w


def resized_samples(rgb, size):
    """(height, width) -> float32 samples, not rounded."""
    x = np.tensordot(taps(rgb.shape[0], size[0]), rgb.astype(np.float64), (1, 0))
    return np.moveaxis(np.tensordot(taps(rgb.shape[1], size[1]), x, (1, 1)), 0, 1).astype(np.float32)


def resized(rgb, size):
    return rgb if rgb.shape[:2] == tuple(size) else to_byte(resized_samples(rgb, size).astype(np.float64))


def small_planes(rgb, side):
    """Lab planes in float32 of a copy of at most `side`."""
    size = fitted(rgb.shape[:2], side)
    return tuple(p.astype(np.float32) for p in lab_of(rgb if size == rgb.shape[:2] else resized_samples(rgb, size)))


# ---- one picture against its truth

def ssim(first, second):
    """Wang, Bovik, Sheikh and Simoncelli 2004 on luma, Gaussian 11x11, sigma 1.5, windows inside the picture; None below 11 px."""
    if min(first.shape[:2]) < 11:
        return None
    bell = np.exp(-(np.arange(11) - 5.0) ** 2 / (2 * 1.5 ** 2))
    bell /= bell.sum()

    def blur(p):
        p = sum(bell[k] * p[:, k:p.shape[1] - 10 + k] for k in range(11))
        return sum(bell[k] * p[k:p.shape[0] - 10 + k] for k in range(11))
    x, y = (p.astype(np.float64) @ np.array((0.299, 0.587, 0.114)) for p in (first, second))
    mx, my = blur(x), blur(y)
    vx, vy, cov = blur(x * x) - mx * mx, blur(y * y) - my * my, blur(x * y) - mx * my
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return float((((2 * mx * my + c1) * (2 * cov + c2)) / ((mx * mx + my * my + c1) * (vx + vy + c2))).mean())


def sobel(plane):
    p = np.pad(plane.astype(np.float64), 1, mode="edge")
    ul, uc, ur, ml, mr, dl, dc, dr = p[:-2, :-2], p[:-2, 1:-1], p[:-2, 2:], p[1:-1, :-2], p[1:-1, 2:], p[2:, :-2], p[2:, 1:-1], p[2:, 2:]
    return (np.hypot(ur + 2 * mr + dr - ul - 2 * ml - dl, dl + 2 * dc + dr - ul - 2 * uc - ur) / 8).astype(np.float32)


def distance_to(marks, most):
    """3-4 chamfer distance to the nearest mark in px, right up to `most`."""
    d = np.where(marks, 0.0, 1e6)
    for _ in range(most):
        p = np.pad(d, 1, constant_values=1e6)
        near = np.minimum.reduce([p[:-2, 1:-1], p[2:, 1:-1], p[1:-1, :-2], p[1:-1, 2:]]) + 3
        far = np.minimum.reduce([p[:-2, :-2], p[:-2, 2:], p[2:, :-2], p[2:, 2:]]) + 4
        d = np.minimum(d, np.minimum(near, far))
    return d / 3


def spread(planes):
    """Chroma gradients 2..12 px from edges of lightness over those within 12 px."""
    d = distance_to(sobel(planes[0]) >= 4, 13)
    gradient = np.hypot(sobel(planes[1]).astype(np.float64), sobel(planes[2]))
    near, far = gradient[d < 2].sum(), gradient[(d >= 2) & (d <= 12)].sum()
    return float(far / (near + far)) if near + far > 0 else 0.0


def colour_measures(rgb, lab, small):
    L, a, b = lab
    bins = np.clip(np.floor(L * 16 / 100), 0, 15).astype(int).ravel()
    n = np.bincount(bins, minlength=16)
    explained = sum((np.bincount(bins, p.ravel(), 16)[n > 0] ** 2 / n[n > 0]).sum() for p in (a, b))
    variance_a, variance_b = max(0.0, float((a * a).mean() - a.mean() ** 2)), max(0.0, float((b * b).mean() - b.mean() ** 2))
    r, g, bl = (rgb[None, ..., i].astype(np.float64) for i in range(3))
    return dict(colorfulness=float(formulas.colourfulness(r, g, bl)[0]), varianceA=variance_a, varianceB=variance_b,
                varianceBeyondTone=max(0.0, float(((a * a + b * b).sum() - explained) / a.size)),
                spread=None if variance_a + variance_b < 1 else spread(small))


def edge_band(small):
    """Pixels within 4 px of places where both L* and ab step."""
    return distance_to((sobel(small[0]) >= 4) & (np.hypot(sobel(small[1]).astype(np.float64), sobel(small[2])) >= 4), 6) <= 4


def measure(truth, candidates):
    """-> the truth's own measures, those of each candidate."""
    lab, small = lab_of(truth), small_planes(truth, EDGE_SIDE)
    band, rows = edge_band(small), []
    mean = lambda x: float(x.mean()) if x.size else None
    for rgb in candidates:
        own, own_small = lab_of(rgb), small_planes(rgb, EDGE_SIDE)
        drift = np.abs(lab[0] - own[0])
        off = np.hypot(own_small[1].astype(np.float64) - small[1], own_small[2].astype(np.float64) - small[2])
        rows.append(dict(colour_measures(rgb, own, own_small), deltaE=float(formulas.ciede2000(lab, own, np).mean()),
                         abSquares=float(((lab[1] - own[1]) ** 2 + (lab[2] - own[2]) ** 2).mean() / 2), driftMean=float(drift.mean()), driftMax=float(drift.max()),
                         bandError=mean(off[band]), elsewhereError=mean(off[~band]),
                         mse=float(((truth.astype(np.float64) - rgb) ** 2).mean()), ssim=ssim(truth, rgb)))
    return colour_measures(truth, lab, small), rows


# ---- hints

def evenly(items, most):
    return items if len(items) <= most else [items[k * (len(items) - 1) // (most - 1)] for k in range(most)]


def hint_measures(truth, output, hints):
    places = []
    for h in hints:
        if h.get("hidden"):
            continue
        _, a, b = (float(v) for v in lab_of([int(h["color"][i:i + 2], 16) for i in (1, 3, 5)]))
        points = [(h["x"], h["y"])] if h["kind"] == "dot" else [p[:2] for p in evenly(h["points"], 5)]
        places += [(x, y, h.get("radius", 0.006 if h["kind"] == "dot" else 0.004), a, b) for x, y in points]
    places = evenly(places, 200)
    if not places:
        return None
    small = [small_planes(p, EDGE_SIDE) for p in (truth, output)]
    height, width = small[0][0].shape
    long = max(height, width)
    most = int(np.ceil(long * 0.25))
    yy, xx = np.mgrid[0:height, 0:width]
    sums = np.zeros(4)
    for x, y, radius, a, b in places:
        distance = np.sqrt((xx + 0.5 - x * width) ** 2 + (yy + 0.5 - y * height) ** 2)
        here = distance < max(2.5, radius * long)
        missed = np.hypot(small[1][1][here].astype(np.float64).mean() - a, small[1][2][here].astype(np.float64).mean() - b)
        sums[:2] += missed, missed <= 5
        inside = distance < most
        ring = np.floor(distance[inside]).astype(int)
        n = np.bincount(ring, minlength=most)
        for k, planes in ((3, small[0]), (2, small[1])):
            like = np.bincount(ring, np.hypot(planes[1][inside].astype(np.float64) - a, planes[2][inside].astype(np.float64) - b) <= 10, minlength=most)
            fails = np.flatnonzero((n == 0) | (2 * like < n))
            sums[k] += (fails[0] if fails.size else most) / long
    error, obeyed, reach, true_reach = (sums / len(places)).tolist()
    return dict(count=len(places), error=error, obeyed=obeyed, reach=reach, trueReach=true_reach)


# ---- flicker

def flicker_measures(before, now):
    """before, now: (truth, output) of two frames -> None across a cut."""
    if before[0].shape != now[0].shape:
        return None
    size = fitted(now[0].shape[:2], FRAME_SIDE)
    height, width = size
    samples = [[resized_samples(p, size) for p in frame] for frame in (before, now)]
    luma = [(to_byte(s[0].astype(np.float64)).astype(np.int64) @ np.array((299, 587, 114)) + 500) // 1000 for s in samples]
    tops, lefts = np.arange(0, height, 8), np.arange(0, width, 8)
    bottoms, rights = np.minimum(tops + 8, height), np.minimum(lefts + 8, width)
    pixels = (bottoms - tops)[:, None] * (rights - lefts)[None]
    best, best_dy, best_dx = np.full(pixels.shape, np.inf), np.zeros(pixels.shape, int), np.zeros(pixels.shape, int)
    padded = np.pad(luma[0], 8)
    for dy in range(-8, 9):
        for dx in range(-8, 9):
            inside = ((tops + dy >= 0) & (bottoms + dy <= height))[:, None] & ((lefts + dx >= 0) & (rights + dx <= width))[None]
            off = np.abs(luma[1] - padded[8 + dy:8 + dy + height, 8 + dx:8 + dx + width])
            cost = np.add.reduceat(np.add.reduceat(off, tops, 0), lefts, 1) / pixels + 0.06 * (abs(dx) + abs(dy))
            better = inside & (cost < best)
            best[better], best_dy[better], best_dx[better] = cost[better], dy, dx
    yy, xx = np.mgrid[0:height, 0:width]
    vy, vx = yy + best_dy[yy // 8, xx // 8], xx + best_dx[yy // 8, xx // 8]
    same = np.abs(luma[1] - luma[0][vy, vx]) <= 6
    if same.mean() < 0.5:
        return None
    lab = [[tuple(p.astype(np.float32).astype(np.float64) for p in lab_of(s)[1:]) for s in frame] for frame in samples]
    change = [float(np.hypot(lab[1][k][0] - lab[0][k][0][vy, vx], lab[1][k][1] - lab[0][k][1][vy, vx])[same].mean()) for k in (0, 1)]
    return dict(output=change[1], truth=change[0], chroma=float(np.hypot(*lab[1][1]).mean()), share=float(same.mean()))


# ---- many pictures

def psnr_of(mse):
    return 100.0 if mse == 0 else min(100.0, 10 * np.log10(255 ** 2 / mse))


def numbers_of(report, which):
    m, truth, grey = (report["strengths"][which] if isinstance(which, int) else report[which]), report["truth"], report["grey"]
    nan = lambda x: np.nan if x is None else x
    hints, flicker = ((report[k] or {}) if which == "output" else {} for k in ("hints", "flicker"))
    psnr = psnr_of(m["mse"])
    both = m["spread"] is not None and truth["spread"] is not None
    return dict(psnr=psnr, psnrSameSize=np.nan if report["resizedFrom"] or report["reducedFrom"] else psnr, mse=m["mse"], psnrGain=psnr - psnr_of(grey["mse"]), ssim=nan(m["ssim"]),
                deltaE=m["deltaE"], deltaEGain=m["deltaE"] - grey["deltaE"], abSquares=m["abSquares"], driftMean=m["driftMean"], bandError=nan(m["bandError"]), elsewhereError=nan(m["elsewhereError"]),
                **{k: m[k] for k in ("colorfulness", "varianceA", "varianceB", "varianceBeyondTone")},
                **{"true_" + k: truth[k] for k in ("colorfulness", "varianceA", "varianceB", "varianceBeyondTone")},
                spread=m["spread"] if both else np.nan, true_spread=truth["spread"] if both else np.nan,
                hintError=hints.get("error", np.nan), hintsObeyed=hints.get("obeyed", np.nan), hintReach=hints.get("reach", np.nan), trueReach=hints.get("trueReach", np.nan),
                flicker=flicker.get("output", np.nan), trueFlicker=flicker.get("truth", np.nan), chroma=flicker.get("chroma", np.nan))


def figures_of_means(m):
    """Means over pictures, or arrays of them -> figures; nan where there is none."""
    with np.errstate(all="ignore"):
        ratio = lambda x, y: np.where(np.asarray(y) > 1e-6, np.divide(x, y), np.nan)
        mse = np.asarray(m["mse"], np.float64)
        return dict(psnr=m["psnr"], psnrSameSize=m["psnrSameSize"], psnrPooled=np.where(mse == 0, 100.0, np.minimum(100, 10 * np.log10(255 ** 2 / mse))), psnrOverGrey=m["psnrGain"], ssim=m["ssim"],
                    deltaE=m["deltaE"], deltaEOverGrey=m["deltaEGain"], abError=np.sqrt(m["abSquares"]), colorfulness=ratio(m["colorfulness"], m["true_colorfulness"]),
                    sigmaA=np.sqrt(ratio(m["varianceA"], m["true_varianceA"])), sigmaB=np.sqrt(ratio(m["varianceB"], m["true_varianceB"])),
                    sigmaBeyondTone=np.sqrt(ratio(m["varianceBeyondTone"], m["true_varianceBeyondTone"])), driftMean=m["driftMean"], bleedBand=m["bandError"], bleedElsewhere=m["elsewhereError"],
                    spread=ratio(m["spread"], m["true_spread"]), hintError=m["hintError"], hintsObeyed=m["hintsObeyed"], hintReach=ratio(m["hintReach"], m["trueReach"]),
                    flicker=m["flicker"], flickerOfTruth=m["trueFlicker"], flickerPercent=ratio(100 * np.asarray(m["flicker"]), m["chroma"]))


def number(x):
    return float(x) if np.isfinite(x) else None


def figures_of_picture(report, which):
    m = report["strengths"][which] if isinstance(which, int) else report[which]
    return dict({k: number(v) for k, v in figures_of_means(numbers_of(report, which)).items()}, driftMax=m["driftMax"])


def draws(count, rounds=2000, seed=20031):
    """How often each picture is drawn in each round, by Lehmer's sequence (multiplier 48271) -> [rounds, count]."""
    p, g = np.uint64(2147483647), 48271
    powers = np.array([g], np.uint64)
    while len(powers) < rounds * count:
        powers = np.concatenate([powers, powers * powers[-1] % p])
    states = powers[:rounds * count] * np.uint64(seed) % p
    picture = np.floor(states.astype(np.float64) / 2147483647 * count).astype(np.int64)
    return np.bincount(picture + np.repeat(np.arange(rounds) * count, count), minlength=rounds * count).reshape(rounds, count)


def figures_of_set(reports, which):
    """Figures over pictures with 95 % intervals by the bootstrap over pictures."""
    rows = [numbers_of(r, which) for r in reports]
    columns = {k: np.array([r[k] for r in rows], np.float64) for k in rows[0]}
    times = draws(len(rows)) if len(rows) > 1 else np.zeros((0, len(rows)))

    def means(weights):
        with np.errstate(all="ignore"):
            return {k: (weights @ np.nan_to_num(c)) / (weights @ ~np.isnan(c)) for k, c in columns.items()}
    values, tried, out = figures_of_means(means(np.ones((1, len(rows))))), figures_of_means(means(times)), {}
    for k, v in values.items():
        v = number(np.ravel(v)[0])
        t = np.ravel(tried[k])
        t = t[np.isfinite(t)]
        low, high = np.percentile(t, (2.5, 97.5)) if t.size and v is not None else (np.nan, np.nan)
        out[k] = dict(value=v, low=number(low), high=number(high))
    greatest = max((r["strengths"][which] if isinstance(which, int) else r[which])["driftMax"] for r in reports)
    return dict(out, driftMax=dict(value=greatest, low=None, high=None))


def frechet(first, second):
    """Frechet distance of features [pictures, dimensions]: the trace of the root is the sum of the singular values of F1' F2."""
    def gaussian(x):
        x = np.asarray(x, np.float64)
        centred = (x - x.mean(0)) / max(1, len(x) - 1) ** 0.5
        if len(x) <= x.shape[1]:
            return x.mean(0), centred
        values, vectors = np.linalg.eigh(centred.T @ centred)
        return x.mean(0), (vectors * np.sqrt(np.maximum(values, 0))).T
    (m1, f1), (m2, f2) = gaussian(first), gaussian(second)
    return max(0.0, float(((m1 - m2) ** 2).sum() + (f1 ** 2).sum() + (f2 ** 2).sum() - 2 * np.linalg.svd(f1 @ f2.T, compute_uv=False).sum()))
