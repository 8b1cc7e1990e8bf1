from django.apps import AppConfig


class RecruitmentConfig(AppConfig):
    name = "recruitment"
    verbose_name = "Phát triển đảng viên"

    def ready(self):
        from committees import reorganise
        from recruitment import signin
        from recruitment.census.follower import Settlements
        from recruitment.courses.followers import Courses
        from recruitment.pipeline.followers import Dossiers
        from recruitment.quotas.followers import Targets

        signin.connect()
        reorganise.followers += [Targets(), Settlements(), Dossiers(), Courses()]
