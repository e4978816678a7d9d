"""The shape of the rich_text block."""

from bot.workspace.elements import web_address
from bot.workspace.refusal import JSON
from bot.workspace.shapes import (
    Check,
    Findings,
    boolean,
    items,
    one_word_of,
    shape,
    string,
    typed,
    whole_number,
)

_KIND: dict[str, Check] = {"type": string()}
_STYLE: dict[str, Check] = {
    "style": shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean))
}
_COUNT: dict[str, Check] = {"border": whole_number(), "indent": whole_number()}


def _count_text(findings: Findings, piece: JSON, _at: str) -> None:
    if isinstance(piece.get("text"), str):
        findings.text_length += len(piece["text"])


def _piece(**fields: Check) -> Check:
    return shape({**_KIND, **fields}, _STYLE)


_TEXT = shape({**_KIND, "text": string()}, _STYLE, _count_text)
_LINK = shape(
    {**_KIND, "url": web_address("button.url")},
    {**_STYLE, "text": string(), "unsafe": boolean},
    _count_text,
)
_INLINE = typed(
    {
        "text": _TEXT,
        "link": _LINK,
        "emoji": shape({**_KIND, "name": string()}, {**_STYLE, "unicode": string()}),
        "user": _piece(user_id=string()),
        "channel": _piece(channel_id=string()),
        "usergroup": _piece(usergroup_id=string()),
        "broadcast": _piece(range=one_word_of({"here", "channel", "everyone"})),
        "date": shape(
            {**_KIND, "timestamp": whole_number(), "format": string()},
            {**_STYLE, "url": string(), "fallback": string()},
        ),
    }
)
_PIECES: dict[str, Check] = {"elements": items(_INLINE, least=0)}
_SECTION = shape({**_KIND, **_PIECES})
_LIST = shape(
    {
        **_KIND,
        "style": one_word_of({"bullet", "ordered"}),
        "elements": items(typed({"rich_text_section": _SECTION})),
    },
    {**_COUNT, "offset": whole_number()},
)
_BORDERED = shape({**_KIND, **_PIECES}, {"border": whole_number()})

rich_text_elements = items(
    typed(
        {
            "rich_text_section": _SECTION,
            "rich_text_list": _LIST,
            "rich_text_quote": _BORDERED,
            "rich_text_preformatted": _BORDERED,
        }
    )
)
