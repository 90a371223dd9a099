"""DeOldify (Jason Antic) artistic, stable or video, .pth -> model.onnx + card.json.

    deoldify.py ColorizeArtistic_gen.pth OUT_DIR [--kind artistic|stable|video]

Takes the layout of jantic/DeOldify: a fastai U-Net on ResNet34 ("deep": artistic) or ResNet101 ("wide": stable, video) with
self-attention. Which of the two it is the weights tell; stable or video the file's name or --kind. Spectral and weight norm are
folded away. Input: the grey picture as RGB 0…1; output: RGB 0…1 (both normalisations are inside). Any size that 32 divides."""
import os
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from converting import Graph, Refused, count, load, main, shape_of

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # ImageNet's, sRGB 0…1
REACH = 3.0  # the last sigmoid spans −3…3 of the normalised values
KINDS = {"artistic": "deep", "stable": "wide", "video": "wide"}


class Basic(nn.Module):
    """ResNet block of two convolutions (He 2015)."""
    expansion = 1

    def __init__(self, ni, width, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(ni, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width)
        self.downsample = shortcut(ni, width, stride)

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + self.downsample(x))


class Bottleneck(nn.Module):
    """ResNet block of three convolutions, the stride in the middle one (as torchvision's)."""
    expansion = 4

    def __init__(self, ni, width, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(ni, width, 1, bias=False), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = nn.Conv2d(width, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width)
        self.conv3, self.bn3 = nn.Conv2d(width, 4 * width, 1, bias=False), nn.BatchNorm2d(4 * width)
        self.downsample = shortcut(ni, 4 * width, stride)

    def forward(self, x):
        y = F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))
        return F.relu(self.bn3(self.conv3(y)) + self.downsample(x))


def shortcut(ni, nf, stride):
    return nn.Identity() if ni == nf and stride == 1 else nn.Sequential(nn.Conv2d(ni, nf, 1, stride, bias=False), nn.BatchNorm2d(nf))


