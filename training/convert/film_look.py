"""The film look network of SongZihui-sudo/digitalFilm (Kodak Gold 200, February 2025), .pt -> model.onnx + card.json.

    film_look.py kodark_gold_200.pt OUT_DIR

Its attention answers one number a channel and never touches the picture: the answer is a 3×3 neighbourhood of each pixel plus one
RGB constant for the whole picture, made of the mean and the maximum of 64 channels. The file therefore holds two graphs behind one
switch, so that pictures of any size are worked on in tiles and come out as if they had been worked on whole:

  apply = 0  statistics: image [1,3,h,w] (RGB 0…1) and inside [1,1,h,w] (1 in the picture, 0 outside, where image is 0 too)
             -> sum and maximum [1,64,1,1] over the pixels that are 2 px or more away from the tile's border
  apply = 1  image and statistics [1,128,1,1] (means, then maxima, over all tiles) -> output [1,3,h-2,w-2], RGB, not clipped"""
import numpy as np
import onnx
from onnx import TensorProto, helper
import torch
from torch import nn
from torch.nn import functional as F
from converting import Graph, Refused, load, main, shape_of
from exporting import OPSET, to_onnx

SLOPE = 0.01  # of LeakyReLU
REDUCTION = 16


class Attention(nn.Module):
    """A perceptron of the mean and of the maximum; the sigmoid of their sum."""

    def __init__(self, n):
        super().__init__()
        self.fc = nn.Sequential(nn.Conv2d(n, n // REDUCTION, 1, bias=False), nn.ReLU(), nn.Conv2d(n // REDUCTION, n, 1, bias=False))

    def forward(self, mean, maximum):
        return torch.sigmoid(self.fc(mean) + self.fc(maximum))


class FilmLook(nn.Module):
    """w: width of the first convolution, 32 as published."""

    def __init__(self, w=32):
        super().__init__()
        widths = [3, w, 2 * w, 4 * w, 8 * w, 4 * w, 2 * w, w]
        for i in range(7):
            self.add_module(f"conv{i + 1}", nn.Conv2d(widths[i], widths[i + 1], 3, padding=1))
            self.add_module(f"bn{i + 1}", nn.BatchNorm2d(widths[i + 1]))
            if i:
                self.add_module(f"ca{i + 1}", Attention(widths[i + 1]))
        self.conv8, self.skip1, self.skip2 = nn.Conv2d(w, 3, 3, padding=1), nn.Conv2d(w, 3, 1), nn.Conv2d(2 * w, 3, 1)

    def layer(self, i, x, padding=1):
        c = getattr(self, f"conv{i}")
        return F.leaky_relu(getattr(self, f"bn{i}")(F.conv2d(x, c.weight, c.bias, padding=padding)), SLOPE)

    def vector(self, i, x):
        """A layer on one pixel: of its 3×3 only the middle counts."""
        c = getattr(self, f"conv{i}")
        return F.leaky_relu(getattr(self, f"bn{i}")(F.conv2d(x, c.weight[:, :, 1:2, 1:2], c.bias)), SLOPE)

    def constant(self, mean, maximum):
        """The RGB [N, 3, 1, 1] that is added to every pixel."""
        x = x2 = self.ca2(mean, maximum)
        for i in range(3, 8):
            y = self.vector(i, x)
            x = getattr(self, f"ca{i}")(y, y)
        return F.conv2d(x, self.conv8.weight[:, :, 1:2, 1:2], self.conv8.bias) + self.skip2(x2)

    def forward(self, x):
        """The whole picture at once, [N, 3, H, W]: what the two graphs must add up to."""
        x1 = self.layer(1, x)
        y = self.layer(2, x1)
        return self.skip1(x1) + self.constant(y.mean((2, 3), keepdim=True), y.amax((2, 3), keepdim=True))


class Statistics(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, image, inside):
        x1 = self.net.layer(1, image, 0) * inside[:, :, 1:-1, 1:-1]  # the second convolution's padding is zeros, not what the first makes of zeros
        y, within = self.net.layer(2, x1, 0), inside[:, :, 2:-2, 2:-2]
        return (y * within).sum((2, 3), keepdim=True), (y - (1 - within) * 1e6).amax((2, 3), keepdim=True)


class Apply(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, image, statistics):
        n = statistics.shape[1] // 2
        return self.net.skip1(self.net.layer(1, image, 0)) + self.net.constant(statistics[:, :n], statistics[:, n:])


class Both(nn.Module):
    """What the file answers, in PyTorch."""

    def __init__(self, net):
        super().__init__()
        self.net, self.statistics, self.apply_ = net, Statistics(net), Apply(net)

    def forward(self, image, inside, statistics, apply):
        nothing = torch.zeros(1, 1, 1, 1)
        return (nothing, nothing, self.apply_(image, statistics)) if float(apply) > 0.5 else (*self.statistics(image, inside), nothing)


def branch(path, name, outer, outputs):
    """A file's graph as the branch of a switch: its inputs are those of the graph around it, its other names are made its own."""
    g = onnx.load(path).graph

    def mine(value):
        return value if value in outer or not value else f"{name}/{value}"
    for t in g.initializer:
        t.name = mine(t.name)
    for n in g.node:
        n.name = f"{name}/{n.name}"
        n.input[:] = [mine(x) for x in n.input]
        n.output[:] = [mine(x) for x in n.output]
    nodes = list(g.node)
    if any(o not in [x.name for x in g.output] for o in outputs):
        nodes.append(helper.make_node("Constant", [], [f"{name}/nothing"], value=helper.make_tensor(f"{name}/nothing", TensorProto.FLOAT, [1, 1, 1, 1], [0.0])))
    made = {x.name for x in g.output}
    infos = []
    for o in outputs:
        nodes.append(helper.make_node("Identity", [mine(o) if o in made else f"{name}/nothing"], [f"{name}/result/{o}"]))
        infos.append(helper.make_tensor_value_info(f"{name}/result/{o}", TensorProto.FLOAT, SHAPES[o]))
    return helper.make_graph(nodes, name, [], infos, list(g.initializer))


OUTPUTS = ["sum", "maximum", "output"]
# Where a graph does not answer an output, it is one zero.
SHAPES = {"sum": [1, "c", 1, 1], "maximum": [1, "c", 1, 1], "output": [1, "k", "oh", "ow"]}


def export(net, path, half):
    """Both graphs, each exported by itself, behind one If."""
    sides, given = {2: "h", 3: "w"}, sample(64, 0)
    parts = [(Statistics(net).eval(), ["image", "inside"], ["sum", "maximum"], {"image": sides, "inside": sides}),
             (Apply(net).eval(), ["image", "statistics"], ["output"], {"image": sides, "output": {2: "oh", 3: "ow"}})]
    branches = []
    for name, (part, inputs, outputs, free) in zip(("measure", "paint"), parts):
        to_onnx(part, path, {k: given[k] for k in inputs}, outputs, free, half)
        branches.append(branch(path, name, list(given), OUTPUTS))
    channels = int(given["statistics"].shape[1])
    shapes = {"image": [1, 3, "h", "w"], "inside": [1, 1, "h", "w"], "statistics": [1, channels, 1, 1], "apply": [1]}
    nodes = [helper.make_node("Constant", [], ["half"], value=helper.make_tensor("half", TensorProto.FLOAT, [1], [0.5])),
             helper.make_node("Greater", ["apply", "half"], ["painting"]),
             helper.make_node("If", ["painting"], OUTPUTS, then_branch=branches[1], else_branch=branches[0])]
    graph = helper.make_graph(nodes, "film-look", [helper.make_tensor_value_info(k, TensorProto.FLOAT, s) for k, s in shapes.items()],
                              [helper.make_tensor_value_info(o, TensorProto.FLOAT, SHAPES[o]) for o in OUTPUTS])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = 8  # of opset 17; the newest of this machine's onnx may be newer than the reader's
    onnx.checker.check_model(model)
    onnx.save(model, path)


def sample(size, seed, channels=64):
    """A picture within a border of nothing; odd seeds paint, even ones measure."""
    r = np.random.default_rng(seed)
    image, inside = np.zeros((1, 3, size, size), np.float32), np.zeros((1, 1, size, size), np.float32)
    image[:, :, 2:, 2:-5] = r.random((1, 3, size - 2, size - 7))
    inside[:, :, 2:, 2:-5] = 1
    return {"image": image, "inside": inside, "statistics": r.random((1, 2 * channels, 1, 1)).astype(np.float32), "apply": np.array([seed % 2], np.float32)}


def build(state, a):
    net = load(FilmLook(shape_of(state, "conv1.weight")[0]), state)
    if net.conv2.out_channels != 64:
        raise Refused("The weights are not those of this network: its second convolution has not 64 channels.")
    return Graph(Both(net).eval(), sample, OUTPUTS, {}, export=lambda path, half: export(net, path, half))


if __name__ == "__main__":
    main(__doc__, "film-look", build)
