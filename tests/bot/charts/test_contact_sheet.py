"""docs/pictures.md shows every picture, and what it shows can be drawn again."""

import re
from pathlib import Path

import pytest
from PIL import Image

from bot.charts import alt_text, captions
from tests.bot.charts import contact_sheet
from tests.bot.charts.contact_sheet import CASES, FOLDER, SHEETS, WIDTH

PAGE = (FOLDER.parent / "pictures.md").read_text("utf-8")
MOST_BYTES = 1_100_000  # of all sheets: the repository is cloned by people who never look


def test_there_is_a_sheet_of_every_picture() -> None:
    assert SHEETS.keys() == alt_text.KINDS.keys() == captions.SEEN.keys()


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_is_on_the_page_with_words_for_who_does_not_see_it(name: str) -> None:
    shown = re.search(rf"!\[([^]]+)\]\(pictures/sheet-{name}\.png\)", PAGE)

    assert shown is not None
    assert len(shown[1].split()) >= 8
    with Image.open(FOLDER / f"sheet-{name}.png") as sheet:
        assert sheet.width == WIDTH


def test_the_sheets_are_small_files() -> None:
    assert sum((FOLDER / f"sheet-{name}.png").stat().st_size for name in SHEETS) < MOST_BYTES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
@pytest.mark.parametrize("name", SHEETS)
def test_every_picture_can_be_drawn_in_every_case(name: str, case: contact_sheet.Case) -> None:
    assert SHEETS[name](case).startswith(b"\x89PNG")


def test_a_sheet_has_its_pictures_on_white_and_on_dark() -> None:
    sheet = contact_sheet.sheet(SHEETS["dots"], CASES[:2])

    assert sheet.width == WIDTH
    assert sheet.getpixel((0, 0)) == (255, 255, 255)
    assert sheet.getpixel((0, sheet.height - 1)) == (0x1A, 0x1D, 0x21)


def test_sheets_keep_the_colours_of_the_house(tmp_path: Path) -> None:
    contact_sheet.main(tmp_path, {"dots": SHEETS["dots"]}, CASES[:1])

    with Image.open(tmp_path / "sheet-dots.png") as drawn:
        seen = {colour for _, colour in drawn.convert("RGB").getcolors() or []}
    assert {(0x00, 0x72, 0xB2), (0xD5, 0x5E, 0x00), (0x1A, 0x1D, 0x21)} <= seen
