"""Page colorizer: lightness of the page (+ sparse hints) -> albedo, to be multiplied by the page.

Inputs   L [N,1,H,W] 0..100, paper at 100;  hint [N,4,H,W] red, green, blue 0..1 and mask (colours read only under it).
         H and W multiples of 32.
Output   albedo [N,3,H,W] sRGB 0..1 with its own lightness: white paper can become orange.

Colours are found at a quarter of the size. Each pixel then mixes the nine colours around it with weights of its own, so
that borders follow the lines (convex upsampling, after Teed and Deng 2020): no colour appears that is not around. Where a hint
lies its own colour is taken, divided by the page's lightness there: what is shown is what was asked for."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from parts import CONFIGS, Backbone, conv

CELL = 4
DARKEST = 0.12      # lightness below which a hint's colour cannot be brought about


def encoded(L):
    """L* -> sRGB-encoded grey 0..1 (CIE 1976, IEC 61966-2-1), not below that of L* 8."""
    return 1.055 * ((((L + 16) / 116).clamp(min=24 / 116)) ** 3) ** (1 / 2.4) - 0.055


class Pager(Backbone):
    def __init__(self, name="fast"):
        super().__init__(name, 4)
        c = CONFIGS[name]
        self.neck = nn.Sequential(conv(c["widths"][0] + 4 + CELL * CELL, 2 * c["head"]), nn.ReLU())
        self.colour = nn.Conv2d(2 * c["head"], 3, 1)
        self.mixing = nn.Conv2d(2 * c["head"], 9 * CELL * CELL, 1)
        nn.init.constant_(self.colour.bias, 1.0)                            # paper is light
        nn.init.zeros_(self.mixing.weight)
        start = torch.zeros(9, CELL * CELL)
        start[4] = 2.0                                                      # a pixel's own cell first
        self.mixing.bias.data.copy_(start.flatten())

    def forward(self, L, hint):
        light, m = L / 50.0 - 1.0, hint[:, 3:]
        cover = F.avg_pool2d(m, CELL)
        h4 = torch.cat([(F.avg_pool2d(hint[:, :3] * m, CELL) / (cover + 1e-4) - 0.5) * 2 * (cover > 0).to(cover.dtype), cover], 1)
        low, skips = self.levels(light, h4)
        f = self.neck(torch.cat([self.rise(low, skips), h4, F.pixel_unshuffle(light, CELL)], 1))
        colour = torch.sigmoid(self.colour(f).float())
        wanted = F.avg_pool2d(hint[:, :3] * m, CELL) / (cover + 1e-4) / F.max_pool2d(encoded(L), CELL).clamp(min=DARKEST)
        wanted = wanted / wanted.amax(1, keepdim=True).clamp(min=1)
        sure = (4 * cover).clamp(max=1)
        colour = colour * (1 - sure) + wanted * sure
        n, _, h, w = colour.shape
        weights = torch.softmax(self.mixing(f).float().reshape(n, 9, CELL * CELL, h, w), 1)
        around = F.pad(colour, (1, 1, 1, 1), mode="replicate")
        out = 0
        for i in range(9):
            y, x = i // 3, i % 3
            out = out + weights[:, i, None] * around[:, :, None, y:y + h, x:x + w]
        return F.pixel_shuffle(out.reshape(n, 3 * CELL * CELL, h, w), CELL)
