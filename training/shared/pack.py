"""Folders of pictures -> packs.   pack.py [CATEGORY=]SOURCE... --out DIR [--short 224] [--art]

SOURCE: a folder with packs (to merge, split or shrink them) or any folder of pictures. CATEGORY (people, indoor, nature,
street, animals, food, objects) names what a folder shows; without it the name of the sub-folder is the category.

Dropped: broken files, grey or one-tint pictures, near-white ones (with --art, for drawings, these are welcome, and what
is transparent is laid on white), odd shapes, repeats. Repeats are found by content and
by a 64-bit difference hash (at most --near bits apart); the largest copy stays, and it is kept for measuring when any
copy was: a picture measured with never slips into training under another name. The same input gives the same bytes."""
import argparse
import glob
import hashlib
import io
import os
import re
from collections import Counter
from multiprocessing import Pool
import numpy as np
from PIL import Image
from packs import find_packs, picture_bytes, read_header, write_pack

# a collection or person named in a path -> skin group: colour error is reported, and sampling weighted, by it
GROUPS = (("dark", 4.0, ("somali", "serena_williams", "mbappe", "neymar", "skin-dark")),
          ("brown", 4.0, ("bollywood", "indian-celebrity", "virat_kohli", "skin-brown")))
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".bmp")
LARGE = 110  # shorter pictures go into packs of their own


def entries(source):
    """Yields (name, bytes, category, path, known row or None); the name decides training or validation."""
    category, _, folder = source.rpartition("=")
    packs = find_packs(folder)
    for p in packs:
        rows, start = read_header(p)
        for r in rows:
            row = [r[k] for k in ("w", "h", "cat", "group", "weight", "label", "val")]
            yield "", picture_bytes(dict(r, file=p, offset=r["offset"] + start)), r["cat"], "", row
    for p in () if packs else sorted(glob.glob(folder + "/**/*", recursive=True)):
        if p.lower().endswith(SUFFIXES):
            with open(p, "rb") as f:
                yield os.path.relpath(p, folder), f.read(), category or os.path.basename(os.path.dirname(p)), p, None


def difference_hash(im):
    """64 bits: is each of 8x8 cells brighter than its right neighbour (unchanged by scaling and recompression)."""
    g = np.asarray(im.convert("L").resize((9, 8), Image.Resampling.BOX), np.int16)
    return int(np.packbits(g[:, 1:] > g[:, :-1]).tobytes().hex(), 16)


def on_white(im):
    """RGB; what is transparent becomes paper."""
    if im.mode not in ("RGBA", "LA", "PA") and "transparency" not in im.info:
        return im.convert("RGB")
    im = im.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", im.size, "white"), im).convert("RGB")


def colour_fault(im, art):
    """Why a picture teaches no colour ("grey", "white"), or ""; looked at as a 48x48 copy."""
    ycc = np.asarray(im.resize((48, 48), Image.Resampling.BOX).convert("YCbCr"), np.float32)
    c = ycc[..., 1:] - 128
    if np.hypot(c[..., 0], c[..., 1]).mean() < (3 if art else 5) or np.hypot(*c.reshape(-1, 2).std(0)) < 2.2:
        return "grey"
    return "white" if not art and ((ycc[..., 0] > 245) & (np.abs(c).max(2) < 6)).mean() > 0.55 else ""


