"""An index on disk: SQLite holds everything, Chroma answers which vectors are near.

    store/
      interviews.sqlite    the one source of truth (WAL): texts, words, vectors, manifest, versions
      chroma/<generation>/ nearest neighbours, built aside and published by one commit of SQLite
      lock                 held by whoever writes

Readers take a snapshot and keep what they opened; Chroma can be made again from SQLite at any time.
"""
