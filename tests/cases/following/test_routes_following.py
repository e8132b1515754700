"""Following by its addresses: begin, stop, the list, the choice; what others must not learn."""

import pytest
from sqlalchemy import func, select

from portal.cases.following.models import Follow
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.lists.actions import merge_tags
from portal.lists.models import Term
from tests.counting import statements_of


def followed(person):
    db.session.rollback()
    query = select(Follow.target).where(Follow.person_id == person.id, Follow.ended_at.is_(None))
    return set(db.session.scalars(query))


def tag_id(code):
    return db.session.scalars(select(Term.id).filter_by(list="tag", code=code)).one()


def test_following_a_case_and_stopping_with_undo(browser, problem, alice, bob):
    reader, target = browser(bob), f"case:{problem.id}"
    answer = reader.post("/following/begin", data={"target": target,
                                                   "next": f"/cases/{problem.id}"})
    assert answer.status_code == 303 and answer.location.endswith(f"/cases/{problem.id}")
    assert followed(bob) == {target}
    page = reader.get(f"/cases/{problem.id}").text
    assert "/following/stop?target=case" in page and "Following" in page
    reader.post(f"/following/stop?target={target}")
    assert followed(bob) == set()


def test_the_button_alone_for_a_page_with_scripts(browser, problem, bob):
    answer = browser(bob).fragment("/following/begin", {"target": f"case:{problem.id}"})
    assert answer.status_code == 200 and answer.text.strip().startswith("<div")
    assert 'aria-pressed="true"' in answer.text


@pytest.mark.parametrize("target", ["", "case:0", "case:99999", "case:abc", "person:1", "tag:999",
                                    "stage:nonsense", "case:1 or 1=1", "tag:99999999999"])
def test_what_does_not_exist_is_not_followed(browser, bob, target):
    answer = browser(bob).post("/following/begin", data={"target": target})
    assert answer.status_code in (404, 422)
    assert followed(bob) == set()


def test_a_case_one_may_not_read_is_as_if_it_were_not(browser, record, alice, carol):
    case = record(alice, audience="team", tags=("秘密",))
    stranger = browser(carol)
    for target in (f"case:{case.id}", f"tag:{tag_id('秘密')}"):
        assert stranger.post("/following/begin", data={"target": target}).status_code == 404


def test_the_other_method_answers_405_and_strangers_sign_in(browser, bob):
    assert browser(bob).get("/following/begin").status_code == 405
    assert browser(bob).post("/following").status_code == 405
    assert browser().get("/following").status_code == 302
    assert browser().post("/following/begin").status_code in (302, 303, 401)


def test_the_list_names_what_one_follows_and_hides_what_one_lost(
    browser, record, follow, alice, bob, carol
):
    open_case = record(alice, title="Everybody's")
    closed = record(alice, title="Secret of the east", audience="team")
    for person in (bob, carol):
        for target in (f"case:{open_case.id}", f"case:{closed.id}", "product:erp", "stage:needs"):
            follow(person, target)
    page = browser(bob).get("/following").text
    assert "Secret of the east" in page and "Everybody&#39;s" in page and "ERP" in page
    other = browser(carol).get("/following").text
    assert "Secret of the east" not in other and "Something you can no longer see" in other
    assert browser(carol).post(f"/following/stop?target=case:{closed.id}").status_code == 303
    assert f"case:{closed.id}" not in followed(carol)


def test_the_list_by_sort_and_as_a_fragment(browser, record, follow, alice, bob):
    follow(bob, f"case:{record(alice, title='One case').id}")
    follow(bob, "product:erp")
    assert "One case" not in browser(bob).get("/following?sort=subject").text
    part = browser(bob).fragment("/following?sort=case").text
    assert "One case" in part and "<html" not in part


def test_a_new_hire_is_offered_what_the_team_sells(browser, record, alice, bob):
    record(alice, product="mes", industry="energy")
    page = browser(bob).get("/following").text
    assert 'value="product:mes"' in page and 'value="industry:energy"' in page


def test_taking_part_follows_by_itself_unless_one_chose_otherwise(
    browser, problem, remark, propose, alice, bob, mei
):
    target = f"case:{problem.id}"
    assert followed(alice) == {target}
    remark(bob, problem)
    assert followed(bob) == {target}
    browser(mei).post("/following/choice", data={})
    propose(mei, problem)
    assert followed(mei) == set()
    browser(mei).post("/following/choice", data={"by_itself": "yes"})
    propose(mei, problem, "Another")
    assert followed(mei) == {target}


def test_what_one_stopped_does_not_begin_again_by_itself(browser, problem, remark, bob):
    remark(bob, problem)
    browser(bob).post("/following/stop", data={"target": f"case:{problem.id}"})
    remark(bob, problem, "again")
    assert followed(bob) == set()


def test_merged_tags_take_their_followers_along(app, record, follow, alice, bob, carol, admin):
    record(alice, tags=("价格", "报价"))
    follow(bob, "tag:报价")
    follow(carol, "tag:报价")
    follow(carol, "tag:价格")
    kept = tag_id("价格")
    with transaction():
        old = db.session.get_one(Term, tag_id("报价"))
        merge_tags(admin.id, old, db.session.get_one(Term, kept), _now())
    assert followed(bob) == followed(carol) == {f"tag:{kept}"}


def _now():
    from portal.core import clock

    return clock.now()


def test_a_filtered_list_offers_its_filters(browser, record, alice, bob):
    record(alice, tags=("价格",), product="erp")
    page = browser(bob).get("/cases?tag=价格&product=erp").text
    assert f'value="tag:{tag_id("价格")}"' in page and 'value="product:erp"' in page
    assert "following/begin" not in browser(bob).get("/cases").text


def test_nobody_sees_who_follows(browser, problem, follow, alice, bob, carol):
    follow(bob, f"case:{problem.id}")
    page = browser(carol).get(f"/cases/{problem.id}").text
    assert bob.name not in page


def test_a_subject_leads_to_its_cases(browser, record, alice, bob):
    record(alice, tags=("价格",))
    answer = browser(bob).get(f"/following/subject/tag:{tag_id('价格')}")
    assert answer.status_code == 303 and "tag=" in answer.location
    assert browser(bob).get("/following/subject/stage:needs").location.endswith("?stage=needs")
    for wrong in ("tag:9999", "case:1", "x"):
        assert browser(bob).get(f"/following/subject/{wrong}").status_code == 404


def test_the_wording_of_a_tag_that_one_meets_nowhere_is_told_to_nobody(
    browser, record, alice, bob, carol
):
    record(alice, audience="team", tags=("秘密",))
    url = f"/following/subject/tag:{tag_id('秘密')}"
    assert browser(bob).get(url).status_code == 303
    assert browser(carol).get(url).status_code == 404


def test_the_list_takes_the_same_statements_for_many(app, browser, record, follow, alice, bob):
    for number in range(2):
        follow(bob, f"case:{record(alice, title=f'T{number}', tags=(f't{number}',)).id}")
        follow(bob, f"tag:t{number}")
    few = len(statements_of(app, browser(bob), "/following"))
    for number in range(2, 12):
        follow(bob, f"case:{record(alice, title=f'T{number}', tags=(f't{number}',)).id}")
        follow(bob, f"tag:t{number}")
    assert len(statements_of(app, browser(bob), "/following")) <= few
    assert db.session.scalar(select(func.count()).select_from(Follow)) > 20
