"""Addresses of the desk. One name for each page; what a page fetches while one types stands beside it."""

from django.urls import path

from sohoi.desk.views import figures, goals, home, recording, records, reports, units

urlpatterns = [
    path("", home.home, name="home"),
    path("xac-nhan-thang/", home.confirm, name="confirm-month"),
    path("ghi-viec/", recording.start, name="record-start"),
    path("ghi-viec/don-vi/", recording.find_units, name="record-units"),
    path("ghi-viec/ho/", recording.households, name="record-households"),
    path("ghi-viec/hoi-vien/", recording.find_members, name="record-members"),
    path("ghi-viec/xong/<uuid:pk>/", recording.saved, name="record-saved"),
    path("ghi-viec/<slug:kind>/", recording.new, name="record-new"),
    path("viec/", records.listing, name="records"),
    path("viec/<uuid:pk>/", records.one, name="record"),
    path("viec/<uuid:pk>/huy/", records.take_back, name="record-void"),
    path("chi-tieu/", goals.listing, name="goals"),
    path("chi-tieu/<slug:code>/", goals.one, name="goal"),
    path("chi-tieu/<slug:code>/<str:clause>/", goals.clause, name="clause"),
    path("so-lieu/", figures.table, name="figures"),
    path("so-lieu/goc/", figures.behind, name="behind"),
    path("so-lieu/tai-ve/", figures.file, name="figures-file"),
    path("don-vi/", units.tree, name="units"),
    path("don-vi/<str:code>/", units.one, name="unit"),
    path("bao-cao/", reports.listing, name="reports"),
    path("bao-cao/<slug:form>/<str:unit>/", reports.paper, name="report"),
    path("s/<slug:code>/", reports.by_code, name="figure-code"),
]
