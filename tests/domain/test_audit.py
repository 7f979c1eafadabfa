"""The chain of the trail: one text per event, and the first place where it does not hold."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from workflow.domain.audit import GENESIS, Break, Link, canonical, commitment, first_break, seal


def chain(*bodies):
    links, prev = [], GENESIS
    for seq, body in enumerate(bodies, start=1):
        text = canonical(body)
        links.append(Link(seq, prev, seal(prev, text), text))
        prev = links[-1].hash
    return links


INTACT = chain({"do": "open"}, {"do": "prepare"}, {"do": "submit"})


def test_it_writes_an_event_in_one_way_only():
    assert canonical({"b": [1, None, True], "a": "兰州"}) == '{"a":"兰州","b":[1,null,true]}'
    assert canonical({"name": "e\u0301"}) == canonical({"name": "\u00e9"})


@pytest.mark.parametrize("body", [{"share": 0.5}, {"金额": 1}, {"who": {1, 2}}, {"on": object()}])
def test_it_refuses_what_has_no_exact_form(body):
    with pytest.raises(TypeError):
        canonical(body)


def test_it_seals_prefix_previous_hash_and_text():
    expected = hashlib.sha256(b"license-desk-chain-v1\n" + b"0" * 64 + b'{"do":"open"}')
    assert INTACT[0].hash == expected.hexdigest()


def test_it_finds_no_break_in_an_intact_chain():
    assert first_break(INTACT) is None
    assert first_break(INTACT, INTACT[-1].hash) is None
    assert first_break([], GENESIS) is None


@pytest.mark.parametrize("place", [0, 1, 2])
def test_it_finds_an_altered_event(place):
    links = list(INTACT)
    links[place] = replace(links[place], body='{"do":"approve"}')
    assert first_break(links) == Break(place + 1, "altered")


@pytest.mark.parametrize("place", [0, 1])
def test_it_finds_a_missing_event(place):
    links = [link for n, link in enumerate(INTACT) if n != place]
    assert first_break(links) == Break(place + 1, "missing")


def test_it_finds_a_resealed_event_by_the_next_one():
    forged = '{"do":"withdraw"}'
    links = list(INTACT)
    links[1] = replace(links[1], body=forged, hash=seal(links[1].prev, forged))
    assert first_break(links) == Break(3, "unlinked")


def test_it_finds_a_tail_cut_off_by_the_head_of_the_case():
    assert first_break(INTACT[:2], INTACT[2].hash) == Break(3, "head")
    assert first_break([], INTACT[0].hash) == Break(1, "head")


def test_it_finds_swapped_events():
    assert first_break([INTACT[1], INTACT[0], INTACT[2]]) == Break(1, "missing")


def test_it_commits_to_a_value_without_showing_it():
    promise = commitment("salt", "name", "王芳")
    assert promise == commitment("salt", "name", "王芳")
    assert promise != commitment("other", "name", "王芳")
    assert promise != commitment("salt", "reason", "王芳")
    assert "王芳" not in promise
