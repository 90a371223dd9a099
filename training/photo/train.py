"""Training of the photo colorizer, driven by the clock: a busy or small machine shortens the run, it does not spoil the schedule.

    train.py PHASE --packs DIR --out DIR --minutes M [--init weights.pt]
    pretrain   the encoder names what it sees (needs packs with class labels)   colorize   the main phase
    nogan      short adversarial phases for livelier colour, stops by itself    distill    teacher -> student (--teacher weights.pt)
    measure    figures of --init, nothing is trained
Writes OUT/weights.pt (averaged weights, fp16: what to keep), state.pt (the same command again resumes from it), metrics.json,
curve.jsonl (figures over time), log.txt. A terminated run (SIGTERM) ends as if its minutes were over."""
import argparse
import os
import numpy as np
import torch
import torch.nn.functional as F
import paths  # noqa: F401  (before what it makes importable)
from lab import lab_to_rgb
from loop import half
from model import Colorizer, Critic, enlarge
from parts import Norm
from trainer import Trainer

# size:share of the minutes:batch, in order; on a GPU and on a CPU
STAGES = {"pretrain": ("64:1:768", "64:1:24"), "colorize": ("64:3:768,96:5:512,128:4:384,160:2:256", "64:3:24,96:3:16,128:2:16"),
          "nogan": ("128:3:96,160:1:64", "96:1:8"), "distill": ("96:2:768,128:3:512", "64:1:24,96:2:16"), "measure": ("128:1:64", "128:1:16")}
LR = {"pretrain": 2e-3, "colorize": 1.5e-3, "nogan": 1e-4, "distill": 2e-3, "measure": 0.0}


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
        t = torch.load(self.a.teacher, map_location="cpu")
        teacher = Colorizer(t["model"])
        teacher.load_state_dict({k: v.float() for k, v in t["net"].items() if not k.startswith("classes.")})
        teacher.to(self.dev, memory_format=torch.channels_last).eval()

        def step(size, n):
            b = self.pics.batch(n, size)
            with torch.no_grad(), self.cast():                                  # the teacher sees the clean picture, the student the aged one
                f = teacher.features(b["L_true"], b["hint"])[0]
            return self.colour_loss(b, (teacher, f))[:2]
        self.run(step)
        self.finish()

    def nogan(self):
        """Cycles: the critic learns alone on fresh fakes; then both, the generator slowly and only while the critic is worth following.
        weights.pt keeps the best validation: colourfulness near the real one, error hardly grown. Batch norm stays frozen."""
        a, critic = self.a, Critic().to(self.dev)
        if os.path.exists(a.out + "/critic.pt"):
            critic.load_state_dict({k: v.float() for k, v in torch.load(a.out + "/critic.pt", map_location="cpu").items()})
        copt = torch.optim.Adam(critic.parameters(), lr=a.lr * 4, betas=(0.0, 0.99))        # two time scales
        for m in self.net.modules():
            if isinstance(m, Norm):
                m.frozen = True
        self.net.train()
        cycle, hinge, one = a.minutes * 60 / a.cycles, [2.0], torch.ones(1, device=self.dev)
        base, scores = self.validate()[0], []

        def step(size, n):
            b = self.pics.batch(n, size, p_age=0, p_zero=0.7, far=0)
            real = lab_to_rgb(torch.cat([b["L_true"], enlarge(b["ab4"])], 1))               # as coarse in colour as the fakes
            alone = self.state["t"] % cycle < cycle * 0.3 and hinge[0] > a.critic_threshold * 0.6 or hinge[0] > a.critic_threshold
            with torch.set_grad_enabled(not alone):
                ab = self.net(b["L_true"], b["hint"], one)[0]
                fake = lab_to_rgb(torch.cat([b["L_true"], enlarge(ab)], 1))
            loss = F.relu(1 - critic(real)).mean() + F.relu(1 + critic(fake.detach())).mean()
            copt.zero_grad(set_to_none=True)
            loss.backward()
            if bool(torch.isfinite(loss)):
                torch.nn.utils.clip_grad_norm_(critic.parameters(), 5.0)
                copt.step()
                hinge[0] += 0.05 * (float(loss.detach()) - hinge[0])
            fig = dict(critic=loss.detach())
            if alone:
                return None, fig
            adv, colour = -critic(fake).mean(), self.colour_loss(b)[0]
            hub = F.smooth_l1_loss(ab / 10, b["ab4"] / 10, reduction="none").sum(1).mean()
            return 0.5 * colour + 0.5 * hub + a.adversarial * adv, dict(fig, adv=adv.detach(), hub=hub.detach())

        def watch(rows):
            now = rows[0]
            scores.append(abs(1 - now["colour"]) + 3 * max(0.0, now["rmse"] / base["rmse"] - 1.03))
            self.write("critic", half(critic.state_dict()))
            self.save(state=False, weights=scores[-1] <= min(scores))
            self.say(f"   score {scores[-1]:.4f}, best {min(scores):.4f}")
            return now["rmse"] > 1.12 * base["rmse"] or len(scores) - int(np.argmin(scores)) > 4
        watch([base])
        self.run(step, watch)
        watch(self.validate(True))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("phase", choices=list(STAGES))
    for name, default, text in (
            ("packs", "", ""), ("out", "", ""), ("init", "", "weights.pt of an earlier phase or run"), ("teacher", "", ""), ("model", "", "fine or fast"),
            ("device", "cuda" if torch.cuda.is_available() else "cpu", ""), ("minutes", 10.0, ""), ("stages", "", "size:share:batch,..."), ("size", 0, "one size for all"),
            ("batch", 1.0, "factor on the batch sizes"), ("lr", 0.0, ""), ("lr-end", 0.01, "share of it left at the end, along a cosine"), ("warm", 150, "steps"), ("ema", 0.998, ""), ("rebalance", 0.3, "0..1, how much rare colours count"),
            ("mean-loss", 0.5, ""), ("aux", 0.05, "class head's weight while colorizing"), ("positions", 1.0, "share of the cells in the loss"), ("adversarial", 0.02, ""),
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
    a.lr, a.val_every = a.lr or LR[a.phase], a.val_every or (40 if a.phase == "nogan" else 120)
    t = Phases(a)
    t.validate(True) if a.phase == "measure" else getattr(t, a.phase)()


if __name__ == "__main__":
    main()
