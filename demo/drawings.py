"""Drawings for the demonstration: streets, blocks, gardens, harbours and plans, in outline and without any text."""

from collections.abc import Callable
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 1000
# Drawn twice as large, then reduced: the outlines have no steps.
SCALE = 2
PAPER, INK, SPRUCE, VERMILION, OCHRE = "#fbf8f2", "#16302b", "#1f6f5c", "#b3351b", "#c98a1b"
SAND, MIST, LEAF = "#efe7d6", "#dfe8e2", "#cfe0d3"
LINE = 5
Box = tuple[float, float, float, float]


class Sheet:
    """A sheet of paper with a pen: shapes are given in pixels of the finished picture."""

    def __init__(self, width: int, height: int, ground: str) -> None:
        self.size = (width, height)
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), ground)
        self.pen = ImageDraw.Draw(self.image)

    def box(self, box: Box, fill: str | None = None, outline: str | None = INK) -> None:
        """Draw a rectangle from its left, top, right and bottom."""
        self.pen.rectangle([side * SCALE for side in box], fill=fill, outline=outline, width=LINE * SCALE)

    def line(self, *points: tuple[float, float], colour: str = INK, width: int = LINE) -> None:
        """Draw a line through points."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, fill=colour, width=width * SCALE, joint="curve")

    def shape(self, *points: tuple[float, float], fill: str, outline: str = INK) -> None:
        """Draw a closed shape."""
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)
        self.line(*points, points[0], colour=outline)

    def disc(self, x: float, y: float, radius: float, fill: str | None, outline: str | None = INK) -> None:
        """Draw a disc from its centre."""
        box = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
        self.pen.ellipse(box, fill=fill, outline=outline, width=LINE * SCALE)

    def arch(self, left: float, right: float, top: float, bottom: float, fill: str) -> None:
        """Draw an opening with a round top."""
        radius = (right - left) / 2
        self.pen.rectangle([left * SCALE, (top + radius) * SCALE, right * SCALE, bottom * SCALE], fill=fill)
        self.pen.ellipse(
            [left * SCALE, top * SCALE, right * SCALE, (top + 2 * radius) * SCALE],
            fill=fill,
            outline=INK,
            width=LINE * SCALE,
        )
        self.pen.rectangle(
            [(left + LINE) * SCALE, (top + radius) * SCALE, (right - LINE) * SCALE, bottom * SCALE], fill=fill
        )
        for x in (left, right):
            self.line((x, top + radius), (x, bottom))

    def png(self) -> bytes:
        """Return the finished picture as a PNG of few colours."""
        buffer = BytesIO()
        finished = self.image.resize(self.size, Image.Resampling.LANCZOS)
        finished.quantize(64).save(buffer, "PNG", optimize=True)
        return buffer.getvalue()


def street(sheet: Sheet, chance: Random) -> None:
    """Draw a row of houses along a pavement, and two trees."""
    left = -40.0
    while left < WIDTH:
        width, top = chance.choice([180, 220, 260]), chance.randrange(260, 430, 30)
        house(sheet, chance, (left, top, left + width, 780))
        left += width
    sheet.line((0, 780), (WIDTH, 780), width=8)
    sheet.line((0, 860), (WIDTH, 860), colour=SPRUCE)
    for _tree in range(2):
        tree(sheet, chance.randrange(150, WIDTH - 150), 780, chance.randrange(70, 110))


def house(sheet: Sheet, chance: Random, box: Box) -> None:
    """Draw a house with its roof, its door and its windows."""
    left, top, right, bottom = box
    sheet.box(box, fill=chance.choice([PAPER, SAND, MIST]))
    middle = (left + right) / 2
    sheet.shape((left, top), (middle, top - 90), (right, top), fill=chance.choice([VERMILION, SPRUCE, OCHRE, SAND]))
    for y in range(int(top) + 50, int(bottom) - 180, 120):
        for x in (left + 40, right - 90):
            sheet.box((x, y, x + 50, y + 70), fill=chance.choice([PAPER, OCHRE, MIST]))
    sheet.box((middle - 32, bottom - 120, middle + 32, bottom), fill=chance.choice([SPRUCE, VERMILION, INK]))


def blocks(sheet: Sheet, chance: Random) -> None:
    """Draw blocks of flats around a green, some windows lit."""
    for left, width, floors in ((80, 300, 6), (430, 220, 9), (700, 420, 5), (1180, 340, 7)):
        top = 760 - floors * 70
        sheet.box((left, top, left + width, 760), fill=chance.choice([SAND, MIST, PAPER]))
        for floor in range(floors):
            for x in range(left + 30, left + width - 50, 70):
                lit = chance.random() < 0.25
                sheet.box((x, top + 18 + floor * 70, x + 40, top + 54 + floor * 70), fill=OCHRE if lit else PAPER)
    sheet.shape((0, 760), (WIDTH, 760), (WIDTH, 900), (0, 860), fill=LEAF)
    for _tree in range(4):
        tree(sheet, chance.randrange(80, WIDTH - 80), chance.randrange(800, 860), chance.randrange(50, 90))


def garden(sheet: Sheet, chance: Random) -> None:
    """Draw rows of vegetables going away, under a low sun."""
    sheet.disc(chance.randrange(300, 1300), 250, 90, fill=OCHRE, outline=None)
    sheet.shape((0, 420), (WIDTH, 360), (WIDTH, HEIGHT), (0, HEIGHT), fill=LEAF)
    for number in range(9):
        foot = -300 + number * 280
        sheet.line((750 + number * 14, 395), (foot, HEIGHT), colour=SPRUCE, width=9)
        for step in range(5):
            share = 0.25 + step * 0.16
            x, y = 750 + number * 14 + (foot - 750) * share, 395 + 605 * share
            sheet.disc(x, y, 8 + 30 * share, fill=chance.choice([SPRUCE, VERMILION, OCHRE]))
    tree(sheet, chance.randrange(100, 400), 430, 90)


def harbour(sheet: Sheet, chance: Random) -> None:
    """Draw a quay, two cranes and a bridge over still water."""
    sheet.box((0, 640, WIDTH, HEIGHT), fill=MIST, outline=None)
    for left in (chance.randrange(150, 300), chance.randrange(620, 760)):
        sheet.line((left, 640), (left + 60, 250), (left + 120, 640), width=9)
        sheet.line((left - 90, 300), (left + 60, 250), (left + 330, 300), colour=VERMILION, width=9)
        sheet.line((left + 330, 300), (left + 330, 430))
    sheet.shape((1000, 550), (1060, 640), (1500, 640), (1560, 550), fill=SPRUCE)
    for x in range(1110, 1480, 70):
        sheet.disc(x, 592, 14, fill=PAPER)
    sheet.line((0, 640), (WIDTH, 640), width=9)
    for y in range(700, HEIGHT, 60):
        start = chance.randrange(0, 300)
        sheet.line((start, y), (start + chance.randrange(400, 1200), y), colour=SPRUCE, width=4)


def arches(sheet: Sheet, chance: Random) -> None:
    """Draw an arcade with its shop fronts."""
    sheet.box((60, 180, WIDTH - 60, 820), fill=SAND)
    for number in range(5):
        left = 110 + number * 285
        sheet.arch(left, left + 225, 380, 820, chance.choice([PAPER, MIST, LEAF]))
        sheet.box((left + 55, 240, left + 170, 320), fill=chance.choice([PAPER, OCHRE, MIST]))
        sheet.box((left + 60, 650, left + 165, 820), fill=chance.choice([SPRUCE, VERMILION, OCHRE]))
    sheet.line((0, 820), (WIDTH, 820), width=9)


def plan(sheet: Sheet, chance: Random) -> None:
    """Draw the plan of a neighbourhood: its streets, its plots, and one path across them."""
    for x in range(80, WIDTH, 250):
        for y in range(80, HEIGHT, 220):
            right, bottom = x + chance.randrange(140, 215), y + chance.randrange(110, 185)
            sheet.box((x, y, right, bottom), fill=chance.choice([SAND, MIST, PAPER, LEAF]))
    points = [(40, chance.randrange(150, 850))]
    while points[-1][0] < WIDTH - 120:
        x, y = points[-1]
        points.append((x + chance.randrange(150, 300), min(930, max(70, y + chance.randrange(-260, 260)))))
    sheet.line(*points, colour=VERMILION, width=14)
    for x, y in (points[0], points[len(points) // 2], points[-1]):
        sheet.disc(x, y, 28, fill=OCHRE)


def tree(sheet: Sheet, x: float, foot: float, radius: float) -> None:
    """Draw a tree from its foot."""
    sheet.line((x, foot), (x, foot - radius * 2), width=9)
    sheet.disc(x, foot - radius * 2.4, radius, fill=LEAF, outline=SPRUCE)


SCENES: dict[str, Callable[[Sheet, Random], None]] = {
    scene.__name__: scene for scene in (street, blocks, garden, harbour, arches, plan)
}


def draw(scene: str, seed: int) -> bytes:
    """Return a scene as a PNG of 1600 by 1000 pixels; the same seed always gives the same picture."""
    sheet = Sheet(WIDTH, HEIGHT, PAPER)
    SCENES[scene](sheet, Random(seed))  # noqa: S311 (a drawing, no secret)
    return sheet.png()


def draw_logo() -> bytes:
    """Return the logo of the invented centre: two houses that share a roof, on paper."""
    sheet = Sheet(480, 480, PAPER)
    sheet.shape((60, 230), (170, 110), (240, 185), (310, 110), (420, 230), fill=VERMILION)
    sheet.box((95, 230, 230, 400), fill=SPRUCE)
    sheet.box((250, 230, 385, 400), fill=OCHRE)
    sheet.line((40, 400), (440, 400), width=12)
    return sheet.png()
