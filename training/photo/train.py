"""Training of the photo colorizer, driven by the clock: a busy or small machine shortens the run, it does not spoil the schedule.

    train.py PHASE --packs DIR --out DIR --minutes M [--init weights.pt]
    pretrain   the encoder names what it sees (needs packs with class labels)   colorize   the main phase
    nogan      short adversarial phases for livelier colour, stops by itself    distill    teacher -> student (--teacher weights.pt)
    lab-resnet a plain network and loss to compare with                         measure    figures of --init, nothing is trained
Writes OUT/weights.pt (averaged weights, fp16: what to keep), state.pt (the same command again resumes from it), metrics.json,
curve.jsonl (figures over time), log.txt. A terminated run (SIGTERM) ends as if its minutes were over."""
import argparse
import os
import torch
import paths  # noqa: F401  (before what it makes importable)
from lab_resnet import BETAS, loss_of
from networks import opened
from nogan import NoGan
from trainer import Trainer

# size:share of the minutes:batch, in order; on a GPU and on a CPU
STAGES = {"pretrain": ("64:1:768", "64:1:24"), "colorize": ("64:3:768,96:5:512,128:4:384,160:2:256", "64:3:24,96:3:16,128:2:16"),
          "nogan": ("128:3:96,160:1:64", "96:1:8"), "distill": ("96:2:768,128:3:512", "64:1:24,96:2:16"), "measure": ("128:1:64", "128:1:16"),
          "lab-resnet": ("64:1:512,128:2:256", "64:1:24,128:2:12")}
LR = {"pretrain": 2e-3, "colorize": 1.5e-3, "nogan": 1e-4, "distill": 2e-3, "measure": 0.0, "lab-resnet": 1e-3}


class Phases(Trainer):
    """The phases; each runs once, and again to resume."""

    def pretrain(self):
        """The encoder learns to name what a grey picture shows."""
        def step(size, n):
            b = self.pics.batch(n, size, p_zero=1.0)
            with self.cast():
                low = self.net.encode(b["L"], b["hint"])[0]
            return self.class_loss(low, b["label"])
        self.a.val_every = 1e9
        if self.pics.classes:
            self.run(step)
        self.save()

    def colorize(self):
        """The main phase."""
        def step(size, n):
            b = self.pics.batch(n, size)
            loss, fig, low = self.colour_loss(b)
            aux, more = self.class_loss(low, b["label"])
            return loss + self.a.aux * aux, dict(fig, **more)
        self.run(step)
        self.finish()

    def distill(self):
        """The student learns the teacher's whole distribution."""
        teacher = opened(self.a.teacher)[0].to(self.dev, memory_format=torch.channels_last)

        def step(size, n):
            b = self.pics.batch(n, size)
            with torch.no_grad(), self.cast():                                  # the teacher sees the clean picture, the student the aged one
                f = teacher.features(b["L_true"], b["hint"])[0]
            return self.colour_loss(b, (teacher, f))[:2]
        self.run(step)
        self.finish()

    def nogan(self):
        """Short adversarial cycles; weights.pt keeps the best look at unseen pictures."""
        NoGan(self).run()

    def lab_resnet(self):
        """The plain network of the first seed, with its loss."""
        def step(size, n):
            b = self.pics.batch(n, size, p_zero=1.0)
            return loss_of(self.net(b["L"].contiguous(memory_format=torch.channels_last))[0].float(), b["ab4"])
        self.run(step)
        self.finish()

    def optimiser(self, groups):
        return torch.optim.Adam(self.net.parameters(), lr=self.a.lr, betas=BETAS) if self.a.phase == "lab-resnet" else super().optimiser(groups)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("phase", choices=list(STAGES))
    for name, default, text in (
            ("packs", "", ""), ("out", "", ""), ("init", "", "weights.pt of an earlier phase or run"), ("teacher", "", ""), ("model", "", "fine or fast"),
            ("device", "cuda" if torch.cuda.is_available() else "cpu", ""), ("minutes", 10.0, ""), ("stages", "", "size:share:batch,..."), ("size", 0, "one size for all"),
            ("batch", 1.0, "factor on the batch sizes"), ("lr", 0.0, ""), ("lr-end", 0.0, "share of it left at the end, along a cosine; 0.01, nogan 1"), ("warm", 150, "steps"), ("ema", 0.998, ""), ("rebalance", 0.3, "0..1, how much rare colours count"),
            ("mean-loss", 0.5, ""), ("aux", 0.05, "class head's weight while colorizing"), ("positions", 1.0, "share of the cells in the loss"), ("adversarial", 0.02, ""), ("feature-loss", 0.5, ""),
            ("features", "", "weights.pt of pretrain or later, or VGG16; without it those of --init"), ("lead", 0.15, "share of the minutes before the critic"),
            ("patience", 4, "looks that a cycle goes on without a better one"),
            ("critic-threshold", 1.6, "hinge loss below which the generator follows; 2 = knows nothing"), ("cycles", 3, ""), ("val", 256, "pictures"), ("val-size", 128, "px"), ("val-every", 0.0, "s"),
            ("save-every", 60.0, "s"), ("log-every", 15.0, "s"), ("jobs", os.cpu_count(), "decoders"), ("limit", 0, "pictures"), ("threads", 0, ""), ("replicas", 1, "processes on a CPU, 1 or 2"), ("seed", 1, "")):
        p.add_argument("--" + name, type=type(default), default=default, help=text)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    if a.threads:
        torch.set_num_threads(a.threads)
    a.stages = [[float(y) for y in x.split(":")] for x in (a.stages or STAGES[a.phase][a.device == "cpu"]).split(",")]
    if a.size:
        a.stages = [[a.size, 1.0, a.stages[0][2]]]
    a.lr_end = a.lr_end or (1.0 if a.phase == "nogan" else 0.01)                # cycles are alike
    a.lr, a.val_every = a.lr or LR[a.phase], a.val_every or (40 if a.phase == "nogan" else 120)
    t = Phases(a)
    t.validate(True) if a.phase == "measure" else getattr(t, a.phase.replace("-", "_"))()


if __name__ == "__main__":
    main()
