"""What professionals read about a substance."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Role
from core.demo import DemoReport
from medicines.actions import confirm_equivalent, store_table
from medicines.loading import load
from medicines.models import Confirmation, EquivalenceTable, Equivalent, Substance, TableIsFixed
from medicines.queries import newest_equivalents, spread
from tests.accounts.factories import UserFactory
from tests.medicines.factories import EquivalentFactory, SubstanceFactory
from tests.pages.factories import SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def substances():
    load(DemoReport())


def page_of(client, slug, role="poh"):
    """Return what somebody with this role reads about a substance."""
    client.force_login(UserFactory.create(roles=[Role(role)]))
    return client.get(reverse("medicines:substance", args=[slug]))


def test_all_substances_are_loaded_with_every_value_unconfirmed(substances):
    assert Substance.objects.count() == 22
    assert EquivalenceTable.objects.count() == 6
    assert not Confirmation.objects.exists()


def test_loading_again_changes_nothing(substances):
    report = DemoReport()
    load(report)
    assert not report.made


def test_lorazepam_shows_each_source_with_its_own_value(client, substances):
    answer = page_of(client, "lorazepam").text
    for name in ("Ashton 2002", "VA/DoD 2021", "Novadic-Kentron", "WHO 2009", "NHS Schotland"):
        assert name in answer
    assert answer.count("nog niet nagekeken") == 5
    assert "De bronnen verschillen een factor 2." in answer
    assert "Wij middelen niet." in answer


@pytest.mark.parametrize(
    ("slug", "source", "low", "high"),
    [
        ("lorazepam", "ashton-2002", "1", None),
        ("lorazepam", "va-dod-2021", "2", None),
        ("oxazepam", "helsedirektoratet-2021", "30", "50"),
        ("flurazepam", "ashton-2002", "15", "30"),
        ("clorazepate", "novadic-kentron", "13.3", None),
        ("zopiclone", "helsedirektoratet-2021", "7.5", "10"),
    ],
)
def test_values_are_those_of_the_source(substances, slug, source, low, high):
    row = Equivalent.objects.get(substance__slug=slug, table__source__key=source)
    assert row.low == Decimal(low)
    assert row.high == (Decimal(high) if high else None)


def test_a_printed_pair_is_kept_exactly(client, substances):
    row = Equivalent.objects.get(substance__slug="clorazepate", table__source__key="novadic-kentron")
    assert (row.pair_mg, row.pair_diazepam_mg) == (20, 15)
    assert "Gedrukt: 20 mg is 15 mg diazepam." in page_of(client, "clorazepate").text


def test_a_row_that_could_not_be_read_says_so(client, substances):
    assert "Deze regel was niet te lezen." in page_of(client, "oxazepam").text


def test_a_z_drug_says_that_its_conversion_is_unclear(client, substances):
    assert "De omrekening van Z-middelen is onduidelijk." in page_of(client, "zolpidem").text


def test_the_page_takes_no_dose(client, substances):
    answer = page_of(client, "diazepam").text
    main = answer.partition("<main")[2].partition("</main>")[0]
    assert "<input" not in main.replace('<input type="hidden"', "")


def test_visitors_are_sent_to_sign_in_and_others_refused(client):
    substance = SubstanceFactory.create()
    address = reverse("medicines:substance", args=[substance.slug])
    assert client.get(address).status_code == 302
    client.force_login(UserFactory.create(administrator=True))
    assert client.get(address).status_code == 403


def test_only_a_medical_reviewer_confirms_and_twice_is_once(client):
    row = EquivalentFactory.create()
    with pytest.raises(PermissionDenied):
        confirm_equivalent(row, by=UserFactory.create(editor=True))
    client.force_login(UserFactory.create(medical_reviewer=True))
    for _ in range(2):
        client.post(reverse("medicines:confirm", args=[row.pk]))
    assert Confirmation.objects.filter(equivalent=row).count() == 1
    assert "bevestigd op" in client.get(reverse("medicines:substance", args=[row.substance.slug])).text


def test_a_stored_value_and_table_cannot_be_changed():
    row = EquivalentFactory.create()
    row.low = Decimal("9")
    with pytest.raises(TableIsFixed):
        row.save()
    with pytest.raises(TableIsFixed):
        row.table.save()


def test_a_correction_is_a_new_version_and_the_page_shows_the_newest():
    source, substance = SourceFactory.create(), SubstanceFactory.create()
    store_table(source, short_name="T", rows=[Equivalent(substance=substance, low=Decimal("1"))])
    assert (
        store_table(source, short_name="T", rows=[Equivalent(substance=substance, low=Decimal("1"))]) is None
    )
    second = store_table(source, short_name="T", rows=[Equivalent(substance=substance, low=Decimal("2"))])
    assert second.version == 2
    assert [row.low for row in newest_equivalents(substance)] == [Decimal("2")]


def test_a_change_behind_the_programs_back_shows(substances):
    table = EquivalenceTable.objects.get(source__key="ashton-2002")
    assert table.is_intact()
    Equivalent.objects.filter(table=table, substance__slug="lorazepam").update(low=Decimal("5"))
    assert not table.is_intact()


def test_values_lie_apart_by_the_greatest_over_the_least():
    substance = SubstanceFactory.create()
    rows = [EquivalentFactory.create(substance=substance, low=Decimal(low)) for low in ("1", "2.5")]
    assert spread(rows).factor == Decimal("2.5")
    assert spread([]) is None


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_substance_and_for_three(
    client, number, django_assert_max_num_queries
):
    for _ in range(number):
        SubstanceFactory.create()
    client.force_login(UserFactory.create(poh=True))
    client.get(reverse("medicines:substances"))
    with django_assert_max_num_queries(12):
        client.get(reverse("medicines:substances"))


def test_names_follow_the_language(client, substances):
    client.force_login(UserFactory.create(poh=True))
    assert "Oxazépam" in client.get("/fr/medische-informatie/middelen/oxazepam/").text
