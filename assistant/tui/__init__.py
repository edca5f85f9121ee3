"""The chat's screen: the only package that imports Textual."""
