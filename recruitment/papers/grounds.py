"""The "Căn cứ" of a paper: the documents its rules cite, in the rule set of the paper's day. Nothing is cited that no rule
set holds with the mark "seen". Pure."""

import re

from django.utils.translation import gettext as _

from committees.vietnamese import day as written

_KINDS = "Quy định|Quy chế|Quyết định|Hướng dẫn|Nghị quyết|Thông tri"


def grounds(rules, codes, on):
    """Lines without their "Căn cứ": the documents that the rules `codes` cite, in the set's order, each of its day or
    earlier. rules: the RuleSet of the day."""
    cited = [rules[code].citation for code in codes]
    found = []
    for number, issuer, since, mark in rules.documents:
        if mark != "S" or since > on:
            continue
        if not issuer:  # a rule set an administrator added stands on it, whatever its rules cite
            found.append(number)
        elif any(_says(number, text) for text in cited):
            kind = next((named[1] for text in cited if (named := _named(number, text))), None)
            if kind:
                told = {"kind": kind, "number": number, "day": written(since), "issuer": issuer}
                found.append(_("%(kind)s số %(number)s, ngày %(day)s của %(issuer)s") % told)
    return found


def _says(number, text):
    return re.search(rf"(?<![\w-]){re.escape(number)}(?![\w-])", text)


def _named(number, text):
    return re.search(rf"({_KINDS}) {re.escape(number)}(?![\w-])", text)
