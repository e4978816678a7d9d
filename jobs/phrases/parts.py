"""What the table is put together from: the kinds of rule, and patterns for the pieces that recur in phrases."""

import re
from collections.abc import Callable

from jobs.phrases.spans import Days
from storage.meanings import AskBack, Doubt, Meaning, Plain, Progress, Report

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Days], Meaning | None]]


def means(meaning: Meaning, *patterns: str) -> list[Rule]:
    return [(re.compile(pattern), lambda _, __: meaning) for pattern in patterns]


def says(progress: Progress, *patterns: str) -> list[Rule]:
    return means(Report(progress=progress), *patterns)


def asks(doubt: Doubt, readings: tuple[Plain, ...], *patterns: str) -> list[Rule]:
    return means(AskBack(doubt=doubt, readings=readings), *patterns)


def how_far(progress: tuple[Progress, ...], *patterns: str) -> list[Rule]:
    return asks(Doubt.HOW_FAR, tuple(Report(progress=each) for each in progress), *patterns)


def on_days(read: Callable[[str, Days], Meaning | None], *patterns: str) -> list[Rule]:
    """Patterns whose group `when` holds the words about days."""
    return [
        (re.compile(pattern), lambda match, days: read(match["when"] or "", days))
        for pattern in patterns
    ]


# Pieces

IT = r"(?:it|this|that|everything|all|all of it|ours|mine|review|(?:the|our|my) (?:review|offer|form|work|part|return|plan))"
WE = r"(?:i|we)"
IT_IS = rf"(?:{IT}(?: is been| is| has been| was)?|{WE} (?:am|are|have)|has been)"
NOW = r"(?: now| today| already| at the moment| so far| still| yesterday| this morning| this afternoon)*"
FINISHED = r"(?:done|complete|completed|finished|signed off|sorted|all done|done and dusted)"
DID = r"(?:done|completed|finished|signed off)"
IN_TIME = r"(?: (?:for|to meet|with|by|before) (?:it|this|then|(?:the )?(?:october )?(?:deadline|half term|sign off|review)))?"
TRACK = r"on (?:track|course|target|schedule)"
OFF = r"off (?:track|course|target|schedule)"
FULLY = r"(?:now |already |finally |all |still |very much |back |bang |right |a bit |slightly |going |remain |remains )*"
WHO = r"(?:(?:a|my|our|the|another|one of (?:my|our)) (?:colleagues?|deputy|manager|team)|colleague|deputy|someone else|somebody else|someone|@somebody)"
REMIND = (
    r"(?:(?:can|could|will|would) you |(?:i would like|i want|i need) you to |(?:i would like|i want|i need|set|can i have) (?=a reminder))?"
    r"(?:(?:remind|ask|ping|nudge|chase|message|try|come back to|get back to) (?:me|us)(?: up)?|(?:a )?reminder|snooze(?: this| it| me)?|postpone(?: this| it)?)"
    r"(?: again| about (?:this|it)| of (?:this|it)| to (?:reply|do (?:this|it)|answer)|,)*"
)
REPLIED = r"(?:replied|responded|answered|reported|told (?:you|them|@somebody)|sent(?: (?:it|this|that|(?:our|the|my|a) (?:reply|response|return|answer)))?|submitted(?: (?:it|this|that))?|given (?:our|my) (?:reply|answer))"
EMAILED = r"(?:emailed|phoned|telephoned|rang|rung|called|written to|wrote to)"
BY = r"(?:(?:by|via|through|on|in|over|at) (?:an |a |the |our |your |last week's )?(?:email|phone|telephone|post|letter|teams|meeting|board meeting|board|call|portal|word document|spreadsheet))"
THEM = r"(?:it|this|that|you|them|(?:our|the|my|a) (?:reply|response|return|answer)|(?:the |our )?(?:lead|chair|business manager|partnership|council|facilitator)|@somebody)"
AWAY = (
    r"(?:(?:(?:i|we) (?:am|are|will be|shall be) |will be |am |be )?(?:going to be |going |currently |now )?"
    r"(?:away|off sick|off work|off|sick|on (?:annual |sick |study )?leave|annual leave|leave|on (?:my )?(?:holiday|holidays)|holiday|out of (?:the )?office"
    r"|out|not (?:in|here|available|at work|working|around|in the office)|unavailable)"
    r"|(?:(?:i|we) )?will not be (?:in|here|available|at work|working|around|in the office)"
    r"|(?:i|we) (?:have|have got|have booked|am taking|are taking) (?:annual leave|leave|a holiday)|(?:taking|booked) (?:annual )?leave)"
)
BACK = r"(?:(?:i|we) (?:am|will be|am not|will not be) |i |not |will be |am )?(?:back|returning|return|in again|back in)(?: at work| to work| in the office| in| from (?:annual leave|leave|holiday))?"
