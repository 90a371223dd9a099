"""NoGAN after Antic (DeOldify): almost all training is plain, the adversarial part is short, and it ends at its inflection point.

First the generator learns alone, with a feature loss (`--lead`, a share of the minutes). Then cycles: the critic learns alone on the
generator's pictures; then both, the critic four times as fast (two time scales), the generator only while the critic's hinge loss is
below `--critic-threshold`. The critic has spectral norm on every layer and self-attention, as `fine` has self-attention itself.

What to stop by: adversarial colour is livelier, and livelier colour alone errs more. So each look at unseen pictures asks how much the
network errs (ab, and features) against the one it began as, scaled to the same colourfulness: below 1 is a gain that no
slider gives. The inflection point of a cycle is where the mean of three looks was least; when it has not been less for `--patience`
looks, the cycle ends, the generator goes back to its best look, and the critic is trained anew on its pictures."""
import json
import os
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from lab import lab_to_rgb, rgb_to_lab
from loop import half
from metrics import colourfulness
from model import Critic, enlarge
from parts import Norm
from perceptual import distance, feature_network

STRENGTHS = (0.4, 0.7, 1.0, 1.3, 1.6, 2.0, 2.5)
PICTURES = 64                                           # unseen ones a look compares by their features


def joined(L, ab):
    return lab_to_rgb(torch.cat([L, enlarge(ab)], 1))


