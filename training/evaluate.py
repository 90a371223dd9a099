#!/usr/bin/env python3
"""Figures for two folders of pictures matched by name: the twin of `hourglass evaluate`, in NumPy and Pillow.

    evaluate.py --real DIR --output DIR [--strength 0.6,0.8,1,1.2,1.4] [--side N] [--hints DIR] [--groups FILE.csv] [--frames] [--inception FILE.onnx] [--json]

The figures and their names are those of docs/evaluate.md. Pictures of 8 bit in sRGB are read alike by both; of 16-bit
colour Pillow keeps the high byte, and colour profiles are not looked at here. Exit status: 0 all measured, 1 some failed,
2 the command line is wrong, 3 no picture could be read."""
import argparse
import csv
import json
import os
import re
import sys
import unicodedata
import numpy as np
from PIL import Image, ImageOps
import figures

PICTURE = re.compile(r"\.(jpe?g|jpe|jfif|png|webp|tiff?|avif|gif|bmp|dib|hei[cf])$", re.I)
Image.MAX_IMAGE_PIXELS = None


def composed(name):
    return unicodedata.normalize("NFC", name)


def without_ending(name):
    dot = name.rfind(".")
    return name[:dot] if dot > name.rfind("/") + 1 else name


def plain(name):
    return name.encode("utf-16-be", "surrogatepass")


def listing(folder):
    """Pictures below a folder: path with `/` -> file."""
    found = {}
    for at, folders, files in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".") and not f.endswith(".hourglass") and not os.path.islink(os.path.join(at, f))]
        for f in files:
            if not f.startswith(".") and PICTURE.search(f):
                path = os.path.join(at, f)
                found[os.path.relpath(path, folder).replace(os.sep, "/")] = path
    return found


def matched(real, output):
    """Pairs of the same name, then of the same name but for the ending; what is left over on both sides."""
    pairs, left, free = [], sorted(real, key=plain), sorted(output, key=plain)
    for key in (composed, lambda n: without_ending(composed(n))):
        by_key, rest = {}, []
        for n in free:
            by_key.setdefault(key(n), n)
        for n in left:
            partner = by_key.pop(key(n), None)
            if partner is None:
                rest.append(n)
            else:
                free.remove(partner)
                pairs.append((n, partner))
        left = rest
    return sorted(pairs, key=lambda p: plain(p[0])), left, free


def frames_before(names):
    place = {}
    for n in names:
        folder, file = n[:n.rfind("/") + 1], without_ending(n)[n.rfind("/") + 1:]
        number = re.search(r"(\d+)\D*$", file)
        if number:
            place[n] = (folder, int(number[1]))
    by_place = {v: k for k, v in place.items()}
    return {n: by_place[f, k - 1] for n, (f, k) in place.items() if (f, k - 1) in by_place}


def names_of(name):
    own = composed(name)
    file = own[own.rfind("/") + 1:]
    return {own, without_ending(own), file, without_ending(file)}


def read_groups(path):
    groups = {}
    with open(path, encoding="utf-8-sig", newline="") as f:
        rows = [[c.strip() for c in r] for r in csv.reader(f, skipinitialspace=True)]
    rows = [r for r in rows if len(r) > 1 and r[0] and r[1]]
    if rows and [c.lower() for c in rows[0][:2]] == ["name", "group"]:
        rows = rows[1:]
    for name, group, *_ in rows:
        groups.setdefault(composed(name).replace("\\", "/"), []).append(group)
    return groups


