"""The brocade band: each centre's own strip of 蜀锦, drawn from its division's code.

Nothing here is random. The province gives the threads every band shares (gold, silk, the two
selvedges), the city gives the dye of the ground and the main figure, the county gives the second
figure and the rhythm in which the two alternate. The lower selvedge is a row of stitches, gold or
not: the code itself in binary, as a weaver signs a cloth. So bands of one city are visibly kin
and no two divisions have the same one.
"""

from functools import lru_cache

HEIGHT = 22
GOLD = "#d8a43c"
SILK = "#f4ead6"

# Deep dyes for the ground, each with a lighter thread of the same family.
DYES = (
    ("#1b3f66", "#5d8fbd"),  # 靛青 indigo
    ("#7c2d2c", "#cf7d68"),  # 绛 madder
    ("#1f5a4c", "#6fae93"),  # 松绿 pine
    ("#4b3a63", "#9a86b8"),  # 紫棠 plum
    ("#6a4a1c", "#bb9350"),  # 栗 chestnut
    ("#17535f", "#63a5ad"),  # 石青 azurite
    ("#5b3344", "#b27c90"),  # 赭紫 mulberry
)

# Figures stand in a square of 16 units whose centre is 0,0. `a` is the bright thread, `b` the
# second one; each figure has at most a few straight or round strokes so that it stays small.
FIGURES = (
    # 菱纹 lozenge in a lozenge
    '<path d="M0-7 7 0 0 7-7 0Z" fill="none" stroke="{a}"/><path d="M0-3 3 0 0 3-3 0Z" fill="{b}"/>',
    # 方胜 two lozenges, interlaced
    '<path d="M-3-6 3 0-3 6-9 0ZM3-6 9 0 3 6-3 0Z" fill="none" stroke="{a}"/><path d="M0-2 2 0 0 2-2 0Z" fill="{b}"/>',
    # 回纹 meander
    '<path d="M-7 6V-6H7V6H-3V-2H3V2" fill="none" stroke="{a}"/>',
    # 联珠 pearl roundel
    '<circle r="6.4" fill="none" stroke="{a}" stroke-width="1.8" stroke-dasharray="1.8 2.22"/>'
    '<circle r="2.6" fill="{b}"/>',
    # 八答晕 eight-pointed star
    '<path d="M-5-5H5V5H-5ZM0-7 7 0 0 7-7 0Z" fill="none" stroke="{a}"/><circle r="2" fill="{b}"/>',
    # 柿蒂 persimmon calyx
    '<path d="M0-1Q-4-4 0-7 4-4 0-1ZM1 0Q4-4 7 0 4 4 1 0ZM0 1Q4 4 0 7-4 4 0 1ZM-1 0Q-4 4-7 0-4-4-1 0Z"'
    ' fill="{a}"/><circle r="1" fill="{b}"/>',
    # 曲水 running water
    '<path d="M-8 3-4-5 0 3 4-5 8 3M-8 6.5-4-1.5 0 6.5 4-1.5 8 6.5" fill="none" stroke="{a}"/>',
    # 龟背 tortoise-shell
    '<path d="M-4-6.5H4L8 0 4 6.5H-4L-8 0Z" fill="none" stroke="{a}"/><path d="M-2-3H2L4 0 2 3H-2L-4 0Z" fill="{b}"/>',
    # 阶纹 stepped cross, as in Qiang and Yi weaving
    '<path d="M-2-7H2V-4H4V-2H7V2H4V4H2V7H-2V4H-4V2H-7V-2H-4V-4H-2Z" fill="none" stroke="{a}"/>'
    '<path d="M-1.5-1.5H1.5V1.5H-1.5Z" fill="{b}"/>',
    # 雨丝 rain threads, thick to thin and back
    '<path d="M0-7V7" stroke="{a}" stroke-width="3"/><path d="M-4-7V7M4-7V7" stroke="{b}" stroke-width="1.8"/>'
    '<path d="M-7-7V7M7-7V7" stroke="{a}" stroke-width=".8"/>',
)

# The order in which main (M) and second (S) figures alternate within one repeat.
RHYTHMS = ("MS", "MSS", "MMS", "MSMSS", "MMSS", "MSSS", "MMMS", "MMSMS", "MSSMS", "MMSSS")
PITCH = 22


def _figure(index: int, x: float, a: str, b: str) -> str:
    drawing = FIGURES[index].format(a=a, b=b)
    return f'<g transform="translate({x:g} 9.5)">{drawing}</g>'


@lru_cache(maxsize=4096)
def brocade_svg(code: str) -> str:
    """Return the band of the division with this 12-digit code as an inline SVG, hidden from readers."""
    digits = "".join(c for c in str(code or "") if c.isdigit() and c.isascii())[:12].ljust(12, "0")
    city, county, township = int(digits[2:4]), int(digits[4:6]), int(digits[6:9])

    ground, thread = DYES[city % len(DYES)]
    main = (city * 3 + city // 10) % len(FIGURES)
    second = (main + 1 + (county * 7 + township) % (len(FIGURES) - 1)) % len(FIGURES)
    rhythm = RHYTHMS[(county // 3 + township * 7) % len(RHYTHMS)]
    width = PITCH * len(rhythm)

    figures = "".join(
        _figure(main, PITCH * (i + 0.5), GOLD, SILK)
        if kind == "M"
        else _figure(second, PITCH * (i + 0.5), thread, GOLD)
        for i, kind in enumerate(rhythm)
    )

    # The signature: the code in binary over a repeat of its own, so it reads the same under every rhythm.
    bits = f"{int(digits[2:]):034b}"
    stitches = "".join(f"M{i * 4 + 1} 20h2" for i, bit in enumerate(bits) if bit == "1")

    return (
        f'<svg class="brocade" width="100%" height="{HEIGHT}" aria-hidden="true" focusable="false">'
        f'<defs><pattern id="b{digits}" width="{width}" height="{HEIGHT}" patternUnits="userSpaceOnUse">'
        f"{figures}</pattern>"
        f'<pattern id="s{digits}" width="136" height="{HEIGHT}" patternUnits="userSpaceOnUse">'
        f'<path d="M1 20h136" stroke="{thread}" stroke-width="2" stroke-dasharray="2" opacity=".6"/>'
        f'<path d="{stitches}" stroke="{GOLD}" stroke-width="2"/></pattern></defs>'
        f'<rect width="100%" height="{HEIGHT}" fill="{ground}"/>'
        f'<rect width="100%" height="1" fill="{GOLD}"/><rect y="18" width="100%" height="1" fill="{GOLD}"/>'
        f'<rect width="100%" height="{HEIGHT}" fill="url(#b{digits})"/>'
        f'<rect width="100%" height="{HEIGHT}" fill="url(#s{digits})"/></svg>'
    )
