"""The workflow that every page passes: editor → medical reviewer → published."""

from __future__ import annotations

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from accounts.groups import GROUPS
from accounts.models import Role

NAME = "Medische controle"
OF_WAGTAIL = "Moderators approval"


def ensure_workflow() -> None:
    """Make the workflow and lay it on the whole tree, in place of the one that Wagtail brings.

    A workflow that an administrator laid on the root since then stays.
    """
    root = Page.get_first_root_node()
    if root is None or WorkflowPage.objects.filter(page=root).exclude(workflow__name=OF_WAGTAIL).exists():
        return
    workflow, _made = Workflow.objects.get_or_create(name=NAME)
    task, _made = GroupApprovalTask.objects.get_or_create(name=NAME)
    group, _made = Group.objects.get_or_create(name=GROUPS[Role.MEDICAL_REVIEWER])
    task.groups.set([group])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    Workflow.objects.filter(name=OF_WAGTAIL).update(active=False)
