"""Imported first by the scripts of this folder: makes what the recipes share importable."""
import os
import sys

TRAINING = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[1:1] = [os.path.join(TRAINING, "shared"), TRAINING]
