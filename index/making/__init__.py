"""Make the tables of index/data again; needs the `teacher` extra, which users never install.

    python -m index.making.traditional    Traditional → Simplified characters
    python -m index.making.dictionary     the bilingual dictionary
    python -m index.making.vectors        the bilingual word vectors

Nothing here is imported by the program itself.
"""
