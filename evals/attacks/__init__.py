"""Transcripts that give orders to whoever reads them → whether anything of them is obeyed.

    attacks.jsonl ─stage→ an index ─a model that obeys→ answers ─judge→ faults, none of them allowed

Two models stand for the worst: one obeys every order it can read in what it is shown, one writes
what an attack wants whether it could read it or not.
"""
