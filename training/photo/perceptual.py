"""Features of a frozen network, to compare pictures by what they show rather than pixel by pixel.

Two kinds of file will do: weights.pt of `pretrain` or of any phase after it (the encoder that learned to name things), or VGG16 as
torchvision publishes it, with or without batch norm. Our encoder has seen lightness alone, so it looks at red, green and blue one
after the other, each as if it were a lightness: colour that differs makes planes that differ."""
import os
import sys
import torch
import torch.nn as nn
import torch.nn.functional as F
from networks import opened

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../convert"))
from reading import foreign  # noqa: E402

VGG16 = (64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512)      # the deepest block is not looked at
TAPS = (1, 2, 3)                                                             # blocks whose last answers are compared
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class Encoder(nn.Module):
    """The encoder of a colorizer of this recipe: rgb [N,3,H,W] 0..1 -> features at 1/4, 1/8 and 1/16 of the size."""

    def __init__(self, path):
        super().__init__()
        self.net, _ = opened(path)
        if not hasattr(self.net, "encode"):
            raise SystemExit(f"{path} has learned no things: give weights of pretrain, colorize or distill, or VGG16")

    def forward(self, rgb):
        planes = rgb.flatten(0, 1)[:, None] * 100
        return self.net.encode(planes, planes.new_zeros(len(planes), 3, *planes.shape[2:]))[1]


class Vgg16(nn.Module):
    """rgb [N,3,H,W] 0..1 -> answers of the second, third and fourth block."""

    def __init__(self, state):
        super().__init__()
        normed = "features.1.running_mean" in state
        layers, i = [], 3
        for o in VGG16:
            if o == "M":
                layers.append(nn.MaxPool2d(2))
                continue
            layers += [nn.Conv2d(i, o, 3, 1, 1), *([nn.BatchNorm2d(o)] if normed else []), nn.ReLU()]
            i = o
        self.features = nn.Sequential(*layers)
        for name, values in (("mean", MEAN), ("std", STD)):
            self.register_buffer(name, torch.tensor(values).view(1, 3, 1, 1))
        mine = self.state_dict()
        try:
            self.load_state_dict({k: mine[k] if k in ("mean", "std") else state[k].float() for k in mine})
        except (KeyError, RuntimeError) as e:
            raise SystemExit(f"the weights are not those of VGG16 as torchvision names them: {e}")

    def forward(self, rgb):
        x, found = (rgb - self.mean) / self.std, []
        for layer in self.features:
            if isinstance(layer, nn.MaxPool2d):
                found.append(x)
            x = layer(x)
        return [(found + [x])[k] for k in TAPS]


def feature_network(path):
    """File -> frozen network, rgb -> list of features. SystemExit says what is wrong with the file."""
    try:
        asks = foreign(path)
    except (OSError, ValueError) as e:
        raise SystemExit(f"{path} cannot be read as weights: {e}")
    if asks:
        raise SystemExit(f"{path} holds more than numbers ({asks}): it could run code and is not loaded")
    state = torch.load(path, map_location="cpu")
    net = Vgg16(state) if "features.0.weight" in state else Encoder(path)
    for p in net.parameters():
        p.requires_grad_(False)
    return net.eval()


def distance(found, wanted):
    """Mean over levels of the mean absolute difference of features over the mean size of the wanted ones; 0 = alike."""
    return sum(F.l1_loss(f.float(), w.float()) / w.float().abs().mean().clamp(min=1e-6) for f, w in zip(found, wanted)) / len(wanted)
