"""The articles and their figures as kept in small readable files: documents.csv and published.csv."""

import csv
from datetime import date

from ..models import Article, Claim


def load_published(folder):
    """Add the articles and claims of the folder's two files that are not there yet; returns how many claims.

    Must be called holding the pen. What is there stays as it is, so a second call adds nothing. Four queries.
    """
    known = set(Article.objects.values_list("code", flat=True))
    Article.objects.bulk_create(
        Article(order=order, **row)
        for order, row in enumerate(_rows(folder / "documents.csv"), start=1)
        if row["code"] not in known
    )
    articles = {article.code: article for article in Article.objects.all()}
    known = set(Claim.objects.values_list("code", flat=True))
    claims = [
        _claim(articles[row["document"]], order, row)
        for order, row in enumerate(_rows(folder / "published.csv"), start=1)
        if row["code"] not in known
    ]
    Claim.objects.bulk_create(claims)
    return len(claims)


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _claim(article, order, row):
    same = ("code", "quote", "operation", "terms", "published", "note", "ours", "field")
    return Claim(
        article=article,
        order=order,
        doubtful=bool(row["doubtful"]),
        committee_code=row["committee"],
        plan_code=row["plan"],
        group_code=row["group"],
        on=date.fromisoformat(row["on"]) if row["on"] else None,
        **{name: row[name] for name in same},
    )
