"""The stand-alone verifier reads what the pen writes today without parsing it."""

from tests.support.cast import gather
from workflow.services.auditing import audit_verify
from workflow.services.database import open_database
from workflow.storage import sweep


def test_it_knows_the_shape_of_every_event_of_a_case(sqlite_url):
    """Another shape is read too, but slowly: a new format must be told to the verifier."""
    database = open_database(sqlite_url)
    gather(database).in_correction("缺少用户日志留存说明")
    with database.reading() as session:
        found = [(key, body) for batch in sweep.told(session) for _, key, _, body in batch]
    database.close()
    assert len(found) > 20
    for key, body in found:
        line = b'{"leaf":null,"hash":"' + key + b'","body":' + body + b"}"
        assert audit_verify.FRONT.match(line), body
        assert audit_verify.BACK.fullmatch(line, line.rfind(b'"prev":"')), body
