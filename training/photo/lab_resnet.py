"""A plain residual network after the first seed of the studio: lightness in, ab out, no hints; its loss keeps mean squared error from
washing colour out.   train.py lab-resnet

    loss = mean((ab - truth)^2) + 26.7 / (n * variance of the answer)

The variance is that within each picture; n counts the answers of one of its 256x256 pictures, a and b, whatever the crop's
size here, and ab counts in units of 110. Then the push and the error level off where colour that is wrong everywhere spreads by
sqrt(26.7 / n) ** 0.5 * 110 = 13 Lab units, about the true spread; in Lab units, or with n of a small crop, it does nothing or
everything. Adam with beta1 0.8; batch norm with momentum 0.5."""
import torch
import torch.nn as nn
import torch.nn.functional as F

UNIT = 110.0
AGAINST_GREY = 26.7
N = 2 * 256 * 256
WIDTHS, BLOCKS = (32, 64, 128, 192), (2, 2, 2, 2)      # at /2 /4 /8 /16
BETAS = (0.8, 0.999)


def norm(c):
    return nn.BatchNorm2d(c, momentum=0.5)


class Basic(nn.Module):
    """Two 3x3 convolutions beside the identity, or beside a 1x1 convolution where width or size changes."""

    def __init__(self, i, o, stride=1):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(i, o, 3, stride, 1, bias=False), norm(o), nn.ReLU(), nn.Conv2d(o, o, 3, 1, 1, bias=False), norm(o))
        self.past = nn.Identity() if i == o and stride == 1 else nn.Sequential(nn.Conv2d(i, o, 1, stride, bias=False), norm(o))

    def forward(self, x):
        return F.relu(self.body(x) + self.past(x))


class LabResNet(nn.Module):
    """L [N,1,H,W] 0..100, sides multiples of 16 -> ab [N,2,H/4,W/4] in Lab units. `classes` is there for the trainer: it has none."""

    def __init__(self):
        super().__init__()
        self.name, self.classes = "lab-resnet", None
        self.stem = nn.Sequential(nn.Conv2d(1, WIDTHS[0], 3, 2, 1, bias=False), norm(WIDTHS[0]), nn.ReLU())
        stages, i = [], WIDTHS[0]
        for level, (o, n) in enumerate(zip(WIDTHS, BLOCKS)):
            stages.append(nn.Sequential(*[Basic(i if k == 0 else o, o, 2 if level and k == 0 else 1) for k in range(n)]))
            i = o
        self.down = nn.ModuleList(stages)
        self.up = nn.ModuleList(Basic(WIDTHS[k + 1], WIDTHS[k]) for k in (2, 1))
        self.out = nn.Conv2d(WIDTHS[1], 2, 3, 1, 1)
        nn.init.normal_(self.out.weight, std=0.003)                          # begins with colours of a few Lab units

    def forward(self, L, *_):
        x, kept = self.stem(L / 50 - 1), []
        for stage in self.down:
            x = stage(x)
            kept.append(x)
        for up, skip in zip(self.up, (kept[2], kept[1])):
            x = F.interpolate(up(x), scale_factor=2.0, mode="nearest") + skip
        return (self.out(x) * UNIT,)


def loss_of(ab, truth):
    """ab, truth [N,2,h,w] in Lab units -> loss, its two parts."""
    x, y = ab / UNIT, truth / UNIT
    variance = x.var((2, 3), unbiased=False).mean(1)
    error, push = F.mse_loss(x, y), (AGAINST_GREY / (N * (variance + 1e-5))).mean()
    return error + push, dict(error=error.detach(), push=push.detach())
