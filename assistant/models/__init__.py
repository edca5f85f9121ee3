"""Models to talk to. One module a step of a reply.

    a setting ─names→ what is meant ─connecting→ a LlamaIndex class ─talk→ scraps of its stream
    scraps ─calls, wording→ text and requests ─llama→ pieces, or one clear error

LlamaIndex carries messages out and raw chunks in; what chunks mean is read here, since what its
classes make of bad ones is not what was said.
"""
