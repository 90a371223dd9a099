"""Figures of a page colorizer while it trains: error of a and b (CIELAB) against the grey page's."""
import torch
from data import lightness
from hints import hints
from lab import rgb_to_lab
from pages import draw, luma


@torch.no_grad()
def measure(net, drawings, n_hints, style, batch=8):
    """drawings [N,8,S,S] as Pages.validation gives them; style "grey": the page is the grey copy and the answer compared with the drawing;
    "lines": line art drawn from it, compared with its surfaces. n_hints true hints of 8 px. rmse: root mean square of the
    distance in a and b over pixels, then the mean over pictures."""
    g, own, grey, chroma = torch.Generator(device=drawings.device).manual_seed(7), [], [], []
    seed = torch.random.get_rng_state()
    torch.manual_seed(7)                                                    # the same pages each time
    for x in drawings.split(batch):
        rgb = x[:, :3]
        if style == "grey":
            page, want = luma(rgb), rgb
            clear = torch.ones_like(page)
        else:
            page, _, want, clear = draw(x[:, 3:6], x[:, 6:7], x[:, 7:], torch.zeros(len(x), dtype=torch.long, device=x.device))
        hint = hints(want, clear, exact=n_hints, g=g)
        want = want if style == "grey" else want * page
        out = net(lightness(page), hint).float() * page
        true = rgb_to_lab(want)[:, 1:]
        error = lambda ab: ((ab - true) ** 2).sum(1).flatten(1).mean(1).sqrt()
        ab = rgb_to_lab(out)[:, 1:]
        own.append(error(ab))
        grey.append(error(ab * 0))
        chroma.append(ab.norm(dim=1).flatten(1).mean(1) / true.norm(dim=1).flatten(1).mean(1).clamp(min=1))
    torch.random.set_rng_state(seed)
    own, grey, chroma = (float(torch.cat(x).mean()) for x in (own, grey, chroma))
    return dict(page=style, hints=n_hints, rmse=round(own, 3), over_grey=round(own / grey, 4), chroma=round(chroma, 3))
