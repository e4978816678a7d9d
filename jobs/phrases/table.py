"""The table of phrases, read from top to bottom: the first pattern that takes the whole phrase tells what it means.

A phrase has to be taken whole. What stands beside words that are known ('done, apart from the colleges')
makes it something else, so that nothing is read into words that only contain 'done'.
"""

from jobs.phrases.parts import (
    AWAY,
    BACK,
    BY,
    DID,
    EMAILED,
    FINISHED,
    FULLY,
    IN_TIME,
    IT,
    IT_IS,
    NOW,
    OFF,
    REMIND,
    REPLIED,
    THEM,
    TRACK,
    WE,
    WHO,
    Rule,
    asks,
    how_far,
    means,
    on_days,
    says,
)
from jobs.phrases.spans import a_day_alone, absent, back, remind
from storage.meanings import (
    AnotherWay,
    BackNow,
    Doubt,
    Help,
    NotMine,
    PassOn,
    Progress,
    ShowStatus,
    StopReminding,
    Thanks,
    WantsToReply,
)

_NOT_MINE: list[Rule] = means(
    PassOn(),
    rf"(?:(?:can|could) (?:you|i) |(?:i want|i would like|i need) to )?(?:pass|hand)(?: (?:this|it|that))? (?:on|over)(?: to {WHO})?(?: instead)?",
    rf"(?:(?:can|could) (?:you|i) |(?:i want|i would like|i need) to )?(?:pass|forward|hand|send|give|assign|reassign|delegate)(?: (?:this|it|that))?(?: on| over)? to {WHO}(?: instead)?",
    rf"(?:(?:can|could) you )?ask {WHO}(?: instead)?(?: of me)?",
    rf"(?:can )?{WHO} (?:(?:will|can|should|is going to) )?(?:do|answer|reply to|reply|take)(?: (?:this|it|over))?(?: instead| for me)?",
) + means(
    NotMine(),
    r"(?:(?:this|it|that) is |i am )?(?:not|no longer) (?:me|mine|us|ours|for me|(?:my|our) (?:duty|job|role|area|responsibility|post|remit|patch))(?: any ?more| now| any longer)?",
    r"(?:i am |we are )?(?:no longer|not) (?:in (?:this|that|the) (?:role|post|job)|responsible(?: for (?:this|it))?|doing (?:this|it)|the (?:right person|respondent|lead|deputy)|involved)(?: any ?more| now| any longer)?",
    r"(?:you have (?:got )?(?:the )?|this is the )?wrong person",
    r"(?:i|we) (?:have )?(?:left|moved|changed)(?: (?:on|this|that|the|my))?(?: (?:role|roles|post|posts|job|jobs|team|teams|partnership|organisation))?",
    r"i (?:have )?(?:left|retired)|i no longer work(?: here| there| for (?:them|the council|the partnership))?",
    r"(?:i|we) do not do (?:this|it)(?: job| role)?(?: any ?more| now)?",
    r"(?:someone|somebody) else (?:does|has taken|is doing|deals with) (?:this|it)(?: over)?(?: now)?",
    r"this is not me",
)

_STOP: list[Rule] = means(
    StopReminding(),
    r"stop|unsubscribe|opt out|leave me alone|stop it|go away|(?:take|get) me off (?:this|the|your) list",
    r"(?:(?:can|could) you )?(?:stop|do not|no more|never) (?:sending (?:me )?)?(?:send(?: me)? |send me any more )?(?:remind|reminding|reminders|messages|message|messaging|ask|asking|chase|chasing|contact|contacting|these)(?: (?:me|us))?(?: reminders| messages)?(?: about (?:this|it))?(?: again| any ?more)?",
    r"i do not want (?:any (?:more )?|these |more )?(?:reminders|messages|to be reminded|to be messaged)(?: again| any ?more)?",
)

_REMINDERS: list[Rule] = [
    *on_days(
        remind,
        r"(?:do not|stop) (?:remind|reminding|chase|chasing|message|messaging|ask|asking) (?:me|us) (?:again )?(?:until|till|before) (?P<when>.+)",
    ),
    *on_days(remind, rf"{REMIND}(?: (?:until|till|for|to))?(?: (?P<when>.*))?"),
    *on_days(
        remind,
        r"(?:ask (?:me )?|remind me |try (?:again )?)?(?P<when>later|not now|another time|in a bit|soon|(?:too|very) busy(?: today| now| this week| at the moment)?)(?: on)?",
    ),
    *on_days(
        remind,
        r"(?:can|could|may) i (?:do (?:this|it)|reply|answer) (?P<when>.+)",
        r"(?:give (?:me|us)|(?:(?:can|could) )?(?:this|it) wait) (?:until|till) (?P<when>.+)",
    ),
]

