"""eccv16 (Zhang et al. 2016, Colorful Image Colorization), .pth -> model.onnx + card.json.

    eccv16.py colorization_release_v2.pth OUT_DIR

Takes the layout of richzhang/colorization. Input: L* 0…100; output: a*, b*. Any size that 8 divides."""
import numpy as np
import torch
from torch import nn
from converting import Graph, load, main, shape_of


def stage(widths, stride=1, dilation=1):
    """Convolutions 3×3 each followed by ReLU, the last with the stride, then BatchNorm."""
    pairs = list(zip(widths, widths[1:]))
    layers = []
    for i, (a, b) in enumerate(pairs):
        layers += [nn.Conv2d(a, b, 3, stride if i == len(pairs) - 1 else 1, dilation, dilation), nn.ReLU()]
    return nn.Sequential(*layers, nn.BatchNorm2d(widths[-1]))


class Eccv16(nn.Module):
    """w: width of the first stage, 64 as published."""

    def __init__(self, w=64, bins=313):
        super().__init__()
        self.model1 = stage([1, w, w], 2)
        self.model2 = stage([w, 2 * w, 2 * w], 2)
        self.model3 = stage([2 * w] + 3 * [4 * w], 2)
        self.model4 = stage([4 * w] + 3 * [8 * w])
        self.model5 = stage(4 * [8 * w], dilation=2)
        self.model6 = stage(4 * [8 * w], dilation=2)
        self.model7 = stage(4 * [8 * w])
        self.model8 = nn.Sequential(nn.ConvTranspose2d(8 * w, 4 * w, 4, 2, 1), nn.ReLU(), nn.Conv2d(4 * w, 4 * w, 3, padding=1), nn.ReLU(),
                                    nn.Conv2d(4 * w, 4 * w, 3, padding=1), nn.ReLU(), nn.Conv2d(4 * w, bins, 1))
        self.model_out = nn.Conv2d(bins, 2, 1, bias=False)

    def forward(self, lightness):
        x = (lightness - 50) / 100
        for layer in (self.model1, self.model2, self.model3, self.model4, self.model5, self.model6, self.model7, self.model8):
            x = layer(x)
        ab = self.model_out(torch.softmax(x, 1)) * 110
        return nn.functional.interpolate(ab, scale_factor=4, mode="bilinear", align_corners=False)


def sample(size, seed):
    r = np.random.default_rng(seed)
    return {"input": (r.random((1, 1, size // 8, size // 8)).repeat(8, 2).repeat(8, 3) * 100).astype(np.float32)}


def build(state, a):
    net = load(Eccv16(shape_of(state, "model1.0.weight")[0], shape_of(state, "model_out.weight")[1]), state)
    return Graph(net, sample, ["output"], {k: {0: "n", 2: "h", 3: "w"} for k in ("input", "output")})


if __name__ == "__main__":
    main(__doc__, "eccv16", build)
