"""A new key wraps every data key anew, and what was kept before reads the same."""

from app.actions.rotating import rewrap, with_new_key
from app.store.compartments import Compartments
from app.store.screenings import DataKeyRow


def test_what_was_kept_before_reads_the_same_under_the_new_key(people, case, app):
    prosecutor = people.make("prosecutor")
    screening_id = prosecutor.open(case)
    before = prosecutor.read(screening_id)
    sides = app.state.sides
    fresh = with_new_key(sides.justice)
    assert prosecutor.read(screening_id) == before
    assert rewrap(fresh) == 1
    assert rewrap(fresh) == 0
    app.state.sides = Compartments(fresh, sides.community)
    assert prosecutor.read(screening_id) == before
    with fresh.look() as db:
        assert {row.key for row in db.query(DataKeyRow)} == {fresh.ring.current}
    newer = prosecutor.open(case)
    assert prosecutor.read(newer)["version"] == 1
