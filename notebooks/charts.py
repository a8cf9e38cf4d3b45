"""One look for the notebooks: colours, maps of tiles, chords, estimates with their errors.

Colours are those of Okabe and Ito (2008), told apart by the colour-blind as well; amounts go from
pale to dark, differences from orange over white to blue. Nothing here knows the law: numbers come
from pensim, names and places of areas from scenarios/data.
"""

from __future__ import annotations

import pathlib
from dataclasses import dataclass
from typing import Callable, Dict, Iterable, List, Mapping, Optional, Sequence

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap, Normalize, TwoSlopeNorm
from matplotlib.patches import FancyArrowPatch, PathPatch, Rectangle, Wedge
from matplotlib.path import Path

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
DATA = REPOSITORY / "scenarios" / "data"

BLUE, ORANGE, GREEN, PINK = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
SKY, AMBER, INK, GREY, PALE = "#56B4E9", "#E69F00", "#222222", "#8A8A8A", "#E4E4E4"
COLOURS = [BLUE, ORANGE, GREEN, PINK, SKY, AMBER, "#7F6A3F", "#5D5D8F", GREY]
AMOUNTS = LinearSegmentedColormap.from_list("amounts", ["#F4F8FB", "#9CC8E3", BLUE, "#06304F"])
DIFFERENCES = LinearSegmentedColormap.from_list(
    "differences", ["#7A3500", ORANGE, "#F6CBAE", "#FBFBFB", "#B4D5EA", BLUE, "#06304F"]
)
KINDS = {"move": BLUE, "return": ORANGE, "gather": GREEN, "temporary": PINK}
KIND_WORDS = {
    "move": "moves with the worker",
    "return": "goes back at the end",
    "gather": "gathered at the end",
    "temporary": "temporary accounts",
}


def set_up() -> None:
    """Lines and letters of every chart."""
    plt.rcParams.update(
        {
            "figure.dpi": 110,
            "figure.constrained_layout.use": True,
            "font.size": 9.5,
            "axes.titlesize": 11.5,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.titlepad": 10,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.edgecolor": GREY,
            "axes.labelcolor": INK,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": PALE,
            "grid.linewidth": 0.7,
            "xtick.color": INK,
            "ytick.color": INK,
            "legend.frameon": False,
            "axes.prop_cycle": matplotlib.cycler(color=COLOURS),
        }
    )


# ---- areas ----


def _areas() -> pd.DataFrame:
    areas = pd.read_csv(DATA / "areas.csv", keep_default_na=False).set_index("id")
    places = pd.read_csv(DATA / "area_places.csv", keep_default_na=False).set_index("area")
    return areas.join(places.drop(columns="source"), how="left")


AREAS = _areas()


def name(area: str) -> str:
    return AREAS.name_en.get(area, area)


# ---- estimates ----

# Student's t, 97.5 %, by degrees of freedom.
_STUDENT = {3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 9: 2.262, 11: 2.201, 15: 2.131}


def student(runs: int) -> float:
    """How many standard errors make a 95 % interval of a mean of so many runs. Rounded up."""
    known = [degrees for degrees in _STUDENT if degrees <= runs - 1]
    if not known:
        raise ValueError(f"{runs} runs are too few for an interval; take 4 or more")
    return _STUDENT[max(known)]


@dataclass(frozen=True)
class Estimate:
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def half(self) -> float:
        return (self.high - self.low) / 2

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0

    def text(self, shown: str = ",.0f", unit: str = "", scale: float = 1.0) -> str:
        space = "" if unit in ("", "%") or unit.startswith(" ") else " "
        return f"{self.value * scale:{shown}} ± {self.half * scale:{shown.lstrip('+')}}{space}{unit}".replace("-", "−")

    def share(self) -> str:
        return self.text(".1f", "%", 100.0)


def estimate(values: Iterable[float]) -> Estimate:
    """The mean of independent runs."""
    numbers = np.asarray(list(values), float)
    mean = float(numbers.mean())
    half = student(len(numbers)) * float(numbers.std(ddof=1)) / np.sqrt(len(numbers))
    return Estimate(mean, mean - half, mean + half)


def estimates(runs: Sequence, figure: Callable[[object], pd.Series]) -> pd.DataFrame:
    """A figure by row (a Series of each run), with columns value, low, high."""
    table = pd.concat([figure(run).astype(float) for run in runs], axis=1).fillna(0.0)
    half = student(len(runs)) * table.std(axis=1, ddof=1) / np.sqrt(len(runs))
    mean = table.mean(axis=1)
    return pd.DataFrame({"value": mean, "low": mean - half, "high": mean + half})


def row(table: pd.DataFrame, key) -> Estimate:
    found = table.loc[key]
    return Estimate(float(found.value), float(found.low), float(found.high))


