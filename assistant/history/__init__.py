"""Every question and answer, kept as it happens, in one file of the user's own.

    <state folder>/
      history.sqlite             conversations, turns, and the words they are found by; mode 0600
      history.<token>.writing    held, by a lock, while a process may be in the middle of a turn

A turn is written when it begins and again as its text comes, so a process that dies loses at most
the last pieces. The evidence of an answer is kept with it, as it was when it was given.

SQLite's rollback journal, not WAL: what was forgotten leaves the disk with the commit that forgets
it, whoever else has the file open; one file holds everything while nobody writes; a read-only
folder can be read; and turns are written a few times a second at most, which it bears easily.
"""
