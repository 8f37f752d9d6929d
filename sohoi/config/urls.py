"""Every address of the desk; the rooms bring their own. Of allauth's pages only these three: the rest is closed."""

from allauth.account import views as account
from django.urls import include, path

from sohoi.config.rooms import DOORS
from sohoi.rights.marks import right

urlpatterns = [
    path("tai-khoan/dang-nhap/", right(None)(account.login), name="account_login"),
    path("tai-khoan/dang-xuat/", right(None)(account.logout), name="account_logout"),
    path("tai-khoan/doi-mat-khau/", right(None)(account.password_change), name="account_change_password"),
    *[path("", include(f"sohoi.{room}.urls")) for room in DOORS],
    path("", include("sohoi.desk.urls")),
]
