"""Questions in, answers with citations out.

question ─search→ SearchHit ─evidence→ sentences with citations | Abstention ─render→ screen, JSON
"""
