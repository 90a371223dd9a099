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

# kind per level (/4 /8 /16 /32): r = two 3x3 convolutions, d = depthwise 5x5 + pointwise pair
# fine spends its work on the coarse levels, where things are recognised
CONFIGS = {"fine": dict(widths=(32, 64, 160, 288), kinds="rrdd", enc=(1, 2, 5, 4), dec=(1, 1, 2), head=48, attention=(16, 32), stem=24),
           "fast": dict(widths=(24, 48, 96, 160), kinds="rrdd", enc=(1, 1, 2, 2), dec=(1, 1, 1), head=40, attention=(32,), stem=16)}


def gamut_bins(step=10):
    """Centres of the ab cells that sRGB reaches, [Q,2]."""
    g = torch.linspace(0, 1, 64)
    rgb = torch.stack(torch.meshgrid(g, g, g, indexing="ij"), 0).reshape(1, 3, 64, -1)
    ab = rgb_to_lab(rgb)[0, 1:].flatten(1).T.numpy()
    return torch.from_numpy((np.unique(np.round(ab / step).astype(np.int64), axis=0) * step).astype(np.float32))


def enlarge(ab):
    return F.interpolate(ab, scale_factor=4.0, mode="bilinear", align_corners=False)


class Norm(nn.BatchNorm2d):
    """Folds into its convolution at export, so it costs nothing when the model runs."""
    frozen = False

    def __init__(self, c):
        super().__init__(c, momentum=0.05)

    def train(self, mode=True):
        return super().train(mode and not self.frozen)


def conv(i, o, k=3, stride=1, groups=1):
    return nn.Sequential(nn.Conv2d(i, o, k, stride, k // 2, groups=groups, bias=False), Norm(o))


class Residual(nn.Module):
    """Starts close to the identity."""

    def __init__(self, *body):
        super().__init__()
        self.body = nn.Sequential(*body)
        nn.init.constant_(body[-1][1].weight, 0.3)

    def forward(self, x):
        return x + self.body(x)


def block(kind, c):
    if kind == "r":
        return Residual(conv(c, c), nn.ReLU(), conv(c, c))
    return Residual(conv(c, c, 5, groups=c), nn.Conv2d(c, 3 * c, 1), nn.ReLU(), conv(3 * c, c, 1))


class Attention(nn.Module):
    """Every cell looks at every other: carries a hint to look-alike places."""

    def __init__(self, c):
        super().__init__()
        self.heads = c // 32
        self.norm, self.qkv, self.out = Norm(c), nn.Conv2d(c, 3 * c, 1), conv(c, c, 1)
        nn.init.constant_(self.out[1].weight, 0.3)

    def forward(self, x):
        n, c, h, w = x.shape
        q, k, v = self.qkv(self.norm(x)).reshape(n, 3, self.heads, 32, h * w).unbind(1)
        a = torch.softmax(torch.matmul(q.transpose(2, 3), k) * 32 ** -0.5, -1)
        return x + self.out(torch.matmul(v, a.transpose(2, 3)).reshape(n, c, h, w))


class Context(nn.Module):
    """Mean of the whole picture -> a bounded gate and shift for each channel."""

    def __init__(self, c):
        super().__init__()
        self.f1, self.f2 = nn.Conv2d(c, c // 4, 1), nn.Conv2d(c // 4, 2 * c, 1)
        nn.init.zeros_(self.f2.weight)
        nn.init.zeros_(self.f2.bias)

    def forward(self, x):
        gate, shift = torch.tanh(self.f2(F.relu(self.f1(x.mean((2, 3), keepdim=True))))).chunk(2, 1)
        return x * (1 + gate) + shift


class Up(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.p, self.s = conv(i, o, 1), conv(o, o, 1)

    def forward(self, x, skip):
        return F.interpolate(self.p(x), scale_factor=2.0, mode="nearest") + self.s(skip)


class Colorizer(nn.Module):
    def __init__(self, name="fine", classes=0):
        super().__init__()
        c = CONFIGS[name]
        w, self.name = c["widths"], name
        self.register_buffer("centres", gamut_bins())

        def level(i):
            m = [block(c["kinds"][i], w[i]) for _ in range(c["enc"][i])]
            for k in (() if 4 * 2 ** i not in c["attention"] else range(len(m), 0, -1) if i == 3 else (len(m),)):
                m.insert(k, Attention(w[i]))                                # after every block of the lowest level, elsewhere once
            return nn.Sequential(*m, *([Context(w[i])] if i > 1 else []))

        self.stem = nn.Sequential(conv(4, c["stem"]), nn.ReLU(), conv(c["stem"], w[0], 3, 2))
        self.hint = nn.Conv2d(3, w[0], 1, bias=False)
        self.enc = nn.ModuleList(level(i) for i in range(4))
        self.down = nn.ModuleList(conv(w[i], w[i + 1], 3, 2) for i in range(3))
        self.up = nn.ModuleList(Up(w[i + 1], w[i]) for i in range(3))
        self.dec = nn.ModuleList(nn.Sequential(*[block(c["kinds"][i], w[i]) for _ in range(c["dec"][i])]) for i in range(3))
        self.neck = nn.Sequential(conv(w[0] + 3, c["head"]), nn.ReLU())
        self.logits = nn.Linear(c["head"], len(self.centres) + 2)                        # 2 residual channels, then one logit a bin
        nn.init.normal_(self.logits.weight, std=0.02)
        self.classes = nn.Linear(w[3], classes) if classes else None       # pre-training and auxiliary head, never exported

    def encode(self, L, hint):
        m = hint[:, 2:3]
        cover = F.avg_pool2d(m, 4)
        h4 = torch.cat([F.avg_pool2d(hint[:, :2] * m, 4) / (cover + 1e-4) / 50.0, cover.clamp(0, 0.25) * 4], 1)
        x = self.stem(F.pixel_unshuffle(L / 50.0 - 1.0, 2)) + self.hint(h4)
        skips = []
        for i in range(4):
            x = self.enc[i](F.relu(x) if i == 0 else x)
            if i < 3:
                skips.append(x)
                x = self.down[i](x)
        return x, skips, h4

    def features(self, L, hint):
        """-> [N, h*w, head] and the lowest level's features."""
        low, skips, h4 = self.encode(L, hint)
        x = low
        for i in (2, 1, 0):
            x = self.dec[i](self.up[i](x, skips[i]))
        return self.neck(torch.cat([x, h4], 1)).flatten(2).transpose(1, 2), low

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
