"""What a .pth or .pt file asks for besides numbers, found out without loading it: unpickling can run any code."""
import pickletools
import tarfile
import zipfile

# Numbers, texts, lists and dicts need no name in a pickle; what trainers put beside them does.
ALLOWED = {"collections OrderedDict", "collections defaultdict", "torch Size", "torch device", "torch._utils _rebuild_tensor_v2", "torch._utils _rebuild_parameter",
           "torch._utils _rebuild_tensor", "numpy dtype", "numpy.core.multiarray scalar", "numpy._core.multiarray scalar", "_codecs encode", "__builtin__ set", "builtins set",
           "__builtin__ dict", "__builtin__ list"}
KINDS = ("Float", "Half", "BFloat16", "Double", "Long", "Int", "Short", "Char", "Byte", "Bool")
ALLOWED |= {f"torch {kind}Storage" for kind in KINDS} | {"torch.storage _UntypedStorage", "torch.storage UntypedStorage"}
ALLOWED |= {f"torch {kind}" for kind in ("float16", "bfloat16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "bool")}
# Ways to a name that do not spell it out; torch.save does not use them.
HIDDEN = {"STACK_GLOBAL", "EXT1", "EXT2", "EXT4", "OBJ"}
PICKLES_OF_OLD_FILES = 5  # magic number, protocol, machine, the object, its storages' keys; numbers follow


def foreign(path):
    """The first name in the file that is not one of numbers ("module name"); None where there is none.
    Raises ValueError where the file is of a kind that cannot be examined, OSError where it cannot be read."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as z:
            pickles = [z.open(info) for info in z.infolist() if info.filename.endswith(".pkl")]
            if any(info.filename.endswith("constants.pkl") for info in z.infolist()):
                raise ValueError("it is a TorchScript program, not weights")
            return next(filter(None, map(asked, pickles)), None)
    if tarfile.is_tarfile(path):
        raise ValueError("its format is older than PyTorch 0.2")
    with open(path, "rb") as f:
        return next(filter(None, (asked(f) for _ in range(PICKLES_OF_OLD_FILES))), None)


def asked(file):
    """The first foreign name of one pickle."""
    for i, (code, argument, _) in enumerate(pickletools.genops(file)):
        if i == 0 and code.name != "PROTO":
            raise ValueError("it does not begin as one")
        if code.name in HIDDEN:
            return f"a hidden name ({code.name})"
        if code.name in ("GLOBAL", "INST") and argument not in ALLOWED:
            return argument.replace(" ", ".")
    return None
