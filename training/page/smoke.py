"""Runs the page recipe for seconds on drawings made on the spot: does it still pack, train, resume, measure and export?

    smoke.py [--seconds 6]     exit status 0 when all of it worked"""
import argparse
import os
import subprocess
import sys
import tempfile
import numpy as np
from PIL import Image
from generator import scene

HERE = os.path.dirname(os.path.abspath(__file__))


def draw(folder, n):
    """n colour drawings: scenes with their lines."""
    os.makedirs(folder)
    for i in range(n):
        flats, lines = scene(1000 + i, 288)
        Image.fromarray((flats * (lines[..., None] / 255)).astype(np.uint8)).save(os.path.join(folder, f"{i}.png"))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--seconds", type=float, default=6.0, help="a run")
    a = p.parse_args()

    def run(script, *args):
        print("$", script, *args, flush=True)
        subprocess.run([sys.executable, "-u", os.path.join(HERE, script), *args], check=True)
    with tempfile.TemporaryDirectory() as t:
        draw(t + "/drawn", 60)
        run("../shared/pack.py", "art=" + t + "/drawn", "--out", t + "/packs", "--art", "--val-percent", "10", "--short", "288", "--jobs", "1")
        common = ["--packs", t + "/packs", "--device", "cpu", "--threads", "1", "--stages", "64:1:4", "--scenes", "6", "--val", "2", "--out", t + "/run"]
        run("train.py", *common, "--minutes", str(a.seconds / 60), "--replicas", "2")
        run("train.py", *common, "--minutes", str(a.seconds / 40))  # resumes
        run("export.py", t + "/run/weights.pt", t + "/model")
        run("pairs.py", t + "/drawn", t + "/pairs", "--limit", "2", "--hints", "12", "--side", "96")
        ok = os.path.getsize(t + "/model/model.onnx") > 1e6 and len(os.listdir(t + "/pairs/pages")) == 2
    print("the recipe works" if ok else "something was not written")
    sys.exit(not ok)


if __name__ == "__main__":
    main()
