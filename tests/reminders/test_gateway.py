"""Gateways: what may be one, what is shown of it, and that nothing secret leaks."""

import logging

import pytest

from portal.reminders.sending.gateway import (
    NotDelivered,
    deliver,
    problem_of,
    service_of,
    takes,
    without_secrets,
)

MAIL = "mailtos://portal:pa%2Fss-word@smtp.example.com:465?from=p@example.com&to={address}"


@pytest.mark.parametrize(("medium", "url"), [
    ("mail", MAIL), ("chat", "json://chat.example.com/hook/{address}"),
    ("chat", "tgram://123456789:abcdefg_hijklmnop-qrstuvwxyzabcdefg/{address}"),
    ("chat", "wecombot://{address}"), ("chat", "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/@{address}"),
    ("sms", f"twilio://AC{'a' * 32}:{'b' * 32}@+15551234567/{{address}}"),
])
def test_addresses_of_services_are_understood(medium, url):
    assert problem_of(medium, url) is None


@pytest.mark.parametrize("url", [
    "", "json://chat.example.com/hook", "nonsense://x/{address}", "{address}",
    "https://{address}", "json://{address}/hook", "json://user:{address}@{address}/",
    "jsons://chat-{address}.example.com/", "xml://{address}:80/x",
])
def test_others_are_refused(url):
    assert problem_of("chat", url)


@pytest.mark.parametrize("address", [
    "evil.example.com/x", "a@evil.example.com", "?to=x", "#", "../..", "a&to=b", "%2F..", "{0}",
    "a b", "客户", "\u202e",
])
def test_what_a_person_enters_is_never_more_than_an_address(address, chat_room):
    template = f"json://127.0.0.1:{chat_room.port}/hook/{{address}}"
    deliver(template, address, "title", "words")
    [letter] = chat_room.letters
    assert letter.to.startswith("/hook/")
    assert letter.to.count("/") <= 3 and "?" not in letter.to and ".." not in letter.to.split("/")


def test_of_a_gateway_only_the_service_and_its_server_are_shown():
    shown = service_of(MAIL)
    assert shown == "E-Mail · smtp.example.com:465"
    hook = "json://chat.example.com/very-secret-hook/{address}?+Auth=Bearer+top-secret"
    assert service_of(hook) == "JSON · chat.example.com"
    assert "secret" not in service_of("slack://T1JJ3T3L2/A1BRTD4JD/secretsecretsecretsecret/@{address}")
    assert service_of("broken://secret") == "broken"


def test_errors_tell_no_secret():
    said = "535 login of portal with pa/ss-word (pa%2Fss-word) refused for bob@example.com"
    told = without_secrets(said, MAIL, "bob@example.com")
    assert "ss-word" not in told and "bob@" not in told
    assert "535" in told and "refused" in told


def test_a_refusal_says_why_without_secrets(mailbox, caplog, capfd):
    mailbox.refuse = True
    template = (f"mailto://portal:s3cretword@127.0.0.1:{mailbox.port}"
                "?from=portal@example.com&to={address}&mode=insecure")
    with pytest.raises(NotDelivered) as refusal:
        deliver(template, "bob@example.com", "title", "words")
    assert "554" in refusal.value.reason
    assert "s3cretword" not in refusal.value.reason
    wrong = template.replace("s3cretword", "wr0ngword")
    with pytest.raises(NotDelivered) as refusal:
        deliver(wrong, "bob@example.com", "title", "words")
    assert "wr0ngword" not in refusal.value.reason + "".join(capfd.readouterr())


def test_nobody_listens_at_the_port(closed_port):
    with pytest.raises(NotDelivered) as refusal:
        deliver(f"json://127.0.0.1:{closed_port}/s3cret-hook/{{address}}", "bob",
                "title", "words")
    assert "s3cret-hook" not in refusal.value.reason
    assert not refusal.value.hangs


def test_a_service_that_does_not_answer_is_left_in_time(chat_room):
    from threading import Event

    chat_room.hang = Event()
    with pytest.raises(NotDelivered) as refusal:
        deliver(f"json://127.0.0.1:{chat_room.port}/{{address}}", "bob", "t", "b", limit=0.3)
    assert refusal.value.hangs


def test_what_apprise_says_reaches_no_log(mailbox, capfd):
    logger = logging.getLogger("apprise")
    assert logger.propagate is False
    deliver(f"mailto://portal:s3cretword@127.0.0.1:{mailbox.port}"
            "?from=portal@example.com&to={address}&mode=insecure", "bob@example.com", "t", "b")
    assert "apprise" not in "".join(capfd.readouterr()).lower()


def test_titles_and_words_arrive_as_plain_text(mailbox):
    deliver(f"mailto://portal:s3cretword@127.0.0.1:{mailbox.port}"
            "?from=portal@example.com&to={address}&mode=insecure", "bob@example.com",
            "撞单 <b>怎么办</b>", "第一行\n**not bold** <script>alert(1)</script> {{x}}")
    [letter] = mailbox.letters
    assert letter.title == "撞单 <b>怎么办</b>"
    assert letter.body.splitlines() == ["第一行", "**not bold** <script>alert(1)</script> {{x}}"]


def test_an_impossible_address_is_known_beforehand():
    assert takes("json://chat.example.com/{address}", "bob")
    assert not takes("nonsense://{address}", "bob")
