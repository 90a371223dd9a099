"""Figures of a colorizer on fixed pictures."""
import torch
import formulas
from hinting import hints
from lab import lab_to_rgb, rgb_to_lab
from model import enlarge


def ciede2000(x, y):
    """Mean over the picture; x, y Lab [N,3,H,W] -> [N]."""
    return formulas.ciede2000(x.double().unbind(1), y.double().unbind(1), torch).mean((1, 2)).float()


def colourfulness(rgb):
    """Hasler and Suesstrunk 2003; rgb [N,3,H,W] 0..1 -> [N]."""
    return formulas.colourfulness(*(rgb * 255).unbind(1))


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
