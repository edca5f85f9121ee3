"""A checked draft → whether it stands, which of two is better, and what is to be mended."""

from collections.abc import Sequence

import prompts
from assistant.conclude import Outcome
from assistant.drafts import Draft
from assistant.render import LABELS
from assistant.review import Judged, worth
from assistant.talk import Talk
from index.language import detect_language


def stands(talk: Talk, draft: Draft, judged: Sequence[Judged]) -> bool:
    """Whether there is nothing to mend."""
    if may_have_obeyed(talk, judged):
        return False
    return not any(each.is_failing for each in judged) and not is_foreign(talk, draft)


def may_have_obeyed(talk: Talk, judged: Sequence[Judged]) -> bool:
    """Whether orders in what the model was shown may have made it say this, or say nothing."""
    if not talk.has_orders or talk.is_cleared:
        return False
    tells = any(each.sentence.verdict == "supported" for each in judged)
    return not tells or any(each.obeys for each in judged)


def is_foreign(talk: Talk, draft: Draft) -> bool:
    """Whether a draft is in another language than the question."""
    text = " ".join(claim.text for claim in draft.claims)
    return bool(text) and detect_language(text) != talk.language


def is_better(
    talk: Talk, one: tuple[Draft, list[Judged]], other: tuple[Draft, list[Judged]]
) -> bool:
    """Whether a later draft is at least as good as an earlier one."""
    mine, theirs = ((not is_foreign(talk, draft), *worth(judged)) for draft, judged in (one, other))
    return mine >= theirs


def ask_for_revision(talk: Talk, draft: Draft, judged: Sequence[Judged]) -> None:
    """Tell the model what is wrong; or begin anew without the orders it may have obeyed."""
    if may_have_obeyed(talk, judged):
        talk.begin(sorted(talk.tools.shown), without=True)
        return
    lines = [
        prompts.render(
            f"revision.{talk.language}#failing",
            sentence=each.sentence.text,
            numbers="".join(f"[{number}]" for number in each.sentence.citations),
            reasons=LABELS[talk.language]["clause"].join(each.sentence.reasons),
        )
        for each in judged
        if each.is_failing
    ]
    foreign = is_foreign(talk, draft)
    language = prompts.render(f"revision.{talk.language}#language") if foreign else ""
    talk.say(prompts.render(f"revise.{talk.language}", failing="\n".join(lines), language=language))


def outcome_of(
    talk: Talk,
    draft: Draft,
    judged: Sequence[Judged],
    kept: Sequence[Judged],
    *,
    limit: str,
    is_broken: bool,
) -> Outcome:
    """Return what the talk came to.

    Args:
        talk: that is over.
        draft: the best one.
        judged: its sentences.
        kept: those that may be shown.
        limit: of the bound that was reached, as shown.
        is_broken: whether the model failed in the middle.
    """
    lost = [e for e in judged if e not in kept and e.sentence.verdict == "unsupported"]
    return Outcome(
        question=talk.question,
        language=talk.language,
        judged=kept,
        left_out=len(lost),
        missing=(*talk.tools.missing, *draft.missing),
        bound=(talk.bound, limit) if talk.bound else None,
        is_broken=is_broken,
        is_other_language=is_foreign(talk, draft),
    )
