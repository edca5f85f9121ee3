import numpy as np

from index.embedders.names import RemoteName
from index.embedders.recall import RecallingEmbedder
from index.embedders.remote import RemoteEmbedder
from tests.servers import DIMENSION, OpenAIServer


def test_known_texts_are_not_asked_for_again() -> None:
    with OpenAIServer() as server:
        remote = RemoteEmbedder(RemoteName(server.address, "toy"), dimension=DIMENSION)
        texts = ["tea", "茶", "old cable 老电缆"]
        rows = remote.embed(texts)
        server.requests.clear()

        embedder = RecallingEmbedder(remote, dict(zip(texts, rows, strict=True)))
        again = embedder.embed(["茶", "robot", "tea", "茶"])
        assert server.sent == [["robot"]]
        assert np.array_equal(again[[0, 2, 3]], rows[[1, 0, 1]])
        assert np.array_equal(embedder.embed(texts), rows)
        assert embedder.embed([]).shape == (0, DIMENSION)
        assert len(server.sent) == 1
        assert (embedder.name, embedder.fingerprint) == (remote.name, remote.fingerprint)
