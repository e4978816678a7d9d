"""The words that phrases are made of, and the commonest slips in them."""

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS = "january february march april may june july august september october november december"
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
WEEKDAYS = tuple(_WEEKDAYS.split())
MONTHS = tuple(_MONTHS.split())
DAYS_AND_MONTHS = frozenset((*WEEKDAYS, *MONTHS, "today", "tomorrow", "yesterday"))
NUMBERS = {word: number for number, word in enumerate(_NUMBERS.split(), start=1)} | {
    "a": 1,
    "an": 1,
    "couple": 2,
}

# Words that stand for 'not' are here so that they are never 'put right' into their contrary, and forms of
# one verb so that 'finish' is not read as 'finished'.
_WORDS = """
abuse abused after almost already annual another answer answered answers away back been before
behind being board change changed changes child children colleague college colleges complete
completed completing completion concern concerned concerns could danger dashboard days deadline
delayed deputy does done duty early eighty email emailed emails finish finished finishing first
fortnight forward from going half halfway hardly harm harmed have help holiday holidays hope
hopefully hurt incomplete into jobs just last late later lead leads least leave left letter list
made make many meeting mine missing month months more most mostly much nearly need neglect neither
never next ninety nobody none not nothing now offer once ones only open other ours over part partly
party pass people person personal phone phoned please post probably progress pupil pupils refer
referral referrals remaining remains remind reminded reminder reminders reminding reminds replied
replies reply replying report reported reporting respond responded response return returned
returning review risk role safe safeguarding same seen send sent share shared shipped should show
sick sign signed skipped slipped snooze some someone something sort sorted spoke spoken start
started stated status still stop student submit submitted teams telephone telephoned tell term than
thank thanks that their them theme then there these they think this those till told track unchanged
under underway undone unfinished unsafe unsigned until untrue wait waiting week weeks what when
where which who whom will with without wording work working worried worries worry would writing year
years yet you your
"""
#: A slip is put right to the nearest of these.
VOCABULARY = frozenset((*DAYS_AND_MONTHS, *NUMBERS, *_WORDS.split()))

#: Slips in words too short to have a nearest one, and short forms.
_SLIPS_OF = {
    "done": "doen dnoe donr dobe",
    "complete": "compelte complte",
    "completed": "compelted",
    "track": "trck trakc",
    "risk": "rsk",
    "help": "hlep hepl",
    "please": "pls plz plse",
    "thanks": "thx tx thnx ty",
    "tomorrow": "tmrw tmr 2moro 2mrw tomoz tomo",
    "monday": "mon",
    "tuesday": "tue tues",
    "wednesday": "wed weds wensday",
    "thursday": "thu thur thurs",
    "friday": "fri frday",
    "saturday": "sat",
    "sunday": "sun",
    "january": "jan",
    "february": "feb",
    "march": "mar",
    "april": "apr",
    "june": "jun",
    "july": "jul",
    "august": "aug",
    "september": "sep sept",
    "october": "oct",
    "november": "nov",
    "december": "dec",
    "week": "wk",
    "next": "nxt",
    "have not": "havent",
    "i am": "im iam",
    "i have": "ive",
    "not done": "notdone",
    "on track": "ontrack",
    "off track": "offtrack",
    "at risk": "atrisk",
    "child": "chid chidl chld cild",
    "kid": "kdi",
    "safeguarding": "saefguarding",
    "annual leave": "a/l al",
    "until": "til",
    "out of office": "o/o ooo",
}
SLIPS = {slip: right for right, slips in _SLIPS_OF.items() for slip in slips.split()}