_ABSENCES: list[Rule] = [
    *means(
        BackNow(),
        r"(?:i am |we are )?back(?: now| today| at work| to work| in the office| in| again| from (?:annual leave|leave|holiday|my holidays|sick leave))*",
        r"i have (?:returned|come back)(?: to work| from leave| from holiday)?(?: now| today)?",
        r"(?:i am )?(?:not away|no longer away|not on leave|no longer on leave|no longer off)(?: any ?more| now)?",
    ),
    *asks(Doubt.UNTIL_WHEN, (), r"(?:i am |we are )?not back(?: yet| at work| in the office)*"),
    *on_days(back, rf"(?:{AWAY} and )?{BACK} (?:until |till )?(?P<when>.+)"),
    *on_days(absent, rf"{AWAY}(?: (?P<when>.+))?"),
    *on_days(
        absent,
        r"(?P<when>.+?) (?:i am|i will be|we are) (?:away|off|on leave|on annual leave|on holiday)",
    ),
]

_PROGRESS: list[Rule] = [
    *says(
        Progress.DONE,
        rf"(?:{IT_IS} )?{FULLY}{FINISHED}{NOW}",
        rf"(?:{WE}(?: have)? )?{FULLY}{DID} {IT}{NOW}",
        rf"{WE} {FULLY}{DID}{NOW}",
        rf"job {FINISHED}",
    ),
    *says(
        Progress.ON_TRACK,
        rf"(?:{IT_IS} )?{FULLY}{TRACK}{NOW}{IN_TIME}",
        rf"(?:{IT_IS} )?(?:all )?going (?:to|according to) plan{NOW}",
    ),
    *says(Progress.AT_RISK, rf"(?:{IT_IS} )?{FULLY}(?:amber|at risk){NOW}"),
    *says(Progress.OFF_TRACK, rf"(?:{IT_IS} )?{FULLY}(?:gone |fallen )?(?:{OFF}|red){NOW}"),
    *says(
        Progress.UNCHANGED,
        r"(?:there (?:is|has been) )?(?:no|nothing) (?:change|changes|changed|new|update|updates|different)(?: to report)?(?: since .{1,20})?(?: yet| this time| here)?",
        r"nothing (?:(?:has|is) )?(?:changed|new|different)(?: this (?:time|week|month))?(?: since last (?:time|week|month))?(?: yet| here)?",
        r"nothing (?:has )?changed(?: since last (?:time|week|month))?",
        r"(?:it is |that is |we are |all |still |exactly |much |just )*(?:the )?(?:same|unchanged|same again|still so|as before|as last (?:time|week))(?: as (?:before|last (?:time|week|month)))?",
        r"(?:it |that )?has not changed|not changed|no change at all|as you were",
    ),
    *says(
        Progress.NOT_YET,
        rf"(?:(?:{IT_IS}|is|are) )?(?:still )?(?:not|nowhere near|never) (?:yet |quite |all |fully |been |even |really |properly )*(?:{FINISHED}|started|there|ready|signed|begun)(?: with)?(?: {IT})?(?: yet| now| quite yet| at all)*",
        rf"(?:(?:{WE}|{IT}) )?(?:have|has|did|do) not (?:yet |quite |even |really |been )*(?:had (?:the )?(?:time|chance)|{DID}|done|do|start|started|begun|finish|complete|reply|replied|sent|send|got round to)(?: {IT})?(?: yet| at all)*",
        rf"(?:{IT_IS} )?(?:nearly|almost|mostly|partly|half|halfway|part|not far off|close to|about to be|largely|just about|yet to be|to be|still to be|being|getting|some of it|(?:\d\d?|ninety|eighty|fifty) (?:per ?cent)) ?(?:{FINISHED}|there|started|signed|ready|through)?(?: {IT})?(?: yet)?",
        rf"(?:{IT_IS} )?(?:in progress|under way|underway|ongoing|in hand|in draft|being (?:done|drafted|finished|worked on)|waiting (?:for|on) sign ?off|awaiting sign ?off|started|incomplete|most of it is done|some of it is done|unfinished|undone|unsigned|outstanding)(?: still)?",
        rf"(?:{WE} (?:am|are) )?(?:still )?(?:working on|finishing|drafting|doing|getting there with|waiting for|nearly finished with)(?: {IT})?(?: still| now)?",
        r"(?:we are |i am )?(?:getting there|not there yet|not yet|soon)",
        rf"(?:{IT}|{WE})? ?(?:will|should|hope to|need to|have to|must|am going to|are going to|is going to|aim to|plan to) ?(?:be |get )?(?:{FINISHED}|do|finish|complete|sign off|reply|answer|look at|have it done|get to)(?: {IT})?(?: .{{1,30}})?",
        r"yet to (?:start|finish|reply|be done|be signed off|be finished|be started)|can not (?:do|finish|complete|reply|sign off)(?: it| this)?(?: yet| now)?",
        rf"can not be {FINISHED}(?: .{{1,20}})?",
    ),
    *how_far(
        (Progress.AT_RISK, Progress.OFF_TRACK),
        rf"(?:{IT_IS} )?(?:no longer|not|nowhere near|far from|never) (?:quite |really |fully |yet |all |exactly )*{TRACK}(?: yet| any ?more)?{NOW}{IN_TIME}",
        rf"(?:{IT_IS} )?(?:running |slightly |a bit |bit |well |getting )*(?:late|behind|delayed|behind schedule|slipped|slipping|stuck|blocked)",
        rf"(?:{WE}|{IT}) (?:will|may|might|can) not (?:make (?:it|the deadline)|be (?:{FINISHED}|ready)|finish){IN_TIME}(?: in time| on time)?",
    ),
    *how_far(
        (Progress.ON_TRACK, Progress.AT_RISK),
        rf"(?:(?:i|we) (?:think|hope|believe|expect) )?(?:{IT_IS} |{WE} |{IT} )?(?:(?:should|might|may|could) be |(?:looks|looking|seems|seems to be|appears) |hopefully |probably |maybe |possibly |mostly |almost |nearly |more or less |roughly |just about |partly |largely )*{TRACK}{NOW}{IN_TIME}",
        rf"(?:{IT_IS} )?(?:no longer|not) {OFF}(?: any ?more)?",
    ),
    *how_far(
        (Progress.ON_TRACK, Progress.DONE),
        rf"(?:{IT_IS} )?(?:all |looking )?(?:good|fine|well|ok|okay|great|green)(?: here)?(?: so far)?",
        rf"(?:{IT_IS} )?(?:no longer|not) at risk(?: any ?more)?",
    ),
]

