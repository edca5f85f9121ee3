"""How long things take, beside the plain libraries in the same run: `python -m evals.bench NAME`.

Machines are noisy: every figure is a median, and the ratios are what to look at.
"""
