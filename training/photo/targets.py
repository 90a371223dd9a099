"""Targets over the quantised ab plane (soft encoding after Zhang 2016, as a table)."""
import torch


def soft_table(centres, sigma=5.0, k=5):
    """For every whole (a,b) in -110..110: the k nearest bins and their Gaussian weights."""
    g = torch.arange(-110, 111).float()
    ab = torch.stack(torch.meshgrid(g, g, indexing="ij"), -1).reshape(-1, 2)
    v, i = torch.cat([((x[:, None] - centres.cpu()[None]) ** 2).sum(2) for x in ab.split(4096)]).topk(k, 1, largest=False)
    w = torch.exp(-(v - v[:, :1]) / (2 * sigma ** 2))
    return i.to(centres.device), (w / w.sum(1, keepdim=True)).to(centres.device)


def cell(ab):
    """ab [..., 2] -> row of soft_table."""
    q = ab.round().clamp(-110, 110).long() + 110
    return q[..., 0] * 221 + q[..., 1]