_REPLIES: list[Rule] = [
    *means(
        AnotherWay(),
        rf"(?:{WE} )?(?:have )?(?:already |just )*{REPLIED}(?: already)? {BY}(?: already| yesterday| today| last week)*",
        rf"(?:{WE} )?(?:have )?(?:already |just )*{EMAILED}(?: {THEM})?(?: to {THEM})?(?: already| yesterday| today| last week)*",
        rf"(?:{WE} )?(?:have )?(?:already )?{REPLIED} (?:another|a different|some other) way",
        r"(?:it was |it has been |it is )?(?:sent|emailed|answered|discussed|agreed|reported) (?:by email|in the meeting|at the meeting|on the phone|another way)",
        r"(?:see|check) (?:my|our) email",
    ),
    *asks(
        Doubt.HERE_OR_ANOTHER_WAY,
        (ShowStatus(), AnotherWay()),
        rf"(?:{WE} )?(?:have )?(?:already |just )*{REPLIED}(?: to (?:this|it|you))?(?: already| yesterday| today| last week| this morning)*",
        rf"(?:{WE} )?(?:have )?(?:already )?(?:replied|answered)(?: already)? (?:to )?{IT}(?: already)?",
    ),
    *means(
        WantsToReply(),
        r"reply|respond|answer|update|submit|start|begin|form|edit|edit (?:my|our) (?:reply|answer)",
        r"(?:(?:can|could|may) (?:i|you) |(?:i|we) (?:want|need|would like) to )?(?:please )?(?:open|show|send|give|see|get|fill in)(?: me)?(?: the| a)? form",
        r"(?:(?:i|we) (?:want|need|would like) to |can (?:i|we) |how (?:do|can) (?:i|we) |where (?:do|can) (?:i|we) |i am ready to |let me )(?:reply|respond|answer|update|submit)(?: (?:again|here|now|to this|to it|this|it|my reply))?",
        r"(?:(?:i|we) (?:want|need|would like) to |can (?:i|we) |how (?:do|can) (?:i|we) )?(?:change|correct|edit|amend|update) (?:my|our|the|that|a) (?:reply|answer|answers|response)",
        r"(?:i|we) (?:have )?(?:made a mistake|got (?:it|something|that) wrong|sent the wrong (?:one|thing|answer|reply))",
    ),
]

