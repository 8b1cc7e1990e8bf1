"""What is amiss with a tree of committees: pure, told in Vietnamese."""

from .models import Kind


def amiss(standing, pairs):
    """{code: what is wrong with where it stands}. standing: {code: anything with kind and parent (a code or None)};
    pairs: the lawful (kind above or "", kind below). A superior must stand, a pair be lawful, no ring close."""
    found = {}
    for code, place in standing.items():
        above = standing.get(place.parent)
        if place.parent is not None and above is None:
            found[code] = f"cấp trên {place.parent} không còn hoạt động; thêm một dòng cho tổ chức này."
        elif (above.kind if above else "", place.kind) not in pairs:
            under = f"dưới {Kind(above.kind).label}" if above else "trên cùng"
            found[code] = f"{Kind(place.kind).label} không được đứng {under}."
    rootward = {code: place.parent for code, place in standing.items()}
    done = set()
    for start in rootward:
        road, code = {}, start
        while code in rootward and code not in done and code not in road:
            road[code] = None
            code = rootward[code]
        if code in road:
            found[code] = "cấp trên vòng lại chính nó."
        done.update(road)
    return found


def comes_back(start, heirs):
    """Whether a share of what `start` passes on leads back to it. heirs(one): to whom it passes on; none where it stands."""
    seen, ahead = set(), list(heirs(start))
    while ahead:
        here = ahead.pop()
        if here == start:
            return True
        if here not in seen:
            seen.add(here)
            ahead += heirs(here)
    return False


def uncircle(parent):
    """Cut the rings of {index: index above, -1 at the top}: heirs may close one (a district answered for by its own
    commune). The ring's lowest index goes on top, wherever it is entered."""
    done = set()
    for start in sorted(parent):
        path, i = [], start
        while i >= 0 and i not in done and i not in path:
            path.append(i)
            i = parent[i]
        if i >= 0 and i in path:
            parent[min(path[path.index(i) :])] = -1
        done.update(path)
