"""Every address of the desk; the rooms bring their own."""

from django.urls import include, path

urlpatterns = [
    path("tai-khoan/", include("allauth.urls")),
    path("", include("sohoi.desk.urls")),
]