class Attention(nn.Module):
    """Self-attention over all places (Zhang 2018, SAGAN)."""

    def __init__(self, n):
        super().__init__()
        self.query, self.key, self.value = (nn.Conv1d(n, m, 1, bias=False) for m in (n // 8, n // 8, n))
        self.gamma = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        flat = x.flatten(2)
        weights = torch.softmax(torch.bmm(self.query(flat).transpose(1, 2), self.key(flat)), 1)
        return (self.gamma * torch.bmm(self.value(flat), weights) + flat).reshape(x.shape)


def conv(ni, nf, ks=3, act=True, bn=True, attention=False):
    """Convolution, ReLU, BatchNorm (in this order), attention."""
    layers = [nn.Conv2d(ni, nf, ks, padding=ks // 2, bias=not bn)]
    layers += [nn.ReLU()] if act else []
    layers += [nn.BatchNorm2d(nf)] if bn else []
    return nn.Sequential(*layers, *([Attention(nf)] if attention else []))


class Shuffle(nn.Module):
    """Twice the size by pixel shuffle, then the mean of 2×2 against its pattern (Sugawara 2018)."""

    def __init__(self, ni, nf, bn=True):
        super().__init__()
        self.conv = conv(ni, 4 * nf, 1, act=False, bn=bn)

    def forward(self, x):
        y = F.pixel_shuffle(F.relu(self.conv(x)), 2)
        return F.avg_pool2d(F.pad(y, (1, 0, 1, 0), mode="replicate"), 2, 1)


class DeepBlock(nn.Module):
    def __init__(self, ni, skip, last, attention):
        super().__init__()
        self.shuf, self.bn = Shuffle(ni, ni // 2), nn.BatchNorm2d(skip)
        wide = ni // 2 + skip
        self.nf = int((wide // 2 if last else wide) * 1.5)
        self.conv1, self.conv2 = conv(wide, self.nf), conv(self.nf, self.nf, attention=attention)

    def forward(self, x, skip):
        return self.conv2(self.conv1(F.relu(torch.cat([self.shuf(x), self.bn(skip)], 1))))


class WideBlock(nn.Module):
    def __init__(self, ni, skip, nf, attention):
        super().__init__()
        self.nf = nf
        self.shuf, self.bn = Shuffle(ni, nf), nn.BatchNorm2d(skip)
        self.conv = conv(nf + skip, nf, attention=attention)

    def forward(self, x, skip):
        return self.conv(F.relu(torch.cat([self.shuf(x), self.bn(skip)], 1)))


class Residual(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.layers = nn.ModuleList([conv(n, n, bn=False), conv(n, n, bn=False)])

    def forward(self, x):
        return x + self.layers[1](self.layers[0](x))


class DeOldify(nn.Module):
    """w: width of the encoder's first convolution (64 as published); blocks: ResNet blocks a stage; wide: width of the wide decoder
    (512 as published), None for the deep one."""

    def __init__(self, w=64, blocks=(3, 4, 6, 3), bottleneck=False, wide=None):
        super().__init__()
        block = Bottleneck if bottleneck else Basic
        stages, ni = [], w
        for i, n in enumerate(blocks):
            for j in range(n):
                stages.append(block(ni, w << i, 2 if i and not j else 1))
                ni = (w << i) * block.expansion
            stages[-n:] = [nn.Sequential(*stages[-n:])]
        encoder = nn.Sequential(nn.Conv2d(3, w, 7, 2, 3, bias=False), nn.BatchNorm2d(w), nn.ReLU(), nn.MaxPool2d(3, 2, 1), *stages)
        layers = [encoder, nn.BatchNorm2d(ni), nn.ReLU(), nn.Sequential(conv(ni, 2 * ni), conv(2 * ni, ni))]
        skips = [(w << i) * block.expansion for i in (2, 1, 0)] + [w]
        for i, skip in enumerate(skips):
            last, attention = i == 3, i == 1
            layers.append(WideBlock(ni, skip, wide // 2 if last else wide, attention) if wide else DeepBlock(ni, skip, last, attention))
            ni = layers[-1].nf
        # Numbers as in the published names; 9 joins the picture itself, 12 is the sigmoid.
        self.layers = nn.ModuleList([*layers, Shuffle(ni, ni, bn=False), nn.Identity(), Residual(ni + 3), conv(ni + 3, 3, 1, act=False, bn=False)])
        self.register_buffer("mean", torch.tensor(MEAN).reshape(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(STD).reshape(1, 3, 1, 1), persistent=False)

    def forward(self, rgb):
        x0 = x = (rgb - self.mean) / self.std
        kept = []
        for i, layer in enumerate(self.layers[0]):
            x = layer(x)
            if i in (2, 4, 5, 6):
                kept.append(x)
        for layer in self.layers[1:4]:
            x = layer(x)
        for layer, skip in zip(self.layers[4:8], reversed(kept)):
            x = layer(x, skip)
        x = self.layers[11](self.layers[10](torch.cat([self.layers[8](x), x0], 1)))
        y = torch.sigmoid(x) * (2 * REACH) - REACH
        return torch.clamp(y * self.std + self.mean, 0, 1)


def network(state):
    """An empty network of the kind and size of these weights."""
    w = shape_of(state, "layers.0.0.weight")[0]
    blocks = [count(state, "layers.0.%d.{}.conv1.weight" % (4 + i)) for i in range(4)]
    if 0 in blocks:
        raise Refused("The weights are not those of this network: a stage of its encoder is missing (layers.0.4 to layers.0.7).")
    wide = None if "layers.4.conv1.0.weight" in state else shape_of(state, "layers.4.conv.0.weight")[0]
    return DeOldify(w, blocks, "layers.0.4.0.conv3.weight" in state, wide)


def sample(size, seed):
    r = np.random.default_rng(seed)
    return {"input": r.random((1, 1, size // 8, size // 8)).repeat(8, 2).repeat(8, 3).repeat(3, 1).astype(np.float32)}


def build(state, a):
    kind = kind_of(a)
    found = "deep" if "layers.4.conv1.0.weight" in state else "wide"
    if a.kind and KINDS[kind] != found:
        raise Refused(f"These are weights of the {found} network, {kind} is the {KINDS[kind]} one: --kind {' or '.join(k for k in KINDS if KINDS[k] == found)}.")
    if KINDS[kind] != found:
        raise Refused(f"{os.path.basename(a.weights)} holds the {found} network: say which it is with --kind {' or --kind '.join(k for k in KINDS if KINDS[k] == found)}.")
    net = load(network(state), state)
    return Graph(net, sample, ["output"], {k: {0: "n", 2: "h", 3: "w"} for k in ("input", "output")})


def kind_of(a):
    """--kind, else what the file's name says, else artistic."""
    return a.kind or next((k for k in KINDS if k in os.path.basename(a.weights).lower()), "artistic")


if __name__ == "__main__":
    main(__doc__, lambda a: "deoldify-" + kind_of(a), build, [("--kind", dict(choices=tuple(KINDS)))])
