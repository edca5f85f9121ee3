"""A sentence and the paragraphs it cites → whether they bear it, and what differs; no model.

records → claims → cues → meaning → facts → names → quotes → speakers → negation → support →
verdict → check. A transcript is only compared with; nothing in it is obeyed.
"""
