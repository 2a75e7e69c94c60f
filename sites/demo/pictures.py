"""Pictures of the demo, drawn by the project: flat scenes, none of which poses as a photograph.

A scene is drawn on a sheet of 1600 × 900 units at twice that size and scaled down, which smooths
the edges. The same name gives the same picture. No picture holds text.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageColor, ImageDraw

WIDTH, HEIGHT, SCALE = 1600, 900, 2

INK, DEEP, BLUE, SKY, MIST = "#12466f", "#0b2f4c", "#3d709a", "#a6c1d6", "#e2ebf2"
PAPER, SAND, STONE, CLAY, BARK = "#faf7f1", "#eee8dd", "#d3cabc", "#a1978a", "#5f574e"
VERMILION, AMBER, HONEY = "#b3261e", "#d8942a", "#f2d193"
PINE, LEAF, MOSS = "#3f6656", "#6f9380", "#a9c0ac"
FAIR, TAN, HAIR = "#e8c3a0", "#d3a67e", "#2e2a28"

Point = tuple[float, float]


def mix(first: str, second: str, share: float) -> str:
    """The colour between two, `share` of the way to the second."""
    a, b = ImageColor.getrgb(first), ImageColor.getrgb(second)
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(a[:3], b[:3], strict=True))


class Sheet:
    """A sheet of 1600 × 900 units to draw on."""

    def __init__(self, top: str, bottom: str) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), top)
        self.draw = ImageDraw.Draw(self.image)
        bands = 90
        for band in range(bands):
            self.box(0, band * 10, WIDTH, band * 10 + 10, mix(top, bottom, band / (bands - 1)))

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        self.draw.rectangle((left * SCALE, top * SCALE, right * SCALE - 1, bottom * SCALE - 1), fill=fill)

    def card(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        fill: str,
        radius: float = 12,
        edge: str | None = None,
        width: float = 3,
    ) -> None:
        """A rectangle with round corners."""
        self.draw.rounded_rectangle(
            (left * SCALE, top * SCALE, right * SCALE, bottom * SCALE),
            radius * SCALE,
            fill=fill,
            outline=edge,
            width=round(width * SCALE) if edge else 0,
        )

    def shape(self, points: Iterable[Point], fill: str) -> None:
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: str, squash: float = 1) -> None:
        self.draw.ellipse(
            (
                (x - radius) * SCALE,
                (y - radius * squash) * SCALE,
                (x + radius) * SCALE,
                (y + radius * squash) * SCALE,
            ),
            fill=fill,
        )

    def half(self, x: float, y: float, radius: float, fill: str, start: float = 180) -> None:
        """Half a disc: the upper one unless told."""
        self.draw.pieslice(
            (
                (x - radius) * SCALE,
                (y - radius) * SCALE,
                (x + radius) * SCALE,
                (y + radius) * SCALE,
            ),
            start,
            start + 180,
            fill=fill,
        )

    def ring(self, x: float, y: float, radius: float, colour: str, width: float, arc: Point = (0, 360)) -> None:
        self.draw.arc(
            (
                (x - radius) * SCALE,
                (y - radius) * SCALE,
                (x + radius) * SCALE,
                (y + radius) * SCALE,
            ),
            arc[0],
            arc[1],
            fill=colour,
            width=round(width * SCALE),
        )

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """A line with round joints and ends."""
        self.draw.line(
            [(x * SCALE, y * SCALE) for x, y in points],
            fill=colour,
            width=round(width * SCALE),
        )
        for x, y in points:
            self.disc(x, y, width / 2 - 0.25, colour)

    def turned(self, x: float, y: float, angle: float, points: Iterable[Point], fill: str) -> None:
        """A shape about (x, y), turned by degrees."""
        self.shape([turn(x, y, angle, point) for point in points], fill)

    def ridge(self, heights: Callable[[float], float], fill: str, base: float = HEIGHT) -> None:
        """Everything from a skyline down to the base."""
        line = [(x, heights(x)) for x in range(-10, WIDTH + 11, 5)]
        self.shape([(-10, base), *line, (WIDTH + 10, base)], fill)

    def tick(self, x: float, y: float, size: float, colour: str, width: float = 7) -> None:
        self.line(
            [(x - size, y), (x - size * 0.25, y + size * 0.7), (x + size, y - size * 0.7)],
            colour,
            width,
        )

    def brocade(self, top: float, height: float, ground: str, thread: str, accent: str) -> None:
        """A band of lozenges and key fret, after the brocade of Shu."""
        self.box(0, top, WIDTH, top + height, ground)
        step, middle, reach = height * 1.6, top + height / 2, height * 0.36
        count = math.ceil(WIDTH / step) + 1
        for index in range(count):
            x = index * step
            self.shape(_lozenge(x, middle, reach * 1.5, reach), thread)
            self.shape(_lozenge(x, middle, reach * 1.1, reach * 0.73), ground)
            self.shape(_lozenge(x, middle, reach * 0.6, reach * 0.4), accent if index % 2 else thread)
            centre = x + step / 2
            for side in (-1, 1):
                self.box(
                    centre - reach * 0.42,
                    middle + side * reach * 0.62 - 1.5,
                    centre + reach * 0.42,
                    middle + side * reach * 0.62 + 1.5,
                    thread,
                )
            self.disc(centre, middle, reach * 0.16, thread)

    def weave(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """A faint lattice of lozenges on a wall."""
        step = 64
        for row in range(int((bottom - top) / step * 2) + 1):
            y = top + row * step / 2
            x = left + (row % 2) * step / 2
            while x <= right:
                if left + 14 <= x <= right - 14 and top + 14 <= y <= bottom - 14:
                    self.shape(_lozenge(x, y, 9, 9), colour)
                x += step

    def person(
        self,
        x: float,
        foot: float,
        tall: float,
        coat: str,
        *,
        skin: str = FAIR,
        hair: str = HAIR,
        long: bool = False,
        legs: str | None = BARK,
        lapel: bool = False,
    ) -> None:
        """A standing person, or without legs one behind a counter; `foot` is the lower end."""
        head = tall * 0.1
        top = foot - tall
        shoulder = top + head * 2.5
        hip = foot - tall * 0.42 if legs else foot
        half = tall * 0.135
        if legs:
            self.card(x - half * 0.78, hip - 12, x - 2, foot, legs, 7)
            self.card(x + 2, hip - 12, x + half * 0.78, foot, legs, 7)
            self.card(x - half * 0.95, foot - 9, x - 1, foot + 3, HAIR, 6)
            self.card(x + 1, foot - 9, x + half * 0.95, foot + 3, HAIR, 6)
        if long:
            self.card(x - head * 1.08, top + head * 0.5, x + head * 1.08, shoulder + head, hair, head)
        self.box(x - head * 0.38, top + head * 1.6, x + head * 0.38, shoulder + 8, mix(skin, TAN, 0.6))
        self.card(x - half, shoulder, x + half, hip + half * 0.3, coat, half * 0.55)
        self.box(x - half, hip - half * 0.6, x + half, hip, coat)
        arm = mix(coat, DEEP, 0.25)
        self.line(
            [(x - half * 0.88, shoulder + half * 0.6), (x - half * 0.98, shoulder + tall * 0.27)],
            arm,
            half * 0.42,
        )
        self.line(
            [(x + half * 0.88, shoulder + half * 0.6), (x + half * 0.98, shoulder + tall * 0.27)],
            arm,
            half * 0.42,
        )
        if lapel:
            self.shape(
                [
                    (x - head * 0.7, shoulder),
                    (x + head * 0.7, shoulder),
                    (x, shoulder + head * 1.6),
                ],
                PAPER,
            )
        self.disc(x, top + head, head, skin)
        self.half(x, top + head * 0.96, head * 1.06, hair)
        self.card(x - head * 1.06, top + head * 0.6, x - head * 0.62, top + head * 1.2, hair, 4)
        self.card(x + head * 0.62, top + head * 0.6, x + head * 1.06, top + head * 1.2, hair, 4)

    def tree(self, x: float, foot: float, tall: float, leaf: str) -> None:
        """A round tree."""
        self.card(x - tall * 0.03, foot - tall * 0.45, x + tall * 0.03, foot, BARK, 3)
        self.disc(x, foot - tall * 0.66, tall * 0.3, leaf)
        self.disc(x - tall * 0.17, foot - tall * 0.5, tall * 0.2, mix(leaf, DEEP, 0.12))
        self.disc(x + tall * 0.18, foot - tall * 0.52, tall * 0.21, mix(leaf, PAPER, 0.12))

    def fir(self, x: float, foot: float, tall: float, leaf: str) -> None:
        """A fir tree."""
        self.box(x - tall * 0.03, foot - tall * 0.15, x + tall * 0.03, foot, BARK)
        for part in range(3):
            top = foot - tall + part * tall * 0.23
            width = tall * (0.16 + part * 0.075)
            self.shape([(x, top), (x + width, top + tall * 0.42), (x - width, top + tall * 0.42)], leaf)
            self.shape(
                [(x, top), (x + width, top + tall * 0.42), (x, top + tall * 0.42)],
                mix(leaf, DEEP, 0.22),
            )

    def cloud(self, x: float, y: float, size: float, colour: str) -> None:
        """A flat cloud with a scroll, as in woven patterns."""
        self.card(x - size, y - size * 0.16, x + size, y + size * 0.16, colour, size * 0.16)
        self.disc(x - size * 0.3, y - size * 0.2, size * 0.3, colour)
        self.disc(x + size * 0.25, y - size * 0.14, size * 0.24, colour)

    def png(self) -> bytes:
        """The finished picture."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        buffer = BytesIO()
        small.save(buffer, "PNG", optimize=True)
        return buffer.getvalue()


