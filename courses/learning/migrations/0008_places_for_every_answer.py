"""Give attempts made before answers were made with them a place for every question, and count what counts.

All questions of that time could be right or wrong, so all of them count.
"""

from django.db import migrations
from django.db.models import F


def fill_places(apps, schema_editor):
    """Number the answers in the order of the edition; add the ones that nobody gave."""
    Attempt = apps.get_model("learning", "Attempt")
    Answer = apps.get_model("learning", "Answer")
    EditionItem = apps.get_model("catalogue", "EditionItem")
    for attempt in Attempt.objects.select_related("item").iterator():
        if attempt.item.kind == "question":
            questions = [attempt.item_id]
        else:
            below = EditionItem.objects.filter(parent_id=attempt.item_id, kind="question")
            questions = list(below.order_by("position").values_list("pk", flat=True))
        there = {answer.item_id: answer for answer in Answer.objects.filter(attempt=attempt)}
        for place, question in enumerate(questions, start=1):
            if question in there:
                Answer.objects.filter(pk=there[question].pk).update(place=place)
            else:
                Answer.objects.create(attempt=attempt, item_id=question, place=place)
    Attempt.objects.update(scored=F("total"))


class Migration(migrations.Migration):

    dependencies = [
        ("catalogue", "0003_cases_and_files"),
        ("learning", "0007_answers_of_every_kind"),
    ]

    operations = [migrations.RunPython(fill_places, migrations.RunPython.noop, elidable=True)]
