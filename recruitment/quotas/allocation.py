"""Whole numbers shared out by weight: the largest remainder (Hamilton). Pure arithmetic, exact."""

from fractions import Fraction


class Unshareable(ValueError):
    """It cannot be shared out so; the message, in Vietnamese, says why and what to do instead."""


def share(total, weights, *, least=0):
    """[whole number of people] for each weight, together exactly `total`.

    weights: whole numbers or Fractions from 0. Each gets its exact share rounded down; what is left goes, one each, to
    the largest remainders; of equal remainders to the larger weight, then to the one that stands first. So each is less
    than one from its exact share, and a larger weight never gets less than a smaller one.
    least: what each gets at the least; whose exact share is smaller gets just that, and the others share the rest.
    Raises Unshareable where every weight is 0 and something is to be shared, or `total` is too small for `least`.
    """
    if least * len(weights) > total:
        raise Unshareable(
            f"{total} không đủ để mỗi đơn vị ít nhất {least}: {len(weights)} đơn vị cần {least * len(weights)}"
        )
    shares, open_ = [least] * len(weights), set(range(len(weights)))
    rest, whole = total, sum(weights)
    while low := [k for k in open_ if whole and rest * weights[k] < least * whole]:
        open_.difference_update(low)
        rest -= least * len(low)
        whole -= sum(weights[k] for k in low)
    if not whole:
        if rest > least * len(open_):
            raise Unshareable("không có gì để chia theo: đơn vị nào cũng là 0; hãy chọn cách chia khác")
        return shares
    remainders = {}
    for k in open_:
        shares[k], remainders[k] = divmod(Fraction(rest * weights[k], whole), 1)
    left = rest - sum(shares[k] for k in open_)
    for k in sorted(open_, key=lambda k: (-remainders[k], -weights[k], k))[:left]:
        shares[k] += 1
    return shares
