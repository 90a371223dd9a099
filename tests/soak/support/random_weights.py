"""Random weights in the layout their publishers use, of narrow networks, and what PyTorch answers with them unfolded.

    random_weights.py FOLDER SEED    writes NAME.pth and NAME.json for every family that training/convert knows"""
import json
import os
import sys
import torch
from torch import nn
from torch.nn.utils import spectral_norm, weight_norm

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../training/convert"))
import ddcolor  # noqa: E402
import deoldify  # noqa: E402
import eccv16  # noqa: E402
import film_look  # noqa: E402
import siggraph17  # noqa: E402


def normalised(module, but=()):
    """Spectral norm on every convolution below `module`, weight norm on those of `but`; as published."""
    for m in list(module.modules()):
        if isinstance(m, (nn.Conv1d, nn.Conv2d)):
            weight_norm(m) if any(m is b for part in but for b in part.modules()) else spectral_norm(m)


def stirred(net):
    """Statistics of BatchNorm, gains and gates that are not those of a fresh network."""
    with torch.no_grad():
        for name, p in net.named_parameters():
            if p.dim() <= 1:
                p.add_(0.3 * torch.randn_like(p))
        for m in net.modules():
            if isinstance(m, nn.BatchNorm2d):
                m.running_mean.normal_(0, 0.3)
                m.running_var.uniform_(0.5, 2)
    return net.eval()


def first_answer(net, sample):
    with torch.no_grad():
        got = net(*(torch.from_numpy(x) for x in sample.values()))
    return (got[0] if isinstance(got, tuple) else got)


def families():
    """name -> (network, its sample at 64 px, what the file holds)"""
    nets = {
        "siggraph17": (siggraph17.Siggraph17(8, 29), siggraph17, lambda s: s),
        "eccv16": (eccv16.Eccv16(8, 31), eccv16, lambda s: {"module." + k: v for k, v in s.items()}),
        "deoldify-artistic": (deoldify.DeOldify(8, (2, 1, 1, 1)), deoldify, lambda s: {"model": s, "opt": {"state": {}}}),
        "deoldify-video": (deoldify.DeOldify(8, (1, 2, 1, 1), True, 16), deoldify, lambda s: s),
        "ddcolor": (ddcolor.DDColor(8, (1, 1, 2, 1), 32, 16, 12, 3, 24), ddcolor, lambda s: {"params": s}),
    }
    for name, (net, module, wrap) in nets.items():
        stirred(net)
        if name.startswith("deoldify"):
            normalised(net.layers[3:], but=[net.layers[8]])
        elif name == "ddcolor":
            normalised(net.decoder.layers)
            normalised(net.decoder.last_shuf)
            normalised(net.refine_net)
            # Keys that published files hold beside those of the network.
            arch = net.encoder["arch"]
            arch.norm = nn.LayerNorm(64)
        for m in net.modules():
            if hasattr(m, "weight_u"):  # near the largest singular value, as after training
                for _ in range(30):
                    w = m.weight_orig.detach().flatten(1)
                    m.weight_v.copy_(nn.functional.normalize(w.t() @ m.weight_u, dim=0))
                    m.weight_u.copy_(nn.functional.normalize(w @ m.weight_v, dim=0))
        sample = module.sample(64, 0)
        yield name, net, wrap, {"inputs": {k: {"shape": list(v.shape), "data": v.ravel().tolist()} for k, v in sample.items()},
                                "answer": first_answer(net, sample).ravel().tolist()}


def main(folder, seed):
    torch.manual_seed(int(seed))
    torch.set_num_threads(1)
    for name, net, wrap, truth in families():
        state = net.state_dict()
        if name == "ddcolor":
            state["mean"], state["std"] = net.mean, net.std
        torch.save(wrap(state), os.path.join(folder, name + ".pth"))
        with open(os.path.join(folder, name + ".json"), "w") as f:
            json.dump(truth, f)
    look, picture = stirred(film_look.FilmLook()), torch.rand(1, 3, 70, 101)
    with torch.no_grad():  # answers within 0..1, for what is clipped compares alike with anything
        answer = look(picture)
        gain = 0.8 / float((answer.amax((2, 3)) - answer.amin((2, 3))).max())
        for part in (look.skip1, look.skip2, look.conv8):
            part.weight.mul_(gain)
            part.bias.mul_(gain)
        look.skip1.bias.add_(0.5 - gain * (answer.amax((2, 3)) + answer.amin((2, 3)))[0] / 2)
    torch.save({"epoch": 3, "model_state_dict": look.state_dict(), "optimizer_state_dict": {}, "loss": 0.1}, os.path.join(folder, "film-look.pth"))
    with torch.no_grad():
        answer = look(picture)
    with open(os.path.join(folder, "film-look.json"), "w") as f:
        json.dump({"inputs": {"image": {"shape": list(picture.shape), "data": picture.ravel().tolist()}}, "answer": answer.ravel().tolist()}, f)


if __name__ == "__main__":
    main(*sys.argv[1:])
