from django.urls import path

from . import cell_views, count_views, flow_views, settlement_views

urlpatterns = [
    path("settlements/", settlement_views.settlement_list, name="settlement-list"),
    path("settlements/new/", settlement_views.settlement_new, name="settlement-new"),
    path("settlements/<str:code>/", settlement_views.settlement, name="settlement"),
    path("settlements/<str:code>/edit/", settlement_views.settlement_edit, name="settlement-edit"),
    path("settlements/<str:code>/change/", settlement_views.settlement_cover, name="settlement-cover"),
    path("settlements/<str:code>/correct/", settlement_views.settlement_correct, name="settlement-correct"),
    path(
        "settlements/<str:code>/take-back/",
        settlement_views.settlement_take_back,
        name="settlement-take-back",
    ),
    path("settlements/<str:code>/end/", settlement_views.settlement_end, name="settlement-end"),
    path("flows/", flow_views.flow_sheet, name="flow-sheet"),
    path("flows/new/", flow_views.flow_new, name="flow-new"),
    path("flows/<int:pk>/", flow_views.flow_edit, name="flow-edit"),
    path("flows/<int:pk>/drop/", flow_views.flow_drop, name="flow-drop"),
    path("small-cells/", cell_views.cell_list, name="cell-list"),
    path("headcounts/", count_views.headcount, name="headcount"),
]