def turn(x: float, y: float, angle: float, point: Point) -> Point:
    """A point given relative to (x, y), turned by degrees about it."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return x + point[0] * cosine - point[1] * sine, y + point[0] * sine + point[1] * cosine


def _lozenge(x: float, y: float, wide: float, high: float) -> list[Point]:
    return [(x - wide, y), (x, y - high), (x + wide, y), (x, y + high)]


def _waves(level: float, *waves: tuple[float, float, float]) -> Callable[[float], float]:
    """A skyline of sines: (height, length, shift) each."""

    def heights(x: float) -> float:
        return level - sum(h * math.sin((x + shift) / length) for h, length, shift in waves)

    return heights


def _curve(*points: Point) -> list[Point]:
    """A smooth line through points (Catmull-Rom)."""
    line: list[Point] = []
    padded = [points[0], *points, points[-1]]
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(24):
            t = step / 24
            line.append(
                tuple(  # type: ignore[arg-type]
                    0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2 + (3 * q - p - 3 * r + s) * t**3)
                    for p, q, r, s in zip(a, b, c, d, strict=True)
                )
            )
    return [*line, points[-1]]


def _hall() -> Sheet:
    """A service hall with five windows."""
    s = Sheet(MIST, PAPER)
    s.box(0, 0, WIDTH, 92, mix(MIST, SKY, 0.35))
    for x in range(130, WIDTH, 335):
        s.card(x - 90, 38, x + 90, 54, PAPER, 8)
    s.brocade(92, 46, INK, mix(INK, SKY, 0.55), HONEY)
    s.box(0, 138, WIDTH, 640, SAND)
    s.weave(0, 138, WIDTH, 640, mix(SAND, STONE, 0.35))
    staff = [(BLUE, True), (INK, False), (BLUE, False), (INK, True), (BLUE, True)]
    for index, (coat, long) in enumerate(staff):
        x = 180 + index * 310
        s.card(x - 132, 190, x + 132, 520, mix(STONE, CLAY, 0.35), 10)
        s.card(x - 120, 202, x + 120, 520, mix(MIST, SKY, 0.5), 6)
        s.shape([(x - 120, 420), (x - 10, 202), (x + 50, 202), (x - 80, 460), (x - 120, 500)], MIST)
        s.card(x - 70, 216, x + 70, 250, INK, 6)
        s.disc(x - 40, 233, 7, HONEY)
        s.card(x - 20, 229, x + 50, 237, SKY, 4)
        s.person(x + 10, 545, 250, coat, long=long, legs=None, lapel=True)
        s.card(x - 100, 440, x - 40, 484, DEEP, 5)
        s.card(x - 74, 484, x - 66, 520, DEEP, 2)
    s.card(-20, 512, WIDTH + 20, 536, mix(CLAY, BARK, 0.2), 4)
    s.box(0, 536, WIDTH, 660, PAPER)
    s.box(0, 640, WIDTH, 660, mix(STONE, CLAY, 0.3))
    for index in range(5):
        x = 180 + index * 310
        s.card(x - 120, 552, x + 120, 630, mix(PAPER, SAND, 0.8), 8)
        s.shape(_lozenge(x, 591, 26, 18), mix(INK, SKY, 0.3))
        s.shape(_lozenge(x, 591, 14, 10), PAPER)
    s.box(0, 660, WIDTH, HEIGHT, mix(STONE, SAND, 0.45))
    for index in range(-7, 24):
        x = index * 110
        s.line(
            [(800 + (x - 800) * 0.75, 660), (800 + (x - 800) * 1.5, HEIGHT)],
            mix(STONE, SAND, 0.1),
            2,
        )
    for y in (700, 756, 830):
        s.box(0, y, WIDTH, y + 2, mix(STONE, SAND, 0.1))
    s.disc(500, 850, 70, mix(STONE, CLAY, 0.25), 0.18)
    s.person(500, 850, 350, VERMILION, skin=TAN, legs=DEEP)
    s.disc(1115, 842, 66, mix(STONE, CLAY, 0.25), 0.18)
    s.person(1115, 842, 330, AMBER, long=True, legs=BARK)
    for x in (690, 800, 910):
        s.card(x - 44, 716, x + 44, 782, BLUE, 10)
        s.card(x - 48, 778, x + 48, 798, INK, 8)
        s.box(x - 38, 798, x - 32, 842, BARK)
        s.box(x + 32, 798, x + 38, 842, BARK)
    s.disc(1420, 862, 92, mix(STONE, CLAY, 0.25), 0.16)
    s.card(1362, 600, 1478, 862, INK, 12)
    s.shape([(1350, 600), (1490, 600), (1478, 500), (1362, 500)], DEEP)
    s.shape([(1366, 588), (1474, 588), (1464, 514), (1376, 514)], SKY)
    s.card(1392, 640, 1448, 652, HONEY, 4)
    s.tree(170, 872, 260, LEAF)
    s.card(128, 800, 212, 884, CLAY, 10)
    s.box(128, 800, 212, 818, mix(CLAY, BARK, 0.3))
    return s


def _plaza() -> Sheet:
    """A plain public building on a square."""
    s = Sheet(mix(SKY, MIST, 0.35), PAPER)
    s.disc(1290, 180, 74, HONEY)
    s.cloud(330, 170, 120, PAPER)
    s.cloud(1080, 120, 90, PAPER)
    s.ridge(_waves(520, (60, 260, 100), (22, 90, 0)), mix(SKY, MIST, 0.2))
    s.ridge(_waves(580, (42, 200, 420), (14, 70, 30)), mix(SKY, BLUE, 0.18))
    for x, top in ((150, 400), (250, 460), (1370, 430), (1470, 370)):
        s.box(x - 60, top, x + 44, 690, mix(SKY, BLUE, 0.35))
        for y in range(top + 30, 660, 44):
            s.box(x - 44, y, x + 28, y + 14, mix(SKY, MIST, 0.5))
    s.box(300, 372, 1300, 690, SAND)
    s.box(300, 372, 1300, 390, STONE)
    for x in list(range(330, 600, 66)) + list(range(1010, 1290, 66)):
        for y in (420, 510, 600):
            s.card(x, y, x + 40, y + 62, mix(BLUE, INK, 0.3), 4)
            s.shape([(x, y + 50), (x + 28, y), (x + 36, y), (x, y + 62)], mix(BLUE, SKY, 0.4))
    s.box(590, 310, 1010, 690, PAPER)
    s.shape([(560, 310), (1040, 310), (1000, 262), (600, 262)], INK)
    s.shape([(548, 318), (1052, 318), (1040, 300), (560, 300)], DEEP)
    s.box(620, 248, 980, 262, INK)
    for x in range(620, 990, 34):
        s.shape(_lozenge(x + 10, 346, 13, 9), mix(INK, SKY, 0.35))
    s.box(590, 368, 1010, 374, STONE)
    for x in (612, 704, 862, 954):
        s.box(x, 374, x + 34, 690, SAND)
        s.box(x + 24, 374, x + 34, 690, STONE)
        s.box(x - 5, 374, x + 39, 388, STONE)
        s.box(x - 5, 676, x + 39, 690, STONE)
    s.box(742, 400, 858, 690, DEEP)
    s.box(748, 406, 797, 690, BLUE)
    s.box(803, 406, 852, 690, BLUE)
    s.shape([(748, 620), (797, 470), (797, 540), (748, 690)], SKY)
    s.shape([(803, 620), (852, 470), (852, 540), (803, 690)], SKY)
    for step in range(5):
        s.box(
            560 - step * 26,
            690 + step * 16,
            1040 + step * 26,
            708 + step * 16,
            mix(PAPER, STONE, 0.2 + step * 0.17),
        )
    s.shape([(0, 690), (560, 690), (456, 770), (0, 770)], MOSS)
    s.shape([(1600, 690), (1040, 690), (1144, 770), (1600, 770)], MOSS)
    s.box(0, 770, WIDTH, HEIGHT, mix(SAND, STONE, 0.35))
    for index in range(-6, 23):
        x = index * 100
        s.line(
            [(800 + (x - 800) * 0.8, 771), (800 + (x - 800) * 1.35, HEIGHT)],
            mix(SAND, STONE, 0.7),
            2,
        )
    s.box(0, 822, WIDTH, 824, mix(SAND, STONE, 0.7))
    for x, tall in ((110, 250), (250, 210), (400, 180), (1200, 180), (1350, 215), (1490, 250)):
        s.tree(x, 752, tall, LEAF if tall != 210 else PINE)
    for x in (520, 1080):
        s.box(x - 3, 610, x + 3, 770, BARK)
        s.card(x - 16, 584, x + 16, 620, HONEY, 8, BARK, 3)
    s.person(690, 846, 190, VERMILION, legs=DEEP)
    s.person(750, 850, 176, BLUE, long=True, skin=TAN)
    s.person(1010, 852, 186, AMBER, skin=TAN, legs=DEEP)
    return s


def _documents() -> Sheet:
    """Papers, a checklist and a pen on a desk."""
    s = Sheet(mix(SAND, STONE, 0.4), mix(SAND, STONE, 0.6))
    s.brocade(0, 70, INK, mix(INK, SKY, 0.5), HONEY)
    s.brocade(830, 70, INK, mix(INK, SKY, 0.5), HONEY)

    def sheet(x: float, y: float, w: float, h: float, angle: float, fill: str) -> None:
        shadow = [(-w + 12, -h + 14), (w + 12, -h + 14), (w + 12, h + 14), (-w + 12, h + 14)]
        s.turned(x, y, angle, shadow, mix(STONE, CLAY, 0.4))
        s.turned(x, y, angle, [(-w, -h), (w, -h), (w, h), (-w, h)], fill)

    def bar(x: float, y: float, angle: float, left: float, top: float, w: float, h: float, fill: str) -> None:
        s.turned(x, y, angle, [(left, top), (left + w, top), (left + w, top + h), (left, top + h)], fill)

    sheet(470, 470, 210, 290, -9, mix(PAPER, SAND, 0.5))
    sheet(500, 460, 210, 290, -4, PAPER)
    bar(500, 460, -4, -160, -240, 200, 22, INK)
    for row in range(9):
        bar(500, 460, -4, -160, -180 + row * 40, 320 if row % 3 != 2 else 220, 10, STONE)
    bar(500, 460, -4, -160, 190, 130, 60, MIST)
    bar(500, 460, -4, 10, 190, 150, 60, MIST)
    sheet(1010, 455, 250, 320, 3, INK)
    sheet(1010, 462, 226, 290, 3, PAPER)
    bar(1010, 455, 3, -80, -345, 160, 60, CLAY)
    bar(1010, 455, 3, -50, -362, 100, 30, BARK)
    bar(1010, 462, 3, -170, -230, 190, 22, INK)
    for row in range(5):
        y = -160 + row * 84
        bar(1010, 462, 3, -176, y, 52, 52, BLUE if row < 4 else STONE)
        bar(1010, 462, 3, -170, y + 6, 40, 40, PAPER)
        bar(1010, 462, 3, -96, y + 8, 250, 12, CLAY if row < 4 else STONE)
        bar(1010, 462, 3, -96, y + 32, 170, 10, STONE)
        if row < 4:
            x, yy = turn(1010, 462, 3, (-148, y + 24))
            s.tick(x, yy, 19, VERMILION if row == 3 else INK, 9)
    s.turned(1390, 520, 24, [(-22, -270), (22, -270), (22, 210), (-22, 210)], mix(STONE, CLAY, 0.4))
    s.turned(1376, 510, 24, [(-20, -270), (20, -270), (20, 200), (-20, 200)], AMBER)
    s.turned(1376, 510, 24, [(6, -270), (20, -270), (20, 200), (6, 200)], mix(AMBER, BARK, 0.25))
    s.turned(1376, 510, 24, [(-20, 200), (20, 200), (0, 262)], FAIR)
    s.turned(1376, 510, 24, [(-7, 240), (7, 240), (0, 262)], DEEP)
    s.turned(1376, 510, 24, [(-20, -250), (20, -250), (20, -230), (-20, -230)], PAPER)
    s.disc(190, 240, 92, mix(STONE, CLAY, 0.35))
    s.disc(180, 228, 90, PAPER)
    s.disc(180, 228, 74, mix(PINE, BARK, 0.2))
    s.disc(176, 222, 62, LEAF)
    s.ring(262, 268, 42, PAPER, 15, (-70, 130))
    for index, (x, y) in enumerate(((150, 660), (214, 720), (150, 764))):
        s.line(
            [(x, y), (x + 50, y), (x + 50, y + 16), (x + 6, y + 16)],
            (BLUE, VERMILION, BLUE)[index],
            5,
        )
    return s


def _phone() -> Sheet:
    """A telephone with a form on it."""
    s = Sheet(MIST, mix(MIST, SAND, 0.8))
    s.disc(800, 470, 400, mix(MIST, SKY, 0.35))
    s.disc(800, 470, 310, mix(MIST, SKY, 0.6))
    s.brocade(846, 54, INK, mix(INK, SKY, 0.5), HONEY)
    s.card(604, 66, 1014, 846, mix(SKY, BLUE, 0.4), 52)
    s.card(594, 54, 1004, 834, DEEP, 52)
    s.card(612, 72, 986, 816, PAPER, 38)
    s.card(742, 82, 856, 100, DEEP, 9)
    s.card(612, 116, 986, 200, INK, 0)
    s.card(642, 148, 800, 168, PAPER, 8)
    s.disc(944, 158, 20, SKY)
    for row, done in enumerate((True, True, False)):
        y = 236 + row * 116
        s.card(642, y, 760 + row * 24, y + 14, CLAY, 6)
        s.card(642, y + 26, 956, y + 82, "#ffffff", 10, BLUE if done else STONE, 3)
        s.card(662, y + 48, 820 - row * 30, y + 60, INK if done else STONE, 5)
        if done:
            s.disc(926, y + 54, 15, PINE)
            s.tick(926, y + 54, 7, PAPER, 4)
        else:
            s.box(648 + 14, y + 40, 648 + 17, y + 68, VERMILION)
    for index in range(3):
        x = 690 + index * 108
        s.card(x - 46, 594, x + 46, 664, MIST, 12)
        s.card(x - 18, 610, x + 18, 648, (BLUE, AMBER, LEAF)[index], 6)
    s.card(642, 696, 956, 762, INK, 14)
    s.card(742, 722, 856, 736, PAPER, 6)
    s.card(754, 788, 844, 796, CLAY, 4)
    s.line([(470, 330), (560, 330)], mix(SKY, BLUE, 0.5), 4)
    s.card(190, 230, 470, 430, "#ffffff", 18)
    s.card(222, 264, 322, 284, INK, 6)
    for row in range(3):
        s.card(222, 312 + row * 34, 430 - row * 44, 324 + row * 34, STONE, 5)
    s.shape([(404, 230), (436, 230), (436, 300), (420, 284), (404, 300)], VERMILION)
    s.line([(1014, 300), (1130, 300)], mix(SKY, BLUE, 0.5), 4)
    s.card(1130, 210, 1410, 390, "#ffffff", 18)
    s.disc(1196, 300, 40, HONEY)
    s.line([(1196, 278), (1196, 302), (1214, 312)], BARK, 6)
    s.card(1260, 266, 1372, 282, INK, 6)
    s.card(1260, 304, 1350, 316, STONE, 5)
    s.line([(1014, 600), (1160, 600)], mix(SKY, BLUE, 0.5), 4)
    s.card(1160, 510, 1440, 690, "#ffffff", 18)
    s.disc(1226, 600, 40, PINE)
    s.tick(1226, 600, 18, PAPER, 8)
    s.card(1290, 566, 1402, 582, INK, 6)
    s.card(1290, 604, 1374, 616, STONE, 5)
    s.line([(440, 620), (584, 620)], mix(SKY, BLUE, 0.5), 4)
    s.card(160, 530, 440, 710, "#ffffff", 18)
    s.disc(228, 620, 46, mix(MIST, SKY, 0.4))
    s.disc(228, 604, 17, TAN)
    s.half(228, 603, 18, HAIR)
    s.half(228, 656, 32, AMBER)
    s.card(290, 586, 402, 602, INK, 6)
    s.card(290, 624, 374, 636, STONE, 5)
    s.card(290, 652, 350, 664, STONE, 5)
    return s


def _hills() -> Sheet:
    """Layered hills and a river."""
    s = Sheet(mix(HONEY, PAPER, 0.55), PAPER)
    s.disc(1130, 250, 96, mix(VERMILION, AMBER, 0.55))
    s.disc(1130, 250, 78, mix(VERMILION, AMBER, 0.75))
    s.cloud(420, 160, 130, mix(PAPER, HONEY, 0.25))
    s.cloud(1310, 330, 110, PAPER)
    layers = [
        (_waves(400, (90, 210, 0), (28, 80, 40)), mix(SKY, MIST, 0.35)),
        (_waves(470, (80, 180, 500), (26, 66, 0)), SKY),
        (_waves(545, (70, 240, 900), (22, 74, 200)), mix(SKY, BLUE, 0.45)),
        (_waves(610, (52, 190, 260), (18, 60, 90)), BLUE),
    ]
    for heights, colour in layers:
        s.ridge(heights, colour)
    s.ridge(_waves(680, (36, 230, 700)), INK)
    s.ridge(_waves(716, (16, 320, 100)), mix(PINE, INK, 0.35))
    left = _curve((690, 700), (760, 730), (640, 775), (480, 820), (400, 905))
    right = _curve((1260, 905), (1090, 820), (1010, 775), (960, 735), (780, 700))
    s.shape([*left, *right], mix(SKY, MIST, 0.45))
    for x, y, w in (
        (720, 750, 70),
        (800, 790, 120),
        (640, 830, 90),
        (930, 850, 140),
        (740, 868, 80),
    ):
        s.card(x, y, x + w, y + 5, PAPER, 2)
    s.ridge(lambda x: 905 - max(0, 620 - x) * 0.22 - max(0, x - 1150) * 0.3, PINE)
    s.ridge(lambda x: 925 - max(0, 420 - x) * 0.26 - max(0, x - 1330) * 0.4, mix(PINE, DEEP, 0.3))
    for x, foot, tall in (
        (70, 850, 190),
        (160, 870, 150),
        (250, 872, 120),
        (1490, 850, 170),
        (1400, 880, 130),
        (1560, 830, 210),
    ):
        s.tree(x, foot, tall, LEAF)
    s.shape([(830, 806), (990, 806), (964, 832), (856, 832)], BARK)
    s.shape([(868, 806), (872, 778), (940, 772), (952, 806)], VERMILION)
    s.line([(858, 806), (816, 750)], BARK, 4)
    for x, y in ((560, 250), (600, 236), (650, 256)):
        s.line([(x - 16, y - 8), (x, y), (x + 16, y - 8)], BARK, 4)
    return s


def _bridge() -> Sheet:
    """A covered bridge over a city river at dusk."""
    s = Sheet(mix(SKY, BLUE, 0.25), mix(HONEY, PAPER, 0.35))
    s.disc(330, 230, 70, mix(HONEY, PAPER, 0.3))
    s.cloud(1220, 150, 120, mix(SKY, PAPER, 0.5))
    s.cloud(640, 110, 84, mix(SKY, PAPER, 0.4))
    for index, (x, top, w) in enumerate(
        (
            (40, 330, 110),
            (170, 270, 80),
            (270, 380, 130),
            (430, 300, 70),
            (520, 400, 110),
            (980, 390, 120),
            (1120, 290, 80),
            (1220, 350, 130),
            (1370, 250, 90),
            (1480, 340, 120),
        )
    ):
        tone = mix(SKY, BLUE, 0.25 + 0.12 * (index % 3))
        s.box(x, top, x + w, 600, tone)
        for y in range(top + 24, 560, 40):
            for column in range(x + 16, x + w - 20, 30):
                if (column * 7 + y * 3) % 5:
                    s.box(
                        column,
                        y,
                        column + 12,
                        y + 16,
                        HONEY if (column + y) % 4 == 0 else mix(tone, PAPER, 0.35),
                    )
    s.ridge(_waves(590, (10, 40, 0), (12, 95, 30)), PINE, 640)
    s.ridge(_waves(606, (8, 34, 20), (9, 80, 60)), LEAF, 640)
    s.box(0, 630, WIDTH, HEIGHT, mix(BLUE, INK, 0.35))
    s.box(0, 618, WIDTH, 634, CLAY)

    def deck(x: float) -> float:
        return 560 - 70 * math.cos((x - 800) / 700 * math.pi / 2)

    xs = list(range(150, 1451, 10))
    s.shape([(x, deck(x)) for x in xs] + [(1450, 690), (150, 690)], STONE)
    s.shape([(x, deck(x)) for x in xs] + [(x, deck(x) + 16) for x in reversed(xs)], CLAY)
    water = mix(BLUE, INK, 0.35)
    for x, radius in ((320, 96), (560, 118), (800, 128), (1040, 118), (1280, 96)):
        s.half(x, 690, radius + 12, mix(STONE, CLAY, 0.55))
        s.half(x, 690, radius, water)
    s.box(0, 690, WIDTH, HEIGHT, water)
    for x in range(250, 1351, 50):
        s.box(x - 4, deck(x) - 84, x + 4, deck(x), VERMILION)
        s.box(x - 25, deck(x) - 26, x + 25, deck(x) - 20, mix(VERMILION, BARK, 0.3))
    roof = [x for x in xs if 210 <= x <= 1390]
    s.shape(
        [(x, deck(x) - 84) for x in roof] + [(x, deck(x) - 128) for x in reversed(roof) if 240 <= x <= 1360],
        DEEP,
    )
    s.shape([(x, deck(x) - 84) for x in roof] + [(x, deck(x) - 94) for x in reversed(roof)], AMBER)
    for x, w in ((800, 150), (430, 96), (1170, 96)):
        base = deck(x) - 124
        for tier in range(2):
            width = w * (1 - tier * 0.35)
            level = base - tier * 62
            s.box(x - width * 0.62, level - 22, x + width * 0.62, level + 6, VERMILION)
            s.box(x - width * 0.5, level - 16, x + width * 0.5, level, HONEY)
            s.shape(
                [
                    *_curve(
                        (x - width, level - 34),
                        (x - width * 0.7, level - 26),
                        (x - width * 0.3, level - 58),
                    ),
                    *_curve(
                        (x + width * 0.3, level - 58),
                        (x + width * 0.7, level - 26),
                        (x + width, level - 34),
                    ),
                    (x + width * 0.8, level - 16),
                    (x - width * 0.8, level - 16),
                ],
                INK,
            )
        s.shape(_lozenge(x, base - 128, 8, 16), AMBER)
    for x, y, w in (
        (180, 740, 150),
        (420, 780, 110),
        (300, 846, 170),
        (700, 740, 200),
        (660, 810, 150),
        (960, 770, 130),
        (1180, 740, 150),
        (1100, 840, 220),
        (1380, 800, 150),
        (820, 872, 160),
    ):
        s.card(x, y, x + w, y + 6, mix(water, SKY, 0.45), 3)
    for x in (320, 560, 800, 1040, 1280):
        s.card(x - 36, 716, x + 36, 722, HONEY, 3)
        s.card(x - 22, 738, x + 22, 743, mix(HONEY, water, 0.4), 3)
        s.card(x - 12, 758, x + 12, 762, mix(HONEY, water, 0.65), 3)
    s.shape([(1210, 812), (1400, 812), (1372, 842), (1240, 842)], BARK)
    s.shape([(1250, 812), (1258, 778), (1346, 778), (1358, 812)], AMBER)
    return s


def _snow() -> Sheet:
    """Snow mountains above a valley."""
    s = Sheet(mix(SKY, BLUE, 0.2), MIST)
    s.disc(300, 190, 66, PAPER)

    def peak(x: float, top: float, half: float, base: float, rock: str, cap: float) -> None:
        shade = mix(rock, DEEP, 0.28)
        s.shape([(x, top), (x + half, base), (x - half, base)], rock)
        s.shape(
            [
                (x, top),
                (x + half, base),
                (x + half * 0.12, base),
                (x - half * 0.06, top + (base - top) * 0.45),
                (x + half * 0.05, top + (base - top) * 0.2),
            ],
            shade,
        )
        y = top + (base - top) * cap
        reach = half * cap
        s.shape(
            [
                (x, top),
                (x + reach, y),
                (x + reach * 0.62, y - 22),
                (x + reach * 0.3, y + 34),
                (x + reach * 0.02, y - 14),
                (x - reach * 0.34, y + 40),
                (x - reach * 0.62, y - 6),
                (x - reach, y),
            ],
            PAPER,
        )
        s.shape(
            [
                (x, top),
                (x + reach, y),
                (x + reach * 0.62, y - 22),
                (x + reach * 0.3, y + 34),
                (x + reach * 0.02, y - 14),
                (x + half * 0.05, top + (base - top) * 0.2),
            ],
            mix(SKY, MIST, 0.35),
        )

    peak(250, 340, 380, 720, mix(SKY, BLUE, 0.35), 0.4)
    peak(1420, 310, 400, 720, mix(SKY, BLUE, 0.35), 0.42)
    peak(560, 250, 430, 740, mix(BLUE, SKY, 0.35), 0.42)
    peak(1120, 230, 440, 740, mix(BLUE, SKY, 0.3), 0.44)
    peak(830, 120, 520, 760, BLUE, 0.46)
    s.cloud(420, 470, 150, mix(PAPER, MIST, 0.4))
    s.cloud(1270, 500, 170, mix(PAPER, MIST, 0.4))
    s.ridge(_waves(690, (34, 180, 60), (12, 60, 10)), mix(PINE, INK, 0.35))
    for index in range(34):
        x = 20 + index * 48
        s.fir(
            x,
            726 + 14 * math.sin(index * 2.1),
            92 + 34 * math.sin(index * 1.7),
            mix(PINE, INK, 0.3 + 0.2 * (index % 3)),
        )
    s.ridge(_waves(742, (16, 260, 0)), LEAF)
    s.ridge(_waves(800, (18, 230, 300)), MOSS)
    road = _curve((700, 742), (800, 770), (700, 800), (640, 850), (700, 910))
    back = _curve((990, 910), (800, 850), (800, 806), (850, 770), (730, 742))
    s.shape([*road, *back], SAND)
    s.line(_curve((716, 744), (820, 770), (750, 803), (720, 850), (840, 905)), HONEY, 4)
    for x, foot, w, h in ((1120, 812, 150, 120), (1290, 830, 180, 150)):
        s.shape(
            [
                (x - w / 2, foot),
                (x - w / 2 + 10, foot - h),
                (x + w / 2 - 10, foot - h),
                (x + w / 2, foot),
            ],
            SAND,
        )
        s.shape(
            [
                (x + w * 0.2, foot),
                (x + w * 0.2, foot - h),
                (x + w / 2 - 10, foot - h),
                (x + w / 2, foot),
            ],
            STONE,
        )
        s.box(x - w / 2, foot - h - 16, x + w / 2, foot - h, mix(VERMILION, BARK, 0.35))
        s.box(x - w / 2 + 4, foot - h - 24, x + w / 2 - 4, foot - h - 16, PAPER)
        for row in range(2):
            for column in range(3):
                wx, wy = x - w * 0.36 + column * w * 0.26, foot - h + 20 + row * h * 0.42
                s.shape(
                    [
                        (wx - 3, wy + h * 0.24),
                        (wx + 2, wy),
                        (wx + w * 0.14 - 2, wy),
                        (wx + w * 0.14 + 3, wy + h * 0.24),
                    ],
                    DEEP,
                )
                s.box(wx - 4, wy - 6, wx + w * 0.14 + 4, wy, VERMILION)
    for x in range(120, 560, 74):
        s.box(x - 5, 828, x + 5, 884, BARK)
    s.box(100, 842, 570, 850, BARK)
    s.box(100, 862, 570, 870, BARK)
    for x, foot, tall in ((70, 880, 210), (1480, 880, 230), (1560, 870, 180)):
        s.fir(x, foot, tall, PINE)
    return s


def _terraces() -> Sheet:
    """Terraced fields and farmhouses."""
    s = Sheet(MIST, mix(HONEY, PAPER, 0.6))
    s.disc(380, 200, 80, HONEY)
    s.cloud(820, 150, 120, PAPER)
    s.cloud(1340, 210, 100, PAPER)
    s.ridge(_waves(360, (60, 240, 100), (20, 70, 0)), mix(SKY, MIST, 0.3))
    s.ridge(_waves(410, (52, 200, 700), (16, 60, 40)), mix(SKY, LEAF, 0.35))
    s.ridge(_waves(450, (44, 300, 300)), mix(LEAF, SKY, 0.3))
    colours = [
        MOSS,
        HONEY,
        LEAF,
        mix(MOSS, HONEY, 0.5),
        mix(SKY, MIST, 0.4),
        LEAF,
        mix(HONEY, AMBER, 0.25),
        MOSS,
    ]
    for index in range(8):
        level = 476 + index * 52
        swell, shift = 22 + index * 3, index * 140
        line = _waves(level, (swell, 170 + index * 14, shift), (swell * 0.35, 66, index * 50))
        s.ridge(line, mix(BARK, PINE, 0.45))
        s.ridge(lambda x, line=line: line(x) + 9 + 3 * math.sin(x / 40), colours[index])
        if index == 4:
            for x in range(90, 1600, 190):
                s.card(x, line(x) + 26, x + 70, line(x) + 30, PAPER, 2)
        elif index in (2, 5, 7):
            for x in range(40 + index * 11, 1600, 58):
                y = line(x) + 34
                s.line([(x, y), (x - 6, y - 13)], PINE, 3)
                s.line([(x, y), (x + 6, y - 13)], PINE, 3)
    for x, foot, w in ((1180, 512, 150), (1330, 540, 120)):
        s.box(x - w / 2, foot - w * 0.5, x + w / 2, foot, PAPER)
        s.box(x - w / 2, foot - w * 0.12, x + w / 2, foot, STONE)
        s.shape(
            [
                (x - w * 0.64, foot - w * 0.46),
                (x - w * 0.42, foot - w * 0.8),
                (x + w * 0.42, foot - w * 0.8),
                (x + w * 0.64, foot - w * 0.46),
            ],
            INK,
        )
        s.box(x - w * 0.64, foot - w * 0.48, x + w * 0.64, foot - w * 0.44, DEEP)
        s.box(x - w * 0.1, foot - w * 0.34, x + w * 0.1, foot, mix(VERMILION, BARK, 0.4))
        s.box(x - w * 0.38, foot - w * 0.32, x - w * 0.2, foot - w * 0.18, DEEP)
        s.box(x + w * 0.2, foot - w * 0.32, x + w * 0.38, foot - w * 0.18, DEEP)
    for x, foot, tall in (
        (1070, 520, 130),
        (1430, 560, 150),
        (1490, 570, 110),
        (240, 500, 110),
        (180, 512, 140),
    ):
        s.tree(x, foot, tall, PINE)
    for x, foot, tall in ((110, 860, 210), (1500, 880, 220)):
        s.tree(x, foot, tall, LEAF)
        for dx, dy in ((-30, -150), (20, -120), (38, -158), (-6, -176), (-46, -110), (4, -136)):
            s.disc(x + dx, foot + dy, 9, AMBER)
    s.person(620, 800, 150, VERMILION, skin=TAN, legs=DEEP)
    s.shape([(578, 672), (620, 640), (662, 672)], HONEY)
    s.box(676, 690, 682, 800, BARK)
    return s


def _counter() -> Sheet:
    """Two people at a counter."""
    s = Sheet(SAND, PAPER)
    s.weave(0, 60, WIDTH, 640, mix(SAND, STONE, 0.28))
    s.brocade(0, 60, INK, mix(INK, SKY, 0.5), HONEY)
    s.card(860, 130, 1480, 560, mix(STONE, CLAY, 0.2), 16)
    s.card(876, 146, 1464, 560, mix(MIST, SKY, 0.3), 10)
    s.shape([(876, 470), (1040, 146), (1140, 146), (930, 560), (876, 560)], MIST)
    s.card(140, 170, 420, 400, PAPER, 10, CLAY, 8)
    for row in range(4):
        s.disc(182, 216 + row * 46, 10, (INK, BLUE, AMBER, LEAF)[row])
        s.card(210, 210 + row * 46, 384 - (row % 2) * 50, 222 + row * 46, STONE, 5)

    def bust(x: float, foot: float, size: float, coat: str, skin: str, long: bool, collar: str) -> None:
        if long:
            s.card(x - size * 1.06, foot - size * 5.05, x + size * 1.06, foot - size * 2.5, HAIR, size)
        s.card(
            x - size * 0.4,
            foot - size * 3.5,
            x + size * 0.4,
            foot - size * 2.2,
            mix(skin, TAN, 0.7),
            8,
        )
        s.card(x - size * 1.75, foot - size * 2.65, x + size * 1.75, foot + size, coat, size * 0.85)
        s.shape(
            [
                (x - size * 0.62, foot - size * 2.66),
                (x + size * 0.62, foot - size * 2.66),
                (x, foot - size * 1.35),
            ],
            collar,
        )
        s.card(
            x - size * 0.34,
            foot - size * 3.1,
            x + size * 0.34,
            foot - size * 2.36,
            mix(skin, TAN, 0.7),
            size * 0.3,
        )
        s.disc(x, foot - size * 4, size, skin)
        s.half(x, foot - size * 4.06, size * 1.06, HAIR)
        s.card(x - size * 1.06, foot - size * 4.5, x - size * 0.72, foot - size * 3.85, HAIR, 8)
        s.card(x + size * 0.72, foot - size * 4.5, x + size * 1.06, foot - size * 3.85, HAIR, 8)
        s.disc(x - size * 0.34, foot - size * 3.92, size * 0.075, HAIR)
        s.disc(x + size * 0.34, foot - size * 3.92, size * 0.075, HAIR)
        s.ring(x, foot - size * 3.75, size * 0.3, mix(skin, VERMILION, 0.55), 4, (35, 145))

    bust(1150, 600, 78, INK, FAIR, True, PAPER)
    s.card(1208, 470, 1262, 500, PAPER, 5)
    s.card(1216, 480, 1240, 486, VERMILION, 2)
    s.card(1330, 430, 1470, 540, DEEP, 10)
    s.box(1392, 540, 1408, 590, DEEP)
    s.card(1350, 584, 1450, 600, DEEP, 6)
    s.card(560, 592, WIDTH + 40, 632, mix(CLAY, BARK, 0.15), 8)
    s.box(600, 632, WIDTH, HEIGHT, PAPER)
    s.box(600, 632, WIDTH, 650, STONE)
    for x in range(690, WIDTH, 200):
        s.card(x, 690, x + 150, 840, mix(PAPER, SAND, 0.9), 10)
        s.shape(_lozenge(x + 75, 765, 40, 40), mix(INK, SKY, 0.35))
        s.shape(_lozenge(x + 75, 765, 25, 25), PAPER)
        s.shape(_lozenge(x + 75, 765, 11, 11), AMBER)
    s.box(0, 860, WIDTH, HEIGHT, STONE)
    s.box(600, 852, WIDTH, 862, CLAY)
    bust(470, 640, 88, VERMILION, TAN, False, HONEY)
    s.card(316, 560, 624, 980, VERMILION, 60)
    s.line([(470, 560), (470, 900)], mix(VERMILION, DEEP, 0.2), 4)
    s.line([(600, 560), (690, 612), (780, 586)], mix(VERMILION, DEEP, 0.2), 50)
    s.disc(794, 582, 26, TAN)
    s.line([(1020, 540), (960, 590), (900, 584)], mix(INK, DEEP, 0.5), 44)
    s.disc(890, 582, 23, FAIR)
    s.turned(842, 566, -8, [(-66, -44), (66, -44), (66, 40), (-66, 40)], STONE)
    s.turned(840, 562, -8, [(-66, -44), (66, -44), (66, 40), (-66, 40)], "#ffffff")
    for row in range(3):
        s.turned(
            840,
            562,
            -8,
            [
                (-48, -26 + row * 20),
                (44 - row * 16, -26 + row * 20),
                (44 - row * 16, -19 + row * 20),
                (-48, -19 + row * 20),
            ],
            BLUE if row == 0 else STONE,
        )
    s.card(660, 540, 716, 594, CLAY, 8)
    s.disc(674, 512, 26, LEAF)
    s.disc(704, 506, 24, MOSS)
    s.disc(690, 486, 22, PINE)
    s.card(90, 600, 150, 862, BARK, 10)
    s.card(40, 858, 250, 866, CLAY, 2)
    s.tree(120, 862, 420, LEAF)
    s.card(66, 770, 174, 870, INK, 14)
    return s


def _calendar() -> Sheet:
    """A calendar and a clock."""
    s = Sheet(mix(MIST, SKY, 0.35), mix(MIST, SAND, 0.5))
    s.weave(0, 0, WIDTH, 830, mix(MIST, SKY, 0.55))
    s.brocade(838, 62, INK, mix(INK, SKY, 0.5), HONEY)
    s.card(234, 134, 994, 778, mix(SKY, BLUE, 0.45), 28)
    s.card(220, 118, 980, 762, PAPER, 28)
    s.card(220, 118, 980, 262, INK, 28)
    s.box(220, 220, 980, 262, INK)
    s.card(300, 170, 520, 196, PAPER, 10)
    s.card(300, 212, 430, 226, SKY, 6)
    for x in range(320, 960, 140):
        s.card(x - 11, 78, x + 11, 160, CLAY, 11)
        s.card(x - 11, 78, x + 3, 160, STONE, 7)
    for row in range(5):
        for column in range(7):
            x, y = 262 + column * 98, 290 + row * 90
            if (row == 0 and column < 2) or (row == 4 and column > 3):
                continue
            rest = column > 4
            fill = SAND if rest else MIST
            if (row, column) in ((1, 2), (1, 3), (2, 0)):
                fill = BLUE
            if (row, column) == (2, 1):
                fill = VERMILION
            if (row, column) in ((3, 5), (1, 5)):
                fill = HONEY
            s.card(x, y, x + 84, y + 76, fill, 12)
            dark = fill in (BLUE, VERMILION)
            s.card(x + 14, y + 14, x + 40, y + 26, PAPER if dark else CLAY, 5)
            if fill == BLUE:
                s.tick(x + 52, y + 50, 13, PAPER, 6)
            if fill == VERMILION:
                s.disc(x + 50, y + 50, 13, PAPER)
            if fill == HONEY:
                s.shape(_lozenge(x + 50, y + 50, 15, 13), AMBER)
    s.disc(1262, 402, 206, mix(SKY, BLUE, 0.45))
    s.disc(1250, 388, 206, INK)
    s.disc(1250, 388, 182, PAPER)
    for hour in range(12):
        a = hour * 30
        inner = 140 if hour % 3 == 0 else 152
        s.line(
            [turn(1250, 388, a, (0, -inner)), turn(1250, 388, a, (0, -164))],
            INK if hour % 3 == 0 else CLAY,
            9 if hour % 3 == 0 else 5,
        )
    s.draw.pieslice([v * SCALE for v in (1130, 268, 1370, 508)], 180, 270, fill=mix(HONEY, PAPER, 0.35))
    s.line([(1250, 388), turn(1250, 388, 270, (0, -86))], INK, 15)
    s.line([(1250, 388), turn(1250, 388, 0, (0, -128))], INK, 10)
    s.disc(1250, 388, 16, VERMILION)
    s.card(1130, 660, 1380, 838, AMBER, 16)
    s.box(1130, 700, 1380, 716, mix(AMBER, BARK, 0.3))
    s.tree(1480, 838, 300, LEAF)
    s.card(1432, 752, 1528, 838, CLAY, 10)
    s.card(1170, 632, 1340, 668, INK, 8)
    s.card(1190, 604, 1350, 636, PAPER, 8)
    s.box(1190, 618, 1350, 624, STONE)
    return s


def _map() -> Sheet:
    """A plan of streets with pins."""
    s = Sheet(SAND, SAND)
    for x, y, w, h, colour in (
        (60, 70, 330, 190, MOSS),
        (1080, 560, 380, 260, MOSS),
        (640, 90, 210, 120, mix(MOSS, LEAF, 0.4)),
        (160, 640, 240, 180, mix(MOSS, LEAF, 0.3)),
    ):
        s.card(x, y, x + w, y + h, colour, 26)
    river = _curve(
        (-40, 520),
        (220, 450),
        (460, 540),
        (720, 470),
        (930, 330),
        (1180, 330),
        (1360, 210),
        (1680, 190),
    )
    banks = [(x, y - 52) for x, y in river] + [(x, y + 52) for x, y in reversed(river)]
    s.shape(banks, mix(SKY, MIST, 0.1))
    street, edge = PAPER, STONE
    roads = [
        [(-20, 300), (500, 300), (720, 250), (1620, 60)],
        [(-20, 760), (560, 740), (1000, 700), (1620, 470)],
        [(480, -20), (500, 300), (540, 740), (520, 920)],
        [(940, -20), (900, 210), (1000, 700), (1060, 920)],
        [(1320, -20), (1290, 140), (1360, 570), (1480, 920)],
        [(120, -20), (140, 300), (100, 920)],
    ]
    for road in roads:
        s.line(road, edge, 50)
    for road in roads:
        s.line(road, street, 42)
    lanes = [
        [(140, 200), (490, 190)],
        [(700, 256), (690, 60), (930, 60)],
        [(520, 640), (1000, 600)],
        [(780, 720), (760, 900)],
        [(1345, 480), (1600, 400)],
        [(310, 300), (320, 430)],
        [(1080, 180), (1110, 290)],
        [(300, 750), (310, 900)],
    ]
    for lane in lanes:
        s.line(lane, edge, 26)
    for lane in lanes:
        s.line(lane, street, 20)
    for x, y, w, h in (
        (200, 340, 80, 50),
        (560, 330, 120, 60),
        (580, 580, 90, 40),
        (700, 640, 120, 50),
        (560, 100, 90, 60),
        (760, 290, 90, 40),
        (1040, 60, 120, 60),
        (1160, 190, 90, 60),
        (1420, 260, 120, 70),
        (1180, 470, 110, 50),
        (860, 780, 110, 60),
        (620, 790, 100, 60),
        (200, 560, 110, 40),
        (380, 600, 90, 60),
        (1430, 60, 110, 34),
        (1420, 640, 90, 60),
    ):
        s.card(x, y, x + w, y + h, mix(STONE, SAND, 0.2), 6)
    s.brocade(852, 48, INK, mix(INK, SKY, 0.5), HONEY)
    route = [(309, 846), (305, 750), (540, 740), (1000, 700), (962, 480), (900, 240)]
    for a, b in pairwise(route):
        steps = int(math.dist(a, b) // 26)
        for step in range(steps):
            t = step / steps
            s.disc(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, 7, VERMILION)

    def pin(x: float, y: float, size: float, colour: str) -> None:
        s.disc(x, y, size * 0.5, mix(STONE, CLAY, 0.5), 0.35)
        s.shape([(x - size * 0.87, y - size * 1.7), (x + size * 0.87, y - size * 1.7), (x, y)], colour)
        s.disc(x, y - size * 2.1, size, colour)
        s.disc(x, y - size * 2.1, size * 0.45, PAPER)

    pin(300, 262, 34, BLUE)
    pin(1342, 300, 34, BLUE)
    pin(1290, 640, 34, BLUE)
    pin(220, 720, 34, BLUE)
    pin(620, 470, 34, AMBER)
    pin(900, 236, 62, INK)
    s.shape(_lozenge(900, 106, 16, 16), VERMILION)
    s.disc(1490, 770, 62, PAPER)
    s.ring(1490, 770, 62, CLAY, 4)
    s.shape([(1490, 720), (1506, 770), (1474, 770)], VERMILION)
    s.shape([(1490, 820), (1506, 770), (1474, 770)], CLAY)
    return s


def _sign() -> Sheet:
    """A stop with a way-sign."""
    s = Sheet(mix(SKY, MIST, 0.4), PAPER)
    s.disc(260, 180, 70, HONEY)
    s.cloud(640, 150, 110, PAPER)
    s.cloud(1380, 130, 100, PAPER)
    for index, x in enumerate(range(-40, 1640, 120)):
        top = 330 + 90 * math.sin(index * 1.9) + 40 * math.cos(index * 3.1)
        tone = mix(SKY, MIST, 0.25 + 0.2 * (index % 2))
        s.box(x, top, x + 108, 700, tone)
        for y in range(int(top) + 26, 640, 46):
            for column in range(x + 18, x + 92, 30):
                s.box(column, y, column + 14, y + 18, mix(tone, PAPER, 0.5))
    for x in range(60, 1640, 210):
        s.tree(x, 716, 230, LEAF if x % 420 else PINE)
    s.box(0, 700, WIDTH, 780, STONE)
    s.box(0, 700, WIDTH, 708, mix(STONE, PAPER, 0.5))
    for x in range(0, WIDTH, 80):
        s.box(x, 708, x + 2, 780, mix(STONE, CLAY, 0.25))
    s.box(0, 780, WIDTH, 796, CLAY)
    s.box(0, 796, WIDTH, HEIGHT, BARK)
    for x in range(40, WIDTH, 220):
        s.card(x, 846, x + 120, 856, SAND, 3)
    s.shape([(760, 340), (1420, 340), (1450, 372), (730, 372)], INK)
    s.box(730, 372, 1450, 386, DEEP)
    for x in (770, 1396):
        s.box(x, 386, x + 14, 740, BARK)
    s.box(790, 400, 1390, 690, mix(MIST, PAPER, 0.3))
    for x in (990, 1190):
        s.box(x, 400, x + 6, 690, SKY)
    s.shape([(790, 600), (900, 400), (960, 400), (800, 690), (790, 690)], PAPER)
    s.card(1020, 430, 1160, 590, PAPER, 6, INK, 5)
    s.line(_curve((1040, 560), (1070, 500), (1110, 530), (1140, 456)), AMBER, 6)
    for x, y in ((1040, 560), (1072, 504), (1140, 456)):
        s.disc(x, y, 8, INK)
    s.card(830, 650, 1180, 668, AMBER, 6)
    s.card(830, 612, 1180, 626, AMBER, 6)
    for x in (860, 1140):
        s.box(x, 668, x + 8, 740, BARK)
    s.person(1270, 752, 250, VERMILION, long=True, legs=DEEP)
    s.card(1302, 610, 1346, 664, AMBER, 8)
    s.ring(1324, 610, 15, BARK, 5, (180, 360))
    s.person(1340 + 30, 754, 170, BLUE, skin=TAN, legs=BARK)
    s.box(452, 230, 468, 752, BARK)
    s.disc(460, 752, 34, BARK, 0.25)
    s.shape([(300, 262), (590, 262), (640, 312), (590, 362), (300, 362)], INK)
    s.shape([(312, 274), (585, 274), (623, 312), (585, 350), (312, 350)], mix(INK, BLUE, 0.35))
    s.card(404, 296, 560, 308, PAPER, 5)
    s.card(404, 322, 510, 332, SKY, 4)
    s.box(340, 294, 376, 334, PAPER)
    s.shape([(332, 298), (384, 298), (358, 280)], PAPER)
    s.box(353, 310, 363, 334, INK)
    s.shape([(620, 396), (350, 396), (308, 436), (350, 476), (620, 476)], BLUE)
    s.card(380, 422, 560, 434, PAPER, 5)
    s.card(380, 446, 500, 455, SKY, 4)
    s.card(412, 520, 508, 640, PAPER, 8, INK, 6)
    for row in range(4):
        s.card(430, 544 + row * 22, 490 - (row % 2) * 16, 552 + row * 22, STONE, 3)
    s.disc(460, 214, 24, VERMILION)
    s.disc(460, 214, 11, PAPER)
    return s


def _envelope() -> Sheet:
    """A letter in an envelope, on its way."""
    s = Sheet(mix(SAND, HONEY, 0.18), PAPER)
    s.weave(0, 0, WIDTH, 838, mix(SAND, STONE, 0.2))
    s.brocade(838, 62, INK, mix(INK, SKY, 0.5), HONEY)
    s.card(444, 370, 1184, 800, mix(STONE, CLAY, 0.35), 18)
    s.shape([(430, 380), (800, 190), (1170, 380), (1170, 500), (430, 500)], mix(INK, DEEP, 0.3))
    s.card(500, 150, 1100, 700, "#ffffff", 14)
    s.card(560, 206, 760, 232, INK, 8)
    for row in range(5):
        s.card(560, 268 + row * 38, 1036 - (90 if row in (2, 4) else 0), 280 + row * 38, STONE, 5)
    s.disc(1010, 220, 32, PINE)
    s.tick(1010, 221, 14, PAPER, 7)
    s.shape([(430, 380), (800, 620), (430, 780)], mix(BLUE, SKY, 0.15))
    s.shape([(1170, 380), (800, 620), (1170, 780)], mix(BLUE, INK, 0.2))
    s.shape([(430, 786), (430, 770), (770, 566), (800, 556), (830, 566), (1170, 770), (1170, 786)], BLUE)
    s.card(430, 766, 1170, 790, BLUE, 12)
    s.line([(438, 778), (770, 572), (800, 562), (830, 572), (1162, 778)], mix(BLUE, SKY, 0.4), 4)
    for y, x, w in ((420, 120, 230), (500, 60, 300), (580, 170, 190)):
        s.card(x, y, x + w, y + 12, mix(SKY, BLUE, 0.2), 6)
        s.disc(x - 26, y + 6, 6, AMBER)
    s.disc(1380, 470, 120, mix(MIST, SKY, 0.4))
    s.shape([(1270, 460), (1380, 350), (1490, 460)], INK)
    s.box(1300, 452, 1460, 580, PAPER)
    s.box(1355, 490, 1405, 580, VERMILION)
    s.disc(1394, 536, 4, HONEY)
    s.box(1314, 480, 1342, 510, BLUE)
    s.box(1418, 480, 1446, 510, BLUE)
    s.box(1278, 580, 1482, 590, CLAY)
    for index in range(5):
        s.disc(1190 + index * 22, 668 - index * 22, 6, VERMILION)
    return s


def _handshake() -> Sheet:
    """Two hands meet before a growing town."""
    s = Sheet(mix(SKY, MIST, 0.3), PAPER)
    s.disc(800, 420, 330, mix(HONEY, PAPER, 0.45))
    s.disc(800, 420, 250, mix(HONEY, PAPER, 0.15))
    for index, (x, top, w) in enumerate(
        (
            (40, 380, 120),
            (180, 300, 90),
            (290, 420, 140),
            (1180, 400, 130),
            (1330, 280, 100),
            (1450, 360, 120),
        )
    ):
        tone = (SKY, mix(SKY, BLUE, 0.35), mix(SKY, MIST, 0.4))[index % 3]
        s.box(x, top, x + w, 846, tone)
        for y in range(top + 28, 800, 44):
            for column in range(x + 18, x + w - 20, 34):
                s.box(column, y, column + 16, y + 20, mix(tone, PAPER, 0.5))
    s.box(520, 190, 532, 846, AMBER)
    s.box(380, 214, 700, 224, AMBER)
    s.shape([(526, 150), (700, 214), (526, 190), (380, 214)], mix(AMBER, PAPER, 0.3))
    s.box(646, 224, 649, 300, BARK)
    s.box(628, 300, 668, 322, BARK)
    s.ridge(_waves(800, (18, 210, 0)), MOSS)
    s.brocade(846, 54, INK, mix(INK, SKY, 0.5), HONEY)

    def limb(points: list[Point], colour: str, width: float) -> None:
        s.line(points, colour, width)

    # Sleeves, cuffs and hands: the left hand behind, the right hand's fingers around it.
    s.shape([(-20, 470), (430, 424), (470, 640), (-20, 790)], INK)
    s.shape([(-20, 690), (456, 570), (470, 640), (-20, 790)], DEEP)
    s.shape([(412, 420), (486, 408), (532, 634), (458, 652)], "#ffffff")
    s.shape([(486, 408), (500, 406), (546, 630), (532, 634)], STONE)
    s.shape([(1620, 430), (1180, 410), (1140, 630), (1620, 760)], VERMILION)
    s.shape([(1620, 660), (1152, 560), (1140, 630), (1620, 760)], mix(VERMILION, DEEP, 0.3))
    s.shape([(1196, 408), (1122, 394), (1078, 620), (1152, 640)], "#ffffff")
    s.shape([(1122, 394), (1108, 392), (1064, 616), (1078, 620)], STONE)
    shade = mix(FAIR, TAN, 0.75)
    s.shape(
        _curve(
            (500, 430),
            (600, 424),
            (700, 410),
            (800, 430),
            (890, 480),
            (900, 560),
            (840, 640),
            (720, 650),
            (620, 616),
            (536, 620),
        ),
        FAIR,
    )
    s.shape(
        _curve(
            (1108, 410),
            (1010, 396),
            (900, 384),
            (800, 404),
            (740, 450),
            (760, 500),
            (850, 520),
            (960, 600),
            (1072, 604),
        ),
        TAN,
    )
    fold = mix(TAN, BARK, 0.35)
    limb(_curve((850, 430), (770, 440), (700, 476), (656, 520)), TAN, 62)
    limb(_curve((668, 548), (712, 528), (760, 500), (800, 486)), fold, 4)
    for index, (x, y) in enumerate(((660, 606), (716, 634), (776, 652), (836, 650))):
        ex, ey = x + 96 - index * 6, y - 74 + index * 4
        limb([(x, y), (ex, ey)], shade, 54)
        limb([(x, y), (ex, ey)], FAIR, 48)
    limb(_curve((880, 520), (950, 560), (990, 590)), fold, 4)
    return s


def _kiosk() -> Sheet:
    """Self-service machines and a helper."""
    s = Sheet(MIST, SAND)
    s.weave(0, 60, WIDTH, 690, mix(MIST, SKY, 0.3))
    s.brocade(0, 60, INK, mix(INK, SKY, 0.5), HONEY)
    s.box(0, 700, WIDTH, HEIGHT, mix(STONE, SAND, 0.5))
    for index in range(-7, 24):
        x = index * 110
        s.line(
            [(800 + (x - 800) * 0.8, 701), (800 + (x - 800) * 1.4, HEIGHT)],
            mix(STONE, SAND, 0.15),
            2,
        )
    s.box(0, 770, WIDTH, 772, mix(STONE, SAND, 0.15))
    for index, x in enumerate((300, 640, 980)):
        body = (INK, BLUE, INK)[index]
        s.disc(x, 792, 150, mix(STONE, CLAY, 0.35), 0.12)
        s.card(x - 116, 210, x + 116, 790, body, 24)
        s.card(x + 60, 210, x + 116, 790, mix(body, DEEP, 0.4), 24)
        s.card(x - 116, 210, x + 92, 790, body, 24)
        s.card(x - 92, 240, x + 68, 480, PAPER, 10)
        s.box(x - 92, 268, x + 68, 288, SKY)
        for row in range(2):
            for column in range(2):
                colour = (AMBER, LEAF, BLUE, VERMILION)[(row * 2 + column + index) % 4]
                s.card(
                    x - 78 + column * 72,
                    306 + row * 82,
                    x - 18 + column * 72,
                    370 + row * 82,
                    mix(colour, PAPER, 0.15),
                    10,
                )
        s.card(x - 92, 520, x - 24, 566, DEEP, 8)
        s.card(x - 80, 540, x - 36, 546, SKY, 3)
        s.card(x - 4, 520, x + 68, 566, MIST, 8)
        for row in range(3):
            for column in range(4):
                s.card(
                    x + 4 + column * 16,
                    526 + row * 13,
                    x + 14 + column * 16,
                    534 + row * 13,
                    CLAY,
                    2,
                )
        s.card(x - 70, 620, x + 46, 634, DEEP, 6)
        s.shape([(x - 56, 630), (x + 32, 630), (x + 40, 690), (x - 48, 690)], PAPER)
        s.card(x - 36, 646, x + 12, 653, STONE, 3)
        s.card(x - 34, 664, x + 18, 671, STONE, 3)
    s.disc(1240, 846, 74, mix(STONE, CLAY, 0.35), 0.16)
    s.person(1240, 846, 470, BLUE, long=True, lapel=True, legs=DEEP)
    s.card(1258, 560, 1300, 580, PAPER, 4)
    s.disc(790, 868, 74, mix(STONE, CLAY, 0.35), 0.16)
    s.person(790, 866, 430, AMBER, skin=TAN, hair=CLAY, legs=BARK)
    s.tree(1480, 820, 400, LEAF)
    s.card(1424, 730, 1536, 836, CLAY, 12)
    s.box(1424, 730, 1536, 750, mix(CLAY, BARK, 0.3))
    return s


def _visit() -> Sheet:
    """A home visit: at the door of a house."""
    s = Sheet(mix(SKY, MIST, 0.4), mix(HONEY, PAPER, 0.6))
    s.disc(1330, 190, 74, HONEY)
    s.cloud(1020, 150, 100, PAPER)
    s.ridge(_waves(520, (56, 230, 100), (18, 70, 0)), mix(SKY, MIST, 0.2))
    s.ridge(_waves(590, (40, 190, 500)), mix(LEAF, SKY, 0.4))
    s.ridge(_waves(700, (10, 300, 0)), MOSS)
    s.box(140, 330, 860, 790, PAPER)
    s.box(140, 700, 860, 790, STONE)
    for x in range(140, 860, 48):
        s.box(x, 700, x + 2, 790, mix(STONE, CLAY, 0.4))
    s.shape([(70, 350), (170, 190), (830, 190), (930, 350)], INK)
    for x in range(120, 920, 32):
        t = (x - 70) / 860
        s.line([(x, 346), (170 + t * 660, 194)], mix(INK, BLUE, 0.4), 3)
    s.box(70, 344, 930, 362, DEEP)
    s.box(160, 176, 840, 194, DEEP)
    s.box(560, 430, 760, 790, mix(VERMILION, BARK, 0.25))
    s.box(576, 446, 744, 790, mix(VERMILION, BARK, 0.5))
    s.box(576, 446, 656, 790, mix(BARK, DEEP, 0.3))
    s.disc(672, 620, 8, HONEY)
    s.box(536, 430, 556, 640, VERMILION)
    s.box(764, 430, 784, 640, VERMILION)
    s.box(560, 396, 760, 420, VERMILION)
    s.card(220, 450, 460, 610, BARK, 6)
    s.box(232, 462, 448, 598, mix(HONEY, PAPER, 0.2))
    for x in range(232, 449, 36):
        s.box(x - 2, 462, x + 2, 598, BARK)
    for y in (507, 552):
        s.box(232, y - 2, 448, y + 2, BARK)
    s.box(0, 790, WIDTH, HEIGHT, mix(SAND, STONE, 0.3))
    s.box(500, 790, 820, 812, STONE)
    for x, foot, tall in ((60, 800, 300), (1500, 800, 360), (1390, 800, 240)):
        s.tree(x, foot, tall, LEAF)
        for dx, dy in ((-0.1, -0.7), (0.1, -0.6), (0.18, -0.75), (-0.2, -0.5), (0.02, -0.84)):
            s.disc(x + dx * tall, foot + dy * tall, 10, AMBER)
    s.disc(690, 834, 60, mix(STONE, CLAY, 0.5), 0.16)
    s.person(690, 830, 310, AMBER, skin=TAN, hair=STONE, legs=BARK)
    s.disc(940, 866, 64, mix(STONE, CLAY, 0.5), 0.16)
    s.person(940, 862, 360, BLUE, legs=DEEP, lapel=True)
    s.card(994, 668, 1074, 740, BARK, 10)
    s.ring(1034, 668, 18, BARK, 6, (180, 360))
    s.disc(1120, 872, 60, mix(STONE, CLAY, 0.5), 0.16)
    s.person(1130, 868, 340, INK, long=True, legs=DEEP, lapel=True)
    s.card(240, 700, 330, 790, CLAY, 12)
    s.disc(285, 680, 46, LEAF)
    s.disc(256, 690, 30, PINE)
    return s


SCENES: dict[str, Callable[[], Sheet]] = {
    "hall": _hall,
    "plaza": _plaza,
    "documents": _documents,
    "phone": _phone,
    "hills": _hills,
    "bridge": _bridge,
    "snow": _snow,
    "terraces": _terraces,
    "counter": _counter,
    "calendar": _calendar,
    "map": _map,
    "sign": _sign,
    "envelope": _envelope,
    "handshake": _handshake,
    "kiosk": _kiosk,
    "visit": _visit,
}


@cache
def draw_picture(name: str) -> bytes:
    """A scene as a PNG of 1600 × 900; KeyError for a name that is not in SCENES."""
    return SCENES[name]().png()
