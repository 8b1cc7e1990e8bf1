from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = "Tổ chức đảng"

    def ready(self):
        from . import following, reorganise

        reorganise.followers += [following.Mandates(), following.Members()]
