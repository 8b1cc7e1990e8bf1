"""Two at once: who comes second is told, sees both versions, and loses nothing of what was typed."""

from datetime import date

import pytest
from django import forms
from django.http import QueryDict

from committees import journal
from committees.editing import Overtaken, VersionedForm, unchanged
from tests import factories as make

pytestmark = pytest.mark.django_db


class PersonForm(VersionedForm):
    full_name = forms.CharField(label="Họ và tên")
    occupation = forms.CharField(label="Nghề nghiệp", required=False)
    sex = forms.ChoiceField(label="Giới tính", choices=[("F", "Nữ"), ("M", "Nam")])
    born = forms.DateField(label="Sinh ngày")
    union_member = forms.BooleanField(label="Đoàn viên", required=False)


def write(person, stamp, by=None, **values):
    with journal.pen(by, "test"):
        fresh = unchanged(person, stamp)
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.save()


def typed(person, **values):
    said = PersonForm(row=person).initial | values
    data = QueryDict(mutable=True)
    data.update({name: value for name, value in said.items() if value is not False})
    return PersonForm(data, row=person)


@pytest.fixture
def person():
    return make.make_person("Trần Thị Bé", sex="F", occupation="Nông dân", born=date(1990, 3, 14))


def test_the_first_writes_and_the_second_is_told(person):
    write(person, person.stamp, occupation="Công nhân")
    with pytest.raises(Overtaken) as other:
        write(person, person.stamp, occupation="Giáo viên")
    assert other.value.fresh.occupation == "Công nhân"
    person.refresh_from_db()
    assert person.occupation == "Công nhân"


def test_both_versions_stand_side_by_side_and_what_was_typed_stays(person):
    clerk = make.make_account("can-bo", full_name="Lê Thị Cúc")
    form = typed(person, occupation="Giáo viên", full_name="Trần Thị Bé Em")
    assert form.is_valid(), form.errors
    write(person, person.stamp, by=clerk, occupation="Công nhân", union_member=True)
    with pytest.raises(Overtaken) as other:
        write(person, form.cleaned_data["stamp"], occupation="Giáo viên")
    form.overtaken(other.value.fresh)
    assert [(d.label, d.mine, d.theirs) for d in form.differences] == [
        ("Họ và tên", "Trần Thị Bé Em", "Trần Thị Bé"),
        ("Nghề nghiệp", "Giáo viên", "Công nhân"),
        ("Đoàn viên", "không", "có"),
    ]
    assert form.rival_name == "Lê Thị Cúc"
    assert form["occupation"].value() == "Giáo viên"


def test_saving_again_takes_the_place_of_what_stands(person):
    form = typed(person, occupation="Giáo viên")
    assert form.is_valid()
    write(person, person.stamp, occupation="Công nhân")
    with pytest.raises(Overtaken) as other:
        write(person, form.cleaned_data["stamp"], occupation="Giáo viên")
    form.overtaken(other.value.fresh)
    again = PersonForm(form.data, row=person)
    assert again.is_valid()
    write(person, again.cleaned_data["stamp"], occupation=again.cleaned_data["occupation"])
    person.refresh_from_db()
    assert person.occupation == "Giáo viên"


def test_asked_outside_the_pen_it_refuses(person):
    with pytest.raises(journal.PenRequired):
        unchanged(person, person.stamp)


@pytest.mark.parametrize("stamp", [None, "", "x"])
def test_what_names_no_version_is_refused(person, stamp):
    form = typed(person)
    data = form.data.copy()
    data["stamp"] = stamp if stamp is not None else ""
    if stamp is None:
        del data["stamp"]
    again = PersonForm(data, row=person)
    assert not again.is_valid() and "thiếu dấu của bản đang sửa" in str(again.errors["stamp"])
    new = PersonForm({"full_name": "A", "sex": "F", "born": "1990-03-14"})
    assert new.is_valid(), "of what does not stand yet there is no version"
