"""The groups everybody counts (contracts §2). A department adds its own beside them."""

from django.db import migrations

PRIVATE = [
    "doanh nghiep ngoai nha nuoc", "doanh nghiep tu nhan", "doanh nghiep ngoai khu vuc nha nuoc", "dn tu nhan",
    "dn ngoai nha nuoc", "doanh nghiep fdi", "dn fdi", "fdi", "doanh nghiep co von dau tu nuoc ngoai",
    "dn co von dau tu nuoc ngoai", "cong ty tu nhan",
]  # fmt: skip
GROUPS = [
    ("women", "Nữ", [{"field": "sex", "in": ["f"]}]),
    ("youth", "Thanh niên (18–30 tuổi)", [{"field": "age", "from": 18, "to": 30}]),
    ("youth_union", "Đoàn viên", [{"field": "union_member", "is": True}]),
    ("ethnic_minority", "Dân tộc thiểu số", [{"field": "ethnicity", "not_in": ["", "kinh"]}]),
    ("religious", "Có tôn giáo", [{"field": "religion", "not_in": ["", "khong", "khong ton giao"]}]),
    ("farmers", "Nông dân", [{"field": "occupation_row", "in": ["nong, lam, ngu nghiep"]}]),
    ("workers", "Công nhân", [{"field": "occupation_row", "in": ["doanh nghiep: cong nhan truc tiep"]}]),
    ("students", "Học sinh, sinh viên", [{"field": "occupation_row", "in": ["hoc sinh", "sinh vien"]}]),
    (
        "business_owners",
        "Chủ doanh nghiệp",
        [{"field": "occupation", "in": ["chu doanh nghiep", "chu doanh nghiep tu nhan", "chu dn"]}],
    ),
    ("private_enterprise", "Doanh nghiệp ngoài nhà nước", [{"field": "organisation_type", "in": PRIVATE}]),
]


def name(apps, schema_editor):
    group = apps.get_model("recruitment", "Group")
    group.objects.bulk_create(
        group(code=code, name=title, predicate=predicate, order=order * 10)
        for order, (code, title, predicate) in enumerate(GROUPS, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("recruitment", "0001_initial")]
    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
