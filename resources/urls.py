"""The addresses of the public site.

`pages` stand in every language (`i18n_patterns` in the project's `urls.py`), `files` stand once.
"""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from resources.api.urls import endpoints
from resources.views.alerts import alerts, asked, confirm, my_alerts, stop
from resources.views.api import api, hsds_profile
from resources.views.data import data
from resources.views.data_file import data_file
from resources.views.feeds import open_now_feed, resource_feed, search_feed
from resources.views.find_help import find_help
from resources.views.home import home
from resources.views.landing import (
    condition,
    conditions,
    medicine,
    medicines,
    need,
    needs,
    state,
    states,
)
from resources.views.letters import answered, still_right
from resources.views.lists.files import as_table, reminder
from resources.views.lists.own import add, own_list
from resources.views.lists.printed import as_pdf, printed
from resources.views.lists.shared import shared_list
from resources.views.open_now import open_now
from resources.views.organisation import organisation
from resources.views.pages import (
    about,
    accessibility,
    for_professionals,
    health_data,
    privacy,
    terms,
)
from resources.views.reports import report, reported, suggest
from resources.views.resource import resource
from resources.views.robots import robots
from resources.views.search import search
from resources.views.security_txt import security_txt
from resources.views.sitemaps import sitemap, sitemap_part
from resources.views.suggestions import suggested_answers, suggestions
from resources.views.table import search_csv

pages: list[URLPattern] = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("search/csv/", search_csv, name="search_csv"),
    path("search/feed/", search_feed, name="search_feed"),
    path("open-now/", open_now, name="open_now"),
    path("open-now/feed/", open_now_feed, name="open_now_feed"),
    path("find-help/", find_help, name="find_help"),
    path("find-help/suggestions/", suggested_answers, name="suggested_answers"),
    path("suggestions/", suggestions, name="suggestions"),
    path("resources/<slug:slug>/", resource, name="resource"),
    path("resources/<slug:slug>/feed/", resource_feed, name="resource_feed"),
    path("organisations/<slug:slug>/", organisation, name="organisation"),
    path("needs/", needs, name="needs"),
    path("needs/<slug:slug>/", need, name="need"),
    path("conditions/", conditions, name="conditions"),
    path("conditions/<slug:slug>/", condition, name="condition"),
    path("medicines/", medicines, name="medicines"),
    path("medicines/<slug:slug>/", medicine, name="medicine"),
    path("states/", states, name="states"),
    path("states/<slug:slug>/", state, name="state"),
    path("report/", report, name="report"),
    path("report/thanks/", reported, name="reported"),
    path("suggest/", suggest, name="suggest"),
    path("still-right/", still_right, name="still_right"),
    path("still-right/thanks/", answered, name="answered"),
    path("alerts/", alerts, name="alerts"),
    path("alerts/asked/", asked, name="alert_asked"),
    path("alerts/confirm/", confirm, name="alert_confirm"),
    path("alerts/stop/", stop, name="alert_stop"),
    path("alerts/mine/", my_alerts, name="my_alerts"),
    path("list/", own_list, name="own_list"),
    path("list/add/", add, name="add_to_list"),
    path("list/print/", printed, name="print_list"),
    path("list/pdf/", as_pdf, name="list_as_pdf"),
    path("list/csv/", as_table, name="list_as_table"),
    path("list/reminder/", reminder, name="list_reminder"),
    re_path(r"^l/(?P<code>[^/]*)/?$", shared_list, name="shared_list"),
    path("data/", data, name="data"),
    path("about/", about, name="about"),
    path("for-professionals/", for_professionals, name="for_professionals"),
    path("terms/", terms, name="terms"),
    path("privacy/", privacy, name="privacy"),
    path("health-data-privacy/", health_data, name="health_data"),
    path("accessibility/", accessibility, name="accessibility"),
    path("api/", api, name="api"),
    path("api/hsds/profile/", hsds_profile, name="hsds_profile"),
]

files: list[URLPattern] = [
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_part, name="sitemap_part"),
    path("data/<str:edition>/<str:name>", data_file, name="data_file"),
    *endpoints,
]
