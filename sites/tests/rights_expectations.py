"""The rights matrix: for every address of the URL map, what each role gets, on own and on others' objects.

A row is `"address": (GET, POST)`. Each of the two is a pair of words: the first for an object
of the own centre (Jinjiang), the second for one of the other centre (Wuhou). Each word has one
letter for each role, in this order:

    anonymous · other centre's editor · own editor · own head · receiver · city supervisor
    · catalogue editor · provincial administrator

    y  answered      -  refused (403, 404, 405, or led to the admin's first page with a message)
    L  to the log-in o  led to the own pages instead

An address without a row fails the test (sites/tests/test_rights_matrix.py): whoever adds an
address says here who gets what. A row for "namespace:*" holds for all addresses of a namespace.
"""

# fmt: off
#                      own         other
CLOSED             = ("--------", "--------")  # the group does without it, superusers included
NOTHING            = ("L-------", "L-------")  # asks for a log-in and then answers nobody
PUBLIC             = ("yyyyyyyy", "yyyyyyyy")
STAFF              = ("Lyyyyyyy", "Lyyyyyyy")  # everybody with a role; lists hold what is one's own
WRITERS            = ("L-yy-y-y", "Ly---y-y")  # those who work on the centre's pages and files
LEADERS            = ("L--y-y-y", "L----y-y")  # its head and those above
ANY_WRITER         = ("Lyyy-y-y", "Lyyy-y-y")  # those who work on some centre's; lists hold what is one's own
ANY_LEADER         = ("L--y-y-y", "L--y-y-y")
REGISTRAR          = ("L--y---y", "L------y")  # who registered an account that has no role yet
RUNS_THE_GROUP     = ("L------y", "L------y")
KEEPERS            = ("L-----yy", "L-----yy")  # who keeps the catalogue
KEEPERS_DECIDE     = ("L------y", "L------y")  # not who submitted, here the catalogue editor
ANY_WRITER_KEEPERS = ("Lyyy-yyy", "Lyyy-yyy")  # the catalogue has files of its own
UPLOADER           = ("L-----y-", "L-----y-")  # the one of them whose upload it is
EXPLORER           = ("Loyy-y-y", "Lyoo-y-y")
TO_OWN_ROOT        = ("Looo-o-y", "Looo-o-y")
WRITERS_THEN_BACK  = ("L-oo-o-o", "Lo---o-o")  # done, and back to the list
LEADERS_THEN_BACK  = ("L--o-o-o", "L----o-o")

