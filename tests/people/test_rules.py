"""The tree of teams, passwords, and what browsers say about themselves."""


import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.people import passwords
from portal.people.devices import browser_of, is_phone, system_of
from portal.people.rules import Actor, TeamPlace, TeamTree, password_problem

IDS = st.one_of(st.none(), st.integers(1, 6))
PLACES = st.lists(st.builds(TeamPlace, st.integers(1, 6), IDS, IDS), max_size=6,
                  unique_by=lambda place: place.id)


def test_the_line_manager_is_the_nearest_leader_but_never_oneself():
    tree = TeamTree([TeamPlace(1, None, 10), TeamPlace(2, 1, 20), TeamPlace(3, 2, None)])
    assert tree.line_manager(99, 3) == 20
    assert tree.line_manager(20, 2) == 10
    assert tree.line_manager(10, 1) is None
    assert tree.led_by(10) == {1, 2, 3}
    assert tree.would_loop(1, 3)
    assert not tree.would_loop(3, 1)


@given(PLACES, IDS, IDS)
def test_no_tree_however_broken_makes_walks_endless(places, person, team):
    tree = TeamTree(places)
    path = tree.upward(team)
    assert len(set(path)) == len(path)
    for above in path:
        assert team in tree.subtree(above) or team == above
    if person:
        assert person not in tree.leaders_above(person, team)
        assert Actor(person, "rep", team, tree).reads_teams >= tree.led_by(person)


@given(PLACES, st.integers(1, 6), IDS)
def test_a_parent_that_is_no_loop_keeps_the_tree_a_tree(places, team, parent):
    tree = TeamTree(places)
    if team in tree.upward(team) and not tree.would_loop(team, parent):
        moved = [TeamPlace(p.id, parent if p.id == team else p.parent_id, p.leader_id)
                 for p in places]
        above = TeamTree(moved).upward(parent)
        assert team not in above


@pytest.mark.parametrize(("password", "problem"), [
    ("short", "short"), ("x" * 201, "long"), ("ALICE in town", "login"), ("abababababab", "plain"),
    ("correct horse battery", None), ("一二三四五六七八九十", None),
])
def test_passwords_are_refused_for_a_reason(password, problem):
    assert password_problem(password, "alice") == problem


# Hashed like chosen ones, two hundred would take most of a minute.
@pytest.mark.timeout(20)
def test_generated_passwords_are_fine_and_hashed_quickly():
    made = {passwords.generated() for _ in range(200)}
    assert len(made) == 200
    assert all(password_problem(password, "alice") is None for password in made)
    hashes = [passwords.hashed_generated(password) for password in made]
    assert passwords.matches(hashes[0], next(iter(made)))
    assert not passwords.matches(hashes[0], "another one")
    assert passwords.is_outdated(hashes[0])


@pytest.mark.parametrize("kept", [None, "", "!", "$argon2id$broken"])
def test_what_is_no_hash_matches_nothing(kept):
    assert not passwords.matches(kept, "")
    assert not passwords.matches(kept, "!")


@pytest.mark.parametrize(("agent", "browser", "system", "phone"), [
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
     "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge", "Windows", False),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 (KHTML, like Gecko) "
     "Version/18.0 Safari/605.1.15", "Safari", "macOS", False),
    ("Mozilla/5.0 (Linux; Android 15; Pixel) AppleWebKit/537.36 (KHTML, like Gecko) "
     "Chrome/131.0 Mobile Safari/537.36 MicroMessenger/8.0", "WeChat", "Android", True),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) wxwork/4.1 MicroMessenger/7.0",
     "WeCom", "iPhone", True),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox", "Linux",
     False),
    ("", None, None, False), ("curl/8.0", None, None, False),
])
def test_devices_are_named_as_their_owners_know_them(agent, browser, system, phone):
    assert (browser_of(agent), system_of(agent), is_phone(agent)) == (browser, system, phone)
