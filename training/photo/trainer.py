"""What every phase of training shares: weights and their average, checkpoints, the schedule driven by the clock, measuring."""
import json
import math
import os
import signal
import time
import torch
import torch.nn.functional as F
from data import Pictures
from metrics import measure
from networks import network
from replica import Replica
from targets import cell, soft_table


PAUSE = 20.0  # s; a step that seems to take longer was halted


def half(state):
    """Weights as fp16; batch-norm statistics stay fp32 (a variance above 65,504 would become infinite)."""
    return {k: v.half() if v.dtype == torch.float32 and "running_" not in k else v for k, v in state.items()}


def fast_bf16(device):
    """Whether 16-bit floats are quick there: a GPU that has them, or a CPU with the instructions (Linux tells)."""
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported()
    try:
        with open("/proc/cpuinfo") as f:
            return any(word in ("avx512_bf16", "amx_bf16") for line in f if line.startswith("flags") for word in line.split())
    except OSError:
        return False


class Trainer:
    """One run: the network, its optimiser, the average of its weights, its pictures and its clock. `a`: the options of
    train.py. An `a.out` that holds state.pt is resumed."""

    def __init__(self, a):
        self.a, self.dev, self.stop, self.bad_run, self.replica = a, torch.device(a.device), False, 0, None
        self.gpu = self.dev.type == "cuda"
        os.makedirs(a.out, exist_ok=True)
        self.log, t = open(a.out + "/log.txt", "a"), time.time()
        self.pics = Pictures(a.packs, self.dev, a.jobs, a.limit)
        self.val = self.pics.validation(a.val, a.val_size)
        self.bf16 = fast_bf16(self.dev)
        torch.backends.cudnn.benchmark = True
        torch.set_float32_matmul_precision("high")
        init = torch.load(a.init, map_location="cpu") if os.path.exists(a.init) else {}
        if a.init and not init:
            self.say(f"{a.init} is not there: starting from random weights")
        usual = {"distill": "fast", "lab-resnet": "lab-resnet"}.get(a.phase, "fine")
        self.net = network(a.model or init.get("model") or usual, len(self.pics.classes))
        if a.phase != "measure" and (a.phase == "lab-resnet") != (self.net.name == "lab-resnet"):
            raise SystemExit(f"{self.net.name} is not a network for {a.phase}")
        if init:
            mine = self.net.state_dict()
            fit = {k: v.float() for k, v in init["net"].items() if k in mine and mine[k].shape == v.shape}
            self.net.load_state_dict({**mine, **fit})
            self.say(f"started from {a.init}: {len(fit)} of {len(mine)} tensors")
        self.net.to(self.dev, memory_format=torch.channels_last).train()
        if a.replicas > 1:
            self.net.share_memory()
        ps = list(self.net.parameters())
        groups = [{"params": [p for p in ps if p.ndim > 1], "weight_decay": 0.03}, {"params": [p for p in ps if p.ndim < 2], "weight_decay": 0.0}]
        self.opt = self.optimiser(groups)
        self.live = [v for k, v in self.net.state_dict(keep_vars=True).items() if v.dtype == torch.float32 and k != "centres"]
        self.ema = [v.detach().clone() for v in self.live]
        self.state = dict(t=0.0, steps=0, seen=0, skipped=0, lr_scale=1.0, batch_scale=1.0)
        if os.path.exists(a.out + "/state.pt"):
            s = torch.load(a.out + "/state.pt", map_location=self.dev)
            self.net.load_state_dict(s["net"])
            self.opt.load_state_dict(s["opt"])
            self.ema, self.state = s["ema"], s["state"]
            torch.manual_seed(a.seed + self.state["steps"])                     # not the first batches once more
            self.say("resumed", self.state)
        if hasattr(self.net, "centres"):
            self.colour_prior(not init and not self.state["steps"])
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "stop", True))
        self.say(f"{a.phase} {self.net.name} on {self.dev}, torch {torch.__version__}, bf16 {self.bf16}, {self.pics.rows} pictures, {len(self.val[1])} to measure, "
                 f"{len(self.pics.classes)} classes, {sum(p.numel() for p in ps) / 1e6:.2f} M parameters, ready in {time.time() - t:.1f} s")

    def optimiser(self, groups):
        """groups: matrices with weight decay, the rest without."""
        return torch.optim.AdamW(groups, lr=self.a.lr, betas=(0.9, 0.98), **({"fused": True} if self.gpu else {"foreach": True}))

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

    def say(self, *x):
        """To the screen and to log.txt."""
        print(*x, flush=True)
        print(*x, file=self.log, flush=True)

    def cast(self):
        """bf16 where it is quick."""
        return torch.autocast(self.dev.type, torch.bfloat16, enabled=self.bf16)

    def swap(self):
        """Exchanges live and averaged weights."""
        with torch.no_grad():
            for v, e in zip(self.live, self.ema):
                keep = v.clone()
                v.copy_(e)
                e.copy_(keep)

    def write(self, name, what):
        """A killed run leaves the file of before, never half a file."""
        torch.save(what, f"{self.a.out}/{name}.tmp")
        os.replace(f"{self.a.out}/{name}.tmp", f"{self.a.out}/{name}.pt")

    def save(self, state=True, weights=True):
        """state.pt to resume from; weights.pt (averaged, fp16) to keep."""
        if state:
            self.write("state", dict(net=self.net.state_dict(), opt=self.opt.state_dict(), ema=self.ema, state=self.state))
        if weights:
            self.swap()
            self.write("weights", dict(model=self.net.name, net=half(self.net.state_dict()), phase=self.a.phase, state=self.state))
            self.swap()

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

    def finish(self):
        """Saves, then tries batch-norm statistics measured anew on the averaged weights: they stay only if unseen pictures come out better with them."""
        self.save()
        averaged = self.validate()[0]["rmse"]
        self.swap()
        before = [v.detach().clone() for v in self.live]
        for m in self.net.modules():
            if isinstance(m, torch.nn.BatchNorm2d):
                m.reset_running_stats()
                m.momentum = None
        with torch.no_grad():
            for _ in range(20):
                b = self.pics.batch(64 if self.gpu else 8, int(self.a.stages[-1][0]), p_age=0.2)
                self.net(b["L"], b["hint"], torch.ones(1, device=self.dev))
        self.swap()
        anew = self.validate()[0]["rmse"]
        if not anew < averaged:
            self.swap()
            with torch.no_grad():
                for v, x in zip(self.live, before):
                    v.copy_(x)
            self.swap()
        self.say(f"   batch-norm statistics: averaged {averaged}, measured anew {anew}")
        self.save(state=False)
        self.validate(True)

    def guarded_step(self, loss):
        """One optimiser step, unless the loss or a gradient is not finite. Many bad ones in a row: back to the averaged weights, half the rate."""
        s = self.state
        self.opt.zero_grad(set_to_none=True)
        loss.backward()
        if self.replica:
            self.replica.collect()
        norm = torch.nn.utils.clip_grad_norm_([p for p in self.net.parameters() if p.grad is not None], 1.0)
        if not bool(torch.isfinite(loss) & torch.isfinite(norm)):
            s["skipped"] += 1
            self.bad_run += 1
            with torch.no_grad():
                for v, e in zip(self.live, self.ema):
                    if self.bad_run > 10 or not torch.isfinite(v).all():        # batch-norm statistics may be spoilt already
                        v.copy_(e)
            if self.bad_run > 10:
                self.bad_run, s["lr_scale"] = 0, s["lr_scale"] * 0.5
                self.opt.state.clear()
                self.say(f"   many bad steps in a row: averaged weights restored, learning rate x{s['lr_scale']}")
            return
        self.opt.step()
        self.bad_run = 0
        s["steps"] += 1
        d = min(self.a.ema, (1 + s["steps"]) / (20 + s["steps"]))
        with torch.no_grad():
            torch._foreach_mul_(self.ema, d)
            torch._foreach_add_(self.ema, [v.detach() for v in self.live], alpha=1 - d)

    def run(self, step, watch=None):
        """step(size, n) -> (loss or None, figures). watch(rows), after each validation, may end the run by returning True."""
        a, s = self.a, self.state
        if a.replicas > 1 and not self.gpu and watch is None:
            self.replica = Replica(self.net, step, a.seed + 1000 + s["steps"])
        total, last = a.minutes * 60, time.time()
        scale = total / sum(x[1] for x in a.stages)
        t_log = t_save = t_val = last
        figures, seen = {}, s["seen"]
        while not self.stop:
            now = time.time()
            s["t"] += min(now - last, PAUSE)                                    # a halted machine or process costs no minutes
            last, u = now, s["t"]
            if u >= total:
                break
            for size, share, n in a.stages:
                if u < share * scale:
                    break
                u -= share * scale
            n = max(4, int(n * a.batch * s["batch_scale"]))
            lr = a.lr * s["lr_scale"] * (a.lr_end + (1 - a.lr_end) * 0.5 * (1 + math.cos(math.pi * s["t"] / total))) * min(1, (s["steps"] + 1) / a.warm)
            for g in self.opt.param_groups:
                g["lr"] = lr
            try:
                if self.replica:
                    self.replica.ask(int(size), n)
                loss, fig = step(int(size), n)
                if loss is not None:
                    self.guarded_step(loss)
                    fig["loss"] = loss.detach()
            except RuntimeError as e:
                if "out of memory" not in str(e):
                    raise
                s["batch_scale"] *= 0.7
                torch.cuda.empty_cache()
                self.say(f"   out of memory: batches x{s['batch_scale']:.2f}")
                continue
            s["seen"] += n * (2 if self.replica else 1)
            for k, v in fig.items():
                figures.setdefault(k, []).append(v)
            now = time.time()
            if now - t_log > a.log_every:
                text = "  ".join(f"{k} {float(torch.stack(v).float().nanmean()):.4f}" for k, v in figures.items())
                room = f"  {torch.cuda.max_memory_allocated() / 2 ** 30:.0f} GiB" if self.gpu else ""
                self.say(f"{s['t'] / 60:6.2f} of {a.minutes:g} min  step {s['steps']}  {int(size)}px x{n}  {(s['seen'] - seen) / (now - t_log):.0f} img/s  lr {lr:.1e}  {text}  skipped {s['skipped']}{room}")
                figures, seen, t_log = {}, s["seen"], now
            if now - t_save > a.save_every:
                self.save(weights=watch is None)
                t_save = now
            if now - t_val > a.val_every:
                rows = self.validate()
                t_val = t_log = last = time.time()
                seen = s["seen"]
                if watch and watch(rows):
                    break
        if self.replica:
            self.replica.close()
            self.replica = None

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
