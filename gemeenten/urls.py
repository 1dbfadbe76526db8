"""Addresses of signing in that differ from allauth's, below /<language>/aanmelden/."""

from django.urls import path, re_path

from gemeenten.sign_in import ConfirmLoginCodeView, LoginView, RequestLoginCodeView, closed

urlpatterns = [
    path("login/", LoginView.as_view(), name="account_login"),
    path("login/code/", RequestLoginCodeView.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", ConfirmLoginCodeView.as_view(), name="account_confirm_login_code"),
    # An address is what others know somebody by: nobody changes their own here.
    re_path(r"^(email|confirm-email|password/change|password/set)/", closed),
]
