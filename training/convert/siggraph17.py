"""siggraph17 with hints (Zhang et al. 2017, Real-Time User-Guided Image Colorization), .pth -> model.onnx + card.json.

    siggraph17.py siggraph17.pth OUT_DIR [--classes] [--caffe-mask]

Takes the layout of richzhang/colorization and junyanz/interactive-deep-colorization. Inputs: L (L* from 0…100 to −0.5…0.5), ab
(÷ 110), mask (1 where ab is a hint); output out_ab (÷ 110). Any size that 8 divides."""
import numpy as np
import torch
from torch import nn
from converting import Graph, load, main, shape_of


def stage(widths, norm=True, first=nn.Identity, dilation=1):
    """[first], then convolutions 3×3 each followed by ReLU, then BatchNorm: positions as the published names count them."""
    layers = [] if first is nn.Identity else [first()]
    for a, b in zip(widths, widths[1:]):
        layers += [nn.Conv2d(a, b, 3, padding=dilation, dilation=dilation), nn.ReLU()]
    return nn.Sequential(*layers, *([nn.BatchNorm2d(widths[-1])] if norm else []))


def only(layer):
    return nn.Sequential(layer)


class Siggraph17(nn.Module):
    """w: width of the first stage, 64 as published."""

    def __init__(self, w=64, classes=529, answer_classes=False, mask_centre=0.0):
        super().__init__()
        self.answer_classes, self.mask_centre = answer_classes, mask_centre
        self.model1 = stage([4, w, w])
        self.model2 = stage([w, 2 * w, 2 * w])
        self.model3 = stage([2 * w] + 3 * [4 * w])
        self.model4 = stage([4 * w] + 3 * [8 * w])
        self.model5 = stage(4 * [8 * w], dilation=2)
        self.model6 = stage(4 * [8 * w], dilation=2)
        self.model7 = stage(4 * [8 * w])
        self.model8up = only(nn.ConvTranspose2d(8 * w, 4 * w, 4, 2, 1))
        self.model3short8 = only(nn.Conv2d(4 * w, 4 * w, 3, padding=1))
        self.model8 = stage(3 * [4 * w], first=nn.ReLU)
        self.model9up = only(nn.ConvTranspose2d(4 * w, 2 * w, 4, 2, 1))
        self.model2short9 = only(nn.Conv2d(2 * w, 2 * w, 3, padding=1))
        self.model9 = stage(2 * [2 * w], first=nn.ReLU)
        self.model10up = only(nn.ConvTranspose2d(2 * w, 2 * w, 4, 2, 1))
        self.model1short10 = only(nn.Conv2d(w, 2 * w, 3, padding=1))
        self.model10 = nn.Sequential(nn.ReLU(), nn.Conv2d(2 * w, 2 * w, 3, padding=1), nn.LeakyReLU(0.2))
        self.model_class = only(nn.Conv2d(4 * w, classes, 1))
        self.model_out = nn.Sequential(nn.Conv2d(2 * w, 2, 1), nn.Tanh())

    def forward(self, lightness, ab, mask):
        c1 = self.model1(torch.cat([lightness, ab, mask - self.mask_centre], 1))
        c2 = self.model2(c1[:, :, ::2, ::2])
        c3 = self.model3(c2[:, :, ::2, ::2])
        c7 = self.model7(self.model6(self.model5(self.model4(c3[:, :, ::2, ::2]))))
        c8 = self.model8(self.model8up(c7) + self.model3short8(c3))
        c9 = self.model9(self.model9up(c8) + self.model2short9(c2))
        out = self.model_out(self.model10(self.model10up(c9) + self.model1short10(c1)))
        return (out, self.model_class(c8)) if self.answer_classes else out


def sample(size, seed):
    """Blocks of random lightness with one strong hint."""
    r = np.random.default_rng(seed)
    lightness = (r.random((1, 1, size // 8, size // 8)).repeat(8, 2).repeat(8, 3) - 0.5).astype(np.float32)
    ab, mask = np.zeros((1, 2, size, size), np.float32), np.zeros((1, 1, size, size), np.float32)
    ab[:, :, 16:24, 40:48] = np.array([0.4, -0.3], np.float32).reshape(1, 2, 1, 1)
    mask[:, :, 16:24, 40:48] = 1
    return {"L": lightness, "ab": ab, "mask": mask}


def build(state, a):
    width, classes = shape_of(state, "model1.0.weight")[0], shape_of(state, "model_class.0.weight")[0]
    net = load(Siggraph17(width, classes, a.classes, 0.5 if a.caffe_mask else 0.0), state)
    sides = {0: "n", 2: "h", 3: "w"}
    free = {**{k: sides for k in ("L", "ab", "mask", "out_ab")}, **({"classes": {0: "n", 2: "h4", 3: "w4"}} if a.classes else {})}
    return Graph(net, sample, ["out_ab", "classes"] if a.classes else ["out_ab"], free)


if __name__ == "__main__":
    main(__doc__, lambda a: "siggraph17-classes" if a.classes else "siggraph17", build,
         [("--classes", dict(action="store_true", help="also answer the logits of the 529 colour classes, at a quarter of the size")),
          ("--caffe-mask", dict(action="store_true", help="for weights converted from Caffe: their mask is −0.5 and 0.5"))])
