"""What the converters share: weights read and checked, model.onnx and card.json written, the answer compared with PyTorch's."""
import argparse
import inspect
import json
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
import numpy as np
import torch
from reading import foreign

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from exporting import answers, identity, parity, to_onnx  # noqa: E402

WRAPPERS = ("params_ema", "params", "model_state_dict", "state_dict", "model")  # names under which trainers keep the weights
LISTED = 40  # names a message lists of each kind
TOLERANCE = {"f32": 1e-3, "f16": 0.03}  # of the answer's own range


class Refused(Exception):
    """The weights cannot be converted; the message says why and what to do."""


@dataclass
class Graph:
    """A network ready for export. `sample(size, seed)` gives its inputs by name, as arrays, for a side of `size` px; `free` names
    the axes that stay free; `sizes` are the sides at which the answer is compared with PyTorch's."""
    net: torch.nn.Module
    sample: object
    outputs: list
    free: dict
    sizes: tuple = (64, 96)
    changes: dict = field(default_factory=dict)  # of the card
    export: object = None  # writes the file itself, given its path and whether weights are stored as fp16


def read_weights(path, trust=False):
    """The state dict in a .pth or .pt file: plain, or kept under one of WRAPPERS; names without DataParallel's prefix, tensors as fp32.
    Only numbers are read, no code is run, unless `trust`. Raises Refused."""
    try:
        name = None if trust else foreign(path)
        if name:
            raise Refused(f"{path} holds more than numbers ({name}), which may be code. If you trust where it comes from, --trust reads it all the same.")
        # Later versions refuse even numbers that NumPy made; what may be loaded was settled above.
        free = {"weights_only": False} if "weights_only" in inspect.signature(torch.load).parameters else {}
        data = torch.load(path, map_location="cpu", **free)
    except FileNotFoundError:
        raise Refused(f"{path} is not there.")
    except Refused:
        raise
    except Exception as e:  # pickle, zip, torch: each has errors of its own
        raise Refused(f"{path} is no PyTorch file that can be read ({(str(e) or type(e).__name__).splitlines()[0][:200]}).")
    if isinstance(data, torch.nn.Module):
        data = data.state_dict()
    for name in WRAPPERS:
        if isinstance(data, dict) and isinstance(data.get(name), dict):
            data = data[name]
            break
    if not isinstance(data, dict) or not any(isinstance(v, torch.Tensor) for v in data.values()):
        raise Refused(f"{path} holds no state dict, neither plain nor under {', '.join(WRAPPERS)}.")
    state = {k: v for k, v in data.items() if isinstance(v, torch.Tensor)}
    if all(k.startswith("module.") for k in state):
        state = {k[7:]: v for k, v in state.items()}
    return {k: v.float() if v.is_floating_point() else v for k, v in state.items()}


def folded(state):
    """The state dict with every spectrally or weight-normalised weight as the one number it stands for (torch.nn.utils.spectral_norm:
    W / uᵀWv, Miyato 2018; weight_norm: g·v/‖v‖, Salimans 2016), in their older and newer notation."""
    state, out = dict(state), {}
    for old, new in ((".parametrizations.weight.original0", ".weight_g"), (".parametrizations.weight.original1", ".weight_v"), (".parametrizations.weight.original", ".weight_orig"),
                     (".parametrizations.weight.0._u", ".weight_u"), (".parametrizations.weight.0._v", ".weight_v")):
        for k in [k for k in state if k.endswith(old)]:
            state[k[:-len(old)] + new] = state.pop(k)
    names = {k[:-5] for k in state if k.endswith(".weight_orig")}
    for k, v in state.items():
        base = k[:k.rfind(".")]
        if k.endswith(".weight_g"):
            w = state[base + ".weight_v"]
            out[base + ".weight"] = v * w / w.flatten(1).norm(dim=1).reshape(v.shape)
        elif k.endswith(".weight_orig"):
            m, u = v.flatten(1), state.get(base + ".weight_u")
            if u is None:
                raise Refused(f"{base} has a spectrally normalised weight without its vector {base}.weight_u.")
            right = state.get(base + ".weight_v")
            right = torch.nn.functional.normalize(m.t() @ u, dim=0, eps=1e-12) if right is None else right
            out[base + ".weight"] = v / (u @ m @ right)
        elif k.endswith((".weight_u", ".weight_v")) or base + ".weight" in names and k.endswith(".weight"):
            continue
        else:
            out[k] = v
    return out


def listed(words, names):
    names = sorted(names)
    more = f"\n    and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"{words} ({len(names)}):\n    " + "\n    ".join(names[:LISTED]) + more if names else ""


