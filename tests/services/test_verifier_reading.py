"""The stand-alone verifier reads what the pen writes today without parsing it."""

import zipfile

from tests.services.sealed_trail import seal_now, sealed_trail
from tests.support.cast import gather, moment
from workflow.services import case_view, filing_pack
from workflow.services.auditing import audit_verify
from workflow.services.database import open_database
from workflow.services.sealing import Request
from workflow.storage import sweep


def test_it_knows_the_shape_of_every_event_of_a_case(sqlite_url):
    """Another shape is read too, but slowly: a new format must be told to the verifier."""
    database = open_database(sqlite_url)
    gather(database).in_correction("缺少用户日志留存说明")
    with database.reading() as session:
        found = [(key, body) for batch in sweep.told(session) for _, _, key, *_, body, _ in batch]
    database.close()
    assert len(found) > 20
    for key, body in found:
        line = b'{"leaf":null,"hash":"' + key + b'","body":' + body + b"}"
        assert audit_verify.FRONT.match(line), body
        assert audit_verify.BACK.fullmatch(line, line.rfind(b'"prev":"')), body


def test_it_does_not_take_a_pack_that_was_downloaded_for_files_handed_in(sqlite_url, tmp_path):
    """The event of the download names files by hash, on a chain that has no materials."""
    trail = sealed_trail(open_database(sqlite_url), tmp_path)
    database = trail.cast.database
    with database.transaction() as tx:
        view = case_view.view(tx, trail.number, trail.cast["wang"], moment())
        sheets = filing_pack.index_of(view)
        filing_pack.announce(tx, view, sheets, moment(), Request())
    seal_now(database, 3)
    taken = next(sheet.version.file_hash for sheet in sheets if sheet.version.file_hash)
    assert trail.look() == {}
    database.close()
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        told = pack.read("events.jsonl")
    assert f'"sha256":"{taken}"'.encode() in told
