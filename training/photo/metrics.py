"""Figures of a colorizer on fixed pictures."""
import math
import torch
from hinting import hints
from lab import lab_to_rgb, rgb_to_lab
from model import enlarge


def ciede2000(x, y):
    """Mean over the picture; x, y Lab [N,3,H,W] -> [N]."""
    L1, a1, b1, L2, a2, b2 = *x.double().unbind(1), *y.double().unbind(1)
    c7 = ((torch.hypot(a1, b1) + torch.hypot(a2, b2)) / 2) ** 7
    g = 1.5 - 0.5 * (c7 / (c7 + 25.0 ** 7)).sqrt()
    a1, a2 = a1 * g, a2 * g
    C1, C2, h1, h2 = torch.hypot(a1, b1), torch.hypot(a2, b2), torch.atan2(b1, a1), torch.atan2(b2, a2)
    dh = torch.remainder(h2 - h1 + math.pi, 2 * math.pi) - math.pi
    dH = 2 * (C1 * C2).sqrt() * torch.sin(dh / 2)                               # 0 where one of them is grey
    hm, Lm, Cm, d = torch.where(C1 * C2 == 0, h1 + h2, h1 + dh / 2), (L1 + L2) / 2, (C1 + C2) / 2, math.pi / 180
    T = 1 - 0.17 * torch.cos(hm - 30 * d) + 0.24 * torch.cos(2 * hm) + 0.32 * torch.cos(3 * hm + 6 * d) - 0.2 * torch.cos(4 * hm - 63 * d)
    turn = 60 * d * torch.exp(-((torch.remainder(hm / d, 360) - 275) / 25) ** 2)
    R = -2 * (Cm ** 7 / (Cm ** 7 + 25.0 ** 7)).sqrt() * torch.sin(turn)
    u = (L2 - L1) / (1 + 0.015 * (Lm - 50) ** 2 / (20 + (Lm - 50) ** 2).sqrt())
    v, w = (C2 - C1) / (1 + 0.045 * Cm), dH / (1 + 0.015 * Cm * T)
    return (u * u + v * v + w * w + R * v * w).clamp(min=0).sqrt().mean((1, 2)).float()


def colourfulness(rgb):
    """Hasler and Suesstrunk 2003, [N]."""
    r, g, b = (rgb * 255).unbind(1)
    rg, yb = (r - g).flatten(1), (0.5 * (r + g) - b).flatten(1)
    return torch.hypot(rg.std(1), yb.std(1)) + 0.3 * torch.hypot(rg.mean(1), yb.mean(1))


@torch.no_grad()
def measure(net, val, n_hints=0, temperatures=(1.0,), strengths=(1.0,)):
    """One row for each temperature and strength; val = (rgb [N,3,S,S], skin group of each); net in eval mode."""
    (rgb, groups), rows = val, []
    lab, dev = rgb_to_lab(rgb), rgb.device
    for t in temperatures:
        outs, g = [], torch.Generator(device=dev).manual_seed(7)
        for x in lab.split(32):
            h, _ = hints(x[:, 1:], -1, 0, float(n_hints), g=g)
            outs.append(enlarge(net(x[:, :1], h, torch.full((1,), t, device=dev))[0]))
        for s in strengths:
            ab = torch.cat(outs) * s
            out, se = lab_to_rgb(torch.cat([lab[:, :1], ab], 1)), ((ab - lab[:, 1:]) ** 2).flatten(1).mean(1)
            sigma = ab.transpose(0, 1).flatten(1).std(1) / lab[:, 1:].transpose(0, 1).flatten(1).std(1)
            de = torch.cat([ciede2000(p, rgb_to_lab(q)) for p, q in zip(lab.split(32), out.split(32))])
            psnr = -10 * ((out - rgb) ** 2).flatten(1).mean(1).clamp(min=1e-8).log10()
            row = dict(hints=n_hints, temperature=t, strength=s, rmse=se.mean().sqrt(), psnr=psnr.mean(), de=de.mean(), colour=colourfulness(out).mean() / colourfulness(rgb).mean(),
                       sigma_a=sigma[0], sigma_b=sigma[1])
            for k in sorted(set(groups) - {""}):
                m = torch.tensor([x == k for x in groups], device=dev)
                row[f"rmse_{k}_{int(m.sum())}"] = se[m].mean().sqrt()
            rows.append({k: round(float(v), 4) for k, v in row.items()})
    return rows
