"""Runs every recipe for seconds on pictures drawn on the spot: does it still train, resume, export and measure?

    smoke.py [--seconds 6]     exit status 0 when all of it worked"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import numpy as np
from PIL import Image, ImageDraw

HERE = os.path.dirname(os.path.abspath(__file__))


def draw(folder, n):
    """n pictures: coloured discs and bars over a two-coloured ground, some upright, two classes."""
    r = np.random.default_rng(3)
    for i in range(n):
        size = (int(r.integers(200, 330)), int(r.integers(200, 330)))
        im = Image.new("RGB", size, tuple(int(x) for x in r.integers(30, 220, 3)))
        d = ImageDraw.Draw(im)
        d.rectangle([0, size[1] // 2, *size], fill=tuple(int(x) for x in r.integers(30, 220, 3)))
        for _ in range(12):
            x, y = (int(r.integers(0, s)) for s in size)
            d.ellipse([x - 30, y - 20, x + 30, y + 20], fill=tuple(int(x) for x in r.integers(0, 255, 3)))
        where = os.path.join(folder, f"n0000000{i % 2}")
        os.makedirs(where, exist_ok=True)
        im.save(os.path.join(where, f"{i}.jpg"), quality=90)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--seconds", type=float, default=6.0, help="a phase")
    p.add_argument("--keep", default="", help="where the exported model is to stay")
    a = p.parse_args()

    def run(script, *args):
        print("$", script, *args, flush=True)
        subprocess.run([sys.executable, "-u", os.path.join(HERE, script), *args], check=True)
    with tempfile.TemporaryDirectory() as t:
        draw(t + "/drawn", 240)
        run("../shared/pack.py", "objects=" + t + "/drawn", "--out", t + "/packs", "--jobs", "2")
        common = ["--packs", t + "/packs", "--device", "cpu", "--threads", "1", "--jobs", "1", "--minutes", str(a.seconds / 60), "--val", "4", "--size", "64", "--batch", "0.3"]
        run("train.py", "pretrain", *common, "--model", "fast", "--out", t + "/pre")
        run("train.py", "colorize", *common, "--model", "fast", "--init", t + "/pre/weights.pt", "--out", t + "/fast", "--replicas", "2")
        run("train.py", "colorize", *common, "--minutes", str(a.seconds / 40), "--model", "fast", "--out", t + "/fast")  # resumes
        run("train.py", "nogan", *common, "--init", t + "/fast/weights.pt", "--out", t + "/gan")
        run("train.py", "distill", *common, "--teacher", t + "/gan/weights.pt", "--out", t + "/student")
        run("export.py", t + "/student/weights.pt", t + "/model")
        run("evaluate.py", t + "/student/weights.pt", "--packs", t + "/packs", "--kind", "2", "--limit", "4", "--run", "64")
        run("sheet.py", t + "/student/weights.pt", t + "/drawn/n00000000", "--limit", "2", "--run", "64", "--out", t + "/sheet.png")
        if a.keep:
            shutil.copytree(t + "/model", a.keep)
        ok = os.path.getsize(t + "/model/model.onnx") > 1e6 and os.path.exists(t + "/sheet.png")
    print("all recipes work" if ok else "something was not written")
    sys.exit(not ok)


if __name__ == "__main__":
    main()
