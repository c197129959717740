# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Points in areas of a GeoJSON map; no ORM here."""


def is_inside(longitude, latitude, rings):
    """Whether a point lies in a GeoJSON polygon (RFC 7946): in its outer ring and in no hole.

    :param rings: list of rings of ``[longitude, latitude]``; the first is the outer one
    """
    return (
        bool(rings)
        and _in_ring(longitude, latitude, rings[0])
        and not any(_in_ring(longitude, latitude, hole) for hole in rings[1:])
    )


def _in_ring(x, y, ring):
    """Even-odd rule: a ray to the east crosses the ring an odd number of times."""
    inside = False
    for (x1, y1, *_), (x2, y2, *_) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
