"""Small conditions on what already happened in a case: which acts make sense now."""

from __future__ import annotations

from workflow.domain.facts import Act

_RECEIPTS = ("submit", "resubmit")
_ACCEPTANCES = ("accept", "deem_accepted")
_REVIEW = ("request_sign_off", "recall_sign_off", "sign_off", "return_pack", "revoke_sign_off")


def _newest(acts: tuple[Act, ...], among: tuple[str, ...]) -> str | None:
    return next((act.do for act in reversed(acts) if act.do in among), None)


def _since_receipt(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """The acts after the newest receipt, or all of them before the first."""
    last = max((n for n, act in enumerate(acts) if act.do in _RECEIPTS), default=-1)
    return acts[last + 1 :]


def review_pending(acts: tuple[Act, ...]) -> bool:
    """The pack was sent for review and nobody has answered or recalled it."""
    return _newest(acts, _REVIEW) == "request_sign_off"


def no_review_pending(acts: tuple[Act, ...]) -> bool:
    """The pack is not waiting for a reviewer."""
    return not review_pending(acts)


def signed_off(acts: tuple[Act, ...]) -> bool:
    """The newest answer of the review is a sign-off, so there is one to revoke."""
    return _newest(acts, _REVIEW) == "sign_off"


def not_accepted(acts: tuple[Act, ...]) -> bool:
    """The newest receipt has not been accepted yet, neither expressly nor by silence."""
    return _newest(_since_receipt(acts), _ACCEPTANCES) is None


def paused(acts: tuple[Act, ...]) -> bool:
    """A pause of this review is open; a new receipt starts a review without pauses."""
    return _newest(_since_receipt(acts), ("pause_review", "resume_review")) == "pause_review"


def not_paused(acts: tuple[Act, ...]) -> bool:
    """The review is running."""
    return not paused(acts)


def not_delivered(acts: tuple[Act, ...]) -> bool:
    """The license has not been handed over yet."""
    return _newest(acts, ("deliver",)) is None


def not_extended(acts: tuple[Act, ...]) -> bool:
    """The review was accepted and has not been extended since the newest receipt."""
    done = {act.do for act in _since_receipt(acts)}
    return "extend_review" not in done and bool(done & set(_ACCEPTANCES))


def no_notice_posted(acts: tuple[Act, ...]) -> bool:
    """The termination has not been posted since the newest receipt."""
    return _newest(_since_receipt(acts), ("post_notice",)) is None
