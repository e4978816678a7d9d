"""The letter's sentences, and the questions that come from them."""

import pytest

from jobs.campaign_files import load_campaigns
from storage.letter import sentences_of
from storage.questions import Question

FULL_RETURN = load_campaigns()[0].full_return
NUMBERED = {
    "S2": "We are grateful for the work Ofsted did",
    "S5": "This isn’t just about schools and colleges",
    "S7": "However, we know that engaging",
    "S10": "The Ofsted review made",
    "S14": "We would particularly like",
    "S15": "We are therefore reiterating",
    "S19": "Earlier this month",
    "S22": "The strategy will be followed this Autumn",
    "S24": "We know that for many young people",
    "S26": "Whilst initiatives like",
    "S27": "As ever",
}


@pytest.mark.parametrize(("name", "begins"), NUMBERED.items())
def test_the_sentences_are_numbered_as_the_domain_has_them(name, begins):
    [sentence] = sentences_of(name)
    assert sentence.startswith(begins)


def test_a_question_can_come_from_several_sentences_or_from_none():
    assert sentences_of("S15, S11") == (*sentences_of("S15"), *sentences_of("S11"))
    assert sentences_of("") == ()


@pytest.mark.parametrize("source", ["S28", "S0", "section 8", "S15 S11", "S15,", "15"])
def test_what_is_no_sentence_is_refused_with_what_to_write(source):
    fields = {"ref": "A", "text": "Ready?", "short": "Ready", "kind": "text", "source": source}
    with pytest.raises(ValueError, match=r"the letter has no sentence .* name them as S15"):
        Question.model_validate(fields)


def test_every_question_that_is_asked_says_why():
    asked = [each for screen in FULL_RETURN.screens for each in screen.questions]
    asked += [each for signing in FULL_RETURN.signing for each in signing.questions]
    asked += [each for campaign in load_campaigns() for each in campaign.form.questions]
    asked += [
        q for campaign in load_campaigns() for topic in campaign.topics for q in topic.questions
    ]
    assert all(sentences_of(question.source) for question in asked)
