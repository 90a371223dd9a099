"""DDColor (Kang et al. 2023), .pth or .pt -> model.onnx + card.json.

    ddcolor.py ddcolor_modelscope.pth OUT_DIR [--side 512]

Takes the layout of piddnad/DDColor: encoder ConvNeXt-T or -L (the weights tell), pixel decoder, colour decoder with queries. Spectral
norm is folded away. Input: the grey picture whose L* it is, as RGB 0…1; output: a*, b*. Any size that 32 divides; --side fixes one,
for programs and providers that want that."""
import math
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from converting import Graph, Refused, count, load, main, shape_of

HEADS = 8


class ChannelNorm(nn.Module):
    """LayerNorm over the channels of [N, C, H, W]."""

    def __init__(self, n):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(n)), nn.Parameter(torch.zeros(n))

    def forward(self, x):
        return F.layer_norm(x.permute(0, 2, 3, 1), self.weight.shape, self.weight, self.bias, 1e-6).permute(0, 3, 1, 2)


class Block(nn.Module):
    """ConvNeXt block (Liu 2022)."""

    def __init__(self, n):
        super().__init__()
        self.dwconv, self.norm = nn.Conv2d(n, n, 7, padding=3, groups=n), nn.LayerNorm(n, eps=1e-6)
        self.pwconv1, self.pwconv2, self.gamma = nn.Linear(n, 4 * n), nn.Linear(4 * n, n), nn.Parameter(torch.ones(n))

    def forward(self, x):
        y = self.norm(self.dwconv(x).permute(0, 2, 3, 1))
        y = self.gamma * self.pwconv2(F.gelu(self.pwconv1(y)))
        return x + y.permute(0, 3, 1, 2)


class ConvNeXt(nn.Module):
    """Answers the four normalised features at strides 4, 8, 16, 32."""

    def __init__(self, w, depths):
        super().__init__()
        self.downsample_layers = nn.ModuleList([nn.Sequential(nn.Conv2d(3, w, 4, 4), ChannelNorm(w))])
        for i in range(3):
            self.downsample_layers.append(nn.Sequential(ChannelNorm(w << i), nn.Conv2d(w << i, w << i + 1, 2, 2)))
        self.stages = nn.ModuleList([nn.Sequential(*(Block(w << i) for _ in range(n))) for i, n in enumerate(depths)])
        for i in range(4):
            self.add_module(f"norm{i}", ChannelNorm(w << i))

    def forward(self, x):
        features = []
        for i in range(4):
            x = self.stages[i](self.downsample_layers[i](x))
            features.append(getattr(self, f"norm{i}")(x))
        return features


