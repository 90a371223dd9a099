"""Simulated hints on pages: the colour a person wants to see there."""
import math
import torch

MOST = 40


def hints(flats, hidden, p_zero=0.35, mean=8.0, exact=None, g=None):
    """-> [N,4,H,W]: red, green, blue, mask; 0 without a hint. Patches of 1..9 px with the mean colour of the surface below,
    most of them where no ink hides it (hidden [N,1,H,W]: 0 = ink). A share p_zero of the pages has none, the others a
    geometric number around `mean`. exact: for measuring, so many hints of 8 px on every page."""
    n, _, h, w = flats.shape
    dev = flats.device
    u = lambda *s: torch.rand(*s, device=dev, generator=g)
    if exact is None:
        count = (torch.log(u(n).clamp(1e-6, 1 - 1e-6)) / math.log(1 - 1 / mean)).ceil().clamp(1, MOST) * (u(n) >= p_zero)
        k = torch.where(u(n, MOST) < 0.6, torch.full((n, MOST), 8.0, device=dev), (u(n, MOST) * 9 + 1).floor())
    else:
        count, k = torch.full((n,), float(exact), device=dev), torch.full((n, MOST), 8.0, device=dev)
    tries = 6                                                               # the clearest of a few places
    y, x = (u(n, MOST, tries) * (h - 9)).long(), (u(n, MOST, tries) * (w - 9)).long()
    at = torch.arange(n, device=dev)[:, None, None]
    clear = hidden[at, 0, (y + 4).clamp(max=h - 1), (x + 4).clamp(max=w - 1)]
    best = (clear + 0.2 * u(n, MOST, tries)).argmax(2, keepdim=True)
    y0, x0 = y.gather(2, best)[..., 0].float(), x.gather(2, best)[..., 0].float()
    y0, x0 = ((y0 / 4).round() * 4 if exact is not None else y0), ((x0 / 4).round() * 4 if exact is not None else x0)
    live = (torch.arange(MOST, device=dev)[None] < count[:, None]).float()
    inside = lambda size, start: ((torch.arange(size, device=dev) >= start[..., None]) & (torch.arange(size, device=dev) < (start + k)[..., None])).float()
    rows, cols = inside(h, y0), inside(w, x0)
    weigh = lambda plane: (torch.matmul(rows[:, None], plane) * cols[:, None]).sum(3)          # [N,C,MOST]
    value = weigh(flats * hidden) / weigh(hidden).clamp(min=1e-3)
    seen = (weigh(hidden)[:, 0] > 0.3 * k * k).float() * live
    if exact is None:
        value = (value + torch.randn(n, 3, MOST, device=dev) * 0.015).clamp(0, 1)
    rows = rows * seen[..., None]
    total = torch.stack([torch.bmm((rows * v[..., None]).transpose(1, 2), cols) for v in (*value.unbind(1), torch.ones_like(k))], 1)
    mask = (total[:, 3:] > 0.5).float()
    return torch.cat([total[:, :3] / total[:, 3:].clamp(min=1) * mask, mask], 1)
