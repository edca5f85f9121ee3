"""Make the tables of index/data again; needs the `teacher` extra, which users never install.

    python -m index.making.traditional    Traditional → Simplified characters
    python -m index.making.names          names the segmenter must be taught
    python -m index.making.pinyin         how Chinese characters are spelt in Latin letters
    python -m index.making.vectors        the bilingual word vectors
    python -m index.making.dictionary     the bilingual dictionary
    python -m index.making.join           the word vectors again, translations drawn together
    python -m index.making.encoder        the sentence encoder
    python -m index.making.sensed         the word vectors again, turned by the sentence encoder

Each needs the tables of those before it.

Nothing here is imported by the program itself.
"""
