"""Answers are compressed for browsers that take it, and stay as they are for everybody else."""

import gzip

TAKES = {"Accept-Encoding": "gzip, deflate, br"}


def test_it_packs_a_page_and_the_sheet_for_a_browser_that_takes_it(client):
    for address, least in (("/login", 1.5), ("/static/app.css?v=1", 4)):
        plain = client.get(address, buffered=True)
        packed = client.get(address, headers=TAKES, buffered=True)
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.vary
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / least
        opened = gzip.decompress(packed.data)
        assert opened == plain.data if "static" in address else b'name="csrf_token"' in opened


def test_it_leaves_what_is_short_a_download_or_unchanged(handler):
    assert "Content-Encoding" not in handler.get("/healthz", headers=TAKES, buffered=True).headers
    export = handler.get("/work/export?form=csv", headers=TAKES, buffered=True)
    assert export.status_code == 200
    assert "Content-Encoding" not in export.headers
    tag = handler.get("/static/app.css", headers=TAKES, buffered=True).headers["ETag"]
    again = handler.get("/static/app.css", headers=TAKES | {"If-None-Match": tag}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


def test_it_hides_the_length_of_a_page(client):
    lengths = {
        len(client.get("/static/app.css", headers=TAKES, buffered=True).data) for _ in range(20)
    }
    assert len(lengths) > 3
