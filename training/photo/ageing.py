"""The look of old prints, made on the lightness plane of training pictures."""
import math
import numpy as np
import torch
import torch.nn.functional as F
from lab import rgb_to_lab


def _dct():
    i = np.arange(8)
    c = np.cos((2 * i[None] + 1) * i[:, None] * np.pi / 16) * np.where(i[:, None] == 0, np.sqrt(1 / 8), 0.5)
    return torch.from_numpy(np.einsum("ux,vy->uvxy", c, c).reshape(64, 1, 8, 8).astype(np.float32))


DCT, QUANT = _dct(), torch.tensor([[16 + 6.5 * (u + v) + 2.2 * u * v * 0.4 for v in range(8)] for u in range(8)]).reshape(1, 64, 1, 1)


def age(L, rgb):
    """The look of an old print, for the lightness plane only; every step hits a random share of the batch."""
    n, _, h, w = L.shape
    dev = L.device
    u = lambda a, b, *s: torch.rand(n, *(s or (1, 1, 1)), device=dev) * (b - a) + a
    on = lambda p: torch.rand(n, 1, 1, 1, device=dev) < p
    wt = torch.distributions.Gamma(torch.tensor([1.2, 4.0, 3.0], device=dev), torch.ones(3, device=dev)).sample((n,))   # blue-sensitive film
    grey = (rgb * (wt / wt.sum(1, keepdim=True))[:, :, None, None]).sum(1, keepdim=True)
    L = torch.where(on(0.4), rgb_to_lab(grey.expand(-1, 3, -1, -1))[:, :1], L)
    lo, hi = u(0, 22), u(76, 100)
    L = torch.where(on(0.6), lo + (hi - lo) * (L / 100).clamp(1e-4, 1) ** u(-0.4, 0.4).exp(), L)
    t = torch.arange(-3, 4, device=dev).float()
    ker = torch.exp(-t ** 2 / (2 * u(0.4, 1.6).reshape(n, 1) ** 2))
    ker = (ker / ker.sum(1, keepdim=True))[:, None]
    blur = F.conv2d(F.pad(L.reshape(1, n, h, w), (3, 3, 3, 3), mode="reflect"), ker[:, :, None], groups=n)
    L = torch.where(on(0.5), F.conv2d(blur, ker[..., None], groups=n).reshape(n, 1, h, w), L)
    noise = torch.randn_like(L)
    noise = torch.where(on(0.5), noise, F.avg_pool2d(F.pad(noise, (1, 1, 1, 1), mode="reflect"), 3, 1) * 2.2)
    L = L + noise * u(1, 5) * on(0.5)
    y, x = torch.arange(h, device=dev).float()[:, None], torch.arange(w, device=dev).float()[None]
    for _ in range(3):                                                        # scratches, mostly upright, light or dark
        d = (x - u(0, w) - y * (torch.randn(n, 1, 1, 1, device=dev) * 0.15) - 1.5 * torch.sin(y / u(4, 30) + u(0, 6))).abs()
        L = torch.where((d < u(0.4, 1.2)) & on(0.12) & (y > u(-0.5, 0.6) * h) & (y < u(0.4, 1.5) * h), torch.where(on(0.7), u(80, 100), u(0, 20)), L)
    f = 2 * math.pi / u(2.6, 5)
    L = L + torch.sin((x + y) * f * 0.7) * torch.sin((x - y) * f * 0.7) * u(4, 16) * on(0.06)          # halftone screen at 45 degrees
    L = L.clamp(0, 100)
    q = QUANT.to(dev) * u(0.2, 2.2)
    c = F.conv2d(L * 2.55, DCT.to(dev), stride=8)
    return torch.where(on(0.35), (F.conv_transpose2d(torch.round(c / q) * q, DCT.to(dev), stride=8) / 2.55).clamp(0, 100), L)
