"""sRGB <-> CIELAB (D65) on tensors."""
import torch

# linear sRGB -> XYZ (IEC 61966-2-1)
M_RGB = ((0.4123907993, 0.3575843394, 0.1804807884), (0.2126390059, 0.7151686788, 0.0721923154), (0.0193308187, 0.1191947798, 0.9505321522))


def rgb_to_lab(rgb):
    """[N,3,H,W] sRGB 0..1 -> Lab, float32."""
    c = rgb.float().clamp(0, 1)
    c = torch.where(c <= 0.04045, c / 12.92, ((c.clamp(min=0.04045) + 0.055) / 1.055) ** 2.4)
    m = torch.tensor(M_RGB, device=c.device)
    xyz = torch.einsum("ij,njhw->nihw", m / m.sum(1, keepdim=True), c)
    d = 6 / 29
    f = torch.where(xyz > d ** 3, xyz.clamp(min=d ** 3) ** (1 / 3), xyz / (3 * d * d) + 4 / 29)
    x, y, z = f.unbind(1)
    return torch.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], 1)


def lab_to_rgb(lab):
    """Lab -> [N,3,H,W] sRGB clipped to 0..1; differentiable."""
    L, a, b = lab.float().unbind(1)
    y = (L + 16) / 116
    f = torch.stack([y + a / 500, y, y - b / 200], 1)
    d = 6 / 29
    xyz = torch.where(f > d, f ** 3, 3 * d * d * (f - 4 / 29))
    m = torch.tensor(M_RGB, dtype=torch.float64)
    c = torch.einsum("ij,njhw->nihw", torch.linalg.inv(m / m.sum(1, keepdim=True)).float().to(lab.device), xyz)
    return torch.where(c <= 0.0031308, c * 12.92, 1.055 * c.clamp(min=0.0031308) ** (1 / 2.4) - 0.055).clamp(0, 1)
