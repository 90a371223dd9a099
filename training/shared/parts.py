"""Parts of the colorizers' networks."""
import torch
import torch.nn as nn
import torch.nn.functional as F

# kind per level (/4 /8 /16 /32): r = two 3x3 convolutions, d = depthwise 5x5 + pointwise pair
# fine spends its work on the coarse levels, where things are recognised
CONFIGS = {"fine": dict(widths=(32, 64, 160, 288), kinds="rrdd", enc=(1, 2, 5, 4), dec=(1, 1, 2), head=48, attention=(16, 32), stem=24),
           "fast": dict(widths=(24, 48, 96, 160), kinds="rrdd", enc=(1, 1, 2, 2), dec=(1, 1, 1), head=40, attention=(32,), stem=16)}


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


class Backbone(nn.Module):
    """The encoder and decoder that the colorizers share: a picture at half size in, features at a quarter of the size out.
    Works at a quarter to a thirty-second of the size; inputs of any size whose sides are multiples of 32."""

    def __init__(self, name, hint):
        """name: of CONFIGS; hint: channels of the hints as `levels` gets them."""
        super().__init__()
        c = CONFIGS[name]
        w, self.name = c["widths"], name

        def level(i):
            m = [block(c["kinds"][i], w[i]) for _ in range(c["enc"][i])]
            for k in (() if 4 * 2 ** i not in c["attention"] else range(len(m), 0, -1) if i == 3 else (len(m),)):
                m.insert(k, Attention(w[i]))                                # after every block of the lowest level, elsewhere once
            return nn.Sequential(*m, *([Context(w[i])] if i > 1 else []))

        self.stem = nn.Sequential(conv(4, c["stem"]), nn.ReLU(), conv(c["stem"], w[0], 3, 2))
        self.hint = nn.Conv2d(hint, w[0], 1, bias=False)
        self.enc = nn.ModuleList(level(i) for i in range(4))
        self.down = nn.ModuleList(conv(w[i], w[i + 1], 3, 2) for i in range(3))
        self.up = nn.ModuleList(Up(w[i + 1], w[i]) for i in range(3))
        self.dec = nn.ModuleList(nn.Sequential(*[block(c["kinds"][i], w[i]) for _ in range(c["dec"][i])]) for i in range(3))

    def levels(self, light, h4):
        """light [N,1,H,W] -1..1, h4 [N,hint,H/4,W/4] -> features of the lowest level, and those of the levels above."""
        x = self.stem(F.pixel_unshuffle(light, 2)) + self.hint(h4)
        skips = []
        for i in range(4):
            x = self.enc[i](F.relu(x) if i == 0 else x)
            if i < 3:
                skips.append(x)
                x = self.down[i](x)
        return x, skips

    def rise(self, x, skips):
        """-> features [N,widths[0],H/4,W/4]."""
        for i in (2, 1, 0):
            x = self.dec[i](self.up[i](x, skips[i]))
        return x
