"""What every training shares: weights and their average, checkpoints, the schedule driven by the clock."""
import math
import os
import signal
import time
import torch
from replica import Replica


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


class Loop:
    """One run: the network, its optimiser, the average of its weights and its clock. `a`: the options of the command line.
    An `a.out` that holds state.pt is resumed. What is trained on and measured with is the heir's: `validate` returns
    rows of figures whose first has an `rmse`, `look(size, n)` runs one batch through the network."""

    def __init__(self, a):
        self.a, self.dev, self.stop, self.bad_run, self.replica = a, torch.device(a.device), False, 0, None
        self.gpu, self.began = self.dev.type == "cuda", time.time()
        os.makedirs(a.out, exist_ok=True)
        self.log = open(a.out + "/log.txt", "a")
        self.bf16 = fast_bf16(self.dev)
        torch.backends.cudnn.benchmark = True
        torch.set_float32_matmul_precision("high")
        self.init = torch.load(a.init, map_location="cpu") if os.path.exists(a.init) else {}
        if a.init and not self.init:
            self.say(f"{a.init} is not there: starting from random weights")

    def take(self, net):
        """The network, with the weights of --init as far as they fit, its optimiser, and the state of a run that goes on."""
        a, self.net = self.a, net
        if self.init:
            mine = net.state_dict()
            fit = {k: v.float() for k, v in self.init["net"].items() if k in mine and mine[k].shape == v.shape}
            net.load_state_dict({**mine, **fit})
            self.say(f"started from {a.init}: {len(fit)} of {len(mine)} tensors")
        net.to(self.dev, memory_format=torch.channels_last).train()
        if a.replicas > 1:
            net.share_memory()
        ps = list(net.parameters())
        groups = [{"params": [p for p in ps if p.ndim > 1], "weight_decay": 0.03}, {"params": [p for p in ps if p.ndim < 2], "weight_decay": 0.0}]
        self.opt = self.optimiser(groups)
        self.live = [v for k, v in net.state_dict(keep_vars=True).items() if v.dtype == torch.float32 and k != "centres"]
        self.ema = [v.detach().clone() for v in self.live]
        self.state = dict(t=0.0, steps=0, seen=0, skipped=0, lr_scale=1.0, batch_scale=1.0)
        if os.path.exists(a.out + "/state.pt"):
            s = torch.load(a.out + "/state.pt", map_location=self.dev)
            net.load_state_dict(s["net"])
            self.opt.load_state_dict(s["opt"])
            self.ema, self.state = s["ema"], s["state"]
            torch.manual_seed(a.seed + self.state["steps"])                     # not the first batches once more
            self.say("resumed", self.state)
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "stop", True))

    def optimiser(self, groups):
        """groups: matrices with weight decay, the rest without."""
        return torch.optim.AdamW(groups, lr=self.a.lr, betas=(0.9, 0.98), **({"fused": True} if self.gpu else {"foreach": True}))

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
                self.look(int(self.a.stages[-1][0]), 64 if self.gpu else 8)
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
