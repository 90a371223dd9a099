"""What the phases of the photo colorizer share: its pictures, its losses, its figures."""
import json
import time
import torch
import torch.nn.functional as F
from data import Pictures
from loop import Loop
from metrics import measure
from networks import network
from targets import cell, soft_table


class Trainer(Loop):
    """A run of train.py, whose options are `a`."""

    def __init__(self, a):
        super().__init__(a)
        self.pics = Pictures(a.packs, self.dev, a.jobs, a.limit)
        self.val = self.pics.validation(a.val, a.val_size)
        usual = {"distill": "fast", "lab-resnet": "lab-resnet"}.get(a.phase, "fine")
        self.take(network(a.model or self.init.get("model") or usual, len(self.pics.classes)))
        if a.phase != "measure" and (a.phase == "lab-resnet") != (self.net.name == "lab-resnet"):
            raise SystemExit(f"{self.net.name} is not a network for {a.phase}")
        if hasattr(self.net, "centres"):
            self.colour_prior(not self.init and not self.state["steps"])
        self.say(f"{a.phase} {self.net.name} on {self.dev}, torch {torch.__version__}, bf16 {self.bf16}, {self.pics.rows} pictures, {len(self.val[1])} to measure, "
                 f"{len(self.pics.classes)} classes, {sum(p.numel() for p in self.net.parameters()) / 1e6:.2f} M parameters, ready in {time.time() - self.began:.1f} s")

    def colour_prior(self, fresh):
        """How common each colour is in these pictures: weights of the bins in the loss, and where a fresh network starts."""
        self.table = soft_table(self.net.centres)
        hist = torch.zeros(len(self.net.centres), device=self.dev)
        for _ in range(20):
            i = cell(self.pics.batch(64, 64, p_age=0, far=0)["ab4"].flatten(2).transpose(1, 2))
            hist.index_add_(0, self.table[0][i].reshape(-1), self.table[1][i].reshape(-1))
        w = (1 / (0.5 * hist / hist.sum() + 0.5 / len(hist))) ** self.a.rebalance
        self.rare = w * hist.sum() / (hist * w).sum()
        if fresh:                                                               # start from the common colours, not from all alike
            self.net.logits.bias.data[2:] = (hist / hist.sum() + 1e-5).log()

    def look(self, size, n):
        """One batch through the network."""
        b = self.pics.batch(n, size, p_age=0.2)
        self.net(b["L"], b["hint"], torch.ones(1, device=self.dev))

    def validate(self, full=False):
        """Figures of the averaged weights without hints and with 10; all of them to metrics.json, as a curve to curve.jsonl."""
        self.swap()
        self.net.eval()
        rows = measure(self.net, self.val) + measure(self.net, self.val, 10)
        if full:                                                                # what more colour costs: the strength frontier
            rows += measure(self.net, self.val, 0, (1.0, 0.6, 0.38), (1.0, 1.3, 1.6))
        self.net.train()
        self.swap()
        for r in rows:
            self.say("   " + "  ".join(f"{k} {v:g}" for k, v in r.items()))
        with open(self.a.out + "/metrics.json", "w") as f:
            json.dump(rows, f, indent=1)
        with open(self.a.out + "/curve.jsonl", "a") as f:
            f.write(json.dumps(dict(minutes=round(self.state["t"] / 60, 1), seen=self.state["seen"], automatic=rows[0], hinted=rows[1])) + "\n")
        return rows

    def colour_loss(self, b, teacher=None):
        """Cross-entropy over the bins (targets shared among near bins, rare colours raised) + Huber on the mean colour; with a teacher's
        features also its distribution and mean. Returns the loss, figures and the lowest level's features."""
        net, last = self.net, dict(memory_format=torch.channels_last)
        with self.cast():
            f, low = net.features(b["L"].contiguous(**last), b["hint"].contiguous(**last))
        idx = torch.randperm(f.shape[1], device=self.dev)[:max(1, int(f.shape[1] * self.a.positions))]
        y = b["ab4"].flatten(2)[:, :, idx].transpose(1, 2)
        r, z = net.split(f[:, idx])
        lp, i = F.log_softmax(z, 2), cell(y)
        bins = self.table[0][i]
        rare, ce = self.rare[bins[..., 0]], -(lp.gather(2, bins) * self.table[1][i]).sum(2)
        mean = torch.matmul(lp.exp(), net.centres) + r
        huber = lambda target: F.smooth_l1_loss(mean / 10, target / 10, reduction="none").sum(2)
        fig = dict(ce=ce.detach().mean(), hub=huber(y).detach().mean())
        if teacher is None:
            return (ce * rare).mean() + self.a.mean_loss * (huber(y) * rare).mean(), fig, low
        tr, tz = teacher[0].split(teacher[1][:, idx])
        kl = (tz.softmax(2) * (tz.log_softmax(2) - lp)).sum(2).mean()
        soft = huber(torch.matmul(tz.softmax(2), net.centres) + tr).mean()
        return 0.3 * (ce * rare).mean() + 0.7 * kl + 0.3 * huber(y).mean() + 0.4 * soft, dict(fig, kl=kl.detach()), low

    def class_loss(self, low, label):
        """Cross-entropy of the auxiliary head over the pictures that carry a class label."""
        ok = label >= 0
        if self.net.classes is None or not ok.any():
            return low.float().sum() * 0.0, {}
        z = self.net.classes(low.float().mean((2, 3)))[ok]
        return F.cross_entropy(z, label[ok], label_smoothing=0.05), dict(acc=(z.argmax(1) == label[ok]).float().mean())