def conv(ni, nf, ks, act=True, bn=True):
    layers = [nn.Conv2d(ni, nf, ks, padding=ks // 2, bias=not bn)]
    layers += [nn.ReLU()] if act else []
    return nn.Sequential(*layers, *([nn.BatchNorm2d(nf)] if bn else []))


class Shuffle(nn.Module):
    """`scale` times the size by pixel shuffle, then the mean of 2×2 against its pattern."""

    def __init__(self, ni, nf, scale=2, bn=True):
        super().__init__()
        self.scale, self.conv = scale, conv(ni, nf * scale ** 2, 1, act=False, bn=bn)

    def forward(self, x):
        y = F.pixel_shuffle(F.relu(self.conv(x)), self.scale)
        return F.avg_pool2d(F.pad(y, (1, 0, 1, 0), mode="replicate"), 2, 1)


class UpBlock(nn.Module):
    def __init__(self, ni, skip, nf):
        super().__init__()
        self.shuf, self.bn, self.conv = Shuffle(ni, nf), nn.BatchNorm2d(skip), conv(nf + skip, nf, 3)

    def forward(self, x, skip):
        return self.conv(F.relu(torch.cat([self.shuf(x), self.bn(skip)], 1)))


class MultiHead(nn.Module):
    """Attention of several heads with the parameters of torch.nn.MultiheadAttention; [N, tokens, C]."""

    def __init__(self, n):
        super().__init__()
        self.in_proj_weight, self.in_proj_bias = nn.Parameter(torch.zeros(3 * n, n)), nn.Parameter(torch.zeros(3 * n))
        self.out_proj = nn.Linear(n, n)

    def forward(self, query, key, value):
        n = query.shape[-1]

        def heads(x, i):
            y = F.linear(x, self.in_proj_weight[i * n:(i + 1) * n], self.in_proj_bias[i * n:(i + 1) * n])
            return y.reshape(x.shape[0], -1, HEADS, n // HEADS).transpose(1, 2)
        q, k, v = heads(query, 0), heads(key, 1), heads(value, 2)
        weights = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(n // HEADS), 3)
        return self.out_proj((weights @ v).transpose(1, 2).reshape(query.shape))


class Cross(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.multihead_attn, self.norm = MultiHead(n), nn.LayerNorm(n)

    def forward(self, x, memory, places, queries):
        return self.norm(x + self.multihead_attn(x + queries, memory + places, memory))


class Own(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.self_attn, self.norm = MultiHead(n), nn.LayerNorm(n)

    def forward(self, x, queries):
        return self.norm(x + self.self_attn(x + queries, x + queries, x))


class Feed(nn.Module):
    def __init__(self, n, wide):
        super().__init__()
        self.linear1, self.linear2, self.norm = nn.Linear(n, wide), nn.Linear(wide, n), nn.LayerNorm(n)

    def forward(self, x):
        return self.norm(x + self.linear2(F.relu(self.linear1(x))))


class Perceptron(nn.Module):
    def __init__(self, *widths):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(widths, widths[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = F.relu(layer(x))
        return self.layers[-1](x)


def waves(length, n):
    """Sines and cosines of a place along a side of `length` (Carion 2020): [length, n], the side spanning 2π."""
    at = torch.arange(1, length + 1, dtype=torch.float32) / (length + 1e-6) * (2 * math.pi)
    rates = 10000 ** (2 * torch.div(torch.arange(n, dtype=torch.float32), 2, rounding_mode="floor") / n)
    angles = at[:, None] / rates
    return torch.stack([angles[:, 0::2].sin(), angles[:, 1::2].cos()], 2).flatten(1)


class ColorDecoder(nn.Module):
    """Queries look at three scales in turn; each becomes a map: its embedding times the features of the pixels."""

    def __init__(self, features, n, queries, layers, feed, out):
        super().__init__()
        self.n = n
        self.transformer_self_attention_layers = nn.ModuleList(Own(n) for _ in range(layers))
        self.transformer_cross_attention_layers = nn.ModuleList(Cross(n) for _ in range(layers))
        self.transformer_ffn_layers = nn.ModuleList(Feed(n, feed) for _ in range(layers))
        self.decoder_norm = nn.LayerNorm(n)
        self.query_feat, self.query_embed, self.level_embed = nn.Embedding(queries, n), nn.Embedding(queries, n), nn.Embedding(len(features), n)
        self.input_proj = nn.ModuleList(nn.Conv2d(c, n, 1) for c in features)
        self.color_embed = Perceptron(n, n, n, out)

    def places(self, x):
        h, w = x.shape[2], x.shape[3]
        down, across = waves(h, self.n // 2), waves(w, self.n // 2)
        both = torch.cat([down[:, None].expand(h, w, self.n // 2), across[None].expand(h, w, self.n // 2)], 2)
        return both.reshape(1, -1, self.n)

    def forward(self, scales, pixels):
        memory = [self.input_proj[i](x).flatten(2).transpose(1, 2) + self.level_embed.weight[i] for i, x in enumerate(scales)]
        places = [self.places(x) for x in scales]
        queries = self.query_embed.weight[None]
        x = self.query_feat.weight[None].expand(pixels.shape[0], -1, -1)
        for i, (cross, own, feed) in enumerate(zip(self.transformer_cross_attention_layers, self.transformer_self_attention_layers, self.transformer_ffn_layers)):
            level = i % len(scales)
            x = feed(own(cross(x, memory[level], places[level], queries), queries))
        embedded = self.color_embed(self.decoder_norm(x))
        return (embedded @ pixels.flatten(2)).reshape(pixels.shape[0], -1, pixels.shape[2], pixels.shape[3])


class Decoder(nn.Module):
    def __init__(self, w, nf, **colors):
        super().__init__()
        self.layers = nn.ModuleList([UpBlock(8 * w, 4 * w, nf), UpBlock(nf, 2 * w, nf), UpBlock(nf, w, nf // 2)])
        self.last_shuf = Shuffle(nf // 2, nf // 2, 4, bn=False)
        self.color_decoder = ColorDecoder([nf, nf, nf // 2], out=nf // 2, **colors)

    def forward(self, features):
        scales, x = [], features[3]
        for layer, skip in zip(self.layers, (features[2], features[1], features[0])):
            x = layer(x, skip)
            scales.append(x)
        return self.color_decoder(scales, self.last_shuf(x))


class DDColor(nn.Module):
    """w: width of the encoder's first stage (96 in T, 192 in L); depths: its blocks a stage; nf: width of the decoder (512)."""

    def __init__(self, w=96, depths=(3, 3, 9, 3), nf=512, n=256, queries=100, layers=9, feed=2048):
        super().__init__()
        self.encoder = nn.ModuleDict({"arch": ConvNeXt(w, depths)})
        self.decoder = Decoder(w, nf, n=n, queries=queries, layers=layers, feed=feed)
        self.refine_net = nn.Sequential(nn.Sequential(nn.Conv2d(queries + 3, 2, 1)))
        self.register_buffer("mean", torch.tensor([0.485, 0.456, 0.406]).reshape(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor([0.229, 0.224, 0.225]).reshape(1, 3, 1, 1), persistent=False)

    def forward(self, rgb):
        x = (rgb - self.mean) / self.std
        return self.refine_net(torch.cat([self.decoder(self.encoder["arch"](x)), x], 1))


def network(state):
    """An empty network of the size of these weights."""
    if not any(k.startswith("decoder.color_decoder.query_feat") for k in state):
        raise Refused("The weights are not those of this network: it has no decoder of colours over several scales (decoder.color_decoder.query_feat).")
    c = "decoder.color_decoder."
    depths = [count(state, "encoder.arch.stages.%d.{}.gamma" % i) for i in range(4)]
    queries, n = shape_of(state, c + "query_feat.weight")
    return DDColor(shape_of(state, "encoder.arch.downsample_layers.0.0.weight")[0], depths, shape_of(state, "decoder.layers.0.conv.0.weight")[0], n, queries,
                   count(state, c + "transformer_ffn_layers.{}.norm.weight"), shape_of(state, c + "transformer_ffn_layers.0.linear1.weight")[0])


def sample(size, seed):
    r = np.random.default_rng(seed)
    return {"input": r.random((1, 1, size // 8, size // 8)).repeat(8, 2).repeat(8, 3).repeat(3, 1).astype(np.float32)}


def build(state, a):
    # The last norm of the encoder is that of its classifier; mean and std are written into the network.
    net = load(network(state), state, unused=("encoder.arch.norm.", "mean", "std"))
    if not a.side:
        return Graph(net, sample, ["output"], {k: {0: "n", 2: "h", 3: "w"} for k in ("input", "output")})
    if a.side % 32:
        raise Refused(f"--side {a.side} is not a multiple of 32.")
    return Graph(net, sample, ["output"], {}, sizes=(a.side,), changes={"size": {"mode": "fixed", "multiple": 32, "default": a.side, "fit": "stretch"}, "renderFactor": None})


if __name__ == "__main__":
    main(__doc__, "ddcolor", build, [("--side", dict(type=int, default=0, help="fix the input's side, px (512 as published)"))])