_QUESTIONS: list[Rule] = means(
    ShowStatus(),
    r"(?:review )?status|board|dashboard|progress|deadline|deadlines",
    r"(?:(?:can|could|may) (?:i|you) )?(?:show|see|view|give|tell)(?: me)?(?: the| my| our)? (?:status|review status|board|dashboard|deadline|progress|replies|reply|answers)",
    r"who (?:has|have)(?: not)?(?: yet)? (?:replied|answered|responded|done it)(?: yet| so far)?",
    r"who (?:is|are) (?:left|missing|outstanding|late|overdue)",
    r"what (?:do|must|should) (?:i|we) (?:owe|need to do|have to do|still owe|still need to do)(?: now| next)?",
    r"what (?:is|are) (?:due|outstanding|left|overdue|(?:the|my|our) (?:deadline|deadlines|status)|left to do)(?: for (?:this|it|us))?",
    r"when (?:is|are) (?:it|this|the review|my reply|our reply|the deadline|my deadline|our deadline|half term|the reply)(?: due)?",
    r"how (?:are (?:we|things|they)|is it|is everyone|far are we)(?: doing| going| getting on)?",
    r"where (?:are we|do we stand|are we up to)(?: with (?:this|it))?",
    rf"(?:is|are|am|was|has|have|did|do) (?:{IT}|{WE}|everyone|everybody|they|the (?:police|council|health|others))(?: all| been| already| still)*(?: {FINISHED}| {TRACK}| {OFF}| at risk| late| overdue| replied| reply| answered| sent it)(?: yet| already| now)*",
    r"(?:what|which) (?:have|did) (?:i|we) (?:sent|send|said|say|replied|reply|answered|answer)",
    r"(?:have|did) you (?:got|get|had|received|receive) (?:it|this|that|my reply|our reply)",
) + means(
    Help(),
    r"help|help me|(?:(?:i|we) need|can (?:i|you) (?:have|get|give me)|can you) (?:some )?help(?: me)?|commands|command|menu|info|information|about|faq|how",
    r"what (?:can|do|should|must) (?:you|i|we) (?:do|say|type|ask)(?: now| next| here)?",
    r"what (?:is|are) (?:this|it|you|vigil|this for|this about|all this)",
    r"who (?:are|is) (?:you|this|vigil)|what|huh|eh|sorry what|pardon",
    r"how (?:do|does|can) (?:i|you|it|this) (?:work|use this|use it|use you)(?: this)?",
    r"why (?:am i|are you|did i|have i|do i) (?:getting|messaging me|asking me|get|got|sending me|asking|contacting me)(?: (?:this|it|me|these|these messages))?",
    r"(?:i am )?(?:confused|lost|new to this|not sure what to do)|i do not (?:understand|know what to do|get it)",
    r"who added me|what do you (?:keep|store)|how long do you keep it|privacy(?: notice)?",
)

#: Nothing but manners: looked for before politeness is taken off.
MANNERS: list[Rule] = means(
    Help(),
    r"(?:hi|hiya|hello|hey|good (?:morning|afternoon|evening)|morning|afternoon)(?: (?:there|vigil|bot|all|good morning))*",
) + means(
    Thanks(),
    r"(?!all)(?:ok|okay|thanks|thank you|many|very much|a lot|so much|all|vigil|cheers|ta|great|brilliant|lovely|perfect|well done|got it|will do|noted|understood|sure|much appreciated|appreciated|that is|bye|goodbye|you too|have a good (?:day|weekend)| )+",
)

TABLE: list[Rule] = [
    *_STOP[:1],
    *_REMINDERS[:1],
    *_STOP,
    *_NOT_MINE,
    *_PROGRESS,
    *_ABSENCES,
    *_REPLIES,
    *_QUESTIONS,
    *_REMINDERS[1:],
    *on_days(a_day_alone, r"(?P<when>.+)"),
]
