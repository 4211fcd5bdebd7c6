"""Django's registration of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """Wagtail pages and blocks: course, module, lesson, exercise definitions; editions."""

    name = "courses.catalogue"
    label = "catalogue"
    verbose_name = _("Course catalogue")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for publishing; say what is held about people."""
        from django.db.models.signals import pre_delete
        from wagtail.signals import page_published

        from core import kept
        from core.demo import register_demo
        from courses.catalogue import demo, demo_corrections, files, personal_data, pinned_blocks, policies
        from courses.catalogue.handlers import cut_when_course_published
        from courses.catalogue.models import CourseEdition, CoursePage
        from media.library.holding import register_holder

        page_published.connect(
            cut_when_course_published, sender=CoursePage, dispatch_uid="catalogue.cut_when_course_published"
        )
        register_holder("catalogue", files.names_of_editions_showing)
        pinned_blocks.register()
        kept.shows(CourseEdition)  # an edition may be cut by hand, and a course's overview lists its lessons
        for model in files.KEPT:
            pre_delete.connect(
                files.refuse_to_lose, sender=model, dispatch_uid=f"catalogue.keep.{model.__name__}"
            )
        personal_data.register()
        policies.register_policies()
        register_demo("catalogue", 60, demo.load)
        register_demo("catalogue.corrections", 85, demo_corrections.load)
