"""What people typed into a form passes the guard before anything of the form is stored. Pure."""

from collections.abc import Iterable

from storage import guard
from storage.answers import Answers
from storage.questions import Question


def stopped(questions: Iterable[Question], answers: Answers) -> dict[str, str]:
    """A sentence for each question whose answer must not be stored; it names what was found, never the text."""
    texts = {
        question.ref: words
        for question in questions
        if question.is_typed and isinstance(words := answers.get(question.ref), str)
    }
    return guard.stopped(texts)
