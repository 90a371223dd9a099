"""Colour drawings -> pages to colour, and what is to be learned from them.

A page is what a reader has: lines, with or without tone. The studio shows albedo x page, so for a wanted colour C on a
page whose tone (the page without its lines) is T the albedo is C / T: white paper can take any colour, and a page that
is the grey copy of a colour drawing gets its own colours back."""
import numpy as np
import torch
from PIL import Image, ImageFilter

LUMA = (0.2126, 0.7152, 0.0722)     # Rec. 709 weights of encoded samples, as the studio multiplies by
DARKEST = 0.12                      # tone below which an albedo means nothing
CLEAR = 225                         # of 255: a pixel as light as what surrounds it


def luma(rgb):
    """[N,3,H,W] -> [N,1,H,W]."""
    return (rgb * torch.tensor(LUMA, device=rgb.device).view(1, 3, 1, 1)).sum(1, keepdim=True)


def widen(x, k, least=False):
    """Greatest (or least) value of [H,W] within k x k pixels, k odd; along one axis, then along the other."""
    take, r = (np.minimum if least else np.maximum), k // 2
    for _ in range(2):
        padded = np.pad(x, ((r, r), (0, 0)), mode="edge")
        x = padded[:-2 * r].copy()
        for i in range(1, k):
            take(x, padded[i:i + len(x)], out=x)
        x = np.ascontiguousarray(x.T)
    return x


def blurred(x, radius):
    """[H,W] or [H,W,3] uint8, mean of a square of 2 x radius + 1 pixels."""
    return np.asarray(Image.fromarray(x).filter(ImageFilter.BoxBlur(radius)))


def apart(rgb, k=7):
    """A colour drawing [H,W,3] uint8 -> its surfaces [H,W,3], its lines [H,W] (255 = no line) and outlines of what differs in
    colour though nobody drew a line (255 = none); uint8. Lines: a grey closing (k px, odd) takes away what is dark and
    thinner than it, and the quotient keeps that alone. Surfaces: pixels near a line take the mean of the clear ones
    around, wider where there is none."""
    y = np.asarray(Image.fromarray(rgb).convert("L"))
    closed = widen(widen(y, k), k, least=True)
    lines = np.clip(y.astype(np.float32) * 255 / np.maximum(closed, 5), 0, 255).astype(np.uint8)
    known = (widen(lines, 3, least=True) > CLEAR).astype(np.uint8) * 255
    flats = np.where(known[..., None] > 0, rgb, 0).astype(np.uint8)
    for radius in (2, 6, 18):
        near = blurred(known, radius)
        gain = (near >= 8) & (known == 0)
        flats[gain] = np.clip(blurred(flats, radius)[gain] * (255 / near[gain].astype(np.float32))[:, None], 0, 255)
        known[gain] = 255
    left = known == 0
    flats[left] = rgb[left]
    soft = blurred(flats, 1)
    step = np.max([widen(c, 3) - widen(c, 3, least=True) for c in np.moveaxis(soft, 2, 0)], 0)
    edges = 255 - np.clip((step.astype(np.int16) - 26) * 5, 0, 255).astype(np.uint8)
    return flats, lines, edges


def inked(flats):
    """[N,3,H,W] -> where a drawing in black and white would be filled with ink: dark and hardly coloured surfaces."""
    return ((luma(flats) < 0.22) & (flats.amax(1, keepdim=True) - flats.amin(1, keepdim=True) < 0.16)).float()


def albedo_of(colour, tone):
    """What times the tone gives the colour; where that is more than white, of the same hue and as light as can be."""
    wanted = colour / tone.clamp(min=DARKEST)
    return wanted / wanted.amax(1, keepdim=True).clamp(min=1)


def draw(flats, lines, edges, style=None):
    """Surfaces [N,3,H,W], lines and edges [N,1,H,W] (1 = none) as 0..1 -> page [N,1,H,W], tone [N,1,H,W], albedo [N,3,H,W]
    and hidden [N,1,H,W], 0 where ink hides the surface. style [N]: 0 line art, 1 lines and flat tones, 2 the grey copy;
    None: by chance, 45 : 20 : 35."""
    n, dev = len(flats), flats.device
    u = lambda: torch.rand(n, 1, 1, 1, device=dev)
    if style is None:
        style = torch.multinomial(torch.tensor([0.45, 0.20, 0.35], device=dev), n, replacement=True)
    style = style.view(n, 1, 1, 1)
    low = 0.35 + 0.3 * u()
    drawn = ((lines - low) / (0.92 - low)).clamp(0, 1)
    drawn = torch.where(u() < 0.5, torch.minimum(drawn, edges), drawn)      # in some, painted edges become outlines
    y = luma(flats)
    solid = inked(flats) * (u() < 0.6).float() * (style < 2).float()
    steps = 2 + torch.floor(u() * 3)
    flat = 1 - (1 - (torch.floor(y * steps + u()) / steps).clamp(0, 1)) * (0.25 + 0.5 * u())      # two to four greys, thresholds by chance
    bent = y.clamp(1e-3, 1) ** (0.8 + 0.4 * u())
    tone = torch.where(style == 0, torch.ones_like(y), torch.where(style == 1, flat, bent)) * (1 - solid)
    grain = 1 + (torch.rand_like(y) - 0.5) * 0.3 * u() * ((style == 1) & (tone < 0.97)).float()   # what is left of screentone in a reduced page
    page = (tone * grain * (1 - (1 - drawn) * (0.6 + 0.4 * u()))).clamp(0, 1)                     # pencil to ink
    return page, tone, albedo_of(flats, tone), drawn * (1 - solid)
