"""Embedders that a setting can name besides the bundled one.

    name ─names→ address and model, or folder ─choose→ an Embedder, wrapped in a cache
    an address:        texts ─batching→ batches ─endpoint→ an answer's bytes ─answers→ unit rows
    a model on disk:   texts ─onnx_folder, transformers_folder→ unit rows

Texts leave this machine only for the address that was named. Nothing is ever downloaded.
"""
