"""`/control/scenes`: which situations are prepared, which one is on, and opening one."""

from collections.abc import Callable

from bot.workspace.control.requests import Answer, CannotError, Request
from bot.workspace.people import SceneCard, Stage
from bot.workspace.refusal import JSON


def scene_routes(stage_of: Callable[[], Stage | None]) -> tuple[tuple[str, str, Answer], ...]:
    def stage() -> Stage:
        found = stage_of()
        if found is None:
            raise CannotError("There are no scenes here.")
        return found

    async def read(_request: Request) -> JSON:
        return _scenes(stage())

    async def open_scene(request: Request) -> JSON:
        key, keys = request.text("scene"), [card.key for card in stage().cards]
        if key not in keys:
            raise CannotError(f"There is no scene {key}. The scenes are: {', '.join(keys)}.")
        await stage().open(key)
        return _scenes(stage())

    return (("GET", "/control/scenes", read), ("POST", "/control/scenes", open_scene))


def _scenes(stage: Stage) -> JSON:
    return {
        "current": stage.current,
        "performance": stage.performance,
        "scenes": [_card(card) for card in stage.cards],
    }


def _card(card: SceneCard) -> JSON:
    steps = [{"text": step.text, "user": step.user} for step in card.steps]
    return {
        "key": card.key,
        "title": card.title,
        "summary": card.summary,
        "you": card.you,
        "steps": steps,
    }