def convert(job):
    """One picture -> (reason it was dropped or "", record)."""
    name, buf, cat, where, known, short, quality, art, percent = job
    try:
        im = Image.open(io.BytesIO(buf))
        original = im.format == "JPEG" and im.mode == "RGB"
        im.draft("RGB", (short, short))
        im = on_white(im) if art else im.convert("RGB")
    except Exception:  # whatever a decoder raises, the picture is of no use
        return "broken", None
    w, h = im.size
    if min(w, h) < 48 or max(w, h) > 3 * min(w, h):
        return "shape", None
    if known:
        group, weight = known[3], max((k for g, k, _ in GROUPS if g == known[3]), default=known[4])
        tail = [known[2], group, weight, known[5], known[6]]
    else:
        fault = colour_fault(im, art)
        if fault:
            return fault, None
        group, weight = next(((g, k) for g, k, names in GROUPS if any(n in where.lower() for n in names)), ("", 1.0))
        label = re.search(r"n\d{8}", where)  # a WordNet class in the path
        val = int(hashlib.md5(name.encode()).hexdigest(), 16) % 100 < percent
        tail = [cat, group, weight, label.group(0) if label else "", 2 if val else 0]
    if min(w, h) > short:
        size = round(w * short / min(w, h)), round(h * short / min(w, h))
        im, original = im.resize(size, Image.Resampling.LANCZOS), False
    out = io.BytesIO()
    im.save(out, "JPEG", quality=quality, subsampling=2, optimize=True)
    out = buf if original and len(buf) <= out.tell() else out.getvalue()
    return "", dict(buf=out, key=hashlib.md5(buf).hexdigest(), hash=difference_hash(im), small=min(im.size) < LARGE,
                    pixels=im.size[0] * im.size[1], row=[*im.size, *tail])


def drop_repeats(records, near):
    """Keeps the largest of near-equal pictures, with the strictest use (1 before 2 before 0) and the richest label."""
    records.sort(key=lambda r: (-r["pixels"], r["key"]))
    kept, slots = [], {}
    for r in records:
        parts = [(i, r["hash"] >> 16 * i & 0xFFFF) for i in range(4)]  # at most 3 bits apart: one quarter is equal
        twin = next((k for p in parts for k in slots.get(p, ()) if bin(k["hash"] ^ r["hash"]).count("1") <= near), None)
        if twin is None:
            kept.append(r)
            for p in parts:
                slots.setdefault(p, []).append(r)
            continue
        mine, other = twin["row"], r["row"]
        mine[6] = 1 if 1 in (mine[6], other[6]) else max(mine[6], other[6])
        mine[3], mine[4], mine[5] = mine[3] or other[3], max(mine[4], other[4]), mine[5] or other[5]
    return kept


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("source", nargs="+")
    for name, default, text in (("out", "packs", ""), ("max-mib", 55.0, "a pack"), ("short", 224, "longest short side, px"),
                                ("quality", 82, "JPEG"), ("near", 3, "bits, 0..3"), ("val-percent", 3, "kept for measuring"), ("jobs", os.cpu_count(), "processes")):
        p.add_argument("--" + name, type=type(default), default=default, help=text)
    p.add_argument("--art", action="store_true", help="the pictures are drawings")
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    if any(os.path.samefile(s.rpartition("=")[2], a.out) for s in a.source):
        raise SystemExit("--out must be another folder than the source")
    for f in find_packs(a.out):
        os.remove(f)
    found, dropped = {}, Counter()
    jobs = (e + (a.short, a.quality, a.art, a.val_percent) for s in a.source for e in entries(s))
    with Pool(a.jobs) as pool:
        for reason, r in pool.imap(convert, jobs, 64):
            if r and r["key"] not in found:
                found[r["key"]] = r
            else:
                dropped[reason or "twice"] += 1
    kept = drop_repeats(list(found.values()), a.near)
    dropped["near twice"] = len(found) - len(kept)
    packs, size = [], 0
    for r in sorted(kept, key=lambda r: (r["small"], r["key"])):  # each part in a fixed random order
        cost = len(r["buf"]) + 70  # 70: its share of the header
        if not packs or packs[-1][0]["small"] != r["small"] or size + cost > a.max_mib * 2 ** 20:
            packs, size = packs + [[]], 0
        packs[-1].append(r)
        size += cost
    for k, part in enumerate(packs):
        n = write_pack(os.path.join(a.out, f"pack_{k:02d}.bin"), part)
        print(f"pack_{k:02d}.bin  {n / 2 ** 20:6.1f} MiB  {len(part):6d} pictures  {'small' if part[0]['small'] else 'large'}")
    rows = [r["row"] for r in kept]
    print(f"kept {len(rows)}, for measuring {dict(Counter(r[6] for r in rows))}, with a class label {sum(bool(r[5]) for r in rows)}; dropped {dict(dropped)}")
    print("categories", dict(Counter(r[2] for r in rows)), "skin groups", dict(Counter(r[3] or "-" for r in rows)))


if __name__ == "__main__":
    main()
