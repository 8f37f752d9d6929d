"""Addresses of the door for Excel files. No name of a person and no name of a file stands in any of them."""

from django.urls import path

from sohoi.sheets import views

urlpatterns = [
    path("nhap-excel/", views.start, name="sheets"),
    path("nhap-excel/mau/<str:unit>/<slug:kind>/", views.template, name="sheets-template"),
    path("nhap-excel/<uuid:pk>/", views.one, name="sheets-batch"),
    path("nhap-excel/<uuid:pk>/cot/", views.columns, name="sheets-columns"),
    path("nhap-excel/<uuid:pk>/tien-do/", views.progress, name="sheets-progress"),
    path("nhap-excel/<uuid:pk>/lam/", views.act, name="sheets-act"),
    path("nhap-excel/<uuid:pk>/tra-lai/", views.returned, name="sheets-returned"),
]
