"""Runs every recipe for seconds on pictures drawn on the spot: does it still train, resume, export and measure?

    smoke.py [--seconds 6]     exit status 0 when all of it worked"""
import argparse
import os
import subprocess
import sys
import tempfile
import numpy as np
import torch
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


def vgg16(path):
    """Random weights under the names of torchvision's VGG16 (without its classifier), as a user brings them."""
    sizes, i, state = (64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512), 3, {}
    for at, o in zip((0, 2, 4, 5, 7, 9, 10, 12, 14, 16, 17, 19, 21), sizes):
        if o:
            state[f"features.{at}.weight"], state[f"features.{at}.bias"] = torch.randn(o, i, 3, 3) * (2 / (9 * i)) ** 0.5, torch.zeros(o)
            i = o
    torch.save(state, path)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--seconds", type=float, default=6.0, help="a phase")
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
        run("train.py", "nogan", *common, "--init", t + "/fast/weights.pt", "--out", t + "/gan", "--val-every", str(a.seconds / 3))
        vgg16(t + "/vgg16.pth")
        run("train.py", "nogan", *common, "--init", t + "/fast/weights.pt", "--features", t + "/vgg16.pth", "--lead", "0.9", "--out", t + "/gan-vgg16")
        run("train.py", "lab-resnet", *common, "--out", t + "/plain")
        run("train.py", "distill", *common, "--teacher", t + "/gan/weights.pt", "--out", t + "/student")
        run("export.py", t + "/student/weights.pt", t + "/model")
        run("export.py", t + "/plain/weights.pt", t + "/plain-model")
        run("evaluate.py", t + "/student/weights.pt", t + "/plain/weights.pt", "--packs", t + "/packs", "--kind", "2", "--limit", "4", "--run", "64", "--write", t + "/judged")
        hinted = next(x for x in sorted(os.listdir(t + "/judged")) if "student" in x and "10 hints" in x)
        run("../evaluate.py", "--real", t + "/judged/real", "--output", t + "/judged/" + hinted, "--hints", t + "/judged/hints-10", "--strength", "1")
        run("sheet.py", t + "/student/weights.pt", t + "/drawn/n00000000", "--limit", "2", "--run", "64", "--out", t + "/sheet.png")
        ok = all(os.path.getsize(t + f"/{x}/model.onnx") > 1e6 for x in ("model", "plain-model")) and os.path.exists(t + "/sheet.png")
    print("all recipes work" if ok else "something was not written")
    sys.exit(not ok)


if __name__ == "__main__":
    main()
