"""A sentence and the paragraphs it cites → whether they bear it, and what differs; no model.

A draft: printed → claims. What is told: values, told, facts, names, quotes, hosts, speakers.
How far words are met: meaning → support. What turns a sentence round: denial, negation, sides,
siblings, strangers, subjects, places, order → details, turns. Then verdict → check → pages.
A transcript is only compared with; nothing in it is obeyed.
"""
