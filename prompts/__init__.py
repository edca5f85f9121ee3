"""Words for a model, one file a prompt; no logic but filling them in."""
