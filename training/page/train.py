"""Training of the page colorizer, driven by the clock: a busy or small machine shortens the run, it does not spoil the schedule.

    train.py --packs DIR --out DIR --minutes M [--init weights.pt] [--stages size:share:batch,...]
Packs come from ../shared/pack.py --art. --init: an earlier run's, or weights of the photo colorizer of the same name,
whose encoder and decoder fit. Writes OUT/weights.pt (averaged weights, fp16: what to keep), state.pt (the same command
again resumes from it), metrics.json, curve.jsonl, log.txt. A terminated run (SIGTERM) ends as if its minutes were over."""
import argparse
import json
import time
import torch
import torch.nn.functional as F
import paths  # noqa: F401  (before what it makes importable)
from data import Pages
from loop import Loop
from metrics import measure
from model import Pager
from parts import CONFIGS

STAGES = ("128:4:256,192:4:128,256:2:64", "96:3:16,128:4:12,192:2:6")       # on a GPU, on a CPU
# luminance and two differences of colour (Rec. 601 YCbCr, differences scaled to a like range)
OPPONENT = ((0.299, 0.587, 0.114), (-0.169, -0.331, 0.5), (0.5, -0.419, -0.081))
BENT = 0.08                                                                 # where the loss turns from squares to lengths


class Training(Loop):
    """A run; `a`: the options below."""

    def __init__(self, a):
        super().__init__(a)
        self.pics = Pages(a.packs, self.dev, a.scenes, a.limit)
        self.val = self.pics.validation(a.val)
        self.take(Pager(a.model))
        self.opponent = torch.tensor(OPPONENT, device=self.dev)
        self.say(f"page {a.model} on {self.dev}, torch {torch.__version__}, bf16 {self.bf16}, {len(self.pics.drawings)} drawings, {len(self.val)} to measure, {a.scenes} scenes, "
                 f"{sum(p.numel() for p in self.net.parameters()) / 1e6:.2f} M parameters, ready in {time.time() - self.began:.1f} s")

    def answer(self, b):
        with self.cast():
            return self.net(b["L"].contiguous(memory_format=torch.channels_last), b["hint"].contiguous(memory_format=torch.channels_last)).float()

    def look(self, size, n):
        """One batch through the network."""
        self.answer(self.pics.batch(n, size))

    def step(self, size, n):
        """Distance in opponent colours, where no ink hides the surface; strong colours count more, so that guesses do not grey."""
        b = self.pics.batch(n, size)
        out = self.answer(b)
        turn = lambda x: torch.einsum("ij,njhw->nihw", self.opponent, x)
        want, got = turn(b["albedo"]), turn(out)
        d = F.smooth_l1_loss(got, want, beta=BENT, reduction="none")
        vivid = 0.6 + self.a.vivid * want[:, 1:].abs().sum(1)
        w = b["weight"][:, 0]
        loss = ((d[:, 0] + 2.5 * vivid * (d[:, 1] + d[:, 2])) * w).sum() / w.sum()
        return loss * 10, dict(light=(d[:, 0] * w).sum().detach() / w.sum(), colour=((d[:, 1] + d[:, 2]) * w).sum().detach() / w.sum())

    def validate(self, full=False):
        """Figures of the averaged weights on unseen drawings: without hints and with 12, as grey pages and as line art."""
        self.swap()
        self.net.eval()
        rows = [measure(self.net, self.val, n, style) for style in ("grey", "lines") for n in (0, 12)]
        self.net.train()
        self.swap()
        for r in rows:
            self.say("   " + "  ".join(f"{k} {v}" for k, v in r.items()))
        with open(self.a.out + "/metrics.json", "w") as f:
            json.dump(rows, f, indent=1)
        with open(self.a.out + "/curve.jsonl", "a") as f:
            f.write(json.dumps(dict(minutes=round(self.state["t"] / 60, 1), seen=self.state["seen"], rows=rows)) + "\n")
        return rows


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default, text in (
            ("packs", "", ""), ("out", "", ""), ("init", "", ""), ("model", "fast", "of " + " ".join(CONFIGS)), ("device", "cuda" if torch.cuda.is_available() else "cpu", ""), ("minutes", 10.0, ""),
            ("stages", "", "size:share:batch,..."), ("batch", 1.0, "factor on the batch sizes"), ("lr", 1.2e-3, ""), ("lr-end", 0.02, "share of it left at the end"), ("warm", 100, "steps"),
            ("ema", 0.997, ""), ("vivid", 3.0, "how much more strong colours count"), ("scenes", 600, "drawn scenes"), ("val", 40, "drawings"), ("val-every", 300.0, "s"), ("save-every", 60.0, "s"),
            ("log-every", 15.0, "s"), ("limit", 0, "drawings"), ("threads", 0, ""), ("replicas", 1, "processes on a CPU, 1 or 2"), ("seed", 1, "")):
        p.add_argument("--" + name, type=type(default), default=default, help=text)
    a = p.parse_args()
    a.phase = "page"
    torch.manual_seed(a.seed)
    if a.threads:
        torch.set_num_threads(a.threads)
    a.stages = [[float(y) for y in x.split(":")] for x in (a.stages or STAGES[a.device == "cpu"]).split(",")]
    t = Training(a)
    t.run(t.step)
    t.finish()


if __name__ == "__main__":
    main()
