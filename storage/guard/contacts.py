"""Where somebody can be reached: postcodes, phone numbers and personal mailboxes.

Every phone number and every whole postcode stops, a team's or a venue's too: nobody can tell them from a
family's. A district, such as B9, passes. Formats are those of Royal Mail and Ofcom, from general knowledge.
"""

import re

from storage.guard.plain import SEPARATOR, Plain

_AREAS = (
    "AB|AL|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|FK|FY"
    "|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|ME|MK|ML|NE|NG|NN|NP|NR|NW"
    "|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|WA|WC"
    "|WD|WF|WN|WR|WS|WV|YO|ZE|B|E|G|L|M|N|S|W"
)
_INWARD = r"\d[ABD-HJLNP-UW-Z]{2}"
#: Ordinals and units after a district or a road: 'B9 2nd floor', 'the M6 1hr'. So written they are no postcode.
_NOT_INWARD = r"(?!\d(?:st|nd|rd|th|hr|yr|ft|pt|of|to|on|or|at)\b)"
_POSTCODE = re.compile(
    rf"(?<![A-Za-z\d])(?i:{_AREAS}) ?(?:\d[A-Za-z\d]?)[ ,._\-/]{{0,3}}{_NOT_INWARD}(?i:{_INWARD})(?![A-Za-z\d])"
    # stands for 'no fixed abode' and the like
    rf"|(?<![A-Za-z\d])(?i:ZZ99{SEPARATOR}\d[A-Z]{{2}})(?![A-Za-z\d])"
)
_CALLED_POSTCODE = re.compile(
    r"\bpost ?code[ .:=\-]{0,3}(?:is )?[a-z] ?[a-z]? ?\d ?[a-z\d]? {0,2}\d ?[a-z] ?[a-z](?![a-z])",
    re.IGNORECASE,
)

_GAP = r"[ .\-/()]{0,3}"
_PHONE_NUMBER = re.compile(
    # ten or eleven digits from 01, 02, 03, 05, 07, 08 or 09, not in pairs as weeks are; or each by itself
    rf"(?<![\w+])(?<!\d[.,\-/])(?!\d\d(?: \d\d){{4}}\b)0[1235789](?:{_GAP}\d){{8,9}}(?!\d)"
    r"|(?<![\w+])0(?: \d){9,10}(?!\w)"
    # from abroad
    rf"|(?<!\w)\+ ?[1-9](?:{_GAP}\d){{7,14}}(?!\d)"
    rf"|(?<![\w.,])00 ?[1-9](?:{_GAP}\d){{8,14}}(?!\d)"
    rf"|(?<![\w.,£])44[ \-]?(?:\(0\) ?)?[1237](?:{SEPARATOR}\d){{9}}(?!\d)"
    # a mobile whose nought a spreadsheet took, two helplines with eight digits
    r"|(?<![\w.,£])7[1-9]\d\d[ .\-]?\d{3}[ .\-]?\d{3}(?!\d)"
    r"|\b0800 ?1111\b|\b0845 ?46 ?47\b"
    # extensions; a year is more likely a contract's
    r"|\b(?:ext|extn|extension)(?![a-rt-z])(?:'?s)?[ .:\-]{0,3}(?:(?:number|no\.?|is|on) ){0,2}(?!20[23]\d\b)\d{3,6}\b"
    r"|(?<![\w.])x\d{4,5}\b",
    re.IGNORECASE,
)
_CALLED_PHONE_NUMBER = re.compile(
    r"\b(?:tel|telephone|phone|ph|mob|mobile|cell|call|ring(?!-)|text|txt|dial|fax|whatsapp|bleep|pager|landline"
    r"|(?:contact|reach) (?:me|us|him|her|them)|(?:my|our|his|her|duty|desk|office) (?:number|no)(?! of))\b"
    rf"[ .:]{{0,3}}[^\d|.,;!?]{{0,20}}(?!20\d\d\b)\d(?:{SEPARATOR}\d){{5}}",
    re.IGNORECASE,
)

_AT = r"(?:@| ?(?:\(at\)|\[at\]|\{at\}|\(a\)) ?)"
_MAILBOX = re.compile(
    rf"(?P<before>[\w.+\-] ?){_AT}(?P<after> ?)(?P<domain>[a-z][\w\-]{{0,62}}(?:\.[\w\-]{{1,63}}){{0,6}})",
    re.IGNORECASE,
)
_PUBLIC_BODY = re.compile(
    r"(?:^|\.)(?:gov\.uk|nhs\.net|nhs\.uk|police\.uk|sch\.uk|ac\.uk|mod\.uk|parliament\.uk|judiciary\.uk|cjsm\.net"
    r"|gov\.scot|gov\.wales|nhs\.scot)\.?$",
    re.IGNORECASE,
)
_WEBMAIL = (
    r"(?:gmail|googlemail|hotmail|outlook|yahoo|ymail|icloud|aol|btinternet|virginmedia|talktalk|protonmail|proton"
    r"|live|msn|me|sky)"
)
_ONLY_WEBMAIL = re.compile(rf"{_WEBMAIL}(?:com|couk)?\.?$", re.IGNORECASE)
_SPELT_MAILBOX = re.compile(
    rf"@ ?g mail\b|\bat {_WEBMAIL} ?(?:\.|\bdot\b) ?co|\b\w{{1,30}}[._]\w{{1,30}} at {_WEBMAIL}\b",
    re.IGNORECASE,
)


def has_postcode(text: Plain) -> bool:
    """A whole one; a district alone passes."""
    return bool(_POSTCODE.search(text.all) or _CALLED_POSTCODE.search(text.all))


def has_phone_number(text: Plain) -> bool:
    """Any phone number, extension or number that is to be called; 999, 101 and 111 pass."""
    return bool(_PHONE_NUMBER.search(text.numbers) or _CALLED_PHONE_NUMBER.search(text.numbers))


def has_personal_email(text: Plain) -> bool:
    """A mailbox that is not a public body's."""
    return bool(_SPELT_MAILBOX.search(text.all)) or any(
        map(_is_personal, _MAILBOX.finditer(text.all))
    )


def _is_personal(mailbox: re.Match[str]) -> bool:
    domain = mailbox["domain"]
    is_apart = mailbox["before"].endswith(" ") and mailbox["after"] == " "
    if "." not in domain.rstrip("."):
        return bool(_ONLY_WEBMAIL.match(domain)) and not (
            is_apart and domain.lower() in {"me", "live"}
        )
    return not _PUBLIC_BODY.search(domain)