def load(net, state, unused=()):
    """Puts the weights into `net`: every name and every shape must be the network's. `unused`: beginnings of names that are not needed.
    Raises Refused with all that is missing, too much or of another shape."""
    want = {k: v for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")}
    have = {k: v for k, v in state.items() if not k.endswith("num_batches_tracked") and not k.startswith(tuple(unused) or "\0")}
    other = [f"{k}: {'×'.join(map(str, have[k].shape)) or 'a number'}, not {'×'.join(map(str, want[k].shape)) or 'a number'}" for k in want if k in have and have[k].shape != want[k].shape]
    faults = [t for t in (listed("missing", want.keys() - have.keys()), listed("not known", have.keys() - want.keys()), listed("of another shape", other)) if t]
    if faults:
        raise Refused("The weights are not those of this network.\n  " + "\n  ".join(faults))
    net.load_state_dict({k: have.get(k, v) for k, v in net.state_dict().items()})
    for p in net.parameters():
        p.requires_grad_(False)
    return net.eval()


def shape_of(state, name):
    """The shape of a weight that tells how wide a network is. Raises Refused where it is not there."""
    if name not in state:
        raise Refused(f"The weights are not those of this network: {name} is missing.")
    return state[name].shape


def count(state, form):
    """How many blocks are numbered in names such as "stages.0.{}.norm.weight"."""
    n = 0
    while form.format(n) in state:
        n += 1
    return n


def difference(graph, path, precision):
    """Largest difference from PyTorch and the range of PyTorch's answer; the former None without onnxruntime."""
    samples = [graph.sample(size, i) for i, size in enumerate(graph.sizes)]
    worst = parity(graph.net, path, samples, graph.outputs)
    span = max(float(np.abs(y).max()) for s in samples[:1] for y in answers(graph.net, s))
    if worst is not None and not worst <= TOLERANCE[precision] * span:
        raise Refused(f"The exported network differs from PyTorch's by {worst:.3g} where the answer reaches {span:.3g}. Try --precision f32; if that does not help, report it.")
    return worst, span


def write(graph, card, a):
    """model.onnx and card.json, both or neither."""
    targets = [os.path.join(a.out, name) for name in ("model.onnx", "card.json")]
    there = [t for t in targets if os.path.exists(t)]
    if there and not a.overwrite:
        raise Refused(f"{there[0]} is there already; --overwrite replaces it.")
    os.makedirs(a.out, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=a.out, prefix=".converting-") as t:
        onnx_file, card_file = (os.path.join(t, os.path.basename(x)) for x in targets)
        half = a.precision == "f16"
        if graph.export:
            graph.export(onnx_file, half)
        else:
            to_onnx(graph.net, onnx_file, graph.sample(graph.sizes[0], 0), graph.outputs, graph.free, half)
        worst, span = difference(graph, onnx_file, a.precision)
        card = {k: v for k, v in {**card, **graph.changes, "file": "model.onnx", **identity(onnx_file)}.items() if v is not None}
        if worst is not None:
            card["figures"] = {"parity": worst, "what": "largest difference from PyTorch's answer"}
        with open(card_file, "w", encoding="utf-8") as f:
            json.dump(card, f, indent=2, ensure_ascii=False)
            f.write("\n")
        for made, target in zip((onnx_file, card_file), targets):
            shutil.move(made, target)
    print("onnxruntime is not here: not compared with PyTorch" if worst is None else f"largest difference from PyTorch: {worst:.3g}, where the answer reaches {span:.3g}")
    print(targets[0], f"{card['bytes'] / 1e6:.2f} MB, sha256 {card['sha256']}")


def main(doc, template, build, options=()):
    """The command line of a converter. `template`: name of its card in cards/, or a function of the arguments that gives it;
    `build(state, arguments)` gives the Graph; `options`: what it takes beside the usual, as (name, arguments of add_argument)."""
    p = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("weights", help="the .pth or .pt file")
    p.add_argument("out", help="folder for model.onnx and card.json")
    for name in ("id", "title", "description"):
        p.add_argument("--" + name, help="for the card")
    p.add_argument("--precision", choices=("f16", "f32"), help="how the weights are stored; they are calculated with in fp32 (f16, or what the network needs)")
    p.add_argument("--overwrite", action="store_true")
    p.add_argument("--trust", action="store_true", help="read weights that hold more than numbers: they can run code")
    for name, kind in options:
        p.add_argument(name, **kind)
    a = p.parse_args()
    try:
        with open(os.path.join(HERE, "cards", (template(a) if callable(template) else template) + ".json"), encoding="utf-8") as f:
            card = json.load(f)
        a.precision = a.precision or card.pop("precision", "f16")
        card.pop("precision", None)
        card.update({k: v for k in ("id", "title", "description") if (v := getattr(a, k)) is not None})
        write(build(folded(read_weights(a.weights, a.trust)), a), card, a)
    except Refused as e:
        print(e, file=sys.stderr)
        sys.exit(2)
    except OSError as e:
        print(f"{e.filename or a.out} cannot be written: {e.strerror}.", file=sys.stderr)
        sys.exit(5)