def open_picture(path):
    """-> [height, width, 3] uint8, upright."""
    with Image.open(path) as im:
        im = ImageOps.exif_transpose(im)
        if im.mode.startswith("I"):
            grey = ((np.asarray(im).astype(np.int64) + 128) // 257).astype(np.uint8)
            return np.repeat(grey[..., None], 3, 2)
        return np.asarray(im.convert("RGB"))


def features(session, rgb, low, high):
    """A network's answer of most numbers; planes of several pixels averaged."""
    feed = session.get_inputs()[0]
    last = feed.shape[3] == 3 and feed.shape[1] != 3
    h, w = (n if isinstance(n, int) and n > 0 else 299 for n in (feed.shape[1:3] if last else feed.shape[2:4]))
    x = low + np.clip(figures.resized_samples(rgb, (h, w)), 0, 255) / 255 * (high - low)
    x = (x if last else x.transpose(2, 0, 1))[None].astype({"tensor(float16)": np.float16, "tensor(double)": np.float64}.get(feed.type, np.float32))
    answers = [a for a in session.run(None, {feed.name: x}) if a.ndim in (2, 4)]
    best = max(answers, key=lambda a: a.shape[-1 if last else 1])
    return best[0] if best.ndim == 2 else best[0].mean((0, 1) if last else (1, 2))


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--real", required=True)
    p.add_argument("--output", required=True)
    for name in ("hints", "groups", "inception"):
        p.add_argument("--" + name)
    p.add_argument("--strength", type=lambda s: [float(x) for x in s.split(",")], default=[0.6, 0.8, 1.0, 1.2, 1.4])
    p.add_argument("--inception-range", type=lambda s: [float(x) for x in s.split(",")], default=[0.0, 1.0])
    p.add_argument("--side", type=int)
    p.add_argument("--frames", action="store_true")
    p.add_argument("--json", action="store_true")
    a = p.parse_args()
    for folder in (a.real, a.output):
        if not os.path.isdir(folder):
            p.error(f"{folder} is not a folder")
    return a


def main():
    a = arguments()
    say = lambda event, data, text: print(json.dumps(dict(event=event, **data), ensure_ascii=False) if a.json else text, flush=True)
    real, output = listing(a.real), listing(a.output)
    pairs, left_real, left_output = matched(real, output)
    failed = []

    def attempt(name, work):
        try:
            return work()
        except Exception as error:  # whatever a damaged file brings: it is told, the rest goes on
            failed.append(name)
            data = dict(input=name, code="bad-input", message=f"{name} could not be measured: {error}", remedy="Check the file.")
            say("error", data, "") if a.json else print(data["message"], file=sys.stderr)
            return None
    means = {n: attempt(n, lambda: [float(x.mean()) for x in figures.lab_of(open_picture(real[n]))[1:]]) for n, _ in pairs}
    pairs = [p for p in pairs if means[p[0]]]
    mean = np.mean([means[n] for n, _ in pairs], 0).tolist() if pairs else [0.0, 0.0]
    partner, before = dict(pairs), frames_before([n for n, _ in pairs]) if a.frames else {}
    groups = read_groups(a.groups) if a.groups else {}
    which = ["output", "grey", "meanColor"]
    per_candidate = lambda f: dict({k: f(k) for k in which}, strengths=[dict(strength=s, figures=f(i)) for i, s in enumerate(a.strength)])

    def opened(name):
        truth, own = open_picture(real[name]), open_picture(output[partner[name]])
        size = figures.compared_size(truth.shape[:2], a.side)
        return figures.resized(truth, size), figures.resized(own, size), truth.shape[:2], own.shape[:2]

    def report_of(name):
        truth, own, truth_size, own_size = opened(name)
        lab = figures.lab_of(own)
        candidates = [own, figures.recoloured(truth, 0.0, 0.0), figures.recoloured(truth, *mean)] + [figures.recoloured(truth, lab[1] * s, lab[2] * s) for s in a.strength]
        of_truth, rows = figures.measure(truth, candidates)
        hints = next((f for f in (os.path.join(a.hints, n + ".hints.json") for n in (without_ending(name), name)) if os.path.exists(f)), None) if a.hints else None
        if hints:
            with open(hints, encoding="utf-8") as f:
                hints = json.load(f)["hints"]
        return dict(size=truth.shape[:2], resizedFrom=None if own_size == truth_size else own_size, reducedFrom=None if truth_size == truth.shape[:2] else truth_size, truth=of_truth,
                    **dict(zip(which, rows)), strengths=rows[3:], hints=figures.hint_measures(truth, own, hints) if hints else None,
                    flicker=figures.flicker_measures(opened(before[name])[:2], (truth, own)) if name in before else None)
    reports = {}
    for name, out in pairs:
        r = attempt(name, lambda: report_of(name))
        if r is None:
            continue
        reports[name] = r
        told = dict(name=name, output=out, category=name.split("/")[0] if "/" in name else "", groups=sorted({g for n in names_of(name) for g in groups.get(n, [])}),
                    **{k: list(r[k][::-1]) if r[k] else None for k in ("size", "resizedFrom", "reducedFrom")}, figures=per_candidate(lambda k: figures.figures_of_picture(r, k)))
        r.update(category=told["category"], groups=told["groups"])
        f = told["figures"]["output"]
        say("result", told, f"{name}  {f['psnr']:.2f} dB, dE {f['deltaE']:.2f}" + "".join(f", {k} {f[k]:.2f}" for k in ("colorfulness", "sigmaA", "sigmaB") if f[k] is not None))
    if not reports:
        print("no picture could be read" if pairs or failed else "no two names match", file=sys.stderr)
        return 3
    rows = list(reports.values())
    set_of = lambda rs: dict(pictures=len(rs), **per_candidate(lambda k: figures.figures_of_set(rs, k)))
    fid = None
    if a.inception and len(rows) > 1:
        import onnxruntime  # optional: everything else is measured without it
        session = onnxruntime.InferenceSession(a.inception, providers=["CPUExecutionProvider"])
        sets = {k: [] for k in ["real"] + which}
        for name in reports:
            truth, own = open_picture(real[name]), open_picture(output[partner[name]])
            for k, rgb in zip(sets, (truth, own, figures.recoloured(truth, 0.0, 0.0), figures.recoloured(truth, *mean))):
                sets[k].append(features(session, rgb, *a.inception_range))
        fid = dict({k: figures.frechet(sets["real"], sets[k]) for k in which}, pictures=len(rows), dimensions=len(sets["real"][0]))
    summary = dict(pictures=len(rows), failed=len(failed), meanColor=mean, unmatched=dict(real=left_real, output=left_output), all=set_of(rows),
                   categories={c: set_of([r for r in rows if r["category"] == c]) for c in sorted({r["category"] for r in rows} - {""})},
                   groups={g: set_of([r for r in rows if g in r["groups"]]) for g in sorted({g for r in rows for g in r["groups"]})}, fid=fid)
    table = lambda s: "\n".join([f"{'':16}" + "".join(f"{k:>14}" for k in which)] + [
        f"{k:16}" + "".join("             –" if s[w][k]["value"] is None else f"{s[w][k]['value']:14.3f}" for w in which) for k in s["output"] if s["output"][k]["value"] is not None])
    say("summary", summary, f"\n{len(rows)} pictures\n{table(summary['all'])}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
