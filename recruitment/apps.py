from django.apps import AppConfig


class RecruitmentConfig(AppConfig):
    name = "recruitment"
    verbose_name = "Phát triển đảng viên"

    def ready(self):
        from committees import parting, reorganise
        from recruitment import signin
        from recruitment.census.follower import Settlements
        from recruitment.census.parts import settlements
        from recruitment.courses.followers import Courses
        from recruitment.figures import gaps, review_terms
        from recruitment.periods.sent_gaps import sent_gaps
        from recruitment.pipeline.followers import Dossiers
        from recruitment.pipeline.parts import dossiers
        from recruitment.quotas.followers import Targets
        from recruitment.reports.flow_gaps import flow_gaps
        from recruitment.rules import numbers, official_forms

        # A data file of theirs that is wrong stops the start, with its line.
        official_forms.read()
        numbers.rules()
        review_terms.terms()
        signin.connect()
        reorganise.followers += [Targets(), Settlements(), Dossiers(), Courses()]
        parting.sources += [dossiers, settlements]
        gaps.finders += [flow_gaps, sent_gaps]
