"""Where an activity may stand, and where it may not."""

import pytest
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase

from aanbod.models import ActiviteitPage
from gemeenten.models import GemeentePage, HomePage
from tests.aanbod.cast import make_cast, make_page


class Tree(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()
        cls.page = make_page(cls.cast.in_herent, cls.cast.lange_tafel)

    def test_an_activity_stands_under_a_gemeente(self):
        self.assertCanCreateAt(GemeentePage, ActiviteitPage)
        self.assertAllowedParentPageTypes(ActiviteitPage, {GemeentePage})

    def test_and_nowhere_else(self):
        self.assertCanNotCreateAt(HomePage, ActiviteitPage)
        self.assertCanNotCreateAt(ActiviteitPage, ActiviteitPage)
        self.assertCanNotCreateAt(Page, ActiviteitPage)

    def test_nothing_stands_under_an_activity(self):
        self.assertAllowedSubpageTypes(ActiviteitPage, {})

    def test_an_activity_knows_its_gemeente_and_knows_it_anew_after_a_move(self):
        assert self.page.gemeente == self.cast.herent
        self.page.move(self.cast.in_leuven, "last-child")
        assert ActiviteitPage.objects.get().gemeente == self.cast.leuven


@pytest.mark.django_db
def test_an_activity_can_be_put_under_any_gemeente():
    assert ActiviteitPage.parent_page_types == ["gemeenten.GemeentePage"]