def verdict(difference: Estimate, more: str, less: str, neither: str) -> str:
    """What a difference says, in words; `neither` where its interval holds zero."""
    return neither if not difference.sure else more if difference.value > 0 else less


def listed(words: Sequence[str]) -> str:
    words = list(words)
    if len(words) < 2:
        return "".join(words) or "none"
    return ", ".join(words[:-1]) + " and " + words[-1]


def short(number: float) -> str:
    """1234567 as 1.2 m."""
    size = abs(number)
    for least, unit in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if size >= least * 0.9995:
            return f"{number / least:,.{0 if size >= 99.5 * least else 1}f}".removesuffix(".0") + f" {unit}"
    return f"{number:,.0f}" if size >= 10 or size == round(size) else f"{number:.1f}"


# ---- bars ----


def bars(ax, table: pd.DataFrame, labels: Sequence[str], shown: Callable[[float], str] = short, colour=BLUE) -> None:
    """Horizontal bars with whiskers, the first on top, each told by its number."""
    at = np.arange(len(table))
    value = table.value.to_numpy()
    error = np.vstack([value - table.low, table.high - value])
    ax.barh(at, value, color=colour, height=0.68)
    ax.errorbar(value, at, xerr=error, fmt="none", ecolor=INK, elinewidth=1, capsize=2.5)
    ax.set_yticks(at, labels)
    ax.set_ylim(len(table) - 0.4, -0.6)
    ax.grid(False, axis="y")
    ax.axvline(0, color=GREY, linewidth=0.8)
    left, right = min(0.0, float(table.low.min())), max(0.0, float(table.high.max()))
    room = (right - left) * 0.02
    for y, (number, low, high) in enumerate(zip(table.value, table.low, table.high)):
        if number >= 0:
            ax.text(max(high, 0) + room, y, shown(number), va="center", ha="left", color=INK)
        else:
            ax.text(min(low, 0) - room, y, shown(number), va="center", ha="right", color=INK)
    ax.set_xlim(left - (9 * room if left < 0 else 0), right + 9 * room)
    ax.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(6))
    if max(-left, right) >= 1000:
        ax.xaxis.set_major_formatter(matplotlib.ticker.StrMethodFormatter("{x:,.0f}"))


# ---- maps ----


def _ink_on(colour) -> str:
    red, green, blue = colour[:3]
    return "white" if 0.299 * red + 0.587 * green + 0.114 * blue < 0.55 else INK


def tile_map(
    ax,
    values: Mapping[str, float],
    title: str,
    shown: Callable[[float], str] = short,
    signed: bool = False,
    rooted: bool = True,
    faint: Optional[Callable[[str], bool]] = None,
) -> None:
    """A square a province, shaded by its value (`rooted`: by the root of it, so that one large area
    does not leave all others pale). `faint` areas carry their number in grey: not told from zero."""
    series = pd.Series(dict(values), dtype=float)
    depth = np.sign(series) * np.sqrt(series.abs()) if rooted else series
    most = max(float(depth.abs().max()), 1e-12)
    norm = TwoSlopeNorm(0.0, -most, most) if signed else Normalize(0.0, most)
    colours = DIFFERENCES if signed else AMOUNTS
    for area, place in AREAS[AREAS.tile_column.notna()].iterrows():
        x, y = float(place.tile_column), float(place.tile_row)
        weak = faint is not None and faint(area)
        value = series.get(area, np.nan)
        known = np.isfinite(value)
        fill = colours(norm(depth[area])) if known and not weak else (0.96, 0.96, 0.96, 1.0)
        ink = GREY if weak else _ink_on(fill)
        ax.add_patch(Rectangle((x, y), 0.94, 0.94, facecolor=fill, edgecolor="#D0D0D0", linewidth=0.5))
        ax.text(x + 0.47, y + 0.33, area, ha="center", va="center", color=ink, fontweight="bold", fontsize=9)
        ax.text(x + 0.47, y + 0.68, shown(value) if known else "", ha="center", va="center", color=ink, fontsize=6.8)
    ax.set_xlim(-0.1, float(AREAS.tile_column.max()) + 1.1)
    ax.set_ylim(float(AREAS.tile_row.max()) + 1.1, -0.1)
    ax.set_aspect("equal")
    ax.axis("off")
    ax.set_title(title)


# ---- chords ----


def _point(angle: float, radius: float) -> np.ndarray:
    return radius * np.array([np.cos(angle), np.sin(angle)])


def _arc(start: float, end: float, radius: float) -> List[np.ndarray]:
    steps = max(2, int(abs(end - start) / 0.03))
    return [_point(angle, radius) for angle in np.linspace(start, end, steps)]