EXPECTATIONS = {
    # -- First page, account ------------------------------------------------------------------------
    "wagtailadmin_home":                              (STAFF, NOTHING),
    "unnamed admin/test404/":                         (STAFF, NOTHING),
    "unnamed admin/^.*/$":                            (NOTHING, NOTHING),
    "theme_parts":                                    (STAFF, NOTHING),
    "wagtailadmin_account":                           (STAFF, STAFF),
    "wagtailadmin_logout":                            (NOTHING, ("LLLLLLLL", "LLLLLLLL")),
    "wagtailadmin_dismissibles":                      (STAFF, NOTHING),
    "wagtailadmin_error_test":                        (CLOSED, CLOSED),
    "wagtailadmin_block_preview":                     (NOTHING, NOTHING),
    "wagtailadmin_sprite":                            (PUBLIC, PUBLIC),
    "wagtailadmin_javascript_catalog":                (PUBLIC, CLOSED),
    "wagtailadmin_login":                             (("y-------", "y-------"), PUBLIC),
    "wagtailadmin_password_reset":                    (PUBLIC, PUBLIC),
    "wagtailadmin_password_reset_done":               (PUBLIC, CLOSED),
    "wagtailadmin_password_reset_confirm":            (PUBLIC, PUBLIC),
    "wagtailadmin_password_reset_complete":           (PUBLIC, CLOSED),

    # -- Pages --------------------------------------------------------------------------------------
    "wagtailadmin_explore_root":                      (TO_OWN_ROOT, NOTHING),
    "wagtailadmin_explore":                           (EXPLORER, NOTHING),
    "wagtailadmin_explore_results":                   (EXPLORER, NOTHING),
    "wagtailadmin_pages:search":                      (ANY_WRITER, NOTHING),
    "wagtailadmin_pages:search_results":              (ANY_WRITER, NOTHING),
    "wagtailadmin_pages:add_subpage":                 (WRITERS, WRITERS),
    "wagtailadmin_pages:add":                         (WRITERS, WRITERS),
    "wagtailadmin_pages:preview_on_add":              (WRITERS, WRITERS),
    "wagtailadmin_pages:choose_parent":               (STAFF, STAFF),
    "wagtailadmin_pages:edit":                        (WRITERS, WRITERS),
    "wagtailadmin_pages:preview_on_edit":             (WRITERS, WRITERS),
    "wagtailadmin_pages:view_draft":                  (WRITERS, WRITERS),
    "wagtailadmin_pages:usage":                       (WRITERS, NOTHING),
    "wagtailadmin_pages:delete":                      (WRITERS, WRITERS_THEN_BACK),
    "wagtailadmin_pages:unpublish":                   (LEADERS, LEADERS_THEN_BACK),
    "wagtailadmin_pages:lock":                        (NOTHING, LEADERS_THEN_BACK),
    "wagtailadmin_pages:unlock":                      (NOTHING, LEADERS_THEN_BACK),
    "wagtailadmin_pages:convert_alias":               (CLOSED, CLOSED),
    "wagtailadmin_pages:copy":                        (CLOSED, CLOSED),
    "wagtailadmin_pages:move":                        (CLOSED, CLOSED),
    "wagtailadmin_pages:move_confirm":                (CLOSED, CLOSED),
    "wagtailadmin_pages:set_page_position":           (CLOSED, CLOSED),
    "wagtailadmin_pages:set_privacy":                 (CLOSED, CLOSED),
    "wagtailadmin_pages:type_use":                    (CLOSED, CLOSED),
    "wagtailadmin_pages:type_use_results":            (CLOSED, CLOSED),

    # -- Versions and history -----------------------------------------------------------------------
    "wagtailadmin_pages:revisions_index":             (STAFF, STAFF),  # leads on to the history
    "wagtailadmin_pages:revisions_view":              (WRITERS, NOTHING),
    "wagtailadmin_pages:revisions_compare":           (WRITERS, NOTHING),
    "wagtailadmin_pages:revisions_revert":            (WRITERS, WRITERS),
    "wagtailadmin_pages:revisions_unschedule":        (LEADERS, LEADERS),
    "wagtailadmin_pages:history":                     (WRITERS, NOTHING),
    "wagtailadmin_pages:history_results":             (WRITERS, NOTHING),
    "wagtailadmin_pages:workflow_history":            (WRITERS, NOTHING),
    "wagtailadmin_pages:workflow_history_detail":     (WRITERS, NOTHING),

    # -- Review -------------------------------------------------------------------------------------
    "wagtailadmin_pages:workflow_action":             (LEADERS, LEADERS),
    "wagtailadmin_pages:collect_workflow_action_data": (LEADERS, LEADERS),
    "wagtailadmin_pages:confirm_workflow_cancellation": (WRITERS, WRITERS),
    "wagtailadmin_pages:workflow_preview":            (LEADERS, NOTHING),
    "wagtailadmin_workflows:*":                       (CLOSED, CLOSED),

    # -- Bulk actions -------------------------------------------------------------------------------
    "wagtail_bulk_action core.basepage delete":       (WRITERS, WRITERS),
    "wagtail_bulk_action core.basepage unpublish":    (WRITERS, WRITERS),  # acts for leaders only: test_rights.py
    "wagtail_bulk_action core.basepage publish":      (NOTHING, NOTHING),
    "wagtail_bulk_action core.basepage move":         (NOTHING, NOTHING),
    "wagtail_bulk_action core.picture delete":        (LEADERS, LEADERS),
    "wagtail_bulk_action core.picture add_tags":      (NOTHING, NOTHING),
    "wagtail_bulk_action core.picture add_to_collection": (NOTHING, NOTHING),
    "wagtail_bulk_action core.attachment delete":     (LEADERS, LEADERS),
    "wagtail_bulk_action core.attachment add_tags":   (NOTHING, NOTHING),
    "wagtail_bulk_action core.attachment add_to_collection": (NOTHING, NOTHING),
    "wagtail_bulk_action core.user assign_role":      (NOTHING, NOTHING),
    "wagtail_bulk_action core.user delete":           (NOTHING, NOTHING),
    "wagtail_bulk_action core.user set_active_state": (NOTHING, NOTHING),

    # -- Choosers -----------------------------------------------------------------------------------
    "wagtailadmin_choose_page":                       (TO_OWN_ROOT, ("Looo-o--", "Looo-o--")),
    "wagtailadmin_choose_page_child":                 (EXPLORER, ("Lo------", "L-oo----")),
    "wagtailadmin_choose_page_search":                (STAFF, NOTHING),
    "wagtailadmin_choose_page_chosen_multiple":       (WRITERS, NOTHING),
    "wagtailadmin_choose_page_external_link":         (STAFF, STAFF),
    "wagtailadmin_choose_page_email_link":            (STAFF, STAFF),
    "wagtailadmin_choose_page_phone_link":            (STAFF, STAFF),
    "wagtailadmin_choose_page_anchor_link":           (STAFF, STAFF),
    "wagtailadmin_tag_autocomplete":                  (CLOSED, CLOSED),
    "wagtailadmin_tag_model_autocomplete":            (CLOSED, CLOSED),
    "wagtailembeds:*":                                (CLOSED, CLOSED),

    # -- Pictures -----------------------------------------------------------------------------------
    "wagtailimages:index":                            (ANY_WRITER, NOTHING),
    "wagtailimages:index_results":                    (ANY_WRITER, NOTHING),
    "wagtailimages:add":                              (ANY_WRITER, ANY_WRITER),
    "wagtailimages:add_multiple":                     (ANY_WRITER, ANY_WRITER),
    "wagtailimages:edit":                             (WRITERS, WRITERS),
    "wagtailimages:edit_multiple":                    (NOTHING, WRITERS),
    "wagtailimages:delete":                           (LEADERS, LEADERS),
    "wagtailimages:delete_multiple":                  (NOTHING, LEADERS),
    "wagtailimages:image_usage":                      (WRITERS, NOTHING),
    "wagtailimages:preview":                          (WRITERS, WRITERS),
    "wagtailimages:url_generator":                    (CLOSED, CLOSED),
    "wagtailimages:url_generator_output":             (CLOSED, CLOSED),
    "wagtailimages:create_multiple_from_uploaded_image": (NOTHING, NOTHING),  # another person's upload
    "wagtailimages:delete_upload_multiple":           (NOTHING, NOTHING),
    "wagtailimages_chooser:choose":                   (STAFF, NOTHING),
    "wagtailimages_chooser:choose_results":           (STAFF, NOTHING),
    "wagtailimages_chooser:chosen":                   (WRITERS, NOTHING),
    "wagtailimages_chooser:chosen_multiple":          (STAFF, NOTHING),
    "wagtailimages_chooser:create":                   (ANY_WRITER, ANY_WRITER),
    "wagtailimages_chooser:select_format":            (WRITERS, WRITERS),

    # -- Documents ----------------------------------------------------------------------------------
    "wagtaildocs:index":                              (ANY_WRITER_KEEPERS, NOTHING),
    "wagtaildocs:index_results":                      (ANY_WRITER_KEEPERS, NOTHING),
    "wagtaildocs:add":                                (ANY_WRITER_KEEPERS, ANY_WRITER_KEEPERS),
    "wagtaildocs:add_multiple":                       (ANY_WRITER_KEEPERS, ANY_WRITER_KEEPERS),
    "wagtaildocs:edit":                               (WRITERS, WRITERS),
    "wagtaildocs:edit_multiple":                      (NOTHING, WRITERS),
    "wagtaildocs:delete":                             (LEADERS, LEADERS),
    "wagtaildocs:delete_multiple":                    (NOTHING, LEADERS),
    "wagtaildocs:document_usage":                     (WRITERS, NOTHING),
    "wagtaildocs:create_multiple_from_uploaded_document": (NOTHING, NOTHING),
    "wagtaildocs:delete_upload_multiple":             (NOTHING, NOTHING),
    "wagtaildocs_chooser:choose":                     (STAFF, NOTHING),
    "wagtaildocs_chooser:choose_results":             (STAFF, NOTHING),
    "wagtaildocs_chooser:chosen":                     (WRITERS, NOTHING),
    "wagtaildocs_chooser:chosen_multiple":            (STAFF, NOTHING),
    "wagtaildocs_chooser:create":                     (ANY_WRITER_KEEPERS, ANY_WRITER_KEEPERS),

    # -- People -------------------------------------------------------------------------------------
    "wagtailusers_users:index":                       (ANY_LEADER, NOTHING),
    "wagtailusers_users:index_results":               (ANY_LEADER, NOTHING),
    "wagtailusers_users:add":                         (ANY_LEADER, ANY_LEADER),
    "wagtailusers_users:edit":                        (REGISTRAR, REGISTRAR),
    "wagtailusers_users:delete":                      (NOTHING, NOTHING),
    "wagtailusers_users:history":                     (REGISTRAR, NOTHING),
    "wagtailusers_users:history_results":             (REGISTRAR, NOTHING),
    "wagtailusers_users:usage":                       (REGISTRAR, NOTHING),
    "wagtailusers_groups:*":                          (CLOSED, CLOSED),
    "appointments:index":                             (ANY_LEADER, NOTHING),
    "appointments:index_results":                     (ANY_LEADER, NOTHING),
    "appointments:add":                               (ANY_LEADER, ANY_LEADER),
    "appointments:edit":                              (NOTHING, NOTHING),
    "appointments:delete":                            (LEADERS, LEADERS),
    "appointments:history":                           (LEADERS, NOTHING),
    "appointments:history_results":                   (LEADERS, NOTHING),
    "appointments:usage":                             (NOTHING, NOTHING),
    "person_chooser:choose":                          (STAFF, NOTHING),
    "person_chooser:choose_results":                  (STAFF, NOTHING),
    "person_chooser:chosen":                          (REGISTRAR, NOTHING),
    "person_chooser:chosen_multiple":                 (STAFF, NOTHING),
    "centre_chooser:choose":                          (STAFF, NOTHING),
    "centre_chooser:choose_results":                  (STAFF, NOTHING),
    "centre_chooser:chosen":                          (LEADERS, NOTHING),
    "centre_chooser:chosen_multiple":                 (STAFF, NOTHING),

    # -- Choosers of divisions and centres ----------------------------------------------------------
    "division_chooser:choose":                       (STAFF, NOTHING),
    "division_chooser:choose_results":               (STAFF, NOTHING),
    "division_chooser:chosen":                       (STAFF, NOTHING),
    "division_chooser:chosen_multiple":              (STAFF, NOTHING),
    "own_centre_chooser:choose":                     (STAFF, NOTHING),
    "own_centre_chooser:choose_results":             (STAFF, NOTHING),
    "own_centre_chooser:chosen":                     (WRITERS, NOTHING),
    "own_centre_chooser:chosen_multiple":            (STAFF, NOTHING),

    # -- A centre's facts and windows ---------------------------------------------------------------
    "centre:index":                                  (ANY_WRITER, NOTHING),
    "centre:index_results":                          (ANY_WRITER, NOTHING),
    "centre:edit":                                   (WRITERS, WRITERS),
    "centre:history":                                (WRITERS, NOTHING),
    "centre:history_results":                        (WRITERS, NOTHING),
    "window:index":                                  (ANY_WRITER, NOTHING),
    "window:index_results":                          (ANY_WRITER, NOTHING),
    "window:add":                                    (ANY_WRITER, ANY_WRITER),
    "window:edit":                                   (WRITERS, WRITERS),
    "window:delete":                                 (WRITERS, WRITERS),
    "window:history":                                (WRITERS, NOTHING),
    "window:history_results":                        (WRITERS, NOTHING),

    # -- A centre's approval results ----------------------------------------------------------------
    "results:index":                                 (ANY_WRITER, NOTHING),
    "results:index_results":                         (ANY_WRITER, NOTHING),
    "results:add":                                   (ANY_WRITER, ANY_WRITER),
    "results:edit":                                  (WRITERS, WRITERS),
    "results:withdraw":                              (WRITERS, WRITERS),
    "results:inspect":                               (WRITERS, NOTHING),
    "results:history":                               (WRITERS, NOTHING),
    "results:history_results":                       (WRITERS, NOTHING),
    # -- A centre's signs and notice board ----------------------------------------------------------
    "signs":                                         (WRITERS, NOTHING),  # asked with ?centre=
    "signs_sheet":                                   (WRITERS, NOTHING),
    "signs_all":                                     (WRITERS, NOTHING),

    # -- What the province keeps for all ------------------------------------------------------------
    "groupnotice:index":                             (RUNS_THE_GROUP, NOTHING),
    "groupnotice:index_results":                     (RUNS_THE_GROUP, NOTHING),
    "groupnotice:history":                           (RUNS_THE_GROUP, NOTHING),
    "groupnotice:history_results":                   (RUNS_THE_GROUP, NOTHING),
    "groupnotice:*":                                 (RUNS_THE_GROUP, RUNS_THE_GROUP),  # add, edit, delete
    "department:index":                              (RUNS_THE_GROUP, NOTHING),
    "department:index_results":                      (RUNS_THE_GROUP, NOTHING),
    "department:history":                            (RUNS_THE_GROUP, NOTHING),
    "department:history_results":                    (RUNS_THE_GROUP, NOTHING),
    "department:*":                                  (RUNS_THE_GROUP, RUNS_THE_GROUP),  # add, edit, delete
    "servicemode:index":                             (RUNS_THE_GROUP, NOTHING),
    "servicemode:index_results":                     (RUNS_THE_GROUP, NOTHING),
    "servicemode:history":                           (RUNS_THE_GROUP, NOTHING),
    "servicemode:history_results":                   (RUNS_THE_GROUP, NOTHING),
    "servicemode:*":                                 (RUNS_THE_GROUP, RUNS_THE_GROUP),  # add, edit, delete
    "staffduty:index":                               (RUNS_THE_GROUP, NOTHING),
    "staffduty:index_results":                       (RUNS_THE_GROUP, NOTHING),
    "staffduty:history":                             (RUNS_THE_GROUP, NOTHING),
    "staffduty:history_results":                     (RUNS_THE_GROUP, NOTHING),
    "staffduty:*":                                   (RUNS_THE_GROUP, RUNS_THE_GROUP),  # add, edit, delete
    "topic:index":                                   (RUNS_THE_GROUP, NOTHING),
    "topic:index_results":                           (RUNS_THE_GROUP, NOTHING),
    "topic:history":                                 (RUNS_THE_GROUP, NOTHING),
    "topic:history_results":                         (RUNS_THE_GROUP, NOTHING),
    "topic:*":                                       (RUNS_THE_GROUP, RUNS_THE_GROUP),  # add, edit, delete
    "calendaroverride:index":                        (RUNS_THE_GROUP, NOTHING),
    "calendaroverride:index_results":                (RUNS_THE_GROUP, NOTHING),
    "calendaroverride:history":                      (RUNS_THE_GROUP, NOTHING),
    "calendaroverride:history_results":              (RUNS_THE_GROUP, NOTHING),
    "calendaroverride:*":                            (RUNS_THE_GROUP, RUNS_THE_GROUP),  # add, edit, delete
    "wagtailsnippets_website_group_columnstandard:list": (RUNS_THE_GROUP, NOTHING),
    "wagtailsnippets_website_group_columnstandard:list_results": (RUNS_THE_GROUP, NOTHING),
    "wagtailsnippets_website_group_columnstandard:history": (RUNS_THE_GROUP, NOTHING),
    "wagtailsnippets_website_group_columnstandard:history_results": (RUNS_THE_GROUP, NOTHING),
    "wagtailsnippets_website_group_columnstandard:revisions_compare": (RUNS_THE_GROUP, NOTHING),
    "wagtailsnippets_website_group_columnstandard:edit": (RUNS_THE_GROUP, RUNS_THE_GROUP),
    "wagtailsnippets_website_group_columnstandard:apply": (RUNS_THE_GROUP, RUNS_THE_GROUP),
    "wagtailsnippets_website_group_columnstandard:revisions_revert": (RUNS_THE_GROUP, RUNS_THE_GROUP),
    "wagtailsnippets_website_group_columnstandard:revisions_unschedule": (RUNS_THE_GROUP, RUNS_THE_GROUP),
    "wagtailsnippets_website_group_columnstandard:add": (NOTHING, NOTHING),  # there is one, always in force
    "wagtailsnippets_website_group_columnstandard:delete": (NOTHING, NOTHING),
    "wagtailsnippets_website_group_columnstandard:unpublish": (NOTHING, NOTHING),
    "wagtailsnippets_website_group_columnstandard:usage": (RUNS_THE_GROUP, NOTHING),
    "wagtailsnippetchoosers_website_group_columnstandard:*": (CLOSED, CLOSED),
    "wagtail_bulk_action website_group.columnstandard delete": (NOTHING, NOTHING),

    # -- The catalogue ------------------------------------------------------------------------------
    "catalogue_item:list":                           (KEEPERS, NOTHING),
    "catalogue_item:list_results":                   (KEEPERS, NOTHING),
    "catalogue_item:history":                        (KEEPERS, NOTHING),
    "catalogue_item:history_results":                (KEEPERS, NOTHING),
    "catalogue_item:revisions_view":                 (KEEPERS, NOTHING),
    "catalogue_item:revisions_compare":              (KEEPERS, NOTHING),
    "catalogue_item:versions":                       (KEEPERS, NOTHING),
    "catalogue_item:export":                         (KEEPERS, NOTHING),
    "catalogue_item:lock":                           (NOTHING, KEEPERS),
    "catalogue_item:unlock":                         (NOTHING, KEEPERS),
    "catalogue_item:workflow_action":                (KEEPERS_DECIDE, KEEPERS_DECIDE),
    "catalogue_item:collect_workflow_action_data":   (KEEPERS_DECIDE, KEEPERS_DECIDE),
    "catalogue_item:workflow_preview":               (KEEPERS_DECIDE, NOTHING),
    "catalogue_item:workflow_history":               (KEEPERS, NOTHING),
    "catalogue_item:workflow_history_detail":        (KEEPERS, NOTHING),
    "catalogue_item:*":                              (KEEPERS, KEEPERS),  # add, edit, delete, cancel, suspend …
    "wagtail_bulk_action guides.catalogueitem delete": (NOTHING, NOTHING),
    "item_chooser:choose":                           (STAFF, NOTHING),
    "item_chooser:choose_results":                   (STAFF, NOTHING),
    "item_chooser:chosen":                           (KEEPERS, NOTHING),  # of a draft; items in force are everybody's
    "item_chooser:chosen_multiple":                  (STAFF, NOTHING),
    "department_chooser:choose":                     (STAFF, NOTHING),
    "department_chooser:choose_results":             (STAFF, NOTHING),
    "department_chooser:chosen":                     (STAFF, NOTHING),
    "department_chooser:chosen_multiple":            (STAFF, NOTHING),
    "bundle:index":                                  (KEEPERS, NOTHING),
    "bundle:index_results":                          (KEEPERS, NOTHING),
    "bundle:history":                                (KEEPERS, NOTHING),
    "bundle:history_results":                        (KEEPERS, NOTHING),
    "bundle:*":                                      (KEEPERS, KEEPERS),  # add, edit, delete
    "theme:index":                                   (KEEPERS, NOTHING),
    "theme:index_results":                           (KEEPERS, NOTHING),
    "theme:history":                                 (KEEPERS, NOTHING),
    "theme:history_results":                         (KEEPERS, NOTHING),
    "theme:*":                                       (KEEPERS, KEEPERS),  # add, edit, delete

    # -- A centre's adopted items -------------------------------------------------------------------
    "adopted_items:index":                           (ANY_WRITER, NOTHING),
    "adopted_items:index_results":                   (ANY_WRITER, NOTHING),
    "adopted_items:adopt":                           (WRITERS, WRITERS),
    "adopted_items:edit":                            (WRITERS, WRITERS),
    "adopted_items:delete":                          (WRITERS, WRITERS),
    "adopted_items:history":                         (WRITERS, NOTHING),
    "adopted_items:history_results":                 (WRITERS, NOTHING),
    "wagtail_bulk_action guides.adoption set_window": (WRITERS, WRITERS),
    "wagtail_bulk_action guides.adoption mark_main": (WRITERS, WRITERS),
    "wagtail_bulk_action guides.adoption unmark_main": (WRITERS, WRITERS),
    "wagtail_bulk_action guides.adoption give_up":   (WRITERS, WRITERS),

    # -- Imports of the catalogue -------------------------------------------------------------------
    "catalogue_import:index":                        (KEEPERS, KEEPERS),
    "catalogue_import:report":                       (UPLOADER, NOTHING),
    "catalogue_import:columns":                      (UPLOADER, UPLOADER),
    "catalogue_import:values":                       (UPLOADER, UPLOADER),
    "catalogue_import:run":                          (NOTHING, UPLOADER),
    "catalogue_import:check":                        (NOTHING, UPLOADER),
    "catalogue_import:delete_mapping":               (NOTHING, KEEPERS),

    # -- The group as a whole -----------------------------------------------------------------------
    "wagtailadmin_reports:page_types_usage":          (CLOSED, CLOSED),
    "wagtailadmin_reports:page_types_usage_results":  (CLOSED, CLOSED),
    "wagtailadmin_reports:*":                         (RUNS_THE_GROUP, NOTHING),
    "lacks_english":                                  (ANY_WRITER, NOTHING),
    "lacks_english_results":                          (ANY_WRITER, NOTHING),
    "wagtailadmin_collections:*":                     (CLOSED, CLOSED),
    "wagtailredirects:*":                             (CLOSED, CLOSED),
    "wagtailsites:*":                                 (CLOSED, CLOSED),
    "wagtailsnippets:index":                          (NOTHING, NOTHING),

    # -- Programs -----------------------------------------------------------------------------------
    "wagtailadmin_api:pages:listing":                 (STAFF, NOTHING),
    "wagtailadmin_api:pages:detail":                  (WRITERS, NOTHING),
    "wagtailadmin_api:pages:find":                    (CLOSED, CLOSED),
    "wagtailadmin_api:pages:action convert_alias":    (CLOSED, CLOSED),
    "wagtailadmin_api:pages:action copy":             (CLOSED, CLOSED),
    "wagtailadmin_api:pages:action copy_for_translation": (CLOSED, CLOSED),
    "wagtailadmin_api:pages:action create_alias":     (CLOSED, CLOSED),
    "wagtailadmin_api:pages:action delete":           (CLOSED, CLOSED),
    "wagtailadmin_api:pages:action move":             (CLOSED, CLOSED),
    "wagtailadmin_api:pages:action publish":          (CLOSED, CLOSED),
    "wagtailadmin_api:pages:action revert_to_page_revision": (CLOSED, CLOSED),
    "wagtailadmin_api:pages:action unpublish":        (CLOSED, CLOSED),
    "wagtailadmin_api:images:*":                      (CLOSED, CLOSED),
    "wagtailadmin_api:documents:*":                   (CLOSED, CLOSED),
    "wagtailadmin_editing_sessions:ping":             (NOTHING, WRITERS),
    "wagtailadmin_editing_sessions:release":          (NOTHING, STAFF),  # ends one's own sessions alone

    # -- The public ---------------------------------------------------------------------------------
    "wagtail_serve":                                  (PUBLIC, PUBLIC),
    "wagtaildocs_serve":                              (("--yy-y-y", "-y---y-y"), ("--yy-y-y", "-y---y-y")),  # of a draft
    "media":                                          (CLOSED, CLOSED),  # asked for a file that isn't there
    "group":                                          (PUBLIC, CLOSED),
    "site_map":                                       (PUBLIC, CLOSED),
    "group_notice":                                   (PUBLIC, CLOSED),
    "switch_mode":                                    (PUBLIC, CLOSED),
    "leaving":                                        (CLOSED, CLOSED),  # asked without an address to go to
    "sitemap_xml":                                    (PUBLIC, CLOSED),
    "robots_txt":                                     (PUBLIC, CLOSED),
    "feed":                                           (PUBLIC, CLOSED),
    "results_csv":                                    (PUBLIC, CLOSED),
    "guide_short":                                    (CLOSED, CLOSED),  # asked for an item that isn't there
    "guide_pdf":                                      (CLOSED, CLOSED),
    "guide_data":                                     (CLOSED, CLOSED),
    "wagtailcore_login":                              (CLOSED, CLOSED),
    "wagtailcore_authenticate_with_password":         (CLOSED, CLOSED),
    "wagtaildocs_authenticate_with_password":         (CLOSED, CLOSED),
}
# fmt: on

