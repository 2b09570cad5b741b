"""A text that goes through a section chief, the director of a division and the director before it is sent."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import koryu
from tests.journeys.conftest import SitsDown
from tests.journeys.founding import PASSWORD
from tests.site import Site, served

TITLE = "Letter of Intent on maps"
STEPS = (("課長", "鈴木 花子"), ("部長", "木村 一郎"), ("館長", "佐藤 由美"))


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which two more officers work at the first library."""
    home = Path(shutil.copytree(founded_home, tmp_path_factory.mktemp("steps") / "home"))
    for username, name in (("suzuki", "鈴木 花子"), ("kimura", "木村 一郎")):
        given = koryu("role", "give", username, "officer", "institution/ndl", "--name", name, home=home)
        assert given.returncode == 0, given.stderr
        assert koryu("passwd", username, home=home, typed=f"{PASSWORD}\n").returncode == 0
    with served(home, "serve") as site:
        yield site


def test_three_pass_on_one_text_and_it_is_sent(sits_down: SitsDown) -> None:
    """Sato, the head, names three steps. Ito drafts a letter of intent and submits it.

    Suzuki passes it on; Kimura finds it under what is to be done, returns it with a remark, and passes it on when it
    has come back from Ito and Suzuki; Sato approves it. Ito sees at each moment where it is; who reads Japanese, too.
    """
    sato = sits_down("sato")
    sato.goes("people/")
    sato.follows("Approval steps")
    for number, (name, holder) in enumerate(STEPS, start=1):
        sato.page.locator(f"#name-{number}-ja").fill(name)
        option = sato.page.locator(f"#holder-{number} option").filter(has_text=holder)
        sato.page.locator(f"#holder-{number}").select_option(option.get_attribute("value"))
    sato.presses("Save the steps")
    assert sato.told() == "The approval steps were saved."

    ito = sits_down("ito")
    ito.drafts_agreement("maps", title=TITLE, kind="Letter of Intent", with_whom="National Library of Korea")
    assert "It goes through these steps, and the last one sends it: 課長" in ito.reads()
    ito.presses("Submit for approval")
    assert re.search("It has been at the step “課長.* since", ito.reads())

    suzuki, kimura = sits_down("suzuki"), sits_down("kimura")
    kimura.goes("")
    assert "Approval step: 課長" in kimura.reads()
    suzuki.takes_up(TITLE, says="Pass it on, or return it")
    suzuki.presses("Pass it on to the next step")
    assert suzuki.told() == "The draft was passed on to the next step."
    kimura.takes_up(TITLE, says="Pass it on, or return it")
    assert "passed on by 鈴木 花子" in kimura.reads()
    kimura.fills("Remark for the person who drafted it", "地図の範囲を書いてください")
    kimura.presses("Return it with this remark")

    ito.takes_up(TITLE, says="Change it and submit it again")
    assert "地図の範囲を書いてください" in ito.reads()
    ito.presses("Submit for approval")
    for approver in (suzuki, kimura):
        approver.takes_up(TITLE, says="Pass it on, or return it")
        approver.presses("Pass it on to the next step")
    address = {"url": f"{ito.site.address}/desk/", "name": "koryu-language", "value": "ja"}
    ito.page.context.add_cookies([address])  # type: ignore[list-item]  # -- a cookie is such a mapping
    ito.page.reload()
    assert (ito.page.locator("html").get_attribute("lang"), "木村 一郎" in ito.reads()) == ("ja", True)
    assert ito.page.locator(".approval-way [aria-current=step]").inner_text().startswith("館長")
    sato.takes_up(TITLE, says="Approve and send, or return it")
    sato.presses("Approve and send this text")
    assert sato.told() == "The draft was approved and sent."