def chord(ax, flows: pd.DataFrame, title: str, colours: Optional[Dict[str, str]] = None) -> None:
    """What moves between areas: `flows` is square, from (rows) to (columns). A band is as wide at
    each end as what leaves there, and has the colour of the area that sends more by it."""
    names = list(flows.index)
    colours = colours or {each: COLOURS[i % len(COLOURS)] for i, each in enumerate(names)}
    sent = flows.to_numpy(float).copy()
    np.fill_diagonal(sent, 0.0)
    gap = 0.05
    width = (2 * np.pi - gap * len(names)) / max(sent.sum(), 1e-12)
    # Clockwise from the top, each area's stretch and its parts by partner.
    starts, at = [], np.pi / 2
    for i in range(len(names)):
        starts.append(at)
        at -= sent[i].sum() * width + gap
    ends: Dict[tuple, tuple] = {}
    for i in range(len(names)):
        angle = starts[i]
        for step in range(1, len(names)):
            j = (i + len(names) - step) % len(names)
            ends[i, j] = (angle, angle - sent[i, j] * width)
            angle = ends[i, j][1]
    pairs = [(i, j) for i in range(len(names)) for j in range(i + 1, len(names))]
    for i, j in sorted(pairs, key=lambda p: -(sent[p] + sent[p[::-1]])):
        if sent[i, j] + sent[j, i] <= 0:
            continue
        (a, b), (c, d) = ends[i, j], ends[j, i]
        first, second = _arc(a, b, 0.94), _arc(c, d, 0.94)
        points = [*first, np.zeros(2), second[0], *second[1:], np.zeros(2), first[0]]
        codes = [Path.MOVETO] + [Path.LINETO] * (len(first) - 1) + [Path.CURVE3] * 2
        codes += [Path.LINETO] * (len(second) - 1) + [Path.CURVE3] * 2
        larger = names[i] if sent[i, j] >= sent[j, i] else names[j]
        ax.add_patch(PathPatch(Path(points, codes), facecolor=colours[larger], alpha=0.55, edgecolor="white", linewidth=0.3))
    for i, each in enumerate(names):
        start, end = starts[i], starts[i] - sent[i].sum() * width
        ax.add_patch(Wedge((0, 0), 1.0, np.degrees(end), np.degrees(start), width=0.05, color=colours[each]))
        middle = (start + end) / 2
        x, y = _point(middle, 1.05)
        side = "left" if x > 0.12 else "right" if x < -0.12 else "center"
        ax.text(x, y, f"{name(each)}\n{short(sent[i].sum())}", ha=side, va="bottom" if y > 0.9 else "top" if y < -0.9 else "center", fontsize=8.5)
    ax.set_xlim(-1.45, 1.45)
    ax.set_ylim(-1.25, 1.25)
    ax.set_aspect("equal")
    ax.axis("off")
    ax.set_title(title)


# ---- lives ----


def life(ax, records: Sequence[Mapping], transfers: pd.DataFrame, counted: pd.Period, title: str) -> None:
    """A lane an area: months paid as bars, money that moves as arrows, the month of counting."""
    when = lambda month: pd.Period(str(month), "M").ordinal / 12 + 1970  # noqa: E731
    lanes = list(dict.fromkeys(record["area"] for record in records))
    lanes += [area for area in transfers.to.astype(str) if area not in lanes]
    paid = {area: 0 for area in lanes}
    for record in records:
        y = lanes.index(record["area"])
        start, end = when(record["from"]), when(record.get("to", record["from"])) + 1 / 12
        extension = record.get("kind") in ("extension", "lump_sum")
        paid[record["area"]] += 0 if extension else round((end - start) * 12)
        ax.barh(y, end - start, left=start, height=0.42, color=SKY if extension else BLUE, linewidth=0)
    for _, each in transfers.iterrows():
        x = when(each.month)
        start, end = lanes.index(str(each["from"])), lanes.index(str(each.to))
        step = 0.26 if end > start else -0.26
        arrow = FancyArrowPatch(
            (x, start + step), (x, end - step), arrowstyle="-|>", mutation_scale=13, color=KINDS[str(each.kind)], linewidth=1.8
        )
        ax.add_patch(arrow)
        ax.text(x + 0.35, (start + end) / 2, f"{each.kind}: {short(each.account + each.pooled)} yuan", va="center", fontsize=8, color=KINDS[str(each.kind)])
    ax.axvline(when(counted), color=INK, linewidth=1, linestyle=(0, (4, 3)))
    ax.text(when(counted), -0.62, f"months are counted, {counted}  ", fontsize=8, va="center", ha="right")
    ax.set_yticks(range(len(lanes)), [f"{name(area)}\n{paid[area]} months" for area in lanes])
    ax.set_ylim(len(lanes) - 0.5, -0.85)
    ax.margins(x=0.08)
    ax.grid(False, axis="y")
    ax.set_xlabel("year")
    ax.set_title(title)
