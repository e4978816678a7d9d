"""Where one partner stands, in words; shared by board, reminder and digest."""

from datetime import date, datetime

from bot.ids import ButtonValue
from bot.views import words
from bot.views.blocks import name
from storage.questions import Question, QuestionKind
from storage.read_models import ReturnStanding, Said, SentReturn, Standing
from storage.vocabulary import Audience, Certainty


def title(standing: Standing) -> str:
    """The campaign with its round: 'Summer-holiday vigilance 2026 to 2027, week 2: Out of education'."""
    if not standing.round_title:
        return standing.campaign_title
    return (
        f"{standing.campaign_title}, {standing.round_title[:1].lower()}{standing.round_title[1:]}"
    )


def state(standing: Standing, *, now: datetime) -> str:
    """The state first, in words: never a colour or a sign alone."""
    if standing.said is not None:
        late = ", late" if standing.is_late else ""
        return f"Replied, done{late}" if standing.is_done else f"Replied{late}, not done yet"
    if not standing.respondents and standing.asked_at is None:
        return "No contact"
    if standing.is_overdue(now):
        return "Overdue, no reply yet"
    return "Not asked yet" if standing.asked_at is None else "No reply yet"


def why(standing: Standing) -> str:
    """What lies behind the state: what was said, when and by whom; or when it was asked."""
    if standing.said is not None:
        return f"{standing.said.summary}. {sent_line(standing.said)}"
    if standing.asked_at is not None:
        return f"Last asked on {words.london_day(standing.asked_at)}.{_away(standing)}"
    if not standing.respondents:
        return "Nobody is named to answer for this partner. Ask your administrator to add a respondent."
    return f"No reminder has been sent yet.{_away(standing)}"


def _away(standing: Standing) -> str:
    """Who of those who answer is away, and that nobody stands in where nobody does, or that nobody answers any more."""
    if not standing.respondents and not standing.deputies:
        return " Nobody is named to answer for this partner now."
    gone = dict(standing.away)
    lines = [f" {name(person)} is away until {words.day(last)}." for person, last in gone.items()]
    if gone and all(person in gone for person in (*standing.respondents, *standing.deputies)):
        lines.append(" Nobody stands in for them.")
    return "".join(lines)


def sent_line(said: Said) -> str:
    """'Sent at 9:05am on Friday 11 September 2026 by …'."""
    verb = "Confirmed" if said.is_confirmation else "Sent"
    return f"{verb} at {words.moment(said.at)} by {name(said.by)}."


def withdrawn(of: Said | SentReturn, *, whose: str = "the") -> str:
    """'What was typed has been withdrawn by your partnership’s lead on Friday …'; empty where nothing was."""
    if of.withdrawn_at is None:
        return ""
    # of another round, only the words that had to go
    what = "Some of what" if isinstance(of, Said) and of.typed else "What"
    return f"{what} was typed has been withdrawn by {whose} partnership’s lead on {words.london_day(of.withdrawn_at)}."


def withdrawn_from_you(said: Said | None) -> str:
    """The same to whoever wrote it, with what is left; empty where nothing was withdrawn."""
    if said is None or said.withdrawn_at is None:
        return ""
    return f"{withdrawn(said, whose='your')} Your choices stand."


def coming(standing: Standing) -> str:
    """The next stored prompt, the same as `vigil preview` shows."""
    if standing.is_stopped:
        return "A lead has stopped the reminders."
    if standing.coming is None:
        return "No more reminders will be sent."
    return f"Next reminder: {words.moment(standing.coming.at)}, to {name(standing.coming.to)}."


def reply_by(standing: Standing, *, now: datetime) -> str:
    """The deadline, labelled where it follows from an estimate; once it has passed, until when a reply counts."""
    return deadline_line(standing, now=now, do="Reply", late="replies")


def deadline_line(of: Standing | ReturnStanding, *, now: datetime, do: str, late: str) -> str:
    """The same for whatever has that deadline: 'Reply by …', or until when late replies are taken."""
    label = " (an estimate: the area’s term dates are not confirmed)"
    shown = label if of.certainty is Certainty.ESTIMATED else ""
    today = words.london_date(now)
    if today > of.deadline_day:
        are = "are" if today <= of.late_until else "were"
        return (
            f"The deadline was {words.day(of.deadline_day)}{shown}."
            f" Late {late} {are} taken until {words.day(of.late_until)}."
        )
    return f"{do} by {words.deadline(of.deadline_day)}{shown}."


def takes_replies(standing: Standing, *, now: datetime) -> bool:
    """Whether a reply still counts, if only as a late one."""
    return words.london_date(now) <= standing.late_until


def answers(said: Said, *, only: frozenset[str] | None = None) -> str:
    """Every answer but what was typed, a line for each question; of those questions only, where some are named."""
    lines = []
    for question in said.form.all_questions:
        if only is not None and question.ref not in only:
            continue
        answer = said.answers.get(question.ref)
        if answer and not question.is_typed:
            lines.append(f"*{question.short}:* {answer_words(question, answer)}")
    return "\n".join(lines)


def answer_words(question: Question, answer: str | list[str] | None) -> str:
    """An answer that was not typed, as people read it."""
    if not answer:
        return "Not known yet" if question.kind is QuestionKind.NUMBER else "Not answered"
    if question.kind is QuestionKind.DATE and isinstance(answer, str):
        return words.day(datetime.fromisoformat(answer).date())
    return question.words(answer)


def notes(said: Said) -> list[str]:
    """What was typed, but for the request that has a place of its own: for plain text only."""
    return [
        f"{question.short}: {said.answers[question.ref]}"
        for question in said.form.all_questions
        if question.is_typed and question.ref != said.form.help and said.answers.get(question.ref)
    ]


def heading(standing: Standing, *, now: datetime) -> str:
    """Above a form: for whom it is, and until when."""
    return f"*{name(standing.body)}*\n{name(standing.partnership)}\n{reply_by(standing, now=now)}"


def another_day(day: date | None, *, now: datetime) -> str | None:
    """The London day for which somebody asked instead, while it lies ahead."""
    if day is None or day <= words.london_date(now):
        return None
    return f"You asked to be reminded on {words.day(day)}."


def value(standing: Standing, said: Said | None = None) -> ButtonValue:
    """What a button about this partner in this round carries, and the reply that it confirms, if any."""
    return ButtonValue(
        round_id=standing.round_id,
        partner_id=standing.partner_id,
        reply_id=0 if said is None else said.reply_id,
    )


def about(standing: Standing) -> str:
    """Whose button it is, what differs first: one force may answer in many partnerships."""
    return f"{standing.partnership}, {standing.body}"


def readers(said: Said) -> str:
    """Who may read the free text, as its writer chose."""
    if said.audience is Audience.PARTNERSHIP:
        return "Only your partnership can read what you wrote."
    return "Your partnership and your national facilitators can read what you wrote."
