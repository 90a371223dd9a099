"""Simulated user hints for training and measuring."""
import math
import torch


def hints(ab, p_zero=0.5, far=0.10, mean=8.0, most=40, g=None):
    """Simulated user hints. Returns [N,3,H,W] (a, b, mask) and the target ab.
    Each is a patch of 1-9 px with the mean ab below it; some are painted larger than the area they were read from.
    In a share `far` of those with hints the target's colours are turned and scaled, so that a hint wins over habit.
    p_zero below 0 is for measuring: exactly `mean` true hints of 5 px."""
    n, _, h, w = ab.shape
    dev = ab.device
    u = lambda *s: torch.rand(*s, device=dev, generator=g)
    far = u(n) < far
    th, sc = u(n) * 2 * math.pi, 0.7 + u(n) * 0.9
    rot = torch.stack([torch.stack([th.cos(), -th.sin()], 1), torch.stack([th.sin(), th.cos()], 1)], 1) * sc[:, None, None]
    none = u(n) < p_zero
    turned = (far & ~none).nonzero().flatten()
    if len(turned):
        ab = ab.clone()
        ab[turned] = torch.einsum("nij,njhw->nihw", rot[turned], ab[turned])
    count = (torch.log(u(n).clamp(1e-6, 1 - 1e-6)) / math.log(1 - 1 / max(mean, 1.5))).ceil().clamp(1, most) * ~none
    if p_zero < 0:
        count = torch.full((n,), float(mean), device=dev)
    k = torch.randint(1, 10, (n, most), device=dev, generator=g).float() if p_zero >= 0 else torch.full((n, most), 5.0, device=dev)
    spread = torch.randn(n, most, 2, device=dev, generator=g) * 0.25 + 0.5
    at = torch.where(u(n, 1, 1) < 0.5, spread, u(n, most, 2)).clamp(0, 1)
    y0, x0 = ((h - k) * at[..., 0]).floor(), ((w - k) * at[..., 1]).floor()
    yy, xx = torch.arange(h, device=dev), torch.arange(w, device=dev)
    inside = lambda t, at, more: ((t >= (at - more)[..., None]) & (t < (at + k + more)[..., None])).float()
    val = (torch.matmul(inside(yy, y0, 0)[:, None], ab) * inside(xx, x0, 0)[:, None]).sum(3) / (k * k)[:, None]
    val = val + (torch.randn(n, 2, most, device=dev, generator=g) * 2 if p_zero >= 0 else 0)
    grow = torch.where(u(n, most) < 0.15, 1 + u(n, most) * 6, torch.zeros_like(k)).floor() if p_zero >= 0 else 0
    live = (torch.arange(most, device=dev)[None] < count[:, None]).float()
    rows, cols = inside(yy, y0, grow) * live[..., None], inside(xx, x0, grow)
    total = torch.stack([torch.bmm((rows * v[..., None]).transpose(1, 2), cols) for v in (val[:, 0], val[:, 1], torch.ones_like(k))], 1)
    mask = (total[:, 2:] > 0.5).float()
    return torch.cat([total[:, :2] / total[:, 2:].clamp(min=1) * mask, mask], 1), ab
