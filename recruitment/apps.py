from django.apps import AppConfig


class RecruitmentConfig(AppConfig):
    name = "recruitment"
    verbose_name = "Phát triển đảng viên"

    def ready(self):
        from recruitment import signin

        signin.connect()
