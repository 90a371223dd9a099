"""Packs: many small pictures in one file.

b"HPK1", header length (uint32, little endian), JSON header {"fields": [...], "rows": [...]}, then JPEG bytes. A pack
stands alone, so any subset of packs trains. Fields of a row: FIELDS below; `offset` counts from the first JPEG byte.

    packs.py DIR OUT [LIMIT]    writes pictures kept from training as JPEG files"""
import glob
import json
import os
import struct
import sys

MAGIC = b"HPK1"
# val: 0 = train, 1 = measured with (kept from every run), 2 = measured with, but seen by runs older than the pack
FIELDS = "offset length w h cat group weight label val".split()


def read_header(path):
    """-> (rows as dicts, position of the first JPEG byte). Raises SystemExit when `path` is no pack."""
    with open(path, "rb") as f:
        if f.read(4) != MAGIC:
            raise SystemExit(f"{path} is not a pack")
        n = struct.unpack("<I", f.read(4))[0]
        head = json.loads(f.read(n))
    return [dict(zip(head["fields"], row)) for row in head["rows"]], 8 + n


def find_packs(folder):
    """Paths of the packs of a folder, or of several folders joined by commas, in a fixed order."""
    return [p for one in folder.split(",") for p in sorted(glob.glob(one + "/pack_*.bin"))]


def read_packs(folder):
    """-> one dict a picture, with `file` and an `offset` into that file."""
    out = []
    for path in find_packs(folder):
        rows, start = read_header(path)
        for r in rows:
            # pictures of the rarer skin groups: one in eight is measured with, whatever their number
            val = r["val"] or (2 if r["group"] and r["length"] % 8 == 0 else 0)
            out.append(dict(r, val=val, file=path, offset=r["offset"] + start))
    return out


def picture_bytes(row):
    """JPEG bytes of a row of read_packs."""
    with open(row["file"], "rb") as f:
        f.seek(row["offset"])
        return f.read(row["length"])


def write_pack(path, records):
    """records: dicts with `buf` (JPEG bytes) and `row` (w, h, cat, group, weight, label, val). -> bytes written."""
    rows, at = [], 0
    for r in records:
        rows.append([at, len(r["buf"]), *r["row"]])
        at += len(r["buf"])
    head = json.dumps(dict(fields=FIELDS, rows=rows), separators=(",", ":")).encode()
    with open(path, "wb") as f:
        f.write(MAGIC + struct.pack("<I", len(head)) + head)
        for r in records:
            f.write(r["buf"])
    return 8 + len(head) + at


def unpack(folder, out, limit):
    """At most `limit` of the pictures that no run has seen, spread evenly over the packs, as files. -> how many"""
    rows = [r for r in read_packs(folder) if r["val"] == 1]
    rows = [rows[int(i * len(rows) / limit)] for i in range(limit)] if len(rows) > limit else rows
    os.makedirs(out, exist_ok=True)
    for i, row in enumerate(rows):
        with open(os.path.join(out, f"{i:04d}-{row['cat']}.jpg"), "wb") as f:
            f.write(picture_bytes(row))
    return len(rows)


if __name__ == "__main__":
    print(unpack(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 300), "pictures written")
