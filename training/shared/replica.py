"""A second process that adds its gradients: on a CPU two processes of one thread each train faster than one of two.

The weights lie in memory that both see; only the parent steps. Data is made where it is used, so nothing but gradients
(through shared memory) and figures (through a pipe) crosses over."""
import ctypes
import multiprocessing
import os
import signal
import torch


class Replica:
    """Forks a copy of the trainer. `step` is (size, n) -> (loss, figures); call after the weights are in shared memory and
    before the parent's first backward pass (autograd's threads do not survive a fork)."""

    def __init__(self, net, step, seed):
        self.net = net
        self.grads = [torch.zeros_like(p, memory_format=torch.contiguous_format).share_memory_() for p in net.parameters()]
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.get_context("fork").Process(target=self._serve, args=(theirs, step, seed, os.getpid()), daemon=True)
        self.process.start()
        theirs.close()

    def _serve(self, pipe, step, seed, parent):
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG: a killed parent leaves nobody behind
        if os.getppid() != parent:
            return
        torch.manual_seed(seed)
        while True:
            try:
                job = pipe.recv()
            except EOFError:
                return
            self.net.zero_grad(set_to_none=True)
            loss, figures = step(*job)
            loss.backward()
            for p, g in zip(self.net.parameters(), self.grads):
                if p.grad is None:
                    g.zero_()
                else:
                    g.copy_(p.grad)
            pipe.send({k: float(v) for k, v in dict(figures, loss=loss.detach()).items()})

    def ask(self, size, n):
        """Starts one batch there."""
        self.pipe.send((size, n))

    def collect(self):
        """Waits for it and averages its gradients into the parent's. -> its figures."""
        figures = self.pipe.recv()
        for p, g in zip(self.net.parameters(), self.grads):
            if p.grad is not None:
                p.grad.add_(g).mul_(0.5)
        return figures

    def close(self):
        self.pipe.close()
        self.process.join(5)
        if self.process.is_alive():
            self.process.terminate()
