"""Photo colorizer networks: lightness (+ sparse colour hints) -> ab. CIELAB D65, sRGB primaries.

Inputs   L [N,1,H,W] 0..100;  hint [N,3,H,W] a, b, mask (a, b read only under the mask);  temperature [1]: below 1 pushes
         towards the likeliest colours (annealed mean), 1 = plain mean.  H and W multiples of 32.
Outputs  ab [N,2,H/4,W/4];  spread [N,1,H/4,W/4] standard deviation of the colour distribution (where a hint helps most);
         confidence [N,1,H/4,W/4] 0..1 = 1 - entropy / log(bins)."""
import math
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from lab import rgb_to_lab
from parts import CONFIGS, Backbone, conv


def gamut_bins(step=10):
    """Centres of the ab cells that sRGB reaches, [Q,2]."""
    g = torch.linspace(0, 1, 64)
    rgb = torch.stack(torch.meshgrid(g, g, g, indexing="ij"), 0).reshape(1, 3, 64, -1)
    ab = rgb_to_lab(rgb)[0, 1:].flatten(1).T.numpy()
    return torch.from_numpy((np.unique(np.round(ab / step).astype(np.int64), axis=0) * step).astype(np.float32))


def enlarge(ab):
    return F.interpolate(ab, scale_factor=4.0, mode="bilinear", align_corners=False)


class Colorizer(Backbone):
    def __init__(self, name="fine", classes=0):
        super().__init__(name, 3)
        c = CONFIGS[name]
        w = c["widths"]
        self.register_buffer("centres", gamut_bins())
        self.neck = nn.Sequential(conv(w[0] + 3, c["head"]), nn.ReLU())
        self.logits = nn.Linear(c["head"], len(self.centres) + 2)                        # 2 residual channels, then one logit a bin
        nn.init.normal_(self.logits.weight, std=0.02)
        self.classes = nn.Linear(w[3], classes) if classes else None       # pre-training and auxiliary head, never exported

    def encode(self, L, hint):
        m = hint[:, 2:3]
        cover = F.avg_pool2d(m, 4)
        h4 = torch.cat([F.avg_pool2d(hint[:, :2] * m, 4) / (cover + 1e-4) / 50.0, cover.clamp(0, 0.25) * 4], 1)
        x, skips = self.levels(L / 50.0 - 1.0, h4)
        return x, skips, h4

    def features(self, L, hint):
        """-> [N, h*w, head] and the lowest level's features."""
        low, skips, h4 = self.encode(L, hint)
        return self.neck(torch.cat([self.rise(low, skips), h4], 1)).flatten(2).transpose(1, 2), low

    def split(self, f):
        """Features -> residual ab [.,2], logits [.,Q]; float32."""
        z = F.linear(f.float(), self.logits.weight.float(), self.logits.bias.float())
        return z[..., :2] * 10.0, z[..., 2:]

    def forward(self, L, hint, temperature):
        f, _ = self.features(L, hint)
        r, z = self.split(f)
        lp = F.log_softmax(z, -1)
        p = lp.exp()
        ab = torch.matmul(torch.softmax(lp / temperature, -1), self.centres) + r
        moments = torch.matmul(p, torch.cat([self.centres, (self.centres ** 2).sum(1, keepdim=True)], 1))
        spread = (moments[..., 2:] - (moments[..., :2] ** 2).sum(-1, keepdim=True)).clamp(min=0).sqrt()
        confidence = 1 + (p * lp).sum(-1, keepdim=True) / math.log(self.centres.shape[0])
        h, w = L.shape[2] // 4, L.shape[3] // 4
        shape = lambda x: x.transpose(1, 2).reshape(L.shape[0], x.shape[-1], h, w)
        return shape(ab), shape(spread), shape(confidence)


class Critic(nn.Module):
    """Spectral-norm PatchGAN on RGB with self-attention at /8."""

    def __init__(self, c=64):
        super().__init__()
        sn = nn.utils.parametrizations.spectral_norm
        cv = lambda i, o, k, s: sn(nn.Conv2d(i, o, k, s, k // 2 if s == 1 else 1))
        act = lambda: nn.LeakyReLU(0.2)
        self.a = nn.Sequential(cv(3, c, 4, 2), act(), cv(c, 2 * c, 4, 2), act(), cv(2 * c, 4 * c, 4, 2), act())
        self.qk, self.v, self.gamma = cv(4 * c, c, 1, 1), cv(4 * c, 4 * c, 1, 1), nn.Parameter(torch.zeros(1))
        self.b = nn.Sequential(cv(4 * c, 6 * c, 4, 2), act(), cv(6 * c, 1, 3, 1))

    def forward(self, rgb):
        x = self.a(rgb.float() * 2 - 1)
        q, k = self.qk(x).flatten(2).chunk(2, 1)
        a = torch.softmax(torch.matmul(q.transpose(1, 2), k) * q.shape[1] ** -0.5, -1)
        return self.b(x + self.gamma * torch.matmul(self.v(x).flatten(2), a.transpose(1, 2)).reshape(x.shape))
