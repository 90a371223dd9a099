"""Networks by their name, and from their files."""
import torch
from lab_resnet import LabResNet
from model import Colorizer


def network(name, classes=0):
    """name: fine, fast or lab-resnet."""
    return LabResNet() if name == "lab-resnet" else Colorizer(name, classes)


def opened(path):
    """weights.pt or a checkpoint -> (network ready to answer, without its class head; what the file says of its training)."""
    s = torch.load(path, map_location="cpu")
    net = network(s["model"])
    net.load_state_dict({k: v.float() for k, v in s["net"].items() if not k.startswith("classes.")})
    return net.eval(), s["state"]
