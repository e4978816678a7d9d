"""Words for one person and for many, by which the guard tells a child from a year group."""

import re

#: One child, or one of its family.
ONE = (
    r"(?:child|boy|girl|pupil|student|learner|baby|infant|toddler|newborn|twin|lad|lass|youngster|teen|teenager|youth"
    r"|young (?:person|man|woman|lady)|yp|kid|son|daughter|brother|sister|siblings?|sibs?|brothers|sisters|twins"
    r"|eldest|youngest|mother|father|mum|dad|stepfather|stepmother|parent|carer|grandson|granddaughter|grandchild"
    r"|cousin|nephew|niece|uncle|aunt|male|female)"
)
MANY = (
    r"(?:children|people|pupils|students|learners|babies|infants|toddlers|boys|girls|teenagers|teens|youths|adults"
    r"|males|females|those|anyone|everyone|all|parents|carers|residents|leavers|groups?|cohorts?|youngsters|they)"
)
#: Each of many is nobody.
EACH = r"(?:every|each|any|all|per|no|most|average|median|mean|typical|funded|eligible)"
#: So few that they can be told.
FEW = r"(?:two|three|four|both|2|3|4|his|her|their|my|these|whose)"
NUMBER = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen)"
)
#: Things that have an age too.
THING = (
    r"(?:polic(?:y|ies)|protocols?|strateg(?:y|ies)|plans?|agreements?|buildings?|systems?|guidance|programmes?"
    r"|projects?|contracts?|databases?|data|figures|lists?|templates?|audits?|training|documents?|directory|website"
    r"|registers?|information|forms?|laptops?|software|threshold|partnerships?|arrangements|records|minutes|schemes?"
    r"|offer|course|review|toolkit|action|version|memorandum|service|network|forum|school|centre|hub|posters?|pathway"
    r"|act|law|legislation|vacanc(?:y|ies)|backlog|referrals?|requests?|quer(?:y|ies)|drafts?|decisions?|needs"
    r"|funding|entitlements?|places?|uptake|provision|checks?|childcare|spreadsheet|survey|report|analysis|map|it)"
)
#: Two capitals that are nobody: agencies, roles, kinds of school and of meeting.
ABBREVIATION = re.compile(
    "AE|AH|AI|AM|AN|AP|AS|AT|BE|BM|BY|CA|CC|CE|CO|CP|CQ|CS|DA|DC|DH|DI|DO|DP|DS|DV|ED|EH|EP|ER|EU|EX|EY|FC|FE|FS|FT"
    "|GO|GP|HE|HO|HQ|HR|HT|HV|ID|IF|IN|IR|IS|IT|KC|KS|LA|LD|LP|ME|MH|MP|MY|NB|NE|NO|NW|OF|OK|ON|OR|OT|PA|PC|PE|PH|PM|PP"
    "|PS|QA|QR|RE|RP|SC|SE|SG|SO|ST|SV|SW|TO|TV|UK|UP|US|VA|VC|VS|WE|WK|YJ|YP|YR"
)
