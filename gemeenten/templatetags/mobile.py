"""Mobile numbers as one reads them."""

from django import template

from gemeenten import mobile

register = template.Library()
register.filter("readable", mobile.readable)
