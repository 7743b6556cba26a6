"""Networks: every road leads to the centre, as on a map of flows.

Shortest paths on a square lattice whose edges have random costs; a line is as thick as the
traffic it carries, and one journey wears the accent.
"""

from collections import Counter
from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import pairwise
from math import hypot, sqrt
from random import Random

from PIL import Image

from desk.canvas import Canvas, Pen, Point
from plugins.cards.palette import INK, PAPER, Colour

Node = tuple[int, int]
Tree = dict[Node, Node]  # from each node, the next one towards the centre

CENTRE: Node = (0, 0)
CELLS = 24  # lattice steps from the centre to the rim
TERMINALS = 620
ROUGHNESS = 0.8  # how much an edge's cost may exceed its length
RIM_CELLS = 1.0  # left free at the rim
LINE_PX, TRAFFIC_PX = 1.3, 1.15  # width of an empty line, and what the root of traffic adds
JOURNEY_PX, JOURNEY_EDGE_PX = 8.0, 5.0


def draw_network(side_px: int, accent: Colour, seed: int) -> Image.Image:
    """Draw the network and one journey across it."""
    random = Random(seed)  # noqa: S311 (a drawing, not a secret)
    nodes = _nodes()
    tree = _shortest_paths(nodes, random)
    ends = random.sample(sorted(set(nodes) - {CENTRE}), min(TERMINALS, len(nodes) - 1))
    traffic = Counter(node for end in ends for node in _journey(tree, end))
    canvas = Canvas(side_px, side_px)
    cell = side_px / 2 / (CELLS + RIM_CELLS)
    places = {node: (side_px / 2 + node[0] * cell, side_px / 2 + node[1] * cell) for node in nodes}
    _draw_lines(canvas, tree, traffic, places)
    farthest = max(ends, key=lambda end: (hypot(*end), end))
    _draw_journey(canvas, [places[node] for node in (*_journey(tree, farthest), CENTRE)], accent)
    return canvas.finish()


def _nodes() -> list[Node]:
    span = range(-CELLS, CELLS + 1)
    return [(x, y) for x in span for y in span if hypot(x, y) <= CELLS + 0.2]


def _shortest_paths(nodes: list[Node], random: Random) -> Tree:
    """Grow the tree of cheapest ways to the centre (Dijkstra)."""
    open_nodes = set(nodes)
    tree: Tree = {}
    queue: list[tuple[float, Node, Node]] = [(0.0, CENTRE, CENTRE)]
    while queue:
        cost, node, towards = heappop(queue)
        if node not in open_nodes:
            continue
        open_nodes.remove(node)
        tree[node] = towards
        for neighbour in _neighbours(node):
            if neighbour in open_nodes:
                length = hypot(neighbour[0] - node[0], neighbour[1] - node[1])
                step = length * (1 + ROUGHNESS * random.random())
                heappush(queue, (cost + step, neighbour, node))
    return tree


def _neighbours(node: Node) -> Iterator[Node]:
    steps = ((1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))
    return ((node[0] + dx, node[1] + dy) for dx, dy in steps)


def _journey(tree: Tree, end: Node) -> Iterator[Node]:
    """Yield the nodes from a terminal to the centre, the centre left out."""
    while end != CENTRE:
        yield end
        end = tree[end]


def _draw_lines(
    canvas: Canvas, tree: Tree, traffic: Counter[Node], places: dict[Node, Point]
) -> None:
    for node, carried in sorted(traffic.items()):
        width = LINE_PX + TRAFFIC_PX * sqrt(carried - 1)
        canvas.line([places[node], places[tree[node]]], Pen(INK, width))
    used = {tree[node] for node in traffic}
    for node in sorted(set(traffic) - used):
        canvas.disc(places[node], 3.6, INK)
        canvas.disc(places[node], 1.9, PAPER)


def _draw_journey(canvas: Canvas, way: list[Point], accent: Colour) -> None:
    start, centre = way[0], way[-1]
    for pen in (Pen(PAPER, JOURNEY_PX + 2 * JOURNEY_EDGE_PX), Pen(accent, JOURNEY_PX)):
        for step in pairwise(way):
            canvas.line(step, pen)
    for place, unit in ((start, 1.0), (centre, 2.3)):
        canvas.disc(place, 17 * unit, PAPER)
        canvas.disc(place, 14 * unit, INK)
        canvas.disc(place, 9.5 * unit, PAPER)
    canvas.disc(centre, 14, accent)
