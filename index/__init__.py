"""Transcripts in, search hits out.

    file ─parse→ Interview ─chunk→ Chunk ─embed→ Vector ─store→ Store        (build, once)
    query ─words, dictionary, vectors→ candidates ─score, fuse→ SearchHit    (search)

This package knows nothing of agents, prompts or screens.
"""