# Previews of a guide on the site whose admin asks: what the centre added to the item stands on the public one, too.
SHOWS_THE_PUBLIC_SITE = frozenset({"catalogue_item:revisions_view"})

# What `pk` means, by namespace or address; everything else has a name that says it (sites/tests/matrix.py).
PK_ARGUMENTS = {
    "wagtailadmin_api:images": "image_id",
    "wagtailadmin_api:documents": "document_id",
    "wagtailadmin_collections": "collection_id",
    "wagtailadmin_workflows": "workflow_id",
    "wagtailsites": "site_id",
    "wagtailusers_users": "user_id",
    "wagtailusers_groups": "group_id",
    "wagtaildocs_chooser": "document_id",
    "wagtailimages_chooser": "image_id",
    "appointments": "appointment_id",
    "person_chooser": "user_id",
    "centre_chooser": "centre_id",
    "own_centre_chooser": "centre_id",
    "division_chooser": "division_id",
    "centre": "centre_id",
    "window": "window_id",
    "results": "result_id",
    "groupnotice": "notice_id",
    "group_notice": "notice_id",
    "department": "department_id",
    "servicemode": "mode_id",
    "staffduty": "duty_id",
    "topic": "topic_id",
    "catalogue_import": "upload_id",
    "catalogue_import:delete_mapping": "import_mapping_id",
    "calendaroverride": "override_id",
    "catalogue_item": "item_id",
    "catalogue_item:delete": "draft_item_id",
    "item_chooser": "draft_item_id",
    "department_chooser": "department_id",
    "bundle": "bundle_id",
    "theme": "theme_id",
    "adopted_items": "adoption_id",
    "wagtailsnippets_website_group_columnstandard": "standard_id",
    "wagtailsnippetchoosers_website_group_columnstandard": "standard_id",
}
ITEM_REVISION = dict.fromkeys(("revision_id", "revision_id_a", "revision_id_b"), "item_revision_id")
ITEM_REVIEW = {
    "pk": "reviewed_item_id",
    "task_state_id": "item_task_state_id",
    "task_id": "item_task_id",
    "workflow_state_id": "item_review_id",
}
STANDARD_REVISION = dict.fromkeys(("revision_id", "revision_id_a", "revision_id_b"), "standard_revision_id")
# Arguments that mean something else at one address: an object's name, or a plain value.
ARGUMENTS = {
    "wagtailadmin_pages:unpublish": {"page_id": "live_id"},
    "wagtailadmin_pages:workflow_action": {"page_id": "reviewed_id"},
    "wagtailadmin_pages:collect_workflow_action_data": {"page_id": "reviewed_id"},
    "wagtailadmin_pages:confirm_workflow_cancellation": {"page_id": "reviewed_id"},
    "wagtailadmin_pages:workflow_preview": {"page_id": "reviewed_id"},
    "wagtailadmin_pages:workflow_history_detail": {"page_id": "reviewed_id"},
    "results_csv": {"column": "results"},
    "wagtailadmin_editing_sessions:ping": {"app_label": "core", "model_name": "basepage"},
    "wagtailadmin_tag_model_autocomplete": {"model_name": "tag"},
    "signs_sheet": {"language": "zh-hans", "name": "board"},
    "signs_all": {"language": "en"},
    "catalogue_item:export": {"format": "csv"},
    **dict.fromkeys(
        (
            "catalogue_item:revisions_view",
            "catalogue_item:revisions_compare",
            "catalogue_item:revisions_revert",
            "catalogue_item:revisions_unschedule",
        ),
        ITEM_REVISION,
    ),
    **dict.fromkeys(
        (
            "catalogue_item:workflow_action",
            "catalogue_item:collect_workflow_action_data",
            "catalogue_item:workflow_preview",
            "catalogue_item:workflow_history_detail",
        ),
        ITEM_REVIEW,
    ),
    "wagtailsnippets_website_group_columnstandard:revisions_compare": STANDARD_REVISION,
    "wagtailsnippets_website_group_columnstandard:revisions_revert": STANDARD_REVISION,
    "wagtailsnippets_website_group_columnstandard:revisions_unschedule": STANDARD_REVISION,
}
# Lists are searched for the beginning of what their objects are called.
SEARCHED = (
    "wagtailadmin_pages:search_results",
    "wagtailadmin_choose_page_search",
    "wagtailimages:index_results",
    "wagtailimages_chooser:choose_results",
    "wagtaildocs:index_results",
    "wagtaildocs_chooser:choose_results",
    "wagtailusers_users:index_results",
    "appointments:index_results",
    "person_chooser:choose_results",
    "centre_chooser:choose_results",
    "own_centre_chooser:choose_results",
    "window:index_results",
    "item_chooser:choose_results",
    "department_chooser:choose_results",
    "catalogue_item:list_results",
)
QUERIES = {
    "signs": "?centre={centre_id}",
    **dict.fromkeys(SEARCHED, "?q={search}"),
    "wagtailadmin_choose_page_chosen_multiple": "?id={page_id}",
    "wagtaildocs_chooser:chosen_multiple": "?id={document_id}",
    "wagtailimages_chooser:chosen_multiple": "?id={image_id}",
    "person_chooser:chosen_multiple": "?id={user_id}",
    "centre_chooser:chosen_multiple": "?id={centre_id}",
    "own_centre_chooser:chosen_multiple": "?id={centre_id}",
    "division_chooser:chosen_multiple": "?id={division_id}",
    "item_chooser:chosen_multiple": "?id={draft_item_id}",
    "department_chooser:chosen_multiple": "?id={department_id}",
    "adopted_items:adopt": "?centre={centre_id}",
    "wagtail_bulk_action guides.catalogueitem": "?id={item_id}",
    "wagtail_bulk_action guides.adoption set_window": "?id={adoption_id}",
    "wagtail_bulk_action guides.adoption mark_main": "?id={adoption_id}",
    "wagtail_bulk_action guides.adoption unmark_main": "?id={adoption_id}",
    "wagtail_bulk_action guides.adoption give_up": "?id={adoption_id}",
    "wagtail_bulk_action website_group.columnstandard": "?id={standard_id}",
    "wagtail_bulk_action core.basepage unpublish": "?id={live_id}",
    "wagtail_bulk_action core.basepage": "?id={page_id}",
    "wagtail_bulk_action core.picture": "?id={image_id}",
    "wagtail_bulk_action core.attachment": "?id={document_id}",
    "wagtail_bulk_action core.user": "?id={user_id}",
}
NO_COMMENTS = {
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
    "comments-MIN_NUM_FORMS": "0",
    "comments-MAX_NUM_FORMS": "",
}
ARTICLE = {"title_zh_hans": "改过", "body_zh_hans-count": "0", "body_en-count": "0", **NO_COMMENTS}
# What is sent where an empty form would fail before it is read; an empty form does elsewhere.
POST_DATA = {
    "wagtailadmin_pages:add": ARTICLE,
    "wagtailadmin_pages:edit": ARTICLE,
    "wagtailadmin_pages:revisions_revert": ARTICLE,
    "wagtailadmin_choose_page_external_link": {"external-link-chooser-url": "https://example.org/"},
}