class NoGan:
    """One run on a trainer; its state is the trainer's, so that the same command resumes it."""

    def __init__(self, trainer):
        t = self.trainer = trainer
        self.a, self.net, self.dev = t.a, t.net, t.dev
        if not (self.a.features or self.a.init):
            raise SystemExit("nogan begins with a trained network: --init weights.pt")
        self.features = feature_network(self.a.features or self.a.init).to(self.dev)
        self.critic, self.one = Critic().to(self.dev), torch.ones(1, device=self.dev)
        saved = self.a.out + "/critic.pt"
        if os.path.exists(saved):
            self.critic.load_state_dict({k: v.float() for k, v in torch.load(saved, map_location="cpu").items()})
        self.critic_opt = torch.optim.Adam(self.critic.parameters(), lr=self.a.lr * 4, betas=(0.0, 0.99))
        for m in self.net.modules():
            if isinstance(m, Norm):
                m.frozen = True
        self.net.train()
        self.state = t.state.setdefault("gan", dict(part="lead", since=0.0, cycle=0, hinge=2.0, scores=[], best=None, frontier=None))

    # ---- what to stop by

    @torch.no_grad()
    def looked(self, strengths):
        """-> for each strength: colourfulness against the truth's, error of ab, distance of features; averaged weights, no hints."""
        rgb = self.trainer.val[0][:PICTURES]
        self.trainer.swap()
        self.net.eval()
        rows = np.zeros((len(strengths), 3))
        for x in rgb.split(16):
            lab, wanted = rgb_to_lab(x), self.features(x)
            ab = self.net(lab[:, :1], torch.zeros_like(x), self.one)[0]
            for k, s in enumerate(strengths):
                out = joined(lab[:, :1], ab * s)
                rows[k] += np.array([float(colourfulness(out).sum()), float(((enlarge(ab) * s - lab[:, 1:]) ** 2).flatten(1).mean(1).sum()),
                                     float(distance(self.features(out), wanted)) * len(x)]) / len(rgb)
        self.net.train()
        self.trainer.swap()
        return [[float(c) / float(colourfulness(rgb).mean()), float(e) ** 0.5, float(d)] for c, e, d in rows]

    def score(self):
        """Error now over that of the network as it began at the same colourfulness; mean of both kinds of error."""
        colour, *errors = self.looked((1.0,))[0]
        frontier = np.array(self.state["frontier"])
        ratios = [e / float(np.interp(colour, frontier[:, 0], frontier[:, k])) for k, e in enumerate(errors, 1)]
        return float(np.mean(ratios)), dict(colour=colour, ab=ratios[0], features=ratios[1])

    def watch(self, _):
        """After each validation: score, keep the best, end the cycle at its inflection point. -> whether the run is over"""
        s, t = self.state, self.trainer
        value, parts = self.score()
        s["scores"].append(value)
        smooth = [float(np.mean(s["scores"][max(0, k - 1):k + 2])) for k in range(len(s["scores"]))]
        if s["best"] is None or value < s["best"]["score"]:
            s["best"] = dict(score=value, minute=round(t.state["t"] / 60, 2), cycle=s["cycle"], **parts)
            t.save(state=False)
        t.write("critic", half(self.critic.state_dict()))
        t.say(f"   {s['part']} {s['cycle']}: score {value:.4f} (colourfulness {parts['colour']:.3f}, ab {parts['ab']:.4f}, features {parts['features']:.4f}), best {s['best']['score']:.4f}")
        with open(self.a.out + "/inflection.jsonl", "a") as f:
            f.write(json.dumps(dict(minute=round(t.state["t"] / 60, 2), part=s["part"], cycle=s["cycle"], score=value, **parts)) + "\n")
        since_least = len(smooth) - 1 - int(np.argmin(smooth))
        return s["part"] == "both" and since_least >= self.a.patience and self.next_cycle(f"inflection point {since_least} looks ago")

    def next_cycle(self, why):
        """Back to the best look, and on with a critic that learns its pictures. -> whether all cycles are over"""
        s, t = self.state, self.trainer
        t.say(f"   cycle {s['cycle']} ends: {why}")
        if s["cycle"] >= self.a.cycles:
            return True
        best = torch.load(self.a.out + "/weights.pt", map_location="cpu")["net"]
        mine = self.net.state_dict()
        with torch.no_grad():
            for k, v in best.items():
                if k in mine:
                    mine[k].copy_(v.to(mine[k].dtype))
            for e, v in zip(t.ema, t.live):
                e.copy_(v)
        t.opt.state.clear()
        s.update(part="critic", since=t.state["t"], cycle=s["cycle"] + 1, hinge=2.0, scores=[])
        return False

    # ---- one step

    def part(self):
        """Which part of the schedule it is time for."""
        s, a, now = self.state, self.a, self.trainer.state["t"]
        total = a.minutes * 60
        cycle = total * (1 - a.lead) / a.cycles
        if s["part"] == "lead" and now >= total * a.lead:
            s.update(part="critic", since=now, cycle=1)
        elif s["part"] == "critic" and now - s["since"] >= cycle * 0.3 and s["hinge"] < a.critic_threshold * 0.8:
            s["part"] = "both"
        elif s["part"] == "both" and now - s["since"] >= cycle and s["cycle"] < a.cycles:
            self.next_cycle("its time is over")
        return s["part"]

    def step(self, size, n):
        s, a, b = self.state, self.a, self.trainer.pics.batch(n, size, p_age=0, p_zero=0.7, far=0)
        part = self.part()
        follows = part == "lead" or part == "both" and s["hinge"] <= a.critic_threshold
        real = joined(b["L_true"], b["ab4"])                                    # as coarse in colour as the fakes
        with torch.set_grad_enabled(follows):
            ab = self.net(b["L_true"], b["hint"], self.one)[0]
            fake = joined(b["L_true"], ab)
        fig = {} if part == "lead" else dict(critic=self.critic_step(real, fake.detach()))
        if not follows:
            return None, fig
        with torch.no_grad():
            wanted = self.features(real)
        feature, hub = distance(self.features(fake), wanted), F.smooth_l1_loss(ab / 10, b["ab4"] / 10, reduction="none").sum(1).mean()
        loss = 0.5 * self.trainer.colour_loss(b)[0] + 0.5 * hub + a.feature_loss * feature
        fig.update(hub=hub.detach(), feature=feature.detach())
        if part == "both":
            adversarial = -self.critic(fake).mean()
            loss, fig["adversarial"] = loss + a.adversarial * adversarial, adversarial.detach()
        return loss, fig

    def critic_step(self, real, fake):
        """Hinge loss; 2 = knows nothing. The running mean of it decides whether the generator follows."""
        loss = F.relu(1 - self.critic(real)).mean() + F.relu(1 + self.critic(fake)).mean()
        self.critic_opt.zero_grad(set_to_none=True)
        loss.backward()
        if bool(torch.isfinite(loss)):
            nn.utils.clip_grad_norm_(self.critic.parameters(), 5.0)
            self.critic_opt.step()
            self.state["hinge"] += 0.1 * (float(loss.detach()) - self.state["hinge"])
        return loss.detach()

    def run(self):
        """weights.pt keeps the best look, the network as it began included; inflection.json says where it was."""
        s, t = self.state, self.trainer
        if s["frontier"] is None:
            s["frontier"] = self.looked(STRENGTHS)
            self.watch(None)
        t.run(self.step, self.watch)
        self.watch(None)
        s["best"]["kept"] = s["best"]["minute"] > 0
        with open(self.a.out + "/inflection.json", "w") as f:
            json.dump(s["best"], f, indent=1)
        t.say("   " + (f"best at minute {s['best']['minute']}: score {s['best']['score']:.4f}" if s["best"]["kept"] else "nothing was better than the network as it began"))
