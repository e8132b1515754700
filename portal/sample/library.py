"""Replays the cases of the sample story through the actions, each at its moment."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from flask import current_app

from portal.cases import origins
from portal.cases.actions import asking, attachments, cases, reuse, talk
from portal.cases.alerts.actions import raise_alert
from portal.cases.content import CaseContent
from portal.cases.models import Case, Flag, Reuse, Solution
from portal.cases.trust.actions import flagging, reviewing
from portal.core import access
from portal.people.rules import Actor
from portal.sample.people import Act, Cast
from portal.sample.script import (
    FOLDER,
    CaseScript,
    EditScript,
    FileScript,
    FlagScript,
    ResolvedScript,
    ReviewScript,
    Step,
    TextScript,
)

# Where a case comes from, as the story writes it, and the record that is there by now.
Origins = Callable[[str | None], str | None]


def acts(
    scripts: Iterable[CaseScript], cast: Cast, origin: Origins
) -> Iterator[tuple[str, Act]]:
    """What happens to the cases, each with its moment. An act raises `ValueError` when its
    person may not do this, or when it lies ahead of its case."""
    for script in scripts:
        yield from _Told(script, cast, origin).acts()


@dataclass
class _Told:
    """One case while its story is told."""

    script: CaseScript
    cast: Cast
    origin: Origins
    row: Case | None = None
    answers: dict[int, Solution] = field(default_factory=dict)
    uses: dict[str, Reuse] = field(default_factory=dict)
    flags: dict[int, Flag] = field(default_factory=dict)

    def acts(self) -> Iterator[tuple[str, Act]]:
        """What happens to the case, each with its moment."""
        script = self.script
        yield script.when, self._record
        if script.alert:
            yield script.alert, self._raise_alert
        yield from ((each.when, partial(self._edit, each)) for each in script.edits)
        yield from ((each.when, partial(self._attach, each)) for each in script.files)
        for number, text in enumerate(script.solutions):
            yield text.when, partial(self._propose, number, text)
            yield from self._votes(text.helped, number)
            if text.accepted:
                yield text.accepted.when, partial(self._accept, number, text.accepted)
        yield from ((each.when, partial(self._comment, each)) for each in script.comments)
        yield from self._votes(script.helped, None)
        yield from ((when, partial(self._reuse, login)) for login, when in script.reused.items())
        yield from ((each.when, partial(self._review, each)) for each in script.reviewed)
        for number, flag in enumerate(script.flags):
            yield flag.when, partial(self._flag, number, flag)
            if flag.resolved:
                yield flag.resolved.when, partial(self._resolve, number, flag.resolved)
        yield from ((each.when, partial(self._validate, each)) for each in script.validated)
        if script.archived:
            yield script.archived.when, partial(self._archive, script.archived)

    def _votes(
        self, votes: Mapping[str, str], solution: int | None
    ) -> Iterator[tuple[str, Act]]:
        for login, when in votes.items():
            yield when, partial(self._praise, login, solution)

    def _record(self, now: datetime) -> None:
        actor = self.cast.actor(self.script.by, now)
        content, source = self.script.content, self.origin(self.script.origin)
        if source is not None:
            if origins.prefill_of(actor, source, content.kind) is None:
                raise ValueError(f"{self.script.by} cannot read {self.script.origin}")
            content = replace(content, source=origins.source_of(source))
        self.row = cases.record_case(actor, content, now, draft=self.script.draft,
                                     ref=self.script.ref, source_ref=source)
        self.row.is_sample = True
        if self.script.asked:
            asking.ask_colleague(actor, self.row, self.cast.user(self.script.asked, now), now)

    def _raise_alert(self, now: datetime) -> None:
        actor, case = self._may(self.script, "case:alert", now)
        raise_alert(actor, case, now, case.source_ref)

    def _edit(self, edit: EditScript, now: datetime) -> None:
        actor, case = self._may(edit, "case:edit", now)
        content = _edited(case.content, edit, self.script.ref)
        draft = False if edit.publish else None
        cases.edit_case(actor, case, content, case.revision, edit.note, now, draft=draft)

    def _attach(self, file: FileScript, now: datetime) -> None:
        actor, case = self._may(file, "case:edit", now)
        settings = current_app.extensions["settings"]
        with (FOLDER / "files" / file.name).open("rb") as stream:
            upload = attachments.Upload(file.name, stream)
            attachments.attach(actor, case, upload, settings.files, settings.upload_mb, now)

    def _propose(self, number: int, text: TextScript, now: datetime) -> None:
        actor, case = self._may(text, "case:propose", now)
        self.answers[number] = talk.propose_solution(actor, case, text.body, now)

    def _accept(self, number: int, step: Step, now: datetime) -> None:
        actor, _ = self._may(step, "case:accept", now)
        talk.accept_solution(actor, self.answers[number], now)

    def _comment(self, text: TextScript, now: datetime) -> None:
        actor, case = self._may(text, "case:comment", now)
        talk.add_comment(actor, case, text.body, now)

    def _praise(self, login: str, solution: int | None, now: datetime) -> None:
        actor, case = self._may(Step(login, ""), "case:praise", now)
        answer = None if solution is None else self.answers[solution]
        talk.say_it_helped(actor, case, answer, True, now)

    def _reuse(self, login: str, now: datetime) -> None:
        actor, case = self._may(Step(login, ""), "case:reuse", now)
        used = reuse.reuse_case(actor, case, "", now)
        if used is None:
            raise ValueError(f"{self.script.ref}: the reuse by {login} does not count")
        self.uses[login] = used

    def _review(self, step: ReviewScript, now: datetime) -> None:
        actor, _ = self._may(step, "case:read", now)
        reviewing.review_reuse(actor, self.uses[step.by], step.outcome, step.note, now)

    def _flag(self, number: int, flag: FlagScript, now: datetime) -> None:
        actor, case = self._may(flag, "case:flag", now)
        self.flags[number] = flagging.raise_flag(actor, case, flag.reason, flag.note, None, now)

    def _resolve(self, number: int, step: ResolvedScript, now: datetime) -> None:
        actor = self.cast.actor(step.by, now)
        if not access.allows(actor, "flag:resolve", self.flags[number]):
            raise ValueError(f"{self.script.ref}: {step.by} may not settle the flag")
        flagging.resolve_flag(actor, self.flags[number], step.resolution, step.answer, now)

    def _validate(self, step: Step, now: datetime) -> None:
        actor, case = self._may(step, "case:validate", now)
        cases.validate_case(actor, case, now)

    def _archive(self, step: Step, now: datetime) -> None:
        actor, case = self._may(step, "case:archive", now)
        cases.archive_case(actor, case, now)

    def _may(self, step: Step, permission: str, now: datetime) -> tuple[Actor, Case]:
        """Who acts, on what: the story keeps to the policy like everybody."""
        actor = self.cast.actor(step.by, now)
        if self.row is None or not access.allows(actor, permission, self.row):
            raise ValueError(f"{self.script.ref}: {step.by} lacks {permission} on {now:%Y-%m-%d}")
        return actor, self.row


def _edited(content: CaseContent, edit: EditScript, ref: str) -> CaseContent:
    body = content.body
    for old, new in edit.replace.items():
        if old not in body:
            raise ValueError(f"{ref}: the text to replace is not there: {old}")
        body = body.replace(old, new)
    if edit.append:
        body = f"{body.rstrip()}\n\n{edit.append}"
    changes: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in edit.set.items()
    }
    return replace(content, body=body, **changes)
