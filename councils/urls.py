"""Where the pages about people are."""

from django.urls import path

from councils import views

app_name = "councils"

urlpatterns = [
    path("councils/<slug:council>/people/", views.people, name="people"),
    path("councils/<slug:council>/people/invite/", views.invite_here, name="invite"),
    path("councils/<slug:council>/people/add/", views.add_person, name="person-add"),
    path("councils/<slug:council>/people/<int:person>/", views.edit_person, name="person"),
    path(
        "councils/<slug:council>/people/organisations/add/", views.add_organisation, name="organisation-add"
    ),
    path(
        "councils/<slug:council>/people/organisations/<int:organisation>/",
        views.edit_organisation,
        name="organisation",
    ),
    path("councils/<slug:council>/people/roles/<int:holding>/end/", views.end_role_here, name="role-end"),
    path(
        "councils/<slug:council>/people/invitations/<int:invitation>/send/",
        views.send_again_here,
        name="invitation-send",
    ),
    path(
        "councils/<slug:council>/people/invitations/<int:invitation>/revoke/",
        views.revoke_here,
        name="invitation-revoke",
    ),
    path("councils/<slug:council>/sharing/", views.sharing, name="sharing"),
    path("people/", views.accounts, name="accounts"),
    path("people/invite/", views.invite_nationally, name="invite-national"),
    path("people/<int:account>/", views.account, name="account"),
    path("people/<int:account>/close/", views.close_account, name="account-close"),
    path("people/<int:account>/open/", views.open_account, name="account-open"),
    path("people/roles/<int:holding>/end/", views.end_role_nationally, name="role-end-national"),
    path(
        "people/invitations/<int:invitation>/send/",
        views.send_again_nationally,
        name="invitation-send-national",
    ),
    path(
        "people/invitations/<int:invitation>/revoke/",
        views.revoke_nationally,
        name="invitation-revoke-national",
    ),
    path("account-tokens/", views.tokens, name="tokens"),
    path("account-tokens/make/", views.make_token, name="token-make"),
    path("account-tokens/<int:token>/revoke/", views.revoke_token, name="token-revoke"),
    path("invitations/<str:token>/", views.accept, name="invitation"),
    path("demo/sign-in/", views.demo_sign_in, name="demo-sign-in"),
]
