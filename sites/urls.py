"""Addresses of a site that are not pages; each exists in Chinese and under /en/."""

from django.urls import path

from sites import feeds, sitemap, views

urlpatterns = [
    path("sites/", views.group, name="group"),
    path("site-map/", views.site_map, name="site_map"),
    path("notices-of-the-group/<int:pk>/", views.group_notice, name="group_notice"),
    path("mode/", views.switch_mode, name="switch_mode"),
    path("leaving/", views.leaving, name="leaving"),
    path("sitemap.xml", sitemap.sitemap_xml, name="sitemap_xml"),
    path("robots.txt", sitemap.robots_txt, name="robots_txt"),
    path("<slug:column>/feed.atom", feeds.feed, name="feed"),
]
